"""A team of threads for one sentence: left alone where it is slower, or would have no cores."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from translate.engines import neighbours
from translate.engines.ct2_pace import Choice

STEPS = 30
USUAL = 0.070  # seconds that one thread takes


@pytest.fixture
def choice() -> Choice:
    """One that knows how long one thread takes, and whose team has touched its memory."""
    choice = Choice(2)
    for _ in range(3):
        choice.took(USUAL, STEPS, team=False)
    choice.took(100.0, STEPS, team=True)  # the first time says nothing
    assert not choice.is_paused()
    return choice


def pause(choice: Choice) -> int:
    """How many requests are asked as usual now."""
    count = 0
    while choice.is_paused():
        choice.took(USUAL, STEPS, team=False)
        count += 1
    return count


def test_a_team_that_is_clearly_slower_is_left_alone_at_once_and_for_longer_each_time(choice: Choice) -> None:
    waits = []
    for _ in range(5):
        choice.took(4 * USUAL, STEPS, team=True)
        waits.append(pause(choice))
    assert waits == [16, 64, 256, 256, 256]


def test_it_takes_several_requests_to_tell_a_team_that_is_a_little_slower(choice: Choice) -> None:
    waits = []
    for _ in range(3 * 4):
        choice.took(1.2 * USUAL, STEPS, team=True)
        waits.append(pause(choice))
    assert waits == [0, 0, 8, 0, 0, 12, 0, 0, 20, 0, 0, 36]


def test_one_slow_answer_of_many_does_not_end_it(choice: Choice) -> None:
    for number in range(50):
        choice.took(USUAL * (1.8 if number % 3 == 1 else 0.7), STEPS, team=True)
        assert not choice.is_paused()


def test_one_slow_answer_of_the_usual_kind_is_no_measure(choice: Choice) -> None:
    choice.took(USUAL / 10, STEPS, team=False)
    choice.took(0.9 * USUAL, STEPS, team=True)
    assert not choice.is_paused()


def test_long_and_short_answers_are_compared_by_the_step(choice: Choice) -> None:
    choice.took(3 * USUAL, 4 * STEPS, team=True)
    assert not choice.is_paused()


def test_a_good_row_shortens_the_next_pause(choice: Choice) -> None:
    choice.took(4 * USUAL, STEPS, team=True)
    assert pause(choice) == 16
    for _ in range(100):
        choice.took(0.7 * USUAL, STEPS, team=True)
    choice.took(4 * USUAL, STEPS, team=True)
    assert pause(choice) == 16


def test_a_crowded_machine_is_looked_at_less_and_less_until_it_has_room(
    choice: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "has_room", lambda threads: False)
    waits = []
    for _ in range(10):
        assert not choice.has_cores()
        waits.append(pause(choice))
    assert waits == [0, 1, 3, 7, 15, 31, 63, 127, 255, 255]
    monkeypatch.setattr(neighbours, "has_room", lambda threads: True)
    assert choice.has_cores() and not choice.is_paused()
    monkeypatch.setattr(neighbours, "has_room", lambda threads: False)
    assert not choice.has_cores() and not choice.is_paused()


@pytest.mark.parametrize(
    ("running", "cores", "threads", "expected"),
    [
        (1, 2, 2, True),  # only who asks
        (2, 2, 2, False),
        (3, 2, 2, False),
        (13, 16, 4, True),
        (14, 16, 4, False),
        (1, 1, 1, True),
        (1, None, 2, False),
    ],
)
def test_whoever_runs_is_counted_but_for_the_one_that_asks(
    running: int,
    cores: int | None,
    threads: int,
    expected: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = tmp_path / "loadavg"
    load.write_text(f"0.20 0.18 0.12 {running}/380 11206\n")
    monkeypatch.setattr(neighbours, "_LOAD", load)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert neighbours.has_room(threads) is expected


@pytest.mark.parametrize("said", [None, "", "0.20 0.18\n", "0.20 0.18 0.12 many/380 11206\n", "é"])
def test_a_system_that_does_not_tell_is_no_reason_to_wait(
    said: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = tmp_path / "loadavg"
    if said is not None:
        load.write_text(said, encoding="utf-8")
    monkeypatch.setattr(neighbours, "_LOAD", load)
    assert neighbours.has_room(64)


def test_threads_that_are_just_ending_are_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = tmp_path / "loadavg"
    load.write_text("0 0 0 4/9 1\n")
    monkeypatch.setattr(neighbours, "_LOAD", load)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(time, "sleep", lambda _: load.write_text("0 0 0 1/9 1\n"))
    assert neighbours.has_room(2)
