"""Pairs that were made of other pairs become token files, as those of a corpus are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from training.align import add_links
from training.corpora import Pair
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
