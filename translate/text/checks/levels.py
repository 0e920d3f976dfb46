"""From what level to what level something went.

`de 29 % à 27,5 %` is not `by 29 percent to 27.5 percent`; and `passée de 32,9 % à 31,1 %`, which does not say
which way, did not rise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from translate.text.checks.changes import Change

_SPACE: Final = r"[ \u00a0\u202f]"
_UNIT: Final = rf"(?:{_SPACE}?%|{_SPACE}[^\W\d_]+(?:{_SPACE}d(?:e{_SPACE}|['’])[^\W\d_]+)?)"
_AMOUNT: Final = r"\d+(?:[.,\u00a0\u202f ]\d+)*"
# `de 29 % à 27,5 %`, `de 12 à 8`; not `de 3,5 % à 71 dollars`, which is by how much it went.
_FRENCH: Final = re.compile(
    rf"(?P<passed>\b(?:re)?pass\w+{_SPACE})?\bde{_SPACE}(?P<a>{_AMOUNT})(?P<unit>{_UNIT})?"
    rf"{_SPACE}à{_SPACE}(?P<b>{_AMOUNT})(?P<same>{_UNIT})?",
)
_SCALES: Final = {
    **{"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12},
    **{" thousand": 1e3, " million": 1e6, " billion": 1e9, " trillion": 1e12},
}
_NUMBER: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SCALED: Final = "(?: (?:thousand|million|billion|trillion))"
_TO: Final = (
    rf"[$€£]?(?P<a>{_NUMBER})(?P<a_scale>{_SCALED})?(?: ?%| [a-z]+(?: points)?)?"
    rf" to [$€£]?(?P<b>{_NUMBER})(?P<b_scale>{_SCALED})?(?![.,]?\d)"
)
_ENGLISH: Final = re.compile(rf"\b(?P<by>[Bb]y) {_TO}")
_ENDS: Final = ("", "s", "d")
_FALLS: Final = {
    **{"rise": "fall", "rises": "falls", "rose": "fell", "risen": "fallen", "rising": "falling"},
    **{f"increase{end}": f"decrease{end}" for end in _ENDS},
    **{f"{verb}{end}": f"fall{end}" for verb in ("climb", "jump", "grow") for end in ("", "s")},
    **dict.fromkeys(("climbed", "grew", "jumped"), "fell"),
}
_RISES: Final = {
    **{"fall": "rise", "falls": "rises", "fell": "rose", "fallen": "risen", "falling": "rising"},
    **{f"decrease{end}": f"increase{end}" for end in _ENDS},
    **{f"{verb}{end}": f"rise{end}" for verb in ("drop", "decline", "slip") for end in ("", "s")},
    **dict.fromkeys(("dropped", "declined", "slipped"), "rose"),
}
_WENT: Final = re.compile(rf"\b(?:(?P<up>{'|'.join(_FALLS)})|(?P<down>{'|'.join(_RISES)})) from {_TO}")
_WENT_CHINESE: Final = re.compile(
    rf"从(?P<a>{_NUMBER})(?P<a_scale>万?亿|万)?[^，。；\d]{{0,6}}?(?:"
    r"(?P<up>上升至|上升到|回升至|升至|升到|增长至|增长到|增加至|增加到|增至|上涨至|涨至|提高到|提高至)"
    rf"|(?P<down>下降至|下降到|降至|降到|减少至|减少到|减至|下跌至|跌至))(?P<b>{_NUMBER})(?P<b_scale>万?亿|万)?(?![.,]?\d)"
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
        if _figures(match) in levels:
            yield match.start("by"), match.end("by"), "From" if match["by"] == "By" else "from"


def which_way(source: str, target: str) -> Iterator[Change]:
    """`rose` where the second of two levels is lower, `fell` where it is higher, in English."""
    return _turned(source, _WENT.finditer(target), _RISES.__getitem__, _FALLS.__getitem__)


def which_way_in_chinese(source: str, target: str) -> Iterator[Change]:
    """`从32.9%升至31.1%`, and the other way round."""
    return _turned(source, _WENT_CHINESE.finditer(target), lambda _: "升至", lambda _: "降至")


def _turned(
    source: str, found: Iterator[re.Match[str]], up: Callable[[str], str], down: Callable[[str], str]
) -> Iterator[Change]:
    """Only behind a form of `passer`: another verb has a way of its own, and may be wrong itself.

    Levels are told by how one is to the other, as both may be in another scale: 3020亿, 302 milliards.
    """
    passed = None
    for match in found:
        passed = list(_levels(source, only_passed=True)) if passed is None else passed
        first, second = _pair(match)
        wrong = "up" if first > second else "down"
        is_told = any(abs(one * second - other * first) < 1e-6 * one * second for one, other in passed)
        if is_told and first != second and match[wrong]:
            yield match.start(wrong), match.end(wrong), (down if wrong == "up" else up)(match[wrong])


def _figures(match: re.Match[str]) -> tuple[float, float]:
    first, second = (float(match[number].replace(",", "")) for number in "ab")
    return first, second


def _pair(match: re.Match[str]) -> tuple[float, float]:
    """Both with their scales; `from 302 to 294 billion` counts both in billions."""
    (first, second), (own, other) = _figures(match), (match["a_scale"] or "", match["b_scale"] or "")
    if not own and other.startswith(" "):
        own = other
    return first * _SCALES[own], second * _SCALES[other]


def _levels(source: str, *, only_passed: bool = False) -> Iterator[tuple[float, float]]:
    for match in _FRENCH.finditer(source):
        unit, same = (match[name].strip() if match[name] else "" for name in ("unit", "same"))
        first, second = _value(match["a"]), _value(match["b"])
        if (not unit or unit == same) and (match["passed"] or (first > second and not only_passed)):
            yield first, second


def _value(french: str) -> float:
    """A figure with a decimal comma, its thousands apart or not: `1.200`, `27,5`."""
    whole, _, decimals = french.partition(",")
    digits = re.sub(r"\D", "", whole)
    return float(f"{digits}.{re.sub(r'[^0-9]', '', decimals) or '0'}")
