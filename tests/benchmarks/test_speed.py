"""The speed benchmark measures what it says: answers of one length, fair turns, times that add up."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from safetensors.numpy import load_file

from benchmarks.speed import (
    base_model,
    models,
    race,
    report,
    sentences,
    stages,
    startup,
    whole,
    worker,
)
from benchmarks.speed.processes import Process, System, SystemFailed, TooSlow
from tests.benchmarks.small_model import PIECES, SMALL
from translate import engines
from translate.domain import Lang
from translate.engines import safety
from translate.registry.spec import ModelSpec, Task


def engine(model: models.Prepared, name: str, beam: int) -> engines.LoadedEngine:
    spec = ModelSpec("small", Task.TRANSLATE, Lang.FR, {Lang.EN: ""})
    return engines.load(spec, model.folder / "hf", device="cpu", beam=beam, engine=name)


class TestBaseModel:
    @pytest.mark.parametrize("name", ["ct2", "torch"])
    @pytest.mark.parametrize("beam", [1, 4])
    def test_every_answer_ends_by_itself_at_the_same_length(
        self, small: models.Prepared, name: str, beam: int
    ) -> None:
        vocabulary = json.loads((small.folder / "hf/vocab.json").read_text("utf-8"))
        asked = [text for text in sentences.distinct(8, start=300) if len(text) > 90]
        answers = engine(small, name, beam).translate(asked, Lang.EN)
        for source, answer in zip(asked, answers, strict=True):
            assert not safety.weight(answer.findings), (source, answer)  # nothing was tried a second time
            assert len(pieces_of(answer.text, vocabulary)) == PIECES, answer.text

    def test_its_shape_is_that_of_opus_mt(self) -> None:
        assert base_model.SHAPE["vocab_size"] == 59_514
        assert (base_model.SHAPE["d_model"], base_model.SHAPE["decoder_layers"]) == (512, 6)

    def test_each_side_has_as_many_pieces_as_there(self) -> None:
        each, shared = base_model._counts(base_model.SHAPE["vocab_size"])
        assert each + 3 == 32_000 and 2 * each - shared + 3 == 59_514

    def test_the_same_weights_each_time(self, small: models.Prepared, tmp_path: Path) -> None:
        again = base_model.make(tmp_path, sentences.written()[:300], SMALL, PIECES)
        one, other = (load_file(place / "model.safetensors") for place in (small.folder / "hf", again))
        assert one.keys() == other.keys()
        assert all((one[name] == other[name]).all() for name in one)


def pieces_of(text: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Made-up answers are whole words or pieces: the fewest that spell the text."""
    words = text.split()
    found: list[str] = []
    for word in words:
        rest = f"▁{word}"
        while rest:
            piece = next(rest[:end] for end in range(len(rest), 0, -1) if rest[:end] in vocabulary)
            found.append(piece)
            rest = rest[len(piece) :]
    return found


class TestSentences:
    def test_no_two_are_alike_and_sets_do_not_overlap(self) -> None:
        found = sentences.distinct(3000)
        assert len(set(found)) == 3000
        assert found[1000:1010] == sentences.distinct(10, start=1000)
        assert all(60 <= len(text) <= 400 for text in found)

    def test_dispatches_keep_their_repeats(self, tmp_path: Path) -> None:
        text = (
            "PARIS, 4 avril (AFP) --\n\nLe ministre a parlé de la paix. Le président n'a rien dit du pays.\n"
        )
        for name in ("one", "two"):
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        found = sentences.of_dispatches(tmp_path, 100)
        assert found.count("Le ministre a parlé de la paix.") == 2
        assert sentences.of_dispatches(tmp_path, 1) == found[:1]


class TestRace:
    RACE = race.Race("base", "distinct", 4, machine={"cores": 2})

    def run(self, system: str, part: int, wall: float, cpu: float) -> race.Run:
        return race.Run(system, 10, part, 250, wall, cpu, 100)

    def test_ratios_are_of_the_same_part(self) -> None:
        runs = [self.run("translate", 0, 1, 1), self.run("generate", 0, 6, 9), self.run("translate", 1, 2, 2)]
        found = race.Race("base", "distinct", 4, runs=[*runs, self.run("generate", 1, 8, 10)])
        assert found.ratios("generate", 10) == [6, 4]
        assert found.rate("translate", 10) == (250 + 125) / 2
        assert found.ratios("generate", 100) == [] and found.rate("generate", 100) is None

    def test_processor_time_is_shared_by_the_cores(self) -> None:
        runs = [self.run("translate", 0, 50, 2), self.run("generate", 0, 60, 12)]
        found = race.Race("base", "distinct", 4, "cpu", machine={"cores": 2}, runs=runs)
        assert found.ratios("generate", 10) == [6]
        assert found.rate("translate", 10) == 250

    def test_json_and_back(self) -> None:
        left = [race.LeftOut("argos-translate", 0, "it is not installed")]
        found = race.Race("base", "distinct", 4, runs=[self.run("translate", 0, 1, 1)], left_out=left)
        assert race.Race.from_json(json.loads(json.dumps(found.as_json()))) == found

    def test_what_would_take_too_long_is_left_out_with_a_reason(self, small: models.Prepared) -> None:
        found = race.Race("base", "distinct", 4, runs=[self.run("generate", 0, 5, 5)])
        system = System("generate", "generate")
        assert race._too_much(found, system, small, 20, 60) is None
        assert race._too_much(found, system, small, 1000, 60) == "would take about 500 s"
        assert race._too_much(found, system, small, 1, -1) == "out of time"
        at_once = System("CTranslate2", "ct2", {"at_once": True})
        assert "GiB" in (race._too_much(found, at_once, small, 10**6, 10**9) or "")

    def test_what_was_stopped_took_at_least_so_long(self, small: models.Prepared) -> None:
        stopped = race.LeftOut("generate", 10, "not done after 60 s", 60)
        found = race.Race("base", "distinct", 4, runs=[self.run("translate", 0, 2, 2)], left_out=[stopped])
        assert found.at_least("generate", 10) == 30
        assert found.at_least("generate", 100) is None and found.at_least("EasyNMT", 10) is None
        assert report._ratio(found, "generate", 10) == "over 30"
        why = race._too_much(found, System("generate", "generate"), small, 10, 60)
        assert why == "it was stopped before"
        known = race.Race.from_json(json.loads(json.dumps(found.as_json())))
        assert known == found

    def test_sizes_that_were_run_apart_are_one_race(self) -> None:
        one = race.Race(
            "base", "distinct", 4, runs=[self.run("translate", 0, 1, 1)], cold_s={"translate": 1.0}
        )
        other = race.Race(
            "base",
            "distinct",
            4,
            runs=[self.run("generate", 0, 6, 9)],
            cold_s={"translate": 9.0, "generate": 2.0},
        )
        third = race.Race("base", "wire", 4)
        both, alone = whole.joined([one, other, third])
        assert [run.system for run in both.runs] == ["translate", "generate"]
        assert both.cold_s == {"translate": 1.0, "generate": 2.0}
        assert alone == third

    def test_agreement_is_with_the_reference_on_common_sentences(self) -> None:
        said = {
            "generate": {"a": "One two three.", "b": "Four five six."},
            "translate": {"a": "One two three.", "b": "Four five seven.", "c": "Eight."},
            "argos-translate": {},
        }
        (found,) = race._agreement(said)
        assert (found.system, found.sentences, found.identical) == ("translate", 2, 0.5)
        assert 50 < found.chrf < 100

    def test_each_part_begins_with_another_system(self) -> None:
        members: Any = [1, 2, 3]
        turns: Any = [race._in_turn(members, part) for part in range(4)]
        assert turns == [[1, 2, 3], [2, 3, 1], [3, 1, 2], [1, 2, 3]]


class TestProcesses:
    def test_a_system_answers_from_its_own_process(self, small: models.Prepared) -> None:
        asked = sentences.distinct(3, start=300)
        process = Process(System("translate", "ours", {"engine": "ct2"}), small, asked[0])
        try:
            reply = process.ask(asked)
        finally:
            process.close()
        expected = engine(small, "ct2", small.beam).translate(asked, Lang.EN)
        assert reply.answers == [one.text for one in expected]
        assert reply.wall_s > 0 and reply.peak_mib > 10
        assert process.cold_s > reply.wall_s
        assert "translate-dispatch" in process.about["versions"]

    def test_a_system_that_does_not_answer_in_time_is_ended(self, small: models.Prepared) -> None:
        with pytest.raises(TooSlow, match="not done after 0 s"):
            Process(System("translate", "ours", {"engine": "ct2"}), small, "Bonjour.", limit_s=0.01)
        process = Process(System("translate", "ours", {"engine": "ct2"}), small, "Bonjour.", limit_s=60)
        try:
            with pytest.raises(TooSlow):
                process.ask(sentences.distinct(3000), limit_s=0.05)
            with pytest.raises(SystemFailed):
                process.ask(["Bonjour."])
        finally:
            process.close()

    def test_why_a_system_does_not_start(self, small: models.Prepared, tmp_path: Path) -> None:
        nothing = models.Prepared("base", tmp_path, "", 4)
        with pytest.raises(SystemFailed, match="WeightsError"):
            Process(System("translate", "ours", {"engine": "ct2"}), nothing, "Bonjour.")
        with pytest.raises(OSError, match="No such file"):
            Process(System("EasyNMT", "easy", python=tmp_path / "bin/python"), small, "Bonjour.")
        found = race.Race("base", "distinct", 4)
        absent = System("EasyNMT", "easy", python=tmp_path / "bin/python")
        assert list(race._started(found, absent, small, "Bonjour.")) == []
        assert found.left_out[0].sentences == 0 and "No such file" in found.left_out[0].why

    def test_the_worker_answers_line_by_line_and_changes_options(self) -> None:
        class Echo:
            mark = ""

            def change(self, options: dict[str, str]) -> None:
                self.mark = options["mark"]

            def translate(self, texts: list[str]) -> list[str]:
                return [text + self.mark for text in texts]

        asked = [{"sentences": ["a", "b"]}, {"sentences": ["é"], "change": {"mark": "!"}}]
        replies = io.StringIO()
        worker.serve(Echo(), io.StringIO("".join(json.dumps(one) + "\n" for one in asked)), replies)
        assert [json.loads(line)["answers"] for line in replies.getvalue().splitlines()] == [
            ["a", "b"],
            ["é!"],
        ]

    def test_argos_is_told_to_add_what_it_would_leave_out(self, tmp_path: Path) -> None:
        (tmp_path / "ct2").mkdir()
        (tmp_path / "ct2/config.json").write_text('{"eos_token": "</s>"}')
        (tmp_path / "hf").mkdir()
        (tmp_path / "hf/source.spm").touch()
        models.to_argos(tmp_path, ">>eng<<")
        settings = json.loads((tmp_path / "argos/packages/fr_en/model/config.json").read_text())
        assert settings["add_source_eos"] and settings["add_source_bos"]
        assert settings["bos_token"] == ">>eng<<" and settings["eos_token"] == "</s>"


def test_inner_stages_take_their_time_from_the_outer() -> None:
    clock = stages.Clock()
    with clock.stage("outer"):
        burn(0.03)
        with clock.stage("inner"):
            burn(0.06)
    assert 0.02 < clock.own["outer"] < 0.055 <= clock.own["inner"]


def burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_a_watched_function_is_put_back() -> None:
    before = safety.judge
    with stages.Clock().watching(safety, "judge", "schedule"):
        assert safety.judge is not before
    assert safety.judge is before


def test_imports_are_added_up_by_package() -> None:
    found = {"typer": 0.005, "typer.core": 0.030, "json": 0.004, "re": 0.003}
    (first, ms, count), (other, least, _) = startup.packages(found)
    assert (first, count, other) == ("typer", 2, "standard library")
    assert ms == pytest.approx(35) and least == pytest.approx(7)


def test_the_plot_and_the_tables(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the plot needs the extra bench")
    runs = [
        race.Run(name, size, 0, 25 * size, 0.1 * size, 0.2 * size, 90)
        for name in ("translate", "generate")
        for size in (1, 10)
    ]
    known = dict.fromkeys(("translate", "generate"), 1.0)
    found = race.Race("base", "distinct", 4, runs=runs, cold_s=known, loaded_mib=known)
    report.plot([found, found], tmp_path / "speed.svg")
    assert "<svg" in (tmp_path / "speed.svg").read_text("utf-8")
    rates, ratios, facts = report.sheets([found])
    assert rates.rows[0] == ["translate", "250", "250"]
    assert ratios.rows == [["generate", "1.00", "1.00"]]
    assert rates.markdown().count("\n") == 6
    assert facts.rows[0][0] == "translate"
