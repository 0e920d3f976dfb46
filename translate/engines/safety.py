"""What can be wrong with a translation by its shape alone: empty, looping, too long, too short, cut off.

A model that goes wrong does so in a few known ways. Each is a `Finding`; `weight` turns findings into a
number, so that of several attempts the least bad one is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from translate.domain import Finding, Lang, Severity

# Words, numbers with their separators ("1 000" is two, "1.000" one), or one ideograph each.
_UNIT = re.compile(r"[\u3400-\u9fff]|[^\W_]+(?:[.,'’-][^\W_]+)*")
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

WEIGHTS = {Severity.NOTE: 0, Severity.WARNING: 10, Severity.ERROR: 100}


def judge(source: str, target: str, lang: Lang, *, cut: bool) -> tuple[Finding, ...]:
    """What is wrong with `target` as a translation of `source`; `cut`: the model did not end it itself."""
    if not _says(target) and (not target.strip() or _says(source)):
        return (Finding("empty", Severity.ERROR, "the model gave no translation"),)
    found = (_truncation(cut), _repetition(source, target), _length(source, target, lang))
    return tuple(finding for finding in found if finding is not None)


def _says(text: str) -> bool:
    """True if there is a letter or a figure in it."""
    return any(letter.isalnum() for letter in text)


def weight(findings: Iterable[Finding]) -> int:
    """How bad findings are together. 0: nothing that a second attempt should try to mend."""
    return sum(WEIGHTS[finding.severity] for finding in findings)


def _truncation(cut: bool) -> Finding | None:
    if not cut:
        return None
    return Finding("truncation", Severity.ERROR, "the translation was cut at the length limit")


def _repetition(source: str, target: str) -> Finding | None:
    """A loop, unless the source repeats itself as much."""
    if (glued := _GLUED.search(target)) and not _GLUED.search(source):
        return Finding("repetition", Severity.WARNING, f"“{glued[1] or glued[2]}” is repeated without end")
    ours, theirs = _UNIT.findall(target.casefold()), _UNIT.findall(source.casefold())
    if not echo(ours):  # every loop repeats a trigram
        return None
    loop, repeats = longest_loop(ours)
    if loop and repeats > longest_loop(theirs)[1]:
        text = " ".join(loop) if len("".join(loop)) <= 40 else " ".join(loop)[:40] + "…"
        return Finding("repetition", Severity.WARNING, f"“{text}” is repeated {repeats} times")
    if len(ours) >= ECHO_LEAST and echo(ours) > max(ECHO_SHARE, 1.5 * echo(theirs)):
        return Finding("repetition", Severity.WARNING, "the translation repeats itself")
    return None


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


def _length(source: str, target: str, lang: Lang) -> Finding | None:
    low, high = RATIOS[lang]
    if len(target) > high * len(source) + SLACK:
        return Finding("length-ratio", Severity.WARNING, f"{_times(source, target)}: far too long")
    if len(target) < low * (len(source) - SLACK):
        return Finding("length-ratio", Severity.WARNING, f"{_times(source, target)}: far too short")
    return None


def _times(source: str, target: str) -> str:
    return f"{len(target)} characters for {len(source)} of source"
