"""The scheduler: sentences of many documents together, each once, in bounded memory, and nothing changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.batch.wire import QUICK, dispatch, job, tree, write_wire
from tests.fakes import ForgetfulEngine, LeadSummarizer, ShoutEngine, pipeline
from translate.batch import ProgressLine, Shard, Tally, results, run_batch
from translate.batch.answers import Answers
from translate.batch.progress import duration, line
from translate.domain import Hypothesis, Lang, TranslatedDispatch
from translate.engines import Progress
from translate.errors import EngineError, InputError
from translate.outputs import Format, render
from translate.sources import read_dispatch


def read(result: TranslatedDispatch | None) -> TranslatedDispatch:
    assert result is not None
    return result


def test_sentences_of_many_documents_share_one_call(wire: Path, room: Path) -> None:
    engine = ShoutEngine()
    used = pipeline({Lang.EN: engine}, options=QUICK)
    report = job([wire], room / "out", used=used, window=1000)
    ((target, asked),) = engine.asked
    assert (target, len(asked), len(set(asked))) == (Lang.EN, 9, 9), "eight of their own, one of all"
    assert (report.asked, report.translated) == (16, 9)


def test_a_repeat_in_a_later_window_is_not_asked_again(wire: Path, room: Path) -> None:
    engine = ShoutEngine()
    job([wire], room / "out", used=pipeline({Lang.EN: engine}, options=QUICK), window=2)
    asked = [sentence for _, sentences in engine.asked for sentence in sentences]
    assert len(engine.asked) == 8 and len(asked) == len(set(asked)) == 9


@pytest.mark.parametrize("window", [1, 5, 1000])
def test_results_are_those_of_single_runs(wire: Path, room: Path, window: int) -> None:
    used = pipeline(summarizer=LeadSummarizer())
    job([wire], room / "out", used=used, formats=[*Format], window=window)
    found = tree(room / "out")
    assert len(found) == 8 * len(Format)
    for name, data in found.items():
        stem, _, ending = name.rpartition(".")
        single = used.run(read_dispatch((wire / f"{stem}.txt").read_bytes(), name=f"{stem}.txt"))
        assert render(single, Format(ending)).encode() == data


def test_a_summarizer_of_the_translation_works_too(wire: Path, room: Path) -> None:
    used = pipeline(summarizer=LeadSummarizer(Lang.EN), options=QUICK)
    job([wire], room / "out", used=used, window=3)
    single = used.run(read_dispatch((wire / "soir/brief00.txt").read_bytes(), name="soir/brief00.txt"))
    assert tree(room / "out")["soir/brief00.json"].decode() == render(single, Format.JSON)


def test_a_real_model_gives_the_same_in_any_window(
    tiny: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import translate

    monkeypatch.setenv("TRANSLATE_HOME", str(room / "store"))
    used = translate.load("en", models=tiny, summarizer=None, engine="torch", beam=2)
    texts = [dispatch(n) for n in range(6)] + ["Le ministre a parlé.\n\nLes députés ont voté la loi hier."]
    alone = [used.translate(text) for text in texts]
    assert len({render(result, Format.TXT) for result in alone}) > 1
    assert [outcome.result for outcome in results(texts, used)] == alone
    assert [outcome.result for outcome in results(texts, used, window_sentences=3)] == alone


class Poisoned(ShoutEngine):
    """Fails for a whole call that holds one sentence."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        if any("accord 3 " in sentence for sentence in sentences):
            raise EngineError("out of memory, even for one sentence")
        return super().translate(sentences, target, progress)


def test_a_document_that_breaks_the_engine_fails_alone(wire: Path, room: Path) -> None:
    report = job([wire], room / "out", used=pipeline({Lang.EN: Poisoned()}, options=QUICK), window=1000)
    assert (report.done, report.failed) == (7, 1)
    assert [failure.id for failure in report.failures] == ["matin/brief03.txt"]


class Lost(ShoutEngine):
    """A device that is gone."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        raise EngineError("the device is lost")


def test_a_lost_device_ends_the_job_and_fails_no_million_documents(room: Path) -> None:
    write_wire(room / "wire", 30)
    with pytest.raises(EngineError, match="lost"):
        job([room / "wire"], room / "out", used=pipeline({Lang.EN: Lost()}, options=QUICK))
    assert job([room / "wire"], room / "out").done == 30


def test_an_engine_that_forgets_a_sentence_is_found_out(wire: Path, room: Path) -> None:
    report = job([wire], room / "out", used=pipeline({Lang.EN: ForgetfulEngine()}, options=QUICK))
    assert report.done == 0 and "unexpected ValueError" in report.failures[0].reason
    assert not tree(room / "out")


def test_another_recipe_is_another_job(wire: Path, room: Path) -> None:
    assert job([wire], room / "out").done == 8
    assert job([wire], room / "out", formats=[Format.JSON, Format.TSV]).done == 8
    assert job([wire], room / "out", used=pipeline(options=QUICK)).done == 8
    assert job([wire], room / "out", used=pipeline(options=QUICK)).skipped == 8


def test_answers_are_forgotten_the_longest_unused_first() -> None:
    known = Answers(characters=10)
    for text in ("aaa", "bbb"):
        known.keep((Lang.EN, text), Hypothesis("x"))
    assert known.get((Lang.EN, "aaa"))
    known.keep((Lang.EN, "ccc"), Hypothesis("x"))
    assert known.get((Lang.EN, "aaa")) and known.get((Lang.EN, "ccc")) and not known.get((Lang.EN, "bbb"))
    known.keep((Lang.EN, "d" * 100), Hypothesis("x"))
    assert len(known) == 0


def test_shards_share_the_documents_out(room: Path) -> None:
    write_wire(room / "wire", 20)
    lines = room / "all.jsonl"
    reports = [job([room / "wire"], room / "out", shard=Shard(n, 3), jsonl=lines) for n in (1, 2, 3)]
    assert sum(report.done for report in reports) == 20 and all(report.done for report in reports)
    job([room / "wire"], room / "whole", jsonl=room / "whole.jsonl")
    assert tree(room / "out") == tree(room / "whole")
    parts = [(room / f"all-{n}-of-3.jsonl").read_text("utf-8").splitlines() for n in (1, 2, 3)]
    whole = (room / "whole.jsonl").read_text("utf-8").splitlines()
    assert sorted(line for part in parts for line in part) == sorted(whole)
    assert (room / "out/report-2-of-3.json").exists()


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "", "١/٣"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(InputError):
        Shard.read(text)


def test_results_stream_and_an_error_is_one_of_them() -> None:
    drawn = 0

    def endless() -> Iterator[str]:
        nonlocal drawn
        while True:
            yield "" if drawn == 1 else dispatch(drawn)
            drawn += 1

    outcomes = iter(results(endless(), pipeline(options=QUICK), window_sentences=4))
    first, second, third = (next(outcomes) for _ in range(3))
    assert drawn < 10, "no more is read than a window needs"
    assert first.value.dispatch.blocks[0].text.endswith("l'accord 0 sur le climat.")
    assert isinstance(second.error, InputError) and second.result is None
    with pytest.raises(InputError, match="no text"):
        second.value  # noqa: B018
    assert third.source == dispatch(2)


def test_results_for_an_event_loop() -> None:
    async def collect() -> list[str]:
        found = results([dispatch(n) for n in range(5)], pipeline(options=QUICK), window_sentences=2)
        return [read(outcome.result).blocks[0].translations[Lang.EN].text async for outcome in found]

    texts = asyncio.run(collect())
    assert len(texts) == 5 and "ACCORD 4" in texts[4]


def test_progress_in_one_line(wire: Path, room: Path) -> None:
    import io

    stream = io.StringIO()
    shown = ProgressLine(stream)
    shown._begun = shown._shown_at = -100.0
    run_batch([wire], room / "out", pipeline(options=QUICK), watcher=shown)
    shown.close()
    assert "of 8 documents" in stream.getvalue() and "\x1b" not in stream.getvalue()
    assert stream.getvalue().endswith("\r")
    tally = Tally(total=4000, done=100, skipped=18, failed=2, words=40_000)
    tally.started -= 48
    assert line(tally) == "120 of 4,000 documents · 2.1/s · 833 words/s · 30 min left · 2 failed"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(4, "4 s"), (89, "89 s"), (600, "10 min"), (20_000, "5 h 33 min"), (300_000, "3 d 11 h")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_the_report(wire: Path, room: Path) -> None:
    (wire / "bad.txt").write_bytes(b"")
    report = run_batch([wire], room / "out", pipeline(options=QUICK), formats=["tsv"])
    told = json.loads((room / "out/report.json").read_bytes())
    assert told["schema"] == "translate-batch-report/1"
    assert (told["documents"], told["done"], told["skipped"], told["failed"]) == (9, 8, 0, 1)
    assert told["words"] == report.words > 0 and told["recipes"] == report.recipes
    (failure,) = told["failures"]
    assert (failure["id"], failure["error"]) == ("bad.txt", "InputError")
    shown = list(report.lines())
    assert shown[0] == "9 documents: 8 done, 0 skipped, 1 failed"
    assert shown[-1].startswith("failed: bad.txt: there is no text in it")
