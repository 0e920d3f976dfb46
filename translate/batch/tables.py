"""Documents in the rows of a table: JSON Lines, CSV, and Parquet where pyarrow is installed.

A row is read when it is asked for. A bad row is a document with a fault; the rows after it are read.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from translate.batch.documents import Document, safe_name
from translate.errors import InputError
from translate.text.encodings import decode

ENDINGS = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})

# JSON may write a character in six bytes, and a row has other columns too.
_ROW_BYTES_PER_TEXT_BYTE = 8
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that is none. `line`: what stands there; absent if it is too long to be kept."""

    fault: InputError
    line: bytes | None = None

    @property
    def row(self) -> dict[str, str] | None:
        """As much of a row as can be made of it."""
        return None if self.line is None else {"line": self.line.decode("utf-8", "surrogateescape")}


_Row = Mapping[str, Any] | Unread


@dataclass(frozen=True, slots=True)
class Table:
    """The table at `path` (None: standard input). `id`: what it is called; its rows are `id#row`."""

    path: Path | None
    id: str
    text_column: str | None
    id_column: str | None
    max_bytes: int

    def documents(self) -> Iterator[Document]:
        """One document per row, bad rows included."""
        folder = "stdin" if self.path is None else str(Path(self.id).with_suffix(""))
        number = 0
        try:
            for number, row in self._rows():
                yield self._document(number, row, folder)
        except (OSError, InputError) as err:
            fault = err if isinstance(err, InputError) else InputError(_reason(err), path=self.id)
            if number:
                yield Document(f"{self.id}#after-{number}", folder, fault=fault, table=self.id)
            else:
                yield Document(self.id, folder, self.path, fault=fault)

    def _document(self, number: int, row: _Row, folder: str) -> Document:
        where = f"{self.id}:{number}"
        try:
            if isinstance(row, Unread):
                raise row.fault
            id = self._row_id(row, number)
            text = row.get(column := self.text_column or "text")
            if column not in row:
                known = ", ".join(map(str, row))
                raise InputError(f"no column {column!r}", path=where, hint=f"--text-column, one of: {known}")
            if not isinstance(text, str):
                raise InputError(f"column {column!r} holds no text", path=where)
        except InputError as fault:
            whole = row.row if isinstance(row, Unread) else row
            return Document(
                f"{self.id}#{number}", f"{folder}/{number}", fault=fault, table=self.id, row=whole
            )
        columns = {name: value for name, value in row.items() if name != column}
        place = f"{folder}/{safe_name(id)}"
        return Document(f"{self.id}#{id}", place, text=text, columns=columns, table=self.id, row=row)

    def _row_id(self, row: Mapping[str, Any], number: int) -> str:
        if self.id_column is None:
            return str(number if row.get("id") in (None, "") else row["id"])
        if row.get(self.id_column) in (None, ""):
            raise InputError(f"no id in column {self.id_column!r}", path=f"{self.id}:{number}")
        return str(row[self.id_column])

    def _rows(self) -> Iterator[tuple[int, _Row]]:
        """Each row with its number: the line it begins in, or its place in a Parquet file."""
        ending = self.path.suffix.lower() if self.path else ""
        if self.path and ending == ".parquet":
            yield from _parquet(self.path)
            return
        with ExitStack() as stack:
            file = stack.enter_context(self.path.open("rb")) if self.path else _stdin()
            lines = _Lines(file, self.max_bytes * _ROW_BYTES_PER_TEXT_BYTE, self.id)
            first = lines.first()
            if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise InputError("a table in UTF-16", path=self.id, hint="save it as UTF-8")
            as_json = ending in (".jsonl", ".ndjson") or (not ending and first.lstrip()[:1] == b"{")
            yield from _json_rows(lines) if as_json else _csv_rows(lines, self.id)


class _Lines:
    """The lines of a file, none longer than `limit` bytes in memory."""

    def __init__(self, file: BinaryIO, limit: int, id: str) -> None:
        self._file = file
        self.limit = limit
        self.id = id
        self.number = 0
        self._peeked: bytes | InputError | None = None

    def first(self) -> bytes:
        """The first line, which stays to be read."""
        line = self._next()
        self._peeked = line.removeprefix(codecs.BOM_UTF8) if isinstance(line, bytes) else line
        return self._peeked if isinstance(self._peeked, bytes) else b""

    def __iter__(self) -> Iterator[tuple[int, bytes | InputError]]:
        """Number and line, with its end; an error in place of one that is too long."""
        while True:
            line, self._peeked = self._peeked if self._peeked is not None else self._next(), None
            if line == b"":
                return
            self.number += 1
            yield self.number, line

    def _next(self) -> bytes | InputError:
        line = self._file.readline(self.limit + 1)
        if len(line) <= self.limit:
            return line
        while line and not line.endswith(b"\n"):
            line = self._file.readline(1 << 20)
        return InputError(
            f"more than {self.limit:,} bytes in one row", path=self.id, hint="raise the limit max_bytes"
        )


def _json_rows(lines: _Lines) -> Iterator[tuple[int, _Row]]:
    for number, line in lines:
        if isinstance(line, InputError):
            yield number, Unread(line)
        elif line.strip():
            yield number, _json_row(line, f"{lines.id}:{number}")


def _json_row(line: bytes, where: str) -> _Row:
    try:
        row = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as err:
        return Unread(InputError(f"no JSON: {err}", path=where), line)
    return row if isinstance(row, dict) else Unread(InputError("not a JSON object", path=where), line)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _csv_rows(lines: _Lines, id: str) -> Iterator[tuple[int, _Row]]:
    """The rows below the header. A quoted field may go over several lines."""
    csv.field_size_limit(max(csv.field_size_limit(), lines.limit))
    header: list[str] | None = None
    delimiter = ","
    for number, record in _records(lines):
        if isinstance(record, InputError):
            yield number, Unread(record)
            continue
        text = decode(record, f"{id}:{number}").text
        if header is None:
            delimiter = max(_DELIMITERS, key=text.count)
            header = next(csv.reader([text], delimiter=delimiter))
            continue
        if not text.strip():
            continue
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if len(cells) == len(header):
            yield number, dict(zip(header, cells, strict=True))
        else:
            wrong = f"{len(cells)} cells in a table of {len(header)} columns"
            yield number, Unread(InputError(wrong, path=f"{id}:{number}"), record)


def _records(lines: _Lines) -> Iterator[tuple[int, bytes | InputError]]:
    """Lines, joined while a quotation is open."""
    record: list[bytes] = []
    start = size = 0
    open_quote = False
    for number, line in lines:
        if isinstance(line, InputError):
            if record:
                raise InputError("a quotation that does not end", path=f"{lines.id}:{start}")
            yield number, line
            continue
        start = start if record else number
        record.append(line)
        size += len(line)
        open_quote ^= line.count(b'"') % 2 == 1
        if size > lines.limit:
            raise InputError("a quotation that does not end", path=f"{lines.id}:{start}")
        if not open_quote:
            yield start, b"".join(record)
            record, size = [], 0
    if record:
        raise InputError("a quotation that does not end", path=f"{lines.id}:{start}")


def _parquet(path: Path) -> Iterator[tuple[int, _Row]]:
    if find_spec("pyarrow") is None:
        raise InputError("Parquet needs pyarrow", path=path, hint="pip install 'translate-dispatch[parquet]'")
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except arrow.ArrowException as err:
        raise InputError(f"no Parquet file: {err}", path=path) from err


def _stdin() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("standard input is closed", hint="name a file, or pipe a table in")
    return sys.stdin.buffer


def _reason(err: OSError) -> str:
    return f"cannot be read: {err.strerror or type(err).__name__}"
