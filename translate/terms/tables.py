"""Glossaries in rows: TSV and CSV, with a head that names the columns or with two or three columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from translate.domain import Lang
from translate.terms.entries import Entry, Unusable

NAMES: Final = {
    "french": ("french", "fr", "français", "source", "fr-fr"),
    "english": ("english", "en", "anglais", "en-us", "en-gb"),
    "chinese": ("chinese", "zh", "chinois", "中文", "zh-cn", "zh-hans"),
    "part": ("part", "type"),
    "case": ("case",),
    "pattern": ("pattern", "regex"),
    "note": ("note", "notes", "comment"),
    "priority": ("priority",),
    "acronym": ("acronym",),
}
"""The columns of a head, and what else they may be called."""

_KNOWN = {alias: name for name, aliases in NAMES.items() for alias in aliases}
_PLAIN = ("french", "english", "chinese")
EXPECTED: Final = "French, English and Chinese in columns, or a head that names them"

Row = tuple[int, list[str]]


def entries(text: str, is_csv: bool) -> Iterator[Entry | tuple[int, Unusable]]:
    """The entries of a table in order; in the place of a row that is none, its line and what is wrong.

    Blank lines and lines that begin with `#` are left out.
    """
    try:
        yield from _of_rows(_csv_rows(text) if is_csv else _tsv_rows(text))
    except Broken as err:
        yield err.line, Unusable(str(err))


class Broken(ValueError):
    """The rest of a table cannot be read, from `line` on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _of_rows(rows: Iterator[Row]) -> Iterator[Entry | tuple[int, Unusable]]:
    columns: Sequence[str] | None = None
    for line, cells in rows:
        if columns is None:
            try:
                columns = _head(cells)
            except Unusable as err:
                yield line, err
                return
            if columns is not None:
                continue
            columns = _PLAIN
        try:
            yield _entry(line, cells, columns)
        except Unusable as err:
            yield line, err


def _head(cells: Sequence[str]) -> list[str] | None:
    """The columns a head names, or None if the first row is none."""
    names = [_KNOWN.get(cell.strip().casefold()) for cell in cells]
    if "french" not in names or sum(name is not None for name in names) < 2:
        return None
    if unknown := [cell for cell, name in zip(cells, names, strict=True) if name is None]:
        raise Unusable(f"unknown column {unknown[0]!r}; known are {', '.join(NAMES)}")
    columns = [name for name in names if name is not None]
    if twice := [name for name in columns if columns.count(name) > 1]:
        raise Unusable(f"two columns are the {twice[0]}")
    return columns


def _entry(line: int, cells: Sequence[str], columns: Sequence[str]) -> Entry:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) < 2 or len(cells) > len(columns):
        count = f"{len(cells)} column" + "s" * (len(cells) != 1)
        raise Unusable(f"{count}; expected are {', '.join(columns)}, or the first two of them")
    row = dict(zip(columns, cells, strict=False))
    forms = {Lang.EN: row.pop("english", ""), Lang.ZH: row.pop("chinese", "")}
    return Entry(row.pop("french", ""), forms, line, row)


def _tsv_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


def _csv_rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as err:
        raise Broken(line, f"not CSV from here on: {err}") from err


def _delimiter(text: str) -> str:
    """What parts the columns: a tab, or of comma and semicolon the one that the first row has most of."""
    first = next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")
    return "\t" if "\t" in first else max(",;", key=first.count)
