"""Days of the week, months and dates in the manner of others: `Sept. 5` for `Oct. 9`, 星期五 for 星期二."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from translate.domain import Lang
from translate.text.house.moments import MONTHS, SHORT_MONTHS, WEEKDAYS, ZH_WEEKDAYS
from translate.text.house.plain import ordinal

Key = tuple[int, ...]  # of a date: (day, month)


def weekday_like(old: str, day: int, lang: Lang) -> str:
    """A day of the week, 0 for Monday, written like another one: `Fridays` for `Tuesdays`."""
    if lang is Lang.ZH:
        return old[:-1] + ZH_WEEKDAYS[day]
    return WEEKDAYS[day] + ("s" if old.endswith("s") else "")


def month_like(old: str, month: int, lang: Lang) -> str:
    """A month, 1 to 12, written like another one, which is in digits if it is Chinese."""
    if lang is Lang.ZH:
        return re.sub(r"[0-9]+", str(month), old, count=1)
    return (SHORT_MONTHS if old.endswith(".") else MONTHS)[month - 1]


def dates_like(old: str, right: Mapping[Key, Key], lang: Lang) -> str | None:
    """The date or dates `old`, each (day, month) replaced by that of `right`; None where that cannot be told.

    `October 9 to 12` has one month for both: it changes only if it does for both.
    """
    days = {one[0]: other[0] for one, other in right.items() if one[0] != other[0]}
    found = _month(lang).search(old)
    before, month, after = (old[: found.start()], found[0], old[found.end() :]) if found else (old, "", "")
    if any(one[1] != other[1] for one, other in right.items()):
        months = {other[1] for other in right.values()}
        if not month or len(months) > 1 or len(_DAY.findall(before) + _DAY.findall(after)) != len(right):
            return None
        month = month_like(month, months.pop(), lang)
    return f"{_with_days(before, days)}{month}{_with_days(after, days)}"


_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)(st|nd|rd|th)?")


def _with_days(part: str, days: Mapping[int, int]) -> str:
    def new(match: re.Match[str]) -> str:
        day = days.get(int(match[1]))
        if day is None:
            return match[0]
        return ordinal(day) if match[2] else str(day)

    return _DAY.sub(new, part)


@cache
def _month(lang: Lang) -> re.Pattern[str]:
    return re.compile(r"[0-9]+(?=\s?月)" if lang is Lang.ZH else r"[A-Z][a-z]{2,}\.?")
