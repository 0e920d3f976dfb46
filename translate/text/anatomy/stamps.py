"""Update and publication stamps: `Dernière mise à jour à 17h46 le 04/04`, `AFP, publié le jeudi 21 mai…`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from translate.text.anatomy.dates import Clock, Day, read_clock, read_day

_MAX_CHARACTERS = 160
_SOURCE = re.compile(
    r"(?P<source>[^\s|,\d][^|,]{1,60}?)\s*(?P<mark>[|,])\s*(?=\S)|(?P<host>[a-z]{3,20})\s+(?=\d)"
)
_JOIN = re.compile(r"\s*(?P<mark>[-–—:,|·]|à|a)?\s*(?:(?:le|du)\s*(?P<colon>:)?\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[-–—|,;·•/]?\s*")
_TRAILING = " \t.-–—|,"


class Verb(StrEnum):
    """What happened at that moment."""

    LAST_UPDATED = "last updated"
    UPDATED = "updated"
    PUBLISHED = "published"
    MODIFIED = "modified"


_VERBS = (
    (Verb.LAST_UPDATED, r"derni[èe]re\s+(?:mise\s+[àa]\s+jour|actualisation|modification)"),
    (Verb.UPDATED, r"mise?\s+[àa]\s+jour|actualisée?"),
    (
        Verb.PUBLISHED,
        r"(?:date\s+de\s+)?publi(?:cation|ée?)|parue?|postée?|mise?\s+en\s+ligne|créée?|diffusée?",
    ),
    (Verb.MODIFIED, r"modifiée?"),
)
_VERB = tuple(
    (verb, re.compile(rf"(?:{words})\b\s*(?P<colon>:)?\s*", re.IGNORECASE)) for verb, words in _VERBS
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One statement of a stamp. `between`: the sign between day and hour; `day_first`: their order."""

    verb: Verb | None
    capital: bool
    colon: bool
    day: Day | None
    clock: Clock | None
    day_first: bool
    between: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """`source` is what stands before the first statement, `mark` the sign after it (`|` or `,`)."""

    moments: tuple[Moment, ...]
    source: str | None = None
    mark: str = ""
    bracket: bool = False


def read_stamp(text: str) -> Stamp | None:
    """The stamp that the whole of `text` is, or None."""
    text = text.strip()
    if len(text) > _MAX_CHARACTERS:
        return None
    bracket = text.startswith("[") and text.endswith("]")
    body = (text[1:-1] if bracket else text).rstrip(_TRAILING)
    moments = _moments(body, 0)
    source, mark = None, ""
    if not moments and (match := _SOURCE.match(body)):
        source, mark = match["source"] or match["host"], match["mark"] or ""
        moments = _moments(body, match.end())
        if mark == "," and moments and moments[0].verb is None:
            return None  # La forêt de Chiberta, le 31 juillet 2020: a caption
    if not moments or not any(map(_says_enough, moments)):
        return None
    return Stamp(moments, source, mark, bracket)


def _says_enough(moment: Moment) -> bool:
    """Without a verb only a full date is a stamp: `3 mai` alone may be the title of a paragraph."""
    return moment.verb is not None or (moment.day is not None and moment.day.year is not None)


def _moments(text: str, start: int) -> tuple[Moment, ...]:
    """All statements from `start` to the end; none if something else stands between them."""
    found = []
    while start < len(text):
        step = _moment(text, start)
        if step is None:
            return ()
        found.append(step[0])
        between = _BETWEEN.match(text, step[1])
        start = between.end() if between else step[1]
    return tuple(found)


def _moment(text: str, start: int) -> tuple[Moment, int] | None:
    verb, colon, position = None, False, start
    for candidate, pattern in _VERB:
        if match := pattern.match(text, start):
            verb, colon, position = candidate, match["colon"] is not None, match.end()
            break
    capital = text[start : start + 1].isupper()
    day: Day | None = None
    clock: Clock | None = None
    day_first, between = True, ""
    for _ in range(2):
        join = _JOIN.match(text, position)
        here = join.end() if join else position
        colon = colon or (join is not None and join["colon"] is not None)
        if day is None and (read := read_day(text, here)):
            day_first = clock is None
            day, position = read
        elif clock is None and (seen := read_clock(text, here)):
            day_first = day is not None
            clock, position = seen
        else:
            break
        between = (join["mark"] or "") if join else ""
    if day is None and clock is None:
        return None
    return Moment(verb, capital, colon, day, clock, day_first, between), position


_LOOSE = re.compile(
    r"(?:(?:le|à|a|:)\s*)*(?:\d|hier|aujourd['’]hui|ce\s+(?:jour|matin|soir|midi)|il\s+y\s+a\s)",
    re.IGNORECASE,
)


def is_stamp(text: str) -> bool:
    """True for every stamp, also one whose date cannot be read (`le 25/13`, `hier à 17h`)."""
    if read_stamp(text):
        return True
    text = text.strip()
    if len(text) > 80 or ". " in text:
        return False
    verbs = (pattern.match(text) for _, pattern in _VERB)
    return any(_LOOSE.match(text, verb.end()) for verb in verbs if verb)
