"""How good each sentence of a document is as a summary of it.

The weights say by how many ROUGE points a trait moves a sentence up or down. They were fitted by ridge
regression on the first 300 articles of a French news set whose abstracts were written by editors, then
rounded; those marked "raised" were moved further by hand, because a summary is read without its context
and the fit cannot know that. `docs/summaries.md` has the method and the measurements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate.summaries.traits import Traits
from translate.summaries.vectors import Floats, at_most_one, centrality, lexical, unit

ENCODER_SHARE = 0.5  # how much of what is central the encoder decides, the rest being the letters
FLAT = 1e-4  # a spread that is rounding, not a difference
_SHORT_WORDS, _LONG_WORDS = 12, 40


@dataclass(frozen=True, slots=True)
class Weights:
    """Points per trait, each trait being between 0 and 1."""

    central: float = 8.0  # near the middle of the document's sentence vectors
    coverage: float = 3.5  # says words that the rest of the document says again
    position: float = 8.0  # 1, 1/2, 1/3 … ; raised: a dispatch opens with its summary
    title: float = 8.0  # near the title
    length: float = 2.0
    short: float = -5.0
    long: float = -3.5
    names: float = 2.3
    dated: float = 1.5
    brackets: float = -0.9
    leans_back: float = -2.0  # raised
    inversion: float = -2.0  # raised
    opens_quote: float = -0.9
    quoted: float = -1.0  # raised
    first_person: float = -2.5
    question: float = -1.0  # raised


WEIGHTS = Weights()


def score(
    sentences: Sequence[str],
    traits: Sequence[Traits],
    title: str | None,
    vectors: Floats | None,
    weights: Weights = WEIGHTS,
) -> Floats:
    """Points per sentence, higher is better. Shape (N,).

    `vectors`: one row of a model per sentence; without them, character n-grams alone judge what is central.
    """
    letters = lexical(sentences)
    points = np.array([_own_points(sentence, weights) for sentence in traits], dtype=np.float32)
    points += weights.central * _central(letters, vectors)
    points += weights.coverage * _coverage(traits)
    points += weights.position * _position(traits)
    if title:
        alike = unit(letters) @ unit(lexical([title]))[0]  # (N, WIDTH) @ (WIDTH,) -> (N,)
        points += weights.title * np.maximum(alike, 0)
    return points


def _central(letters: Floats, vectors: Floats | None) -> Floats:
    """Mean of what the letters and the model's vectors say is central.

    The states of an encoder share a large common part, so that all sentences look alike; their centrality is
    therefore brought to the mean and spread of the letters' first. Vectors that tell nothing change nothing.
    """
    central = centrality(letters)
    if vectors is None:
        return central
    told = centrality(vectors)
    spread = float(told.std())
    if spread < FLAT:
        return central
    told = (told - told.mean()) / spread * central.std() + central.mean()
    return np.asarray((1 - ENCODER_SHARE) * central + ENCODER_SHARE * told, dtype=np.float32)


def _coverage(traits: Sequence[Traits]) -> Floats:
    """How often the content words of each sentence come again in others, the best one being 1."""
    seen = Counter(stem for sentence in traits for stem in set(sentence.stems))
    again = [sum(seen[stem] - 1 for stem in set(sentence.stems)) for sentence in traits]
    return at_most_one(np.array(again, dtype=np.float32))


def _position(traits: Sequence[Traits]) -> Floats:
    """1, 1/2, 1/3 … in reading order; half of it for a sentence that cannot stand first in a text."""
    rank = 1.0 / np.arange(1, len(traits) + 1, dtype=np.float32)
    halved = np.array([s.opens_quote or s.leans_back or s.inversion or s.question for s in traits])
    return np.where(halved, rank / 2, rank).astype(np.float32)


def _own_points(sentence: Traits, weights: Weights) -> float:
    """Points for what a sentence is by itself."""
    count = sentence.word_count
    return (
        weights.length * min(count / _LONG_WORDS, 1.0)
        + weights.short * max(1 - count / _SHORT_WORDS, 0.0)
        + weights.long * min(max(count / _LONG_WORDS - 1, 0.0), 1.0)
        + weights.names * min(sentence.names, 6) / 6
        + weights.dated * sentence.dated
        + weights.brackets * sentence.brackets
        + weights.leans_back * sentence.leans_back
        + weights.inversion * sentence.inversion
        + weights.opens_quote * sentence.opens_quote
        + weights.quoted * sentence.quoted
        + weights.first_person * min(sentence.first_person, 2) / 2
        + weights.question * sentence.question
    )
