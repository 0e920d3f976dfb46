"""What the steps share that make pairs of other pairs: which they take, their files, their commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from training.align import add_links
from training.corpora import Corpus, Pair, held_out_keys
from training.recipe import SMALL, load_recipe
from training.store import is_stored
from training.vocabulary import Vocabulary
from translate.domain import Lang

_NEWS = 1.0  # a corpus belongs to the news mix if it weighs as much in it


def news_sets(
    run: Path, corpora: Sequence[Corpus], target: Lang, without: Collection[str] = ("glossary",)
) -> list[Path]:
    """The token sets of the news mix into `target` that are there, but for some corpora."""
    names = [corpus.name for corpus in corpora if corpus.tune >= _NEWS and corpus.name not in without]
    paths = [run / "tokens" / f"{name}.{Lang.FR}-{target}.npz" for name in names]
    return [path for path in paths if is_stored(path)]


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
    parser = _parser(about, "its corpora are used")
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and domain/")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="development sets to keep out")
    a = parser.parse_args()
    write(a.run, load_recipe(a.recipe).corpora, a.data, held_out_keys(a.held_out))
    return 0


def run_news_step(about: str, write: Callable[[Path, Sequence[Corpus]], None]) -> int:
    """The same of a step that makes pairs of the tokens that are there."""
    a = _parser(about, "its news mix is used").parse_args()
    write(a.run, load_recipe(a.recipe).corpora)
    return 0


def _parser(about: str, use: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about.split("\n")[0])
    parser.add_argument("--recipe", type=Path, default=SMALL, help=f"folder of a recipe; {use}")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    return parser
