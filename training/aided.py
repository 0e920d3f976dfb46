"""Sentences whose rare words stand in the target language already: they teach the model to use a lexicon.

    python -m training.aided --data DATA --held-out EVAL/*.tsv --run runs/small

The engine writes rare words of a sentence in the target language (`translate.engines.aided`), as the lexicon
has them, right or wrong. The same is done here with the French of the training text, by the same function, so
that the model learns to copy, to inflect, and not to trust what does not fit. `training.lexicon` comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from training.command import guarded
from training.corpora import Corpus, Pair, read_pairs
from training.links import chosen
from training.made import run_step, write_pairs
from translate.domain import Lang
from translate.text.lexicon import given

NAME = "aided"
"""Of the entry of corpora.yaml that asks for them."""
MOST = 90_000
"""Pairs of one corpus and direction, from its beginning."""


def aided(pairs: Iterator[Pair], target: Lang) -> Iterator[Pair]:
    """Those that have a rare word, with that in the target language."""
    for pair in pairs:
        source = given(pair.source, target)
        if source != pair.source:
            yield Pair(source, pair.target)


def make(corpora: Sequence[Corpus], data: Path, held_out: frozenset[str], target: Lang) -> Iterator[Pair]:
    """The pairs of all corpora that the lexicon was made of."""
    seen: set[int] = set()
    for corpus, columns in chosen(corpora, target):
        yield from islice(aided(read_pairs(corpus, columns, data, held_out, seen), target), MOST)


def write_tokens(run: Path, corpora: Sequence[Corpus], data: Path, held_out: frozenset[str]) -> None:
    """`tokens/aided.fr-en.npz` and `aided.fr-zh.npz`, aligned."""
    made = ((Lang.FR, target, list(make(corpora, data, held_out, target))) for target in (Lang.EN, Lang.ZH))
    write_pairs(run, NAME, made)


def main() -> int:
    return run_step(__doc__, write_tokens)


if __name__ == "__main__":
    guarded(main)
