"""Sentences whose rare words stand in the target language already: they teach the model to use a lexicon.

    python -m training.aided --data DATA --held-out EVAL/*.tsv --run runs/small

The engine writes rare words of a sentence in the target language (`translate.engines.aided`), as the lexicon
has them, right or wrong. The same is done here with the French of the training text, by the same function, so
that the model learns to copy, to inflect, and not to trust what does not fit. `training.lexicon` comes first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from training.command import guarded
from training.corpora import Corpus, Pair, held_out_keys, read_pairs
from training.links import LEFT_OUT
from training.made import write_pairs
from training.recipe import SMALL, load_recipe
from translate.domain import Lang
from translate.text.lexicon import given

NAME = "aided"
"""Of the entry of corpora.yaml that asks for them."""
MOST = 60_000
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
    for corpus in corpora:
        if corpus.languages[0] is not Lang.FR or target not in corpus.languages or corpus.name in LEFT_OUT:
            continue
        columns = (0, corpus.languages.index(target))
        yield from islice(aided(read_pairs(corpus, columns, data, held_out, seen), target), MOST)


def write_tokens(run: Path, corpora: Sequence[Corpus], data: Path, held_out: frozenset[str]) -> None:
    """`tokens/aided.fr-en.npz` and `aided.fr-zh.npz`, aligned."""
    made = ((Lang.FR, target, list(make(corpora, data, held_out, target))) for target in (Lang.EN, Lang.ZH))
    write_pairs(run, NAME, made)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--recipe", type=Path, default=SMALL, help="folder of a recipe; its corpora are used")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and domain/")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="development sets to keep out")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    a = parser.parse_args()
    write_tokens(a.run, load_recipe(a.recipe).corpora, a.data, held_out_keys(a.held_out))
    return 0


if __name__ == "__main__":
    guarded(main)
