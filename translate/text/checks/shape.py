"""What the shape of a translation tells: loops, lengths that cannot be, an end that was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.domain import Finding, Lang, Severity

# Words, numbers with their separators ("1 000" is two, "1.000" one), or one ideograph each.
_LETTER = r"[^\W_\u3400-\u9fff]"
_UNIT = re.compile(rf"[\u3400-\u9fff]|{_LETTER}+(?:[.,'’-]{_LETTER}+)*")
# A loop without spaces ("hahahaha…"); a long row of zeros is a number.
_GLUED = re.compile(r"([^\s\d]{1,10}?)\1{7,}")

# Characters of translation per character of French. News stays within 0.6-1.4 (English) and 0.2-0.6
# (Chinese); these are far outside, with room for short sentences in `SLACK`.
RATIOS = {Lang.EN: (0.3, 2.5), Lang.ZH: (0.08, 1.2), Lang.FR: (0.3, 2.5)}
SLACK = 25

MAX_PERIOD = 12  # units in the longest loop that is looked for
MIN_REPEATS = {1: 4}  # "très, très, très" is French; four times is a loop. Longer units: three times
ECHO_LEAST = 12  # units below which scattered repetition is not judged
ECHO_SHARE = 0.5  # share of repeated trigrams that no sentence of news has

LONGEST_PHRASE = 10  # words, or Chinese signs times two, of a phrase said twice in a row
SHORTEST_PHRASE = {Lang.EN: 2, Lang.ZH: 4, Lang.FR: 2}
_NEXT = re.compile(r"[\s,，、]*")  # what may stand between the two
_SAID = re.compile(r"[.!?…][\"”»’)\s]*$")
_ENDS = re.compile(r"[.!?…。！？：:;；][\"'”’»）)\]」』>]*\s*$")
_LOOSE_ENDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "and",
        "or",
        "for",
        "with",
        "by",
        "from",
        "at",
        "on",
        "that",
        "which",
        "who",
        "as",
        "its",
        "their",
        "his",
        "her",
        "this",
        "was",
        "is",
        "are",
        "were",
        "has",
        "have",
        "had",
        "be",
        "been",
        "said",
        "will",
        "would",
    ]
)
_WORD_END = re.compile(r"([A-Za-z]+)\W*$")


def repetition(source: str, target: str) -> Finding | None:
    """A loop, unless the source repeats itself as much."""
    if (glued := _GLUED.search(target)) and not _GLUED.search(source):
        return _repeated(f"“{glued[1]}” is repeated without end")
    ours = _UNIT.findall(target.casefold())
    if not echo(ours):  # every loop repeats a trigram
        return None
    theirs = _UNIT.findall(source.casefold())
    loop, repeats = longest_loop(ours)
    if loop and repeats > longest_loop(theirs)[1]:
        text = " ".join(loop) if len("".join(loop)) <= 40 else " ".join(loop)[:40] + "…"
        return _repeated(f"“{text}” is repeated {repeats} times")
    if len(ours) >= ECHO_LEAST and echo(ours) > max(ECHO_SHARE, 1.5 * echo(theirs)):
        return _repeated("the translation repeats itself")
    return None


def _repeated(message: str) -> Finding:
    return Finding("repetition", Severity.WARNING, message)


def longest_loop(units: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The run that follows itself most often and how often: `((), 0)` if nothing loops."""
    best: tuple[tuple[str, ...], int] = ((), 0)
    for period in range(1, min(MAX_PERIOD, len(units) // 2) + 1):
        matched = 0  # how many units in a row equal the one `period` before them
        for index in range(period, len(units)):
            matched = matched + 1 if units[index] == units[index - period] else 0
            repeats = 1 + matched // period
            if repeats >= MIN_REPEATS.get(period, 3) and repeats > best[1]:
                best = (tuple(units[index - period + 1 : index + 1]), repeats)
    return best


def echo(units: Sequence[str]) -> float:
    """Share of trigrams that were there before, 0 to 1."""
    trigrams = list(zip(units, units[1:], units[2:], strict=False))
    return 1 - len(set(trigrams)) / len(trigrams) if trigrams else 0.0


def length(source: str, target: str, lang: Lang) -> Finding | None:
    """A translation far too long or far too short for its source."""
    low, high = RATIOS[lang]
    if len(target) > high * len(source) + SLACK:
        return Finding("length-ratio", Severity.WARNING, f"{_times(source, target)}: far too long")
    if len(target) < low * (len(source) - SLACK):
        return Finding("length-ratio", Severity.WARNING, f"{_times(source, target)}: far too short")
    return None


def _times(source: str, target: str) -> str:
    return f"{len(target)} characters for {len(source)} of source"


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
    found = list(_UNIT.finditer(text))
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
