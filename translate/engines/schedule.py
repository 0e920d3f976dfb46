"""The order of work: sentences sorted by length, cut into batches by a token budget, answers put back.

Longest first, so that a batch that does not fit in memory fails at the start and not at the end. Nothing
here knows what a model is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Answer = TypeVar("Answer")


class OutOfMemory(Exception):
    """Raised by `work` when a batch does not fit: the batch is halved and tried again."""


def by_length(texts: Sequence[str], lengths: Sequence[int]) -> list[int]:
    """Indices, longest first. Ties go by text, so that batches do not depend on the order of the input."""
    return sorted(range(len(texts)), key=lambda index: (-lengths[index], texts[index]))


def batches(order: Sequence[int], lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Runs of `order` whose padded size (rows x longest row) stays within `budget` tokens.

    A single row longer than the budget is a batch of its own: work is never refused here.
    """
    start = 0
    while start < len(order):
        batch = _first(order, start, lengths, budget)
        yield batch
        start += len(batch)


def _first(order: Sequence[int], start: int, lengths: Sequence[int], budget: int) -> list[int]:
    """The batch that begins at `start`."""
    batch: list[int] = []
    longest = 0
    for place in range(start, len(order)):
        index = order[place]
        longest = max(longest, lengths[index])
        if batch and longest * (len(batch) + 1) > budget:
            break
        batch.append(index)
    return batch


def run(
    order: Sequence[int],
    lengths: Sequence[int],
    budget: int,
    work: Callable[[list[int]], list[Answer]],
    finished: Callable[[list[int]], None] = lambda batch: None,
) -> list[Answer]:
    """The answer for each index, in index order. `order` is a permutation of the indices.

    Args:
        work: gives one answer per index of a batch; may raise `OutOfMemory`, then the batch is halved and
            later batches are smaller too. It reaches the caller when even one row does not fit.
        finished: called with the indices of each batch that is done.
    """
    answers: dict[int, Answer] = {}
    while len(answers) < len(order):
        batch = _first(order, len(answers), lengths, budget)
        try:
            found = work(batch)
        except OutOfMemory:
            if len(batch) == 1:
                raise
            budget = max(1, len(batch) // 2) * max(lengths[index] for index in batch)
            continue
        answers.update(zip(batch, found, strict=True))
        finished(batch)
    return [answers[index] for index in range(len(order))]
