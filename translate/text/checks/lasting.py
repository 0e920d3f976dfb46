"""Times of a race, to the second or a hundredth of it: `2h08'32`, `3'50''07`; 2:08:32, 3:50.07; 3分50秒07."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.figures import Figure, Mask, Trust, hints, values
from translate.text.durations import WITH_HUNDREDTHS, WITH_SECONDS

_WHOLE: Final = {
    Lang.FR: WITH_SECONDS,
    Lang.EN: re.compile(r"(?<![\d:.])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\d:])"),
    Lang.ZH: re.compile(r"(?<!\d)(\d{1,2})(?:小时|时)([0-5]?\d)分钟?([0-5]?\d)秒(?!\d)"),
}
_PARTED: Final = {
    Lang.FR: WITH_HUNDREDTHS,
    Lang.EN: re.compile(r"(?<![\d:.])(\d{1,2}):([0-5]\d)[.,](\d{2,3})(?!\d)"),
    Lang.ZH: re.compile(r"(?<!\d)(\d{1,2})分([0-5]?\d)秒(\d{2,3})(?!\d)"),
}
_LIKELY: Final = re.compile(r"\d\s?(?:[:'’′″\"时分]|小时|h|min|mn)\s?\d")
_LOOSE: Final = re.compile(r"(?<=\d:\d\d):\s(?=[0-5]\d\b)")
_ONE: Final = re.compile(r"(?<![\w.,:$€£¥])1 (hour|minute|second)s\b")
_COMMA: Final = re.compile(r"(?<=\d:\d\d),(?=\d\d\b)")


def read(mask: Mask, lang: Lang) -> Iterator[Figure]:
    """Each part as a number, the hundredths as decimals of the seconds; hidden from other readers then."""
    if not _LIKELY.search(mask.text):
        return
    for match in _WHOLE[lang].finditer(mask.text):
        for group in (1, 2, 3):
            yield Figure(match.start(group), match.end(group), values(int(match[group])), Trust.FIRM)
        mask.hide(match.start(), match.end())
    for match in _PARTED[lang].finditer(mask.text):
        minutes, seconds, decimals = match.groups()
        yield Figure(match.start(1), match.end(1), values(int(minutes)), Trust.FIRM)
        yield Figure(match.start(2), match.end(3), values(float(f"{int(seconds)}.{decimals}")), Trust.FIRM)
        yield hints(match.start(2), match.end(3), (int(seconds), int(decimals)))
        mask.hide(match.start(), match.end())


def in_english(source: str, target: str) -> Iterator[Change]:
    """How English writes them: 2:08: 32 is 2:08:32, and 3:50,07 is 3:50.07; one hour is no hours."""
    yield from ((match.start(), match.end(), f"1 {match[1]}") for match in _ONE.finditer(target))
    if WITH_SECONDS.search(source):
        yield from ((match.start(), match.end(), ":") for match in _LOOSE.finditer(target))
    if WITH_HUNDREDTHS.search(source):
        yield from ((match.start(), match.end(), ".") for match in _COMMA.finditer(target))
