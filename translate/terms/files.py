"""Glossary files of every format, and the one that ships with the package."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Final

from translate.errors import InputError
from translate.terms import tables
from translate.terms.entries import Entry, Unusable, terms_of
from translate.terms.term import Term
from translate.text.reading import TextLimits, read_text

FORMATS: Final = (".tsv", ".csv", ".tbx", ".xml", ".yaml", ".yml")
DEFAULT_NAME: Final = "default"

_LIMITS = TextLimits(
    max_bytes=256 << 20, max_characters=256 << 20, max_paragraphs=10_000_000, max_line_characters=1_000_000
)

Entries = Iterable[Entry | tuple[int, Unusable]]


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry that is no term: where, and what is expected."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a glossary file holds: its terms in order, and what could not be used."""

    terms: tuple[Term, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


def read_terms(path: Path) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The terms of a file, and notices.

    Raises:
        InputError: the file cannot be read, or an entry of it cannot be used; nothing is left out in silence.
    """
    source = read_source(path)
    if source.problems:
        first, more = source.problems[0], len(source.problems) - 1
        hint = f"{more} more like it: translate glossary check {path}" if more else None
        raise InputError(first.message, path=first.path, line=first.line, hint=hint)
    return source.terms, source.notices


def read_source(path: Path) -> Source:
    """All that a file holds. Raises InputError if it cannot be read as a whole."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(
            "no glossary format ends like this", path=path, hint=f"known are {' '.join(FORMATS)}"
        )
    try:
        data = path.read_bytes()
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=path) from err
    notices: list[str] = []
    found = _source(str(path), _reader(suffix)(path, data, notices))
    if not found.terms and not found.problems:
        raise InputError("there is no term in it", path=path, hint=f"expected are {tables.EXPECTED}")
    return Source(found.terms, found.problems, tuple(notices))


@cache
def read_default() -> tuple[Term, ...]:
    """The terms that ship with the package."""
    text = files("translate.terms").joinpath("default.tsv").read_text(encoding="utf-8")
    source = _source(DEFAULT_NAME, tables.entries(text, is_csv=False))
    if source.problems:
        raise ValueError(f"default.tsv:{source.problems[0].line}: {source.problems[0].message}")
    return source.terms


Reader = Callable[[Path, bytes, list[str]], Entries]


def _reader(suffix: str) -> Reader:
    if suffix in (".yaml", ".yml"):
        from translate.terms.yaml_file import entries as yaml_entries  # not loaded by those who have no YAML

        return lambda path, data, notices: yaml_entries(_text(path, data, notices), path)
    if suffix in (".tbx", ".xml"):
        from translate.terms.tbx import entries as tbx_entries

        return tbx_entries
    return partial(_table, suffix == ".csv")


def _table(is_csv: bool, path: Path, data: bytes, notices: list[str]) -> Entries:
    return tables.entries(_text(path, data, notices), is_csv)


def _text(path: Path, data: bytes, notices: list[str]) -> str:
    if not data.strip():
        return ""
    raw = read_text(data, str(path), _LIMITS)
    notices.extend(f"{path}: {notice}" for notice in raw.notices)
    return raw.text


def _source(path: str, entries: Entries) -> Source:
    terms: list[Term] = []
    problems: list[Problem] = []
    for entry in entries:
        try:
            if isinstance(entry, Entry):
                terms.extend(terms_of(entry, path))
            else:
                _, problem = entry
                raise problem
        except Unusable as err:
            problems.append(Problem(path, entry.line if isinstance(entry, Entry) else entry[0], str(err)))
    return Source(tuple(terms), tuple(problems))
