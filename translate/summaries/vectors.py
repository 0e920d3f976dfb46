"""Sentence vectors without a model, and how central a sentence is among others. All of it is linear in the
number of sentences: the mean similarity of a row to all rows is one product with the sum of the rows, so no
N × N matrix is ever made.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH = 512
_GRAMS = (3, 4, 5)
_BLOCK = 256  # sentences hashed at once: bounds memory
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads neighbouring values


def lexical(sentences: Sequence[str]) -> Floats:
    """Hashed counts of character 3-, 4- and 5-grams, one row per sentence. Shape (N, WIDTH)."""
    starts = range(0, len(sentences), _BLOCK)
    rows = [_count(sentences[start : start + _BLOCK]) for start in starts]
    return np.concatenate(rows) if rows else np.zeros((0, WIDTH), dtype=np.float32)


def _count(sentences: Sequence[str]) -> Floats:
    """Rows of one block of sentences, whose characters are hashed together."""
    padded = [f" {sentence.lower()} " for sentence in sentences]
    raw = "".join(padded).encode("utf-32-le", "surrogatepass")
    code_points = np.frombuffer(raw, dtype="<u4").astype(np.uint64)
    owners = np.repeat(np.arange(len(padded)), [len(text) for text in padded])
    rows = np.zeros(len(padded) * WIDTH)
    for size in _GRAMS:
        hashed = _hashes(code_points, size)
        inside = owners[: len(hashed)] == owners[size - 1 :]  # not across two sentences
        signs = np.where((hashed >> np.uint64(40)) & np.uint64(1), 1.0, -1.0)
        buckets = ((hashed >> np.uint64(41)) % np.uint64(WIDTH)).astype(np.int64)
        places = owners[: len(hashed)] * WIDTH + buckets
        rows += np.bincount(places[inside], weights=signs[inside], minlength=len(rows))
    return rows.reshape(len(padded), WIDTH).astype(np.float32)


def _hashes(code_points: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """One hash per run of `size` code points; unsigned overflow wraps, which is what a hash wants."""
    count = max(len(code_points) - size + 1, 0)
    hashed = np.full(count, size, dtype=np.uint64)
    for offset in range(size):
        hashed = (hashed ^ code_points[offset : offset + count]) * _MULTIPLIER
        hashed ^= hashed >> np.uint64(29)
    return hashed


def unit(rows: Floats) -> Floats:
    """Rows scaled to length one; rows of zeros, or with a value that is no number, become zeros."""
    clean = np.nan_to_num(rows.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    norms = np.linalg.norm(clean, axis=1, keepdims=True)
    scaled: Floats = (clean / np.maximum(norms, 1e-9)).astype(np.float32)
    return scaled


def centrality(rows: Floats) -> Floats:
    """How near each row is to all rows, the most central one being 1. Shape (N,)."""
    units = unit(rows)
    return at_most_one(units @ units.sum(axis=0))


def at_most_one(values: Floats) -> Floats:
    """`values` from 0 up, divided by the largest (zeros if none is above zero)."""
    positive = np.maximum(values, np.float32(0))
    top = positive.max(initial=np.float32(0))
    return np.asarray(positive / top if top > 0 else positive, dtype=np.float32)
