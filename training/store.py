"""Tokenised pairs on disk: flat uint16 arrays and offsets, one compressed file per corpus and direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NO_LINK = 255


@dataclass(frozen=True, slots=True)
class TokenPairs:
    """Many pairs of one direction. Sources begin with the target tag; both sides end with `</s>`.

    `source`, `target`: all ids in a row; `source_ends`, `target_ends`: where each pair ends.
    `links`: for each target token the position of its source token, or NO_LINK; empty until aligned.
    """

    source: NDArray[np.uint16]
    target: NDArray[np.uint16]
    source_ends: NDArray[np.int64]
    target_ends: NDArray[np.int64]
    links: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.source_ends)

    @property
    def source_lengths(self) -> NDArray[np.int64]:
        return np.diff(self.source_ends, prepend=0)

    @property
    def target_lengths(self) -> NDArray[np.int64]:
        return np.diff(self.target_ends, prepend=0)

    @classmethod
    def from_lists(
        cls, sources: Sequence[NDArray[np.uint16]], targets: Sequence[NDArray[np.uint16]]
    ) -> TokenPairs:
        ends = [np.cumsum([len(row) for row in rows], dtype=np.int64) for rows in (sources, targets)]
        flat = [np.concatenate(rows) if rows else np.zeros(0, np.uint16) for rows in (sources, targets)]
        return cls(flat[0], flat[1], ends[0], ends[1], np.zeros(0, np.uint8))

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial.npz")
        np.savez_compressed(partial, **{name: getattr(self, name) for name in self.__slots__})
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> TokenPairs:
        with np.load(path) as arrays:
            return cls(**{name: arrays[name] for name in cls.__slots__})
