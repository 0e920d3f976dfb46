"""Pairs that were made of other pairs become token files, as those of a corpus are."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from training.align import add_links
from training.corpora import Corpus, Pair, held_out_keys
from training.recipe import SMALL, load_recipe
from training.vocabulary import Vocabulary
from translate.domain import Lang


def write_pairs(run: Path, name: str, made: Iterable[tuple[Lang, Lang, Sequence[Pair]]]) -> None:
    """`tokens/NAME.<source>-<target>.npz` for each direction, aligned."""
    vocabulary = Vocabulary(run / "vocabulary")
    files = {}
    for source, target, pairs in made:
        files[run / "tokens" / f"{name}.{source}-{target}.npz"] = vocabulary.pairs(
            [pair.source for pair in pairs], [pair.target for pair in pairs], target
        )
        print(f"{name}.{source}-{target}: {len(pairs):,} pairs", flush=True)
    for path, linked in add_links(files, vocabulary.size):
        linked.save(path)


def run_step(about: str, write: Callable[[Path, Sequence[Corpus], Path, frozenset[str]], None]) -> int:
    """The command of a step that makes pairs of the text. `about`: its docstring; `write`: what it does."""
    parser = argparse.ArgumentParser(description=about.split("\n")[0])
    parser.add_argument("--recipe", type=Path, default=SMALL, help="folder of a recipe; its corpora are used")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and domain/")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="development sets to keep out")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    a = parser.parse_args()
    write(a.run, load_recipe(a.recipe).corpora, a.data, held_out_keys(a.held_out))
    return 0
