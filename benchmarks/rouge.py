"""ROUGE-1, ROUGE-2 and ROUGE-L as F1 in percent: lower-cased words, no stemming, no word left out.

A word is a run of letters, digits and underscores, so `l'accord` is two. ROUGE-L takes the whole text as one
sequence. Checked in the tests against values worked out by hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"\w+")


class Rouge(NamedTuple):
    """F1 of common words, common word pairs and the longest common subsequence, 0 to 100."""

    one: float
    two: float
    longest: float


def words(text: str) -> list[str]:
    """The words of `text`, lower-cased."""
    return _WORD.findall(text.lower())


def rouge(summary: str, reference: str) -> Rouge:
    """How much `summary` and `reference` have in common."""
    ours, theirs = words(summary), words(reference)
    return Rouge(
        _grams_f1(ours, theirs, 1),
        _grams_f1(ours, theirs, 2),
        _f1(longest_common(ours, theirs), len(ours), len(theirs)),
    )


def _grams_f1(ours: Sequence[str], theirs: Sequence[str], size: int) -> float:
    first, second = _grams(ours, size), _grams(theirs, size)
    return _f1((first & second).total(), first.total(), second.total())


def _grams(tokens: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1))


def _f1(common: int, ours: int, theirs: int) -> float:
    """Harmonic mean of common/ours and common/theirs, in percent."""
    return 200 * common / (ours + theirs) if common else 0.0


def longest_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for place, other in enumerate(theirs, start=1):
            above = row[place]
            row[place] = diagonal + 1 if word == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]
