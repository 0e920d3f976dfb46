"""Headlines in capitals: sentences of the news mix whose French stands in capitals, with and without accents.

    python -m training.capitals --run runs/small

Wires set headlines and places in capitals, and nearly no training text does; a model that never saw them
takes them apart. English answers in capitals too; Chinese has none. Made of the tokens that are there.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from training.command import guarded
from training.corpora import Corpus, Pair
from training.made import news_sets, run_news_step, write_pairs
from training.store import TokenPairs
from training.vocabulary import Vocabulary
from translate.domain import Lang

NAME = "capitals"
_MOST = 12_000  # pairs of one direction
_LONGEST = 30  # pieces of a source: a headline is short
_BARE = 0.4  # share without accents: many desks drop them on capitals


def in_capitals(pair: Pair, target: Lang, rng: random.Random) -> Pair:
    """The pair as a headline. Œ, ß and the like grow; accents may go."""
    source = pair.source.upper()
    if rng.random() < _BARE:
        apart = unicodedata.normalize("NFD", source)
        source = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return Pair(source, pair.target if target is Lang.ZH else pair.target.upper())


def short_pairs(
    run: Path, vocabulary: Vocabulary, corpora: Sequence[Corpus], target: Lang, rng: random.Random
) -> Iterator[Pair]:
    """Short pairs of the news mix, in a random order, each corpus with an equal share of `_MOST`."""
    paths = news_sets(run, corpora, target)
    for path in paths:
        pairs = TokenPairs.load(path)
        short = np.flatnonzero(pairs.source_lengths <= _LONGEST).tolist()
        for number in rng.sample(short, min(len(short), _MOST // len(paths))):
            one = pairs.between(number, number + 1)
            yield Pair(vocabulary.decode(one.source), vocabulary.decode(one.target))


def write_tokens(run: Path, corpora: Sequence[Corpus]) -> None:
    """`tokens/capitals.fr-en.npz` and `tokens/capitals.fr-zh.npz`, aligned."""
    vocabulary = Vocabulary(run / "vocabulary")
    rng = random.Random(1)
    made = (
        (
            Lang.FR,
            target,
            [in_capitals(pair, target, rng) for pair in short_pairs(run, vocabulary, corpora, target, rng)],
        )
        for target in (Lang.EN, Lang.ZH)
    )
    write_pairs(run, NAME, made)


def main() -> int:
    return run_news_step(__doc__, write_tokens)


if __name__ == "__main__":
    guarded(main)
