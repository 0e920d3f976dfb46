"""Batches without padding waste: sampled by corpus weight, grouped by length, cut by a token budget.

All pairs lie in flat arrays, so a batch is gathered by a few array operations, whatever its corpora.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from queue import Empty, Full, Queue
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.store import NO_LINK, TokenPairs

_POOL = 30  # pairs sorted together for each token of a batch: enough for tight lengths, and still random
_AHEAD = 8  # batches made while the device works


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs: ids (B, S), (B, T), padded; links (B, T), NO_LINK if none.

    `tokens` counts real target tokens; `tag` is the target language's id where languages are kept apart.
    """

    source: Tensor
    target: Tensor
    links: Tensor
    tokens: int
    tag: int

    def pinned(self) -> Batch:
        """The same in memory that a graphics card can fetch from while it computes."""
        return replace(
            self,
            source=self.source.pin_memory(),
            target=self.target.pin_memory(),
            links=self.links.pin_memory(),
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One side of all pairs: flat ids; where each pair begins and how long it is."""

    ids: NDArray[Any]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def rows(
        self, pairs: NDArray[np.int64], fill: int, shape: tuple[int, int] | None = None
    ) -> NDArray[np.int64]:
        """The ids of `pairs`, filled up to the longest (B, longest), or to `shape` with empty rows."""
        lengths = self.lengths[pairs, None]
        count, width = shape or (len(pairs), lengths.max())
        places = np.arange(width)
        inside = places < lengths
        ids = self.ids[np.where(inside, self.starts[pairs, None] + places, 0)]
        filled = np.where(inside, ids, ids.dtype.type(fill)).astype(np.int64)
        return np.concatenate([filled, np.full((count - len(pairs), width), fill)])


class Sampler:
    """An endless stream of batches, the same for the same seed; `rank` of `ranks` takes its share.

    `apart`: each batch has one target language. `stride`: both sides are filled up to one length, a multiple
    of it, and a batch of that length always has as many rows, some of them empty; 0: no more than it needs.
    """

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
        apart: bool = True,
        stride: int = 0,
    ) -> None:
        chosen = {name: corpora[name] for name in weights if len(corpora[name])}
        if not chosen:
            raise ValueError("no pairs to learn from: every corpus is empty or has weight 0")
        self.pad, self.batch_tokens = pad, batch_tokens
        self.rng = np.random.default_rng(seed)
        self.rank, self.ranks, self.apart, self.stride = rank, ranks, apart, stride
        joined = TokenPairs.joined([_linked(corpus) for corpus in chosen.values()])
        source_lengths, target_lengths = joined.source_lengths, joined.target_lengths
        self.source = Side(joined.source, joined.source_ends - source_lengths, source_lengths)
        self.target = Side(joined.target, joined.target_ends - target_lengths, target_lengths)
        self.links = replace(self.target, ids=joined.links)
        self.longest = np.maximum(source_lengths, target_lengths)
        self.tags = joined.source[self.source.starts].astype(np.int64)  # every source begins with its tag
        marks = np.cumsum([0, *(len(corpus) for corpus in chosen.values())]).tolist()
        self.bounds = [(start, stop - 1) for start, stop in pairwise(marks)]  # each corpus: first, last pair
        self.groups = [
            (first + np.flatnonzero(self.longest[first : last + 1] <= max_tokens), weights[name])
            for name, (first, last) in zip(chosen, self.bounds, strict=True)
        ]
        if not any(len(pairs) and weight > 0 for pairs, weight in self.groups):
            raise ValueError(f"no pairs to learn from: none has at most {max_tokens} pieces on both sides")

    def common_pieces(self, minimum: int = 20) -> dict[int, Tensor]:
        """For each target tag the ids that its targets use at least `minimum` times, ascending."""
        counts: dict[int, NDArray[np.int64]] = {}
        for first, last in self.bounds:
            end = self.target.starts[last] + self.target.lengths[last]
            ids = self.target.ids[self.target.starts[first] : end]
            tag = int(self.tags[first])
            counts[tag] = counts.get(tag, 0) + np.bincount(ids, minlength=self.pad + 1)
        return {tag: torch.from_numpy(np.flatnonzero(count >= minimum)) for tag, count in counts.items()}

    def __iter__(self) -> Iterator[Batch]:
        while True:
            epoch = self.epoch()
            pool = _POOL * self.batch_tokens
            for start in range(0, len(epoch), pool):
                batches = self._cut(epoch[start : start + pool])
                self.rng.shuffle(batches)
                whole = len(batches) // self.ranks * self.ranks  # every rank gets equally many
                for number in range(self.rank, whole, self.ranks):
                    yield self._collate(batches[number])

    def epoch(self) -> NDArray[np.int64]:
        """Pair numbers of one pass, shuffled; each corpus repeated or thinned by its weight."""
        chosen = []
        for pairs, weight in self.groups:
            whole, part = divmod(weight, 1.0)
            thinned = self.rng.permutation(pairs)[: round(part * len(pairs))]
            chosen += [np.tile(pairs, int(whole)), thinned]
        return self.rng.permutation(np.concatenate(chosen))

    def _cut(self, pool: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        longest = self._width(self.longest[pool])
        tags = self.tags[pool] if self.apart else np.zeros(len(pool), np.int64)
        keys = (longest,) if self.stride else self._tightly(pool, longest)
        order = np.lexsort((*keys, tags))
        pool = pool[order]
        batches, start, width = [], 0, 0
        shapes = zip(longest[order].tolist(), tags[order].tolist(), strict=True)
        first_tag = None
        for position, (length, tag) in enumerate(shapes):
            wider = bool(self.stride) and length > width
            width = max(width, length)
            full = (position + 1 - start) * width > self.batch_tokens
            if position > start and (full or wider or tag != first_tag):
                batches.append(pool[start:position])
                start, width = position, length
            if position == start:
                first_tag = tag
        batches.append(pool[start:])
        return batches

    def _tightly(self, pool: NDArray[np.int64], longest: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        return self.source.lengths[pool], self.target.lengths[pool], (longest + 3) // 4

    def _width(self, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        """How long rows of these lengths become."""
        return -(-lengths // self.stride) * self.stride if self.stride else lengths

    def _collate(self, pairs: NDArray[np.int64]) -> Batch:
        shape = None
        if self.stride:
            width = int(self._width(self.longest[pairs]).max())
            shape = max(1, self.batch_tokens // width), width
        return Batch(
            torch.from_numpy(self.source.rows(pairs, self.pad, shape)),
            torch.from_numpy(self.target.rows(pairs, self.pad, shape)),
            torch.from_numpy(self.links.rows(pairs, NO_LINK, shape)),
            int(self.target.lengths[pairs].sum()),
            int(self.tags[pairs[0]]),
        )


def _linked(corpus: TokenPairs) -> TokenPairs:
    """The corpus with NO_LINK everywhere if it is not aligned."""
    if len(corpus.links) == len(corpus.target):
        return corpus
    return replace(corpus, links=np.full(len(corpus.target), NO_LINK, np.uint8))


class Prefetched:
    """The same batches in the same order, made ahead by a thread, so that the device never waits.

    `pin`: in pinned memory. What goes wrong while a batch is made is raised where it is asked for.
    """

    def __init__(self, batches: Iterator[Batch], *, pin: bool = False, ahead: int = _AHEAD) -> None:
        self._queue: Queue[Batch | BaseException | None] = Queue(ahead)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._fill, args=(batches, pin), daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[Batch]:
        return self

    def __next__(self) -> Batch:
        item = self._queue.get()
        if isinstance(item, Batch):
            return item
        self._queue.put(item)  # whoever asks again gets the same answer
        if item is None:
            raise StopIteration
        raise item

    def close(self) -> None:
        """Stops the thread."""
        self._closed.set()
        while True:
            try:
                self._queue.get_nowait()
            except Empty:
                break
        self._thread.join()

    def _fill(self, batches: Iterator[Batch], pin: bool) -> None:
        try:
            for batch in batches:
                if not self._put(batch.pinned() if pin else batch):
                    return
            self._put(None)
        except BaseException as err:
            self._put(err)

    def _put(self, item: Batch | BaseException | None) -> bool:
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=0.1)
                return True
            except Full:
                continue
        return False
