"""What the shape of a translation tells: loops, lengths that cannot be, an end that was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import eq

from translate.domain import Finding, Lang, Severity
from translate.text.checks import said_twice
from translate.text.checks.spacing import HAN
from translate.text.shape import MAX_PERIOD, UNIT, length, repetition

LONGEST_PHRASE = 10  # words, or Chinese signs times two, of a phrase said twice in a row
SHORTEST_PHRASE = {Lang.EN: 2, Lang.ZH: 4, Lang.FR: 2}
AGAIN = 5  # Chinese signs of what stands twice, farther apart
_IDEOGRAPHS = re.compile(rf"[{HAN}]{{{AGAIN},}}")
_ACRONYM = re.compile(r"\b[A-Z]{2,}")
_LONG = 5  # letters at most of words that are not long
_NEXT = re.compile(r"[\s,，、]*")  # what may stand between the two
# What loops has three words twice, a sign eight times in a row, or one very long word.
_SAME = re.compile(r"(\S)\1{7}")
_GLUED = 16  # letters
_TAIL = 24  # characters at the end, enough for the marks and a word
_SAID = re.compile(r"[.!?…][\"”»’)\s]*$")
# A number after the mark is a footnote's.
_ENDS = re.compile(r"[.!?…。！？：:;；]\d{0,2}(?:\[\d+\])?[\"'”’»）)\]」』>]*\s*$")
# door to door to vaccinate
_TO_ITSELF = frozenset(
    ("door", "face", "house", "side", "day", "peer", "person", "coast", "shoulder", "head")
)
# `peaceful and peaceful`; not what English says so: `more and more`, `bigger and bigger`.
_AND_AGAIN = re.compile(
    r"\b(?!(?:more|less|over|again|neck|on|through|round|year|day|hour|dozen|hundred|thousand|million)s?\b)"
    r"([a-z]{3,}(?<!er)) (?:and|or) \1\b",
    re.IGNORECASE,
)
# 联合国难民署和联合国难民署表示; not what begins a longer word: 密切接触者和密切接触者的接触者.
_CHINESE_AND_AGAIN = re.compile(
    rf"([{HAN}]{{3,14}})(?:以及|[和与及或])\1(?=[^{HAN}]|$|表示|[称说]|宣布|指出|认为|警告|呼吁)"
)
# A word that the source says twice, and that may be more words in English: `Courage, courage`.
_TWO_WORDS = r"(?i)\b(\w{4,}), \1\b"
_LOOSE_ENDS = frozenset(
    re.findall(
        r"\w+",
        """the a an of to in and or for with by from at on that which who as its their his her this was is
        are were has have had be been said will would""",
    )
)
_WORD_END = re.compile(r"([A-Za-z]+)\W*$")


def doubled(source: str, target: str, lang: Lang, units: Sequence[str]) -> Finding | None:
    """A phrase that is said twice in a row, unless the source says something twice, too."""
    span = _twice(target, lang) if _repeats(units, SHORTEST_PHRASE[lang]) else None
    if span is None or _twice(source, Lang.FR) or re.search(_TWO_WORDS, source):
        return None
    start, middle, end = span
    message = f"“{target[start:middle].strip(' ,，、')}” is said twice in a row"
    return Finding("repetition", Severity.WARNING, message, target_span=(start, end))


def said_again(source: str, target: str, lang: Lang, units: Sequence[str]) -> Finding | None:
    """A stretch of Chinese that stands twice, farther apart, of a source that repeats no long word or phrase.

    A small model begins a clause anew when it is lost. An acronym may be a long name each time.
    """
    if lang is not Lang.ZH or not _repeats(units, AGAIN) or _ACRONYM.search(source):
        return None
    if said_twice.a_word(source, longer_than=_LONG) or said_twice.two_words(source):
        return None
    seen: dict[str, int] = {}
    for match in _IDEOGRAPHS.finditer(target):
        for start in range(match.start(), match.end() - AGAIN + 1):
            first = seen.setdefault(target[start : start + AGAIN], start)
            if start - first < AGAIN:
                continue
            same = takewhile(
                lambda both: eq(*both), zip(target[first:start], target[start : match.end()], strict=False)
            )
            end = start + sum(1 for _ in same)
            message = f"“{target[start:end]}” is said twice"
            return Finding("repetition", Severity.WARNING, message, target_span=(start, end))
    return None


def joined_to_itself(source: str, target: str, lang: Lang) -> Finding | None:
    """What `and` joins to itself, of a source that says no word of four letters twice."""
    match = (_AND_AGAIN if lang is Lang.EN else _CHINESE_AND_AGAIN).search(target)
    if match is None or said_twice.a_word(source):
        return None
    return Finding(
        "repetition", Severity.WARNING, f"“{match[0]}” says one thing twice", target_span=match.span()
    )


def _twice(text: str, lang: Lang) -> tuple[int, int, int] | None:
    """Start, middle and end of the first phrase that follows itself."""
    found = list(UNIT.finditer(text))
    units = [match[0].casefold() for match in found]
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
            if size == 2 and _is_said_so(units[earlier:place]):
                continue
            joined = _NEXT.fullmatch(between) or (lang is Lang.EN and size > 2)
            if joined and any(not each.isdigit() for each in units[earlier:place]):
                return found[earlier].start(), found[place].start(), found[place + size - 1].end()
        before.setdefault(unit, []).append(place)
    return None


def _is_said_so(pair: Sequence[str]) -> bool:
    """True for two words that English says twice: and less and less, door to door to vaccinate."""
    return "and" in pair or ("to" in pair and not _TO_ITSELF.isdisjoint(pair))


def _repeats(units: Sequence[object], size: int) -> bool:
    """True if some run of `size` units stands twice."""
    if len(set(units)) == len(units):
        return False
    runs = set(zip(*(units[at:] for at in range(size)), strict=False))
    return len(runs) < len(units) - size + 1


def _may_loop(target: str, units: Sequence[str]) -> bool:
    """False if no loop can be found, told cheaply: hardly a sentence has one."""
    if max(map(len, units), default=0) >= _GLUED or _SAME.search(target):
        return True
    if not _repeats(units, 3):
        return False
    if 2 * len(set(zip(units, units[1:], units[2:], strict=False))) <= len(units):  # much is said again
        return True
    return any(
        sum(map(eq, units[period:], units)) >= max(3, 2 * period) for period in range(1, MAX_PERIOD + 1)
    )


def cut_off(source: str, target: str) -> Finding | None:
    """A translation without the end that its source has."""
    if not _SAID.search(source[-_TAIL:]) or _ENDS.search(target[-_TAIL:]):
        return None
    last = _WORD_END.search(target[-_TAIL:])
    hanging = last is not None and last[1] in _LOOSE_ENDS
    severity = Severity.ERROR if hanging else Severity.WARNING
    end = len(target.rstrip())
    return Finding(
        "truncation", severity, "the translation ends without a mark", target_span=(max(0, end - 1), end)
    )


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Everything about the shape of a translation that is not empty."""
    units = UNIT.findall(target.casefold())
    looped = repetition(source, target) if _may_loop(target, units) else None
    found = (
        looped
        or doubled(source, target, lang, units)
        or said_again(source, target, lang, units)
        or joined_to_itself(source, target, lang),
        length(source, target, lang),
        cut_off(source, target),
    )
    yield from (finding for finding in found if finding is not None)
