"""Wrong numbers of a translation, as places for the right ones; and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from translate.domain import Lang
from translate.text.checks.counted import is_whole, unit
from translate.text.checks.figures import Figure
from translate.text.checks.numbers import Gap
from translate.text.house.figures import is_ordinal

_PERCENT: Final = "百分之"  # before the number; what is put there has its sign behind it
# What the checks read as a part of a number and stays as it is.
_HEAD: Final = rf"(?:数以|[数几近])?(?:{_PERCENT})?"
_TAIL: Final = r"(?:\s?[%％]|个百分点|[ -]per ?cent(?:age)?)?$"
_NO_NUMBER: Final = r"(?<!百)分之|[成倍半]$|['’]?s$"  # 三成, the 1990s
_ORDINAL: Final = r"(?:\d(?:st|nd|rd)|th|first|second|third)$"


@dataclass(frozen=True, slots=True)
class Place:
    """A wrong number: `text[start:end]` with its scale, without `%` or words around it."""

    start: int
    end: int
    is_percent: bool = False
    is_ordinal: bool = False


def places(text: str, extra: Sequence[Gap], lang: Lang) -> list[Place]:
    """Where `text` has numbers that its source has not, in order; and digits that are no number: `1,3000`.

    `extra`: what the checks say of it.
    """
    figures = [gap.figure for gap in extra if gap.figure is not None]
    found = [place for figure in figures if (place := _place(text, figure, lang))]
    for run in _runs(lang).finditer(text):
        if run["wrong"]:
            found = [place for place in found if place.end <= run.start() or run.end() <= place.start]
            found.append(Place(run.start(), run.end(), text[run.end() : run.end() + 1] in ("%", "％")))
    return sorted(found, key=lambda place: place.start)


@cache
def _runs(lang: Lang) -> re.Pattern[str]:
    """Digits with marks between them and the scale behind them; `wrong` if no number is written so."""
    scale = r"(?:[ -](?:thousand|(?:m|b|tr)illion)\b)?" if lang is Lang.EN else "(?:[多余几]?[十百千万亿]+)*"
    right = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\d|[.,]\d)"
    return re.compile(rf"(?:{right}|(?P<wrong>\d+(?:[.,]\d+)*)){scale}")


def _place(text: str, figure: Figure, lang: Lang) -> Place | None:
    """The place of a number; None for a part of something."""
    whole = text[figure.start : figure.end]
    if re.search(_NO_NUMBER, whole):
        return None
    head, tail = re.match(_HEAD, whole), re.search(_TAIL, whole)
    start = figure.start + (head.end() if head else 0)
    end = figure.start + (tail.start() if tail else len(whole))
    if head and head[0].endswith(_PERCENT):
        start -= len(_PERCENT)
    before, said = text[:start], text[start:end]
    ordinal = before.endswith("第") if lang is Lang.ZH else bool(re.search(_ORDINAL, said, re.IGNORECASE))
    return Place(start, end, figure.percent, ordinal)


def fitted(new: str, text: str, place: Place, lang: Lang) -> str:
    """The number `new` as it has to stand at a place: with the 多 that was in the old one, or the sign."""
    old = text[place.start : place.end]
    if place.start == 0:
        new = new[0].upper() + new[1:]
    if lang is Lang.EN:
        return new
    if old.startswith(_PERCENT):
        return f"{new}%"
    if more := next((sign for sign in "多余" if sign in old), ""):  # 1200多万: 120多万, 1.2万多
        digits = new.rstrip("万亿")
        return f"{new}{more}" if "." in digits else f"{digits}{more}{new[len(digits) :]}"
    return new


def suits(source: str, figure: Figure, text: str, place: Place, lang: Lang) -> bool:
    """True if a number of the source may stand at a place: both count the same, as far as can be told."""
    if figure.percent != place.is_percent:
        return False
    if is_ordinal(source[figure.start : figure.end]) != place.is_ordinal:
        return False
    ours, theirs = unit(source, figure.end, Lang.FR), unit(text, place.end, lang)
    if figure.is_year:
        is_dated = theirs == "year" if lang is Lang.ZH else theirs is None
        return is_dated and text[place.start : place.end].isdigit()
    if theirs == "money" or (lang is Lang.EN and text[place.start - 1 : place.start] in tuple("$€£¥")):
        return ours == "money"
    if ours != theirs and {ours, theirs} != {"money", None}:
        return False
    return lang is Lang.EN or not is_whole(text, place.end) or all(value % 1 == 0 for value in figure.values)
