"""The order of work: sentences sorted by length, cut into batches by a token budget, answers put back.

Longest first, so that a batch that does not fit in memory fails at the start and not at the end. Nothing
here knows what a model is.
"""

from __future__ import annotations

import contextlib
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from translate.errors import EngineError

Answer = TypeVar("Answer")


class OutOfMemory(EngineError):
    """Raised by `work` when a batch does not fit: the batch is halved and tried again.

    It says what is so where it reaches a caller: not even one row fits.
    """

    def __init__(
        self,
        message: str = "out of memory, even for one sentence",
        *,
        hint: str | None = "use --beam 1, --device cpu or a smaller model",
    ) -> None:
        super().__init__(message, hint=hint)


@dataclass(frozen=True, slots=True)
class Lanes:
    """`workers` of a backend work side by side. `ahead`: how many batches are begun before the first is done.

    More than workers where the next batch can wait in the backend's own queue: then no worker waits for us.
    """

    workers: int = 1
    ahead: int = 1


ONE_LANE = Lanes()


@dataclass(frozen=True, slots=True)
class Bands:
    """Which rows may share a batch: those whose lengths are in the same band.

    `starts`: the first length of each band, ascending; what comes before the first is a band too. `apart`:
    lengths that have one band of their own. Rows of one band do not change each other's results, where a
    device has such bands. `least` and `step`: batches of the first band are padded to a multiple of this
    step, and to that length at least.
    """

    starts: Sequence[int] = ()
    apart: Set[int] = frozenset()
    least: int = 0
    step: int = 1

    def of(self, length: int) -> int:
        """The number of the band."""
        return -1 if length in self.apart else bisect_right(self.starts, length)

    def padded(self, longest: int) -> int:
        """The length of a batch whose longest row has this one."""
        if self.of(longest):
            return longest
        return max(self.least, -(-longest // self.step) * self.step)


ONE_BAND = Bands()
_FEW = 4  # batches for each worker up to which they are made even; later, one more or less hardly shows


def by_length(texts: Sequence[str], lengths: Sequence[int]) -> list[int]:
    """Indices, longest first. Ties go by text, so that batches do not depend on the order of the input."""
    return sorted(range(len(texts)), key=lambda index: (-lengths[index], texts[index]))


def batches(
    order: Sequence[int], lengths: Sequence[int], budget: int, kinds: Sequence[Hashable] = ()
) -> Iterator[list[int]]:
    """Runs of `order` whose padded size (rows x longest row) stays within `budget` tokens.

    A single row longer than the budget is a batch of its own: work is never refused here. `kinds`: of each
    row; different ones are never in one batch, and the kind that comes first is done first.
    """
    alike: dict[Hashable, list[int]] = {}
    for index in order:
        alike.setdefault(kinds[index] if kinds else None, []).append(index)
    for rows in alike.values():
        yield from _runs(rows, lengths, budget)


def _runs(order: Sequence[int], lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    batch: list[int] = []
    longest = 0
    for index in order:
        longest = max(longest, lengths[index])
        if batch and longest * (len(batch) + 1) > budget:
            yield batch
            batch, longest = [], lengths[index]
        batch.append(index)
    if batch:
        yield batch


def shared(
    order: Sequence[int],
    lengths: Sequence[int],
    budget: int,
    workers: int,
    kinds: Sequence[Hashable] = (),
) -> list[list[int]]:
    """The same for several workers: as many batches that all have the same number to do, if that is few.

    Where a job is only a few batches long, a worker without one would wait for the others. Then the budget is
    made smaller, to the least that gives no more batches than the next multiple of the workers. Kinds are
    not counted there: those with few rows are done beside the others.
    """
    cut = list(batches(order, lengths, budget))
    if workers == 1 or len(cut) > _FEW * workers:
        return list(batches(order, lengths, budget, kinds))
    wanted = min(len(order), -(-len(cut) // workers) * workers)
    low, high = 1, budget
    while low < high:
        middle = (low + high) // 2
        if sum(1 for _ in batches(order, lengths, middle)) <= wanted:
            high = middle
        else:
            low = middle + 1
    return list(batches(order, lengths, high, kinds))


def run(
    order: Sequence[int],
    lengths: Sequence[int],
    budget: int,
    begin: Callable[[list[int]], Callable[[], list[Answer]]],
    finished: Callable[[list[int]], None] = lambda batch: None,
    lanes: Lanes = ONE_LANE,
    kinds: Sequence[Hashable] = (),
) -> list[Answer]:
    """The answer for each index, in index order. `order` is a permutation of the indices.

    Args:
        begin: starts the work on a batch, and returns what waits for one answer per index of it. Both may
            raise `OutOfMemory`: then the batch is halved, and later batches are smaller too. It reaches the
            caller when even one row, worked on alone, does not fit.
        finished: called with the indices of each batch that is done.
        lanes: how many batches are under way at the same time.
        kinds: of each index; different ones do not share a batch.
    """
    answers: dict[int, Answer] = {}
    waiting: deque[tuple[list[int], Callable[[], list[Answer]]]] = deque()
    todo = deque(shared(order, lengths, budget, lanes.workers, kinds))
    while todo or waiting:
        batch: list[int] = []
        try:
            while todo and len(waiting) < lanes.ahead:
                batch = todo[0]
                waiting.append((batch, begin(batch)))
                todo.popleft()
            batch, wait = waiting.popleft()
            found = wait()
        except OutOfMemory:
            if len(batch) == 1 and lanes == ONE_LANE:
                raise
            for _, wait in waiting:  # what has begun needs its memory until it ends
                with contextlib.suppress(OutOfMemory):
                    wait()
            waiting.clear()
            lanes = ONE_LANE
            budget = max(1, len(batch) // 2) * max(lengths[index] for index in batch)
            left = [index for index in order if index not in answers]
            todo = deque(batches(left, lengths, budget, kinds))
            continue
        answers.update(zip(batch, found, strict=True))
        finished(batch)
    return [answers[index] for index in range(len(order))]
