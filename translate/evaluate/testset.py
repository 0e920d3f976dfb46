"""Aligned test sets: two text files, a TSV with chosen columns, or TMX. Strict: a set is a measure.

Lines end at a line feed and nowhere else, so that a stray separator inside a sentence can never
shift the alignment. Nothing is repaired: an empty or missing line is an error with its number.
"""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from translate.domain import Lang
from translate.errors import InputError
from translate.evaluate.tmx import read_tmx
from translate.text.tags import best_match, language_of

Columns = tuple[str, str]
Pairs = list[tuple[str, str]]
_TABLES = frozenset({".tsv", ".tab"})


@dataclass(frozen=True, slots=True)
class TestSet:
    """Sources and references, aligned and of equal length, none of them empty.

    `sources` is None when only references are known. `notices`: what reading it had to leave out.
    """

    __test__: ClassVar[bool] = False  # the name must not make pytest collect it as a test class

    name: str
    sources: tuple[str, ...] | None
    references: tuple[str, ...]
    notices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.references:
            raise InputError(f"test set {self.name}: no segments")
        if self.sources is not None and len(self.sources) != len(self.references):
            counts = f"{len(self.sources)} sources but {len(self.references)} references"
            raise InputError(f"test set {self.name}: {counts}")
        for kind, texts in (("source", self.sources or ()), ("reference", self.references)):
            if empty := next((number for number, text in enumerate(texts, 1) if not text.strip()), None):
                raise InputError(f"test set {self.name}: {kind} {empty} is empty")

    def __len__(self) -> int:
        return len(self.references)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over the pairs, whatever file format held them.

        Each pair is one line, `source TAB reference LF` in UTF-8, with NFC applied and each run of
        white space made one space; without sources the first cell is empty.
        """
        digest = hashlib.sha256()
        for source, reference in zip(self.sources or [""] * len(self), self.references, strict=True):
            digest.update(f"{_normal(source)}\t{_normal(reference)}\n".encode())
        return digest.hexdigest()

    @classmethod
    def read(
        cls,
        path: Path,
        references: Path | None = None,
        *,
        columns: Columns | None = None,
        target: Lang | None = None,
        name: str | None = None,
    ) -> TestSet:
        """The set in `path` (TSV or TMX), or in the two text files `path` and `references`.

        `columns` chooses source and reference: numbers from 1 or header names in a TSV, language
        tags in a TMX file. Without it, `target` is looked for beside French, in a header or in the
        tags; a TSV of two columns needs neither. Raises InputError with file and line.
        """
        label = name or path.name.removesuffix(path.suffix)
        notices: tuple[str, ...] = ()
        if references is not None:
            if columns:
                raise InputError("columns belong to one TSV or TMX file, not to two text files", path=path)
            pairs = _read_pair(path, references)
        elif path.suffix.lower() == ".tmx":
            pairs, notices = read_tmx(path, columns or _tmx_columns(path, target))
        elif path.suffix.lower() in _TABLES:
            pairs = _read_table(path, columns, target)
        else:
            raise InputError(
                "references are missing",
                path=path,
                hint="give SOURCE and REFERENCE, or one .tsv or .tmx file",
            )
        sources, wanted = zip(*pairs, strict=True)
        return cls(label, tuple(sources), tuple(wanted), notices)


def read_lines(path: Path) -> list[str]:
    """The lines of a UTF-8 (or, with a byte order mark, UTF-16) file. Raises InputError."""
    try:
        data = path.read_bytes()
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=path) from err
    lines = _decode(data, path).split("\n")
    if lines[-1] == "":  # the file ends with a line feed, as it should
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _decode(data: bytes, path: Path) -> str:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as err:
        line = data.count(b"\n", 0, err.start) + 1 if encoding == "utf-8-sig" else None
        hint = "convert the file first; a test set is never guessed at"
        raise InputError(f"not valid {encoding[:6].upper()}", path=path, line=line, hint=hint) from err
    if "\0" in text:
        raise InputError("a binary file, not text", path=path, line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _read_pair(source: Path, reference: Path) -> Pairs:
    left, right = _full_lines(source), _full_lines(reference)
    if len(left) != len(right):
        message = f"has {len(right)} lines, but {source} has {len(left)}"
        raise InputError(message, path=reference, line=min(len(left), len(right)) + 1)
    return list(zip(left, right, strict=True))


def _full_lines(path: Path) -> list[str]:
    lines = read_lines(path)
    if not lines:
        raise InputError("the file is empty", path=path)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            raise InputError("an empty line", path=path, line=number)
    return lines


def _read_table(path: Path, columns: Columns | None, target: Lang | None) -> Pairs:
    rows = [line.split("\t") for line in read_lines(path)]
    if not rows:
        raise InputError("the file is empty", path=path)
    if columns is None and target and all(best_match(lang, rows[0]) for lang in (Lang.FR, target)):
        columns = (Lang.FR, target)
    first, second, has_header = _choose_columns(path, rows[0], columns)
    if has_header and len(rows) == 1:
        raise InputError("a header and no segments", path=path)
    return [
        (_cell(path, number, row, first, len(rows[0])), _cell(path, number, row, second, len(rows[0])))
        for number, row in enumerate(rows[has_header:], start=1 + has_header)
    ]


def _cell(path: Path, line: int, row: Sequence[str], column: int, width: int) -> str:
    if len(row) != width:
        raise InputError(f"{len(row)} columns, but the first line has {width}", path=path, line=line)
    if not row[column].strip():
        raise InputError(f"column {column + 1} is empty", path=path, line=line)
    return row[column]


def _choose_columns(path: Path, first: Sequence[str], columns: Columns | None) -> tuple[int, int, bool]:
    """Indices of source and reference, and whether the first line is a header."""
    if columns is None:
        if len(first) == 2:
            return 0, 1, all(_is_language_name(cell) for cell in first)
        raise InputError(
            f"{len(first)} columns",
            path=path,
            line=1,
            hint="choose source and reference, as in --columns 1,2",
        )
    numbered = all(column.isdecimal() for column in columns)
    source, reference = (_column(path, first, column, numbered) for column in columns)
    if source == reference:
        raise InputError(f"source and reference are both column {source + 1}", path=path)
    # With numbers a header is still seen for what it is, if it names languages.
    header = not numbered or all(_is_language_name(first[index]) for index in (source, reference))
    return source, reference, header


def _is_language_name(cell: str) -> bool:
    return len(cell) <= 8 and "." not in cell and language_of(cell) is not None


def _column(path: Path, first: Sequence[str], column: str, numbered: bool) -> int:
    if numbered:
        if not 1 <= int(column) <= len(first):
            raise InputError(f"no column {column}: columns are 1 to {len(first)}", path=path, line=1)
        return int(column) - 1
    name = column if column in first else best_match(column, first)
    if name is None:
        names = ", ".join(cell[:30] for cell in first)
        hint = f"the first line has: {names}; or choose by number, 1 to {len(first)}"
        raise InputError(f"no column named {column!r}", path=path, line=1, hint=hint)
    return list(first).index(name)


def _tmx_columns(path: Path, target: Lang | None) -> Columns:
    if target is None:
        hint = f"as in --to en, or --columns {Lang.FR},{Lang.ZH}"
        raise InputError("two languages must be chosen", path=path, hint=hint)
    return Lang.FR, target
