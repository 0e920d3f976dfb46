"""From what level to what level something went: `de 29 % à 27,5 %` is not `by 29 percent to 27.5 percent`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change

_SPACE: Final = r"[ \u00a0\u202f]"
_UNIT: Final = rf"(?:{_SPACE}?%|{_SPACE}[^\W\d_]+(?:{_SPACE}d(?:e{_SPACE}|['’])[^\W\d_]+)?)"
# `de 29 % à 27,5 %`, `de 12 à 8`; not `de 3,5 % à 71 dollars`, which is by how much it went.
_FRENCH: Final = re.compile(
    rf"(?P<passed>\bpass\w+{_SPACE})?\bde{_SPACE}(?P<a>\d+(?:[.,\u00a0\u202f ]\d+)*)(?P<unit>{_UNIT})?"
    rf"{_SPACE}à{_SPACE}(?P<b>\d+(?:[.,\u00a0\u202f ]\d+)*)(?P<same>{_UNIT})?",
)
_ENGLISH: Final = re.compile(
    r"\b(?P<by>[Bb]y) (?P<a>\d+(?:[.,]\d+)*)(?: ?%| [a-z]+(?: points| a barrel)?)? to (?P<b>\d+(?:[.,]\d+)*)"
)


def from_to(source: str, target: str) -> Iterator[Change]:
    """`by` before the first of two levels, where the source surely goes from one to the other.

    It does where the second is lower, as no range goes down, and behind a form of `passer`. `de 2 à 3 %`
    behind a verb of growth is by how much it grew, or may be.
    """
    if " to " not in target:
        return
    levels = set(_levels(source))
    for match in _ENGLISH.finditer(target) if levels else ():
        pair = (float(match["a"].replace(",", "")), float(match["b"].replace(",", "")))
        if pair in levels:
            yield match.start("by"), match.end("by"), "From" if match["by"] == "By" else "from"


def _levels(source: str) -> Iterator[tuple[float, float]]:
    for match in _FRENCH.finditer(source):
        unit, same = (match[name].strip() if match[name] else "" for name in ("unit", "same"))
        first, second = _value(match["a"]), _value(match["b"])
        if (not unit or unit == same) and (first > second or match["passed"]):
            yield first, second


def _value(french: str) -> float:
    """A figure with a decimal comma, its thousands apart or not: `1.200`, `27,5`."""
    whole, _, decimals = french.partition(",")
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{re.sub(r'[^0-9]', '', decimals) or '0'}")
