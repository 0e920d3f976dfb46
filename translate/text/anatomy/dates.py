"""French dates and hours in stamps and datelines: text -> `Day` and `Clock`. Day before month, always."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from translate.text.tables import folded

_MONTHS = (
    r"janvier|janv\b\.?|jan\b\.?",
    r"f[ée]vrier|f[ée]vr?\b\.?",
    r"mars",
    r"avril|avr\b\.?",
    r"mai",
    r"juin",
    r"juillet|juill?\b\.?",
    r"ao[ûu]t",
    r"septembre|sept?\b\.?",
    r"octobre|oct\b\.?",
    r"novembre|nov\b\.?",
    r"d[ée]cembre|d[ée]c\b\.?",
)
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})(?!\w)"
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WEEKDAY: Final = "|".join(_WEEKDAYS)
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DAY = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY})\s+)?(?P<day>\d{{1,2}}|1\s?er|premier)\s+(?P<month>{_MONTH})"
    r"(?:\s+(?P<year>(?:19|20)\d\d)\b)?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}}),?\s+(?P<year2>(?:19|20)\d\d)\b"
    r"|(?P<year3>(?:19|20)\d\d)\s?(?P<sep3>[-/.])\s?(?P<month3>\d{1,2})\s?(?P=sep3)\s?(?P<day3>\d{1,2})\b"
    r"|(?P<day4>\d{1,2})\s?(?P<sep4>[-/.])\s?(?P<month4>\d{1,2})\s?(?P=sep4)\s?(?P<year4>(?:19|20)\d\d|\d\d)\b"
    r"|(?P<day5>\d{1,2})/(?P<month5>\d{1,2})(?![/\d])",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?h\s?(?P<minute>\d\d)?(?![\w])|:(?P<minute2>\d\d)(?::(?P<second>\d\d))?(?![:\d]))"
    r"(?:\s*\(?(?P<zone>GMT|UTC|TU|heure\s+locale|heure\s+(?:de|d['’])\s?[A-ZÀ-Þ][\w' -]{1,24})\)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year. `weekday`: 0 is Monday."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of the day. `zone` as the dispatch has it: `GMT`, `heure de Paris`…"""

    hour: int
    minute: int | None = None
    second: int | None = None
    zone: str | None = None


def read_day(text: str, start: int = 0) -> tuple[Day, int] | None:
    """The date that begins at `start`, and where it ends. None if there is none, or no such day."""
    match = _DAY.match(text, start)
    if match is None:
        return None
    found = {name.rstrip("2345"): value for name, value in match.groupdict().items() if value is not None}
    day = 1 if not found["day"].isdigit() else int(found["day"])
    month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
    if not (1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1]):
        return None
    weekday = _WEEKDAYS.index(folded(found["weekday"])) if "weekday" in found else None
    return Day(day, month, _year(found.get("year")), weekday), match.end()


def read_clock(text: str, start: int = 0) -> tuple[Clock, int] | None:
    """The hour that begins at `start`, and where it ends. None if there is none, or no such hour."""
    match = _CLOCK.match(text, start)
    if match is None:
        return None
    minute = match["minute"] or match["minute2"]
    clock = Clock(
        int(match["hour"]),
        int(minute) if minute else None,
        int(match["second"]) if match["second"] else None,
        match["zone"].strip() if match["zone"] else None,
    )
    if clock.hour > 24 or (clock.minute or 0) > 59 or (clock.second or 0) > 59:
        return None
    return clock, match.end()


def _month(word: str) -> int:
    """1 to 12 for a month as it stands in a French text."""
    return 1 + next(i for i, names in enumerate(_MONTHS) if re.fullmatch(names, word, re.IGNORECASE))


def _year(digits: str | None) -> int | None:
    """Two digits are read as POSIX does: 69-99 belong to the last century."""
    if digits is None:
        return None
    year = int(digits)
    return year if year > 99 else year + (1900 if year >= 69 else 2000)
