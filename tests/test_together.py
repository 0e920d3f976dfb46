"""Pieces of work side by side: what they return, what they tell, and what ends them early."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from translate.together import Stopped, Tell, together

WAIT_S = 20.0  # until a test gives up; none waits that long


def test_each_result_is_given_under_its_key_in_order() -> None:
    assert list(together({"b": lambda tell: 2, "a": lambda tell: 1}).items()) == [("b", 2), ("a", 1)]


def test_nothing_to_do() -> None:
    works: dict[str, Callable[[Tell], int]] = {}
    assert together(works) == {}


def test_they_run_at_the_same_time() -> None:
    both_there = threading.Barrier(2, timeout=WAIT_S)
    assert together({1: lambda tell: both_there.wait() >= 0, 2: lambda tell: both_there.wait() >= 0})


def test_one_alone_needs_no_thread() -> None:
    assert together({"only": lambda tell: threading.current_thread()}) == {"only": threading.current_thread()}


def test_what_is_told_arrives_one_call_at_a_time() -> None:
    inside = threading.Lock()
    seen: list[int] = []

    def tell(done: int) -> None:
        assert inside.acquire(blocking=False), "two calls at once"
        seen.append(done)
        inside.release()

    def work(tell: Tell) -> None:
        for done in range(200):
            tell(done)

    together({1: work, 2: work, 3: work}, tell)
    assert sorted(seen) == sorted([*range(200)] * 3)


def test_a_failure_is_raised_at_once_and_ends_the_others_at_their_next_word() -> None:
    raised, ended = threading.Event(), threading.Event()

    def fails(tell: Tell) -> None:
        raise ValueError("first")

    def endless(tell: Tell) -> None:
        raised.wait(WAIT_S)
        try:
            tell(1)
        except Stopped:
            ended.set()

    with pytest.raises(ValueError, match="first"):
        together({"endless": endless, "fails": fails})
    assert not ended.is_set()
    raised.set()
    assert ended.wait(WAIT_S)


def test_an_interruption_ends_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    ended = threading.Barrier(3, timeout=WAIT_S)

    def endless(tell: Tell) -> None:
        try:
            while True:
                tell(1)
        except Stopped:
            ended.wait()

    monkeypatch.setattr("translate.together.wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        together({1: endless, 2: endless})
    ended.wait()
