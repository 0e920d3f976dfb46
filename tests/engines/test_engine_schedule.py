"""Sentences in batches by length, and answers back in their order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.schedule import Answer, Bands, Lanes, OutOfMemory, batches, by_length, run, shared

TEXTS = st.lists(st.text(max_size=30), max_size=40)


def later(work: Callable[[list[int]], list[Answer]]) -> Callable[[list[int]], Callable[[], list[Answer]]]:
    """Work that is done when it is waited for."""
    return lambda batch: lambda: work(batch)


@given(TEXTS, st.integers(1, 200))
def test_every_text_is_answered_once_in_its_place(texts: list[str], budget: int) -> None:
    lengths = [len(text) + 1 for text in texts]
    finished: list[int] = []
    answers = run(
        by_length(texts, lengths),
        lengths,
        budget,
        later(lambda batch: [texts[index].upper() for index in batch]),
        finished.extend,
    )
    assert answers == [text.upper() for text in texts]
    assert sorted(finished) == list(range(len(texts)))


@given(TEXTS, st.integers(1, 200))
def test_batches_stay_within_the_budget(texts: list[str], budget: int) -> None:
    lengths = [len(text) + 1 for text in texts]
    cut = list(batches(by_length(texts, lengths), lengths, budget))
    assert sorted(index for batch in cut for index in batch) == list(range(len(texts)))
    for batch in cut:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= budget


@given(TEXTS)
def test_the_longest_come_first(texts: list[str]) -> None:
    lengths = [len(text) for text in texts]
    found = [lengths[index] for index in by_length(texts, lengths)]
    assert found == sorted(found, reverse=True)


@given(st.permutations(["ab", "cd", "ef", "ghi", "j"]))
def test_batches_do_not_depend_on_the_order_of_the_input(texts: list[str]) -> None:
    lengths = [len(text) for text in texts]
    cut = [[texts[index] for index in batch] for batch in batches(by_length(texts, lengths), lengths, 4)]
    assert cut == [["ghi"], ["ab", "cd"], ["ef", "j"]]


@given(TEXTS, st.integers(1, 400))
def test_a_batch_that_does_not_fit_is_halved_until_it_does(texts: list[str], room: int) -> None:
    lengths = [len(text) + 1 for text in texts]
    refused: list[int] = []

    def work(batch: list[int]) -> list[str]:
        padded = len(batch) * max(lengths[index] for index in batch)
        if padded > room and len(batch) > 1:
            refused.append(padded)
            raise OutOfMemory
        return [texts[index] for index in batch]

    assert run(by_length(texts, lengths), lengths, 10**6, later(work)) == texts
    assert refused == sorted(set(refused), reverse=True)  # what did not fit once is not tried again


def test_one_row_that_does_not_fit_is_an_error() -> None:
    def work(batch: list[int]) -> list[str]:
        raise OutOfMemory

    with pytest.raises(OutOfMemory):
        run([0, 1], [5, 5], 100, later(work))


def test_a_backend_that_loses_a_row_is_caught() -> None:
    with pytest.raises(ValueError, match="shorter"):
        run([0, 1], [5, 5], 100, later(lambda batch: ["only one"]))


def test_memory_is_bounded_by_the_budget() -> None:
    sizes: list[int] = []

    def work(batch: list[int]) -> list[int]:
        sizes.append(len(batch))
        return batch

    run(list(range(1000)), [10] * 1000, 320, later(work))
    assert max(sizes) == 32


# --- several at the same time ---------------------------------------------------------------------


@given(TEXTS, st.integers(1, 200), st.integers(1, 5))
def test_shared_batches_hold_everything_within_the_budget(
    texts: list[str], budget: int, workers: int
) -> None:
    lengths = [len(text) + 1 for text in texts]
    order = by_length(texts, lengths)
    cut = shared(order, lengths, budget, workers)
    assert [index for batch in cut for index in batch] == order
    for batch in cut:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= budget


def test_no_worker_is_left_without_a_batch() -> None:
    def sizes(lengths: list[int], budget: int, workers: int) -> list[int]:
        order = by_length([""] * len(lengths), lengths)
        return [len(batch) for batch in shared(order, lengths, budget, workers)]

    assert sizes([5] * 10, 1000, 2) == [5, 5]
    assert sizes([9, 8, 7, 3, 3, 3, 3, 3, 3, 3], 1000, 2) == [3, 7]  # the same work, not the same number
    assert sizes([5] * 30, 50, 2) == [8, 8, 8, 6]  # three batches become four
    assert sizes([5], 1000, 4) == [1]
    assert sizes([5] * 100, 10, 2) == [2] * 50  # many batches stay as large as they may be


def test_the_next_batch_is_begun_before_the_first_is_done() -> None:
    log: list[str] = []

    def begin(batch: list[int]) -> Callable[[], list[int]]:
        log.append(f"begin {batch[0]}")

        def wait() -> list[int]:
            log.append(f"end {batch[0]}")
            return batch

        return wait

    assert run([0, 1, 2, 3], [1] * 4, 1, begin, lanes=Lanes(1, 2)) == [0, 1, 2, 3]
    assert log == ["begin 0", "begin 1", "end 0", "begin 2", "end 1", "begin 3", "end 2", "end 3"]


@given(TEXTS, st.integers(1, 400), st.integers(1, 4), st.booleans())
def test_what_does_not_fit_beside_others_is_tried_alone(
    texts: list[str], room: int, workers: int, at_once: bool
) -> None:
    """Batches share the room; nothing is lost and nothing is told twice, whenever it is that memory ends."""
    lengths = [len(text) + 1 for text in texts]
    room += max(lengths, default=0)  # one alone always fits
    under_way: list[int] = []
    told: list[int] = []

    def begin(batch: list[int]) -> Callable[[], list[str]]:
        padded = len(batch) * max(lengths[index] for index in batch)
        if at_once and sum(under_way) + padded > room:
            raise OutOfMemory
        under_way.append(padded)

        def wait() -> list[str]:
            fits = sum(under_way) <= room
            under_way.remove(padded)
            if not fits:
                raise OutOfMemory
            return [texts[index] for index in batch]

        return wait

    found = run(by_length(texts, lengths), lengths, 300, begin, told.extend, Lanes(workers, workers + 1))
    assert found == texts
    assert sorted(told) == list(range(len(texts)))
    assert not under_way


# --- bands: what may share a batch ----------------------------------------------------------------


def test_a_band_begins_with_each_start() -> None:
    bands = Bands((4, 8))
    assert [bands.of(length) for length in (1, 3, 4, 7, 8, 500)] == [0, 0, 1, 1, 2, 2]
    assert Bands().of(1) == Bands().of(500)
    apart = Bands((4, 8), frozenset((2, 6, 500)))
    assert [apart.of(length) for length in (1, 2, 5, 6, 500, 501)] == [0, -1, 1, -1, -1, 2]


def test_batches_of_the_first_band_are_padded_to_a_step() -> None:
    bands = Bands((193,), least=16, step=8)
    assert [bands.padded(longest) for longest in (1, 15, 16, 17, 24, 189, 192)] == [
        16,
        16,
        16,
        24,
        24,
        192,
        192,
    ]
    assert [bands.padded(longest) for longest in (193, 250)] == [193, 250]
    assert [Bands((4,)).padded(longest) for longest in (1, 3, 4, 9)] == [1, 3, 4, 9]


@given(
    TEXTS, st.integers(1, 200), st.integers(1, 4), st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30))
)
def test_batches_keep_to_their_band(
    texts: list[str], budget: int, workers: int, starts: set[int], apart: set[int]
) -> None:
    lengths = [len(text) + 1 for text in texts]
    bands = Bands(sorted(starts), apart)
    kinds = list(map(bands.of, lengths))
    seen: list[list[int]] = []

    def work(batch: list[int]) -> list[str]:
        if len(batch) > 2:
            raise OutOfMemory
        seen.append(batch)
        return [texts[index] for index in batch]

    order = by_length(texts, lengths)
    found = run(order, lengths, budget, later(work), lanes=Lanes(workers, workers + 1), kinds=kinds)
    assert found == texts
    assert all(len({kinds[index] for index in batch}) == 1 for batch in seen)


def test_a_small_band_leaves_no_worker_without_work() -> None:
    lengths = [20] * 10 + [3]
    order = by_length([""] * 11, lengths)
    cut = shared(order, lengths, 1000, 2, [length > 10 for length in lengths])
    assert [len(batch) for batch in cut] == [6, 4, 1]
