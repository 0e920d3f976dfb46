"""Entries as TMX units, and back.

Units of other programs are people's work. Units that we wrote say by `<prop>` who made them and how, so that
what comes back is what went out.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from translate.domain import Hypothesis, Lang
from translate.errors import InputError, OutputError
from translate.memory import remarks
from translate.memory.rows import Row
from translate.memory.values import Entry
from translate.text.tags import best_match, is_traditional
from translate.text.tmx import Reading, Seg, Unit, units

_TAGS = {Lang.FR: "fr", Lang.EN: "en", Lang.ZH: "zh-CN"}  # every tool knows zh-CN, few know zh-Hans
_DATE = "%Y%m%dT%H%M%SZ"
_MACHINE = "machine"
_ORIGIN, _RECIPE, _SCORE, _FINDINGS, _TERMS, _FILE = (
    f"x-translate-{name}" for name in ("origin", "recipe", "score", "findings", "terms", "file")
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A translation in a TMX file. Recipe None: by people. `row` is None where a side is empty."""

    lang: Lang
    recipe: str | None
    row: Row | None
    traditional: bool = False


def unit(entry: Entry) -> Unit:
    """The entry as a unit of French and one other language."""
    props = {_ORIGIN: "human" if entry.human else _MACHINE}
    known = {
        _RECIPE: entry.recipe,
        _SCORE: None if entry.score is None else repr(entry.score),
        _FINDINGS: remarks.to_text(entry.findings),
        _TERMS: remarks.to_text(entry.terms),
        _FILE: entry.origin,
    }
    props |= {name: value for name, value in known.items() if value is not None}
    segs = {_TAGS[Lang.FR]: Seg(entry.source), _TAGS[entry.lang]: Seg(entry.target)}
    return Unit(segs, {"creationdate": entry.created.strftime(_DATE)}, props)


def pairs(path: Path, now: datetime, reading: Reading | None = None) -> Iterator[tuple[Pair, ...]]:
    """Per unit of the file: what it holds, none if not French and one of the targets. Raises InputError."""
    for each in units(path, reading):
        source = best_match(Lang.FR, each.segs)
        found = {lang: best_match(lang, each.segs) for lang in (Lang.EN, Lang.ZH)} if source else {}
        yield tuple(
            _pair(path, each, each.segs[source], lang, tag, now)
            for lang, tag in found.items()
            if source and tag
        )


def _pair(path: Path, unit: Unit, source: Seg, lang: Lang, tag: str, now: datetime) -> Pair:
    target, recipe = unit.segs[tag], None
    said = Hypothesis(target.text)
    if unit.props.get(_ORIGIN) == _MACHINE:
        recipe = unit.props.get(_RECIPE) or _MACHINE
        try:
            said = _judged(target.text, unit)
        except remarks.DAMAGES as err:
            message = f"a unit whose score, findings or terms cannot be read ({err})"
            raise InputError(message, path=path, line=target.line) from err
    if not (source.text.strip() and target.text.strip()):
        return Pair(lang, recipe, None)
    origin = unit.props.get(_FILE) if _ORIGIN in unit.props else _readable(path.name)
    row = Row(source.text, said, origin, _when(unit, target, now))
    return Pair(lang, recipe, row, is_traditional(tag))


def _readable(name: str) -> str:
    """A file name that may be no Unicode, so that it can be kept."""
    return name.encode("utf-8", "backslashreplace").decode()


def _judged(text: str, unit: Unit) -> Hypothesis:
    score = unit.props.get(_SCORE)
    return Hypothesis(
        text,
        None if score is None else float(score),
        remarks.findings(unit.props.get(_FINDINGS)),
        remarks.terms(unit.props.get(_TERMS)),
    )


def _when(unit: Unit, target: Seg, now: datetime) -> int:
    """When the translation was last changed, if the file says so."""
    for written in (target.changed, unit.attributes.get("changedate"), unit.attributes.get("creationdate")):
        try:
            when = datetime.strptime(written or "", _DATE).replace(tzinfo=UTC)
        except ValueError:
            continue
        return int(when.timestamp())
    return int(now.timestamp())


def save(where: Path | BinaryIO, text: Iterable[str]) -> None:
    """`text` as UTF-8, to a stream or to a file that is written whole or not at all. Raises OutputError."""
    if not isinstance(where, Path):
        where.writelines(piece.encode() for piece in text)
        return
    path = where.resolve()  # a link stays a link
    partial = path.with_name(f".translate-{os.urandom(6).hex()}.partial")
    with _told(where):
        if path.exists() and not path.is_file():  # a device or a pipe: renaming would destroy it
            with path.open("wb") as file:
                file.writelines(piece.encode() for piece in text)
            return
        try:
            with partial.open("xb") as file:
                file.writelines(piece.encode() for piece in text)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


@contextmanager
def _told(where: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # the reader has seen enough
    except OSError as err:
        full = err.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "no space left" if full else err.strerror or type(err).__name__
        raise OutputError(f"{where}: {reason}", hint="free some space" if full else None) from err
