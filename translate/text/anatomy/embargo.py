"""Until when a dispatch must not be published: `EMBARGO SAMEDI 23 MAI 2026 A 20H30 GMT`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.text.anatomy.dates import Clock, Day, read_clock, read_day

_HEAD = re.compile(
    r"(?:SOUS\s+)?EMBARGO\b(?:\s+JUSQU['’](?:AU?|À|EN)\b|\s+(?:AU|LE)\b)?\s*:?\s*", re.IGNORECASE
)
_JOIN = re.compile(r"\s*(?:,\s*)?(?:(?:à|a|le|du)\s+)?", re.IGNORECASE)
_SIGN = re.compile(r"\s+(?P<dash>[-–—]{1,2})(?=\s|$)|\s*(?P<sign>:)|\s*\.?$")


@dataclass(frozen=True, slots=True)
class Embargo:
    """When it ends: a day, an hour or both. `sign`: what stands before the text behind it, or nothing."""

    day: Day | None
    clock: Clock | None
    sign: str
    end: int


def read_embargo(text: str) -> Embargo | None:
    """The embargo at the head of `text`, or None: an embargo on arms has no hour, and words behind it."""
    head = _HEAD.match(text)
    if head is None or not text[0].isupper():
        return None
    day: Day | None = None
    clock: Clock | None = None
    end = head.end()
    for _ in range(2):
        join = _JOIN.match(text, end)
        at = join.end() if join else end
        if day is None and (read := read_day(text, at)):
            day, end = read
        elif clock is None and (seen := read_clock(text, at)):
            clock, end = seen
    sign = _SIGN.match(text, end)
    if sign is None or (day is None and clock is None):
        return None
    return Embargo(day, clock, sign["dash"] or sign["sign"] or "", sign.end())
