"""Which pieces each language is written with: those that its side of the training text has often enough.

A model that has met a piece a handful of times among millions cannot use it well, and its letters are there
in shorter pieces. What is not written costs no time (`translate/engines/vocabulary.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.store import TokenPairs, stored
from training.vocabulary import TAGS, Vocabulary
from translate.domain import Lang

LEAST = 20  # times; as in a `restrict`ed batch of training
_LANGS = (Lang.EN, Lang.ZH)  # French is written only to make training text


def written(tokens: Path, vocabulary: Vocabulary, least: int = LEAST) -> dict[str, list[int]]:
    """The ids of each language's pieces, ascending, by target tag; nothing of a language without text.

    Bytes, and single letters that the text has at all, are among them however rare: names are spelled with
    them.
    """
    letters, bytes_ = np.zeros((2, vocabulary.size), dtype=bool)
    for piece, number in vocabulary.ids.items():
        letters[number] = len(piece.lstrip("▁")) <= 1
        bytes_[number] = piece.startswith("<0x")
    found = {}
    for lang in _LANGS:
        counts = _counts(stored(tokens, f"*.*-{lang}.npz"), vocabulary.size)
        if counts.any():
            ids = np.flatnonzero((counts >= least) | bytes_ | (letters & (counts > 0)))
            found[TAGS[lang]] = ids.tolist()
    return found


def _counts(sets: Iterable[Path], size: int) -> NDArray[np.int64]:
    counts = np.zeros(size, dtype=np.int64)
    for path in sets:
        counts += np.bincount(TokenPairs.load(path).target, minlength=size)
    return counts
