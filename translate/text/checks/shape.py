"""What the shape of a translation tells: loops, lengths that cannot be, an end that was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.domain import Finding, Lang, Severity
from translate.text.shape import UNIT, length, repetition

LONGEST_PHRASE = 10  # words, or Chinese signs times two, of a phrase said twice in a row
SHORTEST_PHRASE = {Lang.EN: 2, Lang.ZH: 4, Lang.FR: 2}
_NEXT = re.compile(r"[\s,，、]*")  # what may stand between the two
_SAID = re.compile(r"[.!?…][\"”»’)\s]*$")
_ENDS = re.compile(r"[.!?…。！？：:;；][\"'”’»）)\]」』>]*\s*$")
_LOOSE_ENDS = frozenset(
    re.findall(
        r"\w+",
        """the a an of to in and or for with by from at on that which who as its their his her this was is
        are were has have had be been said will would""",
    )
)
_WORD_END = re.compile(r"([A-Za-z]+)\W*$")


def doubled(source: str, target: str, lang: Lang) -> Finding | None:
    """A phrase that is said twice in a row, unless the source says something twice, too."""
    span = _twice(target, lang)
    if span is None or _twice(source, Lang.FR):
        return None
    start, middle, end = span
    message = f"“{target[start:middle].strip(' ,，、')}” is said twice in a row"
    return Finding("repetition", Severity.WARNING, message, target_span=(start, end))


def _twice(text: str, lang: Lang) -> tuple[int, int, int] | None:
    """Start, middle and end of the first phrase that follows itself."""
    found = list(UNIT.finditer(text))
    units = [match[0].casefold() for match in found]
    if len(set(units)) == len(units):
        return None
    longest = LONGEST_PHRASE * (2 if lang is Lang.ZH else 1)
    before: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        for earlier in before.get(unit, ()):
            size = place - earlier
            if (
                not SHORTEST_PHRASE[lang] <= size <= longest
                or units[earlier:place] != units[place : place + size]
            ):
                continue
            between = text[found[place - 1].end() : found[place].start()]
            joined = _NEXT.fullmatch(between) or (lang is Lang.EN and size > 2)
            if joined and any(not each.isdigit() for each in units[earlier:place]):
                return found[earlier].start(), found[place].start(), found[place + size - 1].end()
        before.setdefault(unit, []).append(place)
    return None


def cut_off(source: str, target: str) -> Finding | None:
    """A translation without the end that its source has."""
    if not _SAID.search(source) or _ENDS.search(target):
        return None
    last = _WORD_END.search(target)
    hanging = last is not None and last[1] in _LOOSE_ENDS
    severity = Severity.ERROR if hanging else Severity.WARNING
    end = len(target.rstrip())
    return Finding(
        "truncation", severity, "the translation ends without a mark", target_span=(max(0, end - 1), end)
    )


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Everything about the shape of a translation that is not empty."""
    found = (
        repetition(source, target) or doubled(source, target, lang),
        length(source, target, lang),
        cut_off(source, target),
    )
    yield from (finding for finding in found if finding is not None)
