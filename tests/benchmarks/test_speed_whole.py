"""The whole speed benchmark in a given time: parts, what is saved, goals, the page."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed import base_model, goals, models, page, race, report, sentences, whole
from benchmarks.speed.processes import System
from tests.benchmarks.small_model import SMALL


class TestWhole:
    """Everything within a given time."""

    def test_time_is_shared_and_what_is_left_over_goes_on(self) -> None:
        given: list[float] = []
        jobs = [whole.Job(str(share), share, given.append) for share in (2, 1, 1)]
        assert whole.run(jobs, 4, lambda line: None) == []
        assert given == pytest.approx([120, 120, 240], abs=1)  # none of them used any

    def test_what_has_no_time_or_fails_is_told_and_the_rest_goes_on(self) -> None:
        done: list[str] = []

        def fail(seconds: float) -> None:
            raise RuntimeError("no such luck")

        jobs = [whole.Job("bad", 1, fail), whole.Job("good", 1, lambda seconds: done.append("good"))]
        assert whole.run(jobs, 2, lambda line: None) == ["bad: RuntimeError: no such luck"]
        assert done == ["good"]
        assert whole.run(jobs, 0, lambda line: None) == ["bad: out of time", "good: out of time"]

    def test_a_race_is_saved_after_each_turn(self, small: models.Prepared) -> None:
        saved: list[int] = []
        found = race.Race("base", "distinct", 4)
        plan = race.Plan([1, 2], lambda size: 1, 60, lambda size, part: sentences.distinct(size, start=300))
        ours = System("translate", "ours", {"engine": "ct2"})
        race.run(found, [ours], small, plan, lambda line: None, lambda known: saved.append(len(known.runs)))
        assert saved == [1, 2, 2]
        assert found.left_out == []

    def test_getting_ready_may_not_take_all_the_time(self) -> None:
        plan = race.Plan([1], lambda size: 1, 60, lambda size, part: [], time.monotonic() + 100)
        assert plan.starting().limit_s() == pytest.approx(40, abs=1)
        assert plan.limit_s() == 60
        endless = race.Plan([1], lambda size: 1, 60, lambda size, part: [])
        assert endless.starting().limit_s() == 60

    def test_after_the_last_moment_nothing_begins(self, small: models.Prepared) -> None:
        found = race.Race("base", "distinct", 4)
        plan = race.Plan([1], lambda size: 1, 60, lambda size, part: sentences.distinct(size), until=0.0)
        race.run(found, [System("translate", "ours", {"engine": "ct2"})], small, plan, lambda line: None)
        assert found.runs == []
        assert [(one.system, one.why) for one in found.left_out] == [("translate", "out of time")]

    def test_goals_are_judged_on_the_most_sentences_that_both_did(self, tmp_path: Path) -> None:
        def run(system: str, size: int, wall: float) -> race.Run:
            return race.Run(system, size, 0, 25 * size, wall, wall, 100)

        runs = [run("translate", 10, 1), run("generate", 10, 5), run("translate", 100, 10)]
        stopped = race.LeftOut("generate", 100, "not done after 70 s", 70)
        found = race.Race("embedded", "distinct", 4, machine={"cores": 2}, runs=runs, left_out=[stopped])
        known = {(one.goal.system, one.goal.texts): one for one in goals.reached([found])}
        first = known["generate", "distinct"]
        assert first.ratios == [(10, 5, False), (100, 7, True)] and first.holds
        assert known["EasyNMT", "distinct"].holds is None
        row = report.goals([first]).rows[0]
        assert row == ["generate, distinct sentences", "6", "10: 5.00, 100: over 7.00", "yes"]

    def test_the_page_has_every_table(self, tmp_path: Path) -> None:
        found = race.Race("base", "distinct", 4, runs=[race.Run("translate", 10, 0, 250, 1, 1, 100)])
        found.loaded_mib["translate"] = 90
        (tmp_path / "race-base.json").write_text(json.dumps(found.as_json()), encoding="utf-8")
        text = page.write(tmp_path).read_text("utf-8")
        assert "Goals" in text and "Words a second" in text and "| translate | 250 |" in text
        assert not page.plot(tmp_path / "empty", tmp_path / "speed.svg")


def test_forms_of_a_model_are_made_again_when_its_weights_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(directory: Path, *rest: Any) -> None:
        directory.mkdir()
        (directory / "generation_config.json").write_text('{"num_beams": 4}')
        made.append(directory.name)

    monkeypatch.setattr(base_model, "make", make)
    for name in ("to_ct2", "to_argos", "to_easynmt"):
        monkeypatch.setattr(models, name, lambda *rest: None)
    models.prepare("base", tmp_path, SMALL)
    assert models.prepare("base", tmp_path, SMALL).beam == 4
    assert made == ["hf"]
    models.prepare("base", tmp_path, {**SMALL, "d_model": 64})
    assert made == ["hf", "hf"]
    (tmp_path / "base/hf").rename(tmp_path / "moved")
    models.prepare("base", tmp_path, {**SMALL, "d_model": 64})
    assert made == ["hf", "hf", "hf"]
