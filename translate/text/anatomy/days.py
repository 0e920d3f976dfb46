"""Days that head a list or a line of it: `LUNDI 16 NOVEMBRE`, `Du 28 au 30 mai`, `12 janv 2010 : …`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from translate.text.anatomy.dates import WEEKDAY, Day, read_day

_MAX_CHARACTERS: Final = 80
_LEAD = re.compile(r"(?:du|le|les)\s+", re.IGNORECASE)
_SHORT = re.compile(rf"(?:(?:{WEEKDAY})\s+)?(?:\d{{1,2}}|1\s?er)", re.IGNORECASE)  # its month follows
_LINK = re.compile(r"\s+(?P<word>et|au|-|–)\s+", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?P<sign>:)(?=\s|$)|\s*$")
_NAMED = re.compile(r"[^\W\d_]{3}")  # a month by its name: `8/11 : …` may be a score


@dataclass(frozen=True, slots=True)
class Days:
    """One day; or two, of which `last` ends a range if `is_range`. `sign`: a colon or nothing."""

    first: Day
    last: Day | None
    is_range: bool
    sign: str
    end: int


def read_days(text: str) -> Days | None:
    """The days that head `text` before a colon, or that all of it is; None if there are none."""
    head = text[:_MAX_CHARACTERS]
    lead = _LEAD.match(head)
    start = lead.end() if lead else 0
    if not (read := _pair(head, start) or _one(head, start)):
        return None
    sign = _SIGN.match(head, read.end)
    if sign is None or not _NAMED.search(head, start, read.end):
        return None
    if lead and read.last is None and sign["sign"] is None:
        return None  # Le 3 mai: the title of a book
    return replace(read, sign=sign["sign"] or "", end=len(head[: sign.end()].rstrip()))


def _one(head: str, start: int) -> Days | None:
    read = read_day(head, start)
    return Days(read[0], None, False, "", read[1]) if read else None


def _pair(head: str, start: int) -> Days | None:
    """`samedi 21 et dimanche 22 novembre`: the first has a month of its own, or that of the second."""
    first = read_day(head, start)
    short = None if first else _SHORT.match(head, start)
    at = first[1] if first else short.end() if short else None
    link = _LINK.match(head, at) if at is not None else None
    last = read_day(head, link.end()) if link else None
    if link is None or last is None:
        return None
    if first is None and short is not None:
        first = read_day(f"{short[0]}{_month(head, link.end(), last[1])}")
    if first is None:
        return None
    return Days(first[0], last[0], link["word"].lower() != "et", "", last[1])


def _month(head: str, start: int, end: int) -> str:
    """The month of a date, as it is written there."""
    words = re.findall(r"[^\W\d_]{3,}\.?", head[start:end])
    return f" {words[-1]}" if words else ""
