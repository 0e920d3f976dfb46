"""Clauses that a model did not look at while it wrote a translation: it has left them out, or made them up.

A model that was trained to align looks at a word of its source when it writes what that word is. The most of
its attention that each word of a clause had, in the mean, is low where nothing was said of it. The bounds are
from 3,580 translations of 93 real dispatches that were read (`docs/checks.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from translate.domain import Lang
from translate.engines.alignment import Span
from translate.engines.search import Answer, Backend
from translate.text.contents import Clause, clauses

_WORDS: Final = 4  # of a clause that is looked for, and of all the others together
_UNSEEN: Final = 0.3  # of the attention, in the mean over its words
_BESIDE: Final = 0.42  # of what the other clauses had
_SEEN: Final = 0.45  # what the other clauses had, or the model does not tell where it looks


def overlooked(backend: Backend, text: str, answers: Sequence[Answer], target: Lang) -> list[tuple[int, ...]]:
    """Of each answer the numbers of the clauses of `text` that it passed over; none without looks."""
    nothing: list[tuple[int, ...]] = [()] * len(answers)
    if not any(answer.seen for answer in answers):
        return nothing
    parts = clauses(text)
    if len(parts) < 2 or max(len(part.words) for part in parts) < _WORDS:
        return nothing
    places = backend.places(text, target)
    return [unseen(parts, places, answer.looks) if answer.seen else () for answer in answers]


def unseen(parts: Sequence[Clause], places: Sequence[Span], looks: Sequence[float]) -> tuple[int, ...]:
    """The numbers of the clauses that were not looked at.

    `places`: where each id of the source stands in it; `looks`: the most attention that it had.
    """
    pieces = [(place, share) for place, share in zip(places, looks, strict=True) if place[0] < place[1]]
    shares = [[_share(word, pieces) for word in part.words] for part in parts]
    total, count = sum(map(sum, shares)), sum(map(len, shares))
    found = []
    for number, own in enumerate(shares):
        others = count - len(own)
        if len(own) < _WORDS or others < _WORDS:
            continue
        seen, beside = sum(own) / len(own), (total - sum(own)) / others
        if seen < _UNSEEN and beside >= _SEEN and seen < _BESIDE * beside:
            found.append(number)
    return tuple(found)


def _share(word: Span, pieces: Sequence[tuple[Span, float]]) -> float:
    """The most attention that a piece of the word had."""
    here = (share for place, share in pieces if place[0] < word[1] and word[0] < place[1])
    return max(here, default=0.0)
