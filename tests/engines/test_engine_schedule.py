"""Sentences in batches by length, and answers back in their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.schedule import OutOfMemory, batches, by_length, run

TEXTS = st.lists(st.text(max_size=30), max_size=40)


@given(TEXTS, st.integers(1, 200))
def test_every_text_is_answered_once_in_its_place(texts: list[str], budget: int) -> None:
    lengths = [len(text) + 1 for text in texts]
    finished: list[int] = []
    answers = run(
        by_length(texts, lengths),
        lengths,
        budget,
        lambda batch: [texts[index].upper() for index in batch],
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

    assert run(by_length(texts, lengths), lengths, 10**6, work) == texts
    assert refused == sorted(set(refused), reverse=True)  # what did not fit once is not tried again


def test_one_row_that_does_not_fit_is_an_error() -> None:
    def work(batch: list[int]) -> list[str]:
        raise OutOfMemory

    with pytest.raises(OutOfMemory):
        run([0, 1], [5, 5], 100, work)


def test_a_backend_that_loses_a_row_is_caught() -> None:
    with pytest.raises(ValueError, match="shorter"):
        run([0, 1], [5, 5], 100, lambda batch: ["only one"])


def test_memory_is_bounded_by_the_budget() -> None:
    sizes: list[int] = []

    def work(batch: list[int]) -> list[int]:
        sizes.append(len(batch))
        return batch

    run(list(range(1000)), [10] * 1000, 320, work)
    assert max(sizes) == 32
