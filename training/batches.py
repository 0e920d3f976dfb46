"""Batches without padding waste: sampled by corpus weight, grouped by length, cut by a token budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.store import NO_LINK, TokenPairs

_POOL = 60_000  # pairs sorted together: enough for tight lengths, few enough to stay random


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs with one target language: ids (B, S), (B, T), padded; links (B, T), NO_LINK if none.

    `tokens` counts real target tokens; `tag` is the target language's id.
    """

    source: Tensor
    target: Tensor
    links: Tensor
    tokens: int
    tag: int


class Sampler:
    """An endless stream of batches, the same for the same seed; `rank` of `ranks` takes its share."""

    def __init__(
        self,
        corpora: Mapping[str, TokenPairs],
        weights: Mapping[str, float],
        *,
        pad: int,
        max_tokens: int,
        batch_tokens: int,
        seed: int,
        rank: int = 0,
        ranks: int = 1,
    ) -> None:
        self.corpora = [corpora[name] for name in weights]
        self.pad, self.batch_tokens = pad, batch_tokens
        self.rng = np.random.default_rng(seed)
        self.rank, self.ranks = rank, ranks
        self.weights = list(weights.values())
        self.tags = np.array([int(c.source[0]) if len(c) else -1 for c in self.corpora])
        self.fitting = [
            np.flatnonzero((c.source_lengths <= max_tokens) & (c.target_lengths <= max_tokens))
            for c in self.corpora
        ]

    def common_pieces(self, minimum: int = 20) -> dict[int, Tensor]:
        """For each target tag the ids that its targets use at least `minimum` times, ascending."""
        counts: dict[int, NDArray[np.int64]] = {}
        for tag, corpus in zip(self.tags, self.corpora, strict=True):
            counts[int(tag)] = counts.get(int(tag), 0) + np.bincount(corpus.target, minlength=self.pad + 1)
        return {tag: torch.from_numpy(np.flatnonzero(count >= minimum)) for tag, count in counts.items()}

    def __iter__(self) -> Iterator[Batch]:
        while True:
            epoch = self._epoch()
            for start in range(0, len(epoch), _POOL):
                batches = self._cut(epoch[start : start + _POOL])
                self.rng.shuffle(batches)
                whole = len(batches) // self.ranks * self.ranks  # every rank gets equally many
                for number in range(self.rank, whole, self.ranks):
                    yield self._collate(batches[number])

    def _epoch(self) -> NDArray[np.int64]:
        """(N, 2): corpus number and pair number, shuffled; each corpus repeated or thinned by its weight."""
        rows = []
        for number, (fitting, weight) in enumerate(zip(self.fitting, self.weights, strict=True)):
            whole, part = divmod(weight, 1.0)
            thinned = self.rng.permutation(fitting)[: round(part * len(fitting))]
            chosen = np.concatenate([np.tile(fitting, int(whole)), thinned])
            rows.append(np.stack([np.full(len(chosen), number), chosen], axis=1))
        epoch = np.concatenate(rows)
        self.rng.shuffle(epoch)
        return epoch

    def _cut(self, pool: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        lengths = np.array([self._lengths(c, i) for c, i in pool])  # (N, 2)
        longest = lengths.max(axis=1)
        tags = self.tags[pool[:, 0]]
        order = np.lexsort((lengths[:, 0], lengths[:, 1], (longest + 3) // 4, tags))
        batches, start, width = [], 0, 0
        for position, row in enumerate(order):
            width = max(width, int(longest[row]))
            full = (position + 1 - start) * width > self.batch_tokens
            if position > start and (full or tags[row] != tags[order[start]]):
                batches.append(pool[order[start:position]])
                start, width = position, int(longest[row])
        batches.append(pool[order[start:]])
        return batches

    def _lengths(self, corpus: int, pair: int) -> tuple[int, int]:
        pairs = self.corpora[corpus]
        before = (pairs.source_ends[pair - 1], pairs.target_ends[pair - 1]) if pair else (0, 0)
        return int(pairs.source_ends[pair] - before[0]), int(pairs.target_ends[pair] - before[1])

    def _collate(self, members: NDArray[np.int64]) -> Batch:
        lengths = np.array([self._lengths(c, i) for c, i in members])
        s, t = lengths.max(axis=0)
        source = np.full((len(members), s), self.pad, np.int64)
        target = np.full((len(members), t), self.pad, np.int64)
        links = np.full((len(members), t), NO_LINK, np.int64)
        for row, ((c, i), (ls, lt)) in enumerate(zip(members, lengths, strict=True)):
            pairs = self.corpora[c]
            source[row, :ls] = pairs.source[pairs.source_ends[i] - ls : pairs.source_ends[i]]
            target[row, :lt] = pairs.target[pairs.target_ends[i] - lt : pairs.target_ends[i]]
            if len(pairs.links):
                links[row, :lt] = pairs.links[pairs.target_ends[i] - lt : pairs.target_ends[i]]
        return Batch(
            torch.from_numpy(source),
            torch.from_numpy(target),
            torch.from_numpy(links),
            int(lengths[:, 1].sum()),
            int(source[0, 0]),
        )
