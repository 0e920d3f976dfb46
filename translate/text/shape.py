"""What can be wrong with a translation by its shape alone: loops, and lengths that cannot be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.domain import Finding, Lang, Severity

# Words, numbers with their separators ("1 000" is two, "1.000" one), or one ideograph each.
_LETTER = r"[^\W_\u3400-\u9fff]"
UNIT = re.compile(rf"{_LETTER}(?:[.,'’-]?{_LETTER})*|[^\W_]")
# A loop without spaces ("hahahaha…"); a long row of zeros is a number.
_GLUED = re.compile(r"([^\s\d]{1,10}?)\1{7,}|([^\s\d]{4,12}?)\2{3,}")

# Characters of translation per character of French. News stays within 0.6-1.4 (English) and 0.2-0.6
# (Chinese); these are far outside, with room for short sentences in `SLACK`.
RATIOS = {Lang.EN: (0.3, 2.5), Lang.ZH: (0.08, 1.2), Lang.FR: (0.3, 2.5)}
SLACK = 25

MAX_PERIOD = 12  # units in the longest loop that is looked for
MIN_REPEATS = {1: 4}  # "très, très, très" is French; four times is a loop. Longer units: three times
ECHO_LEAST = 12  # units below which scattered repetition is not judged
ECHO_SHARE = 0.5  # share of repeated trigrams that no sentence of news has


def repetition(source: str, target: str) -> Finding | None:
    """A loop, unless the source repeats itself as much."""
    if (glued := _GLUED.search(target)) and not _GLUED.search(source):
        return _repeated(f"“{glued[1] or glued[2]}” is repeated without end")
    ours = UNIT.findall(target.casefold())
    if not echo(ours):  # every loop repeats a trigram
        return None
    theirs = UNIT.findall(source.casefold())
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
        least = MIN_REPEATS.get(period, 3)
        matched = 0  # how many units in a row equal the one `period` before them
        for index, (unit, before) in enumerate(zip(units[period:], units, strict=False), start=period):
            if unit != before:
                matched = 0
                continue
            matched += 1
            repeats = 1 + matched // period
            if repeats >= least and repeats > best[1]:
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
