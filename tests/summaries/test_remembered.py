"""Vectors are made once for each sentence seen lately, and are the same as if they were made anew."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import EngineError
from translate.summaries.remembered import Remembered
from translate.summaries.vectors import Floats


class Encoder:
    """Gives each sentence a vector of its own letters, and notes what it was asked."""

    def __init__(self, width: int = 4) -> None:
        self.width = width
        self.asked: list[list[str]] = []

    def __call__(self, sentences: Sequence[str]) -> Floats:
        self.asked.append(list(sentences))
        return np.array([vector(text, self.width) for text in sentences], np.float32)


def vector(text: str, width: int = 4) -> list[float]:
    return [float(sum(text.encode()[place::width])) for place in range(width)]


def test_a_known_sentence_is_not_asked_for_again() -> None:
    encoder = Encoder()
    remembered = Remembered(encoder)
    assert remembered(["a", "b", "a"]).tolist() == [vector("a"), vector("b"), vector("a")]
    assert remembered(["b", "c"]).tolist() == [vector("b"), vector("c")]
    assert remembered(["c", "a"]).tolist() == [vector("c"), vector("a")]
    assert encoder.asked == [["a", "b"], ["c"]]


@given(st.lists(st.lists(st.text(max_size=3), min_size=1, max_size=6), max_size=12), st.integers(0, 2000))
def test_the_same_vectors_with_any_room(calls: list[list[str]], room_bytes: int) -> None:
    remembered = Remembered(Encoder(), room_bytes)
    for sentences in calls:
        assert remembered(sentences).tolist() == [vector(text) for text in sentences]
        assert remembered._room >= 0, "never more than there is room for"


def test_the_longest_unused_is_forgotten() -> None:
    encoder = Encoder(width=100)  # 400 bytes, and 302 besides
    remembered = Remembered(encoder, room_bytes=1500)
    for text in ("a", "b", "a", "c", "a", "b"):
        remembered([text])
    assert encoder.asked == [["a"], ["b"], ["c"], ["b"]]


def test_what_is_kept_is_not_changed_by_whoever_got_it() -> None:
    remembered = Remembered(Encoder())
    remembered(["a"])[0] = 0
    assert remembered(["a"]).tolist() == [vector("a")]


def test_rows_that_do_not_match_are_an_error() -> None:
    with pytest.raises(EngineError, match=r"shape \(1, 4\) for 2 sentences"):
        Remembered(lambda texts: Encoder()(texts[:1]))(["a", "b"])


def test_several_threads() -> None:
    remembered = Remembered(Encoder(), room_bytes=1000)  # two or three sentences: it forgets all the time
    texts = [f"sentence {number % 17}" for number in range(400)]
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda text: remembered([text, texts[0]]).tolist(), texts))
    assert rows == [[vector(text), vector(texts[0])] for text in texts]
