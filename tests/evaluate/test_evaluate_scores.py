"""Scores are sacrebleu's own, an engine is asked as a user would, and chance is told from progress."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence

import numpy as np
import pytest
import sacrebleu
from numpy.typing import NDArray

import translate.evaluate as ev
from translate.domain import Finding, Hypothesis, Lang, Recipe, Severity
from translate.engines import Progress, Unwanted, Wanted
from translate.engines.alignment import Link
from translate.errors import EngineError, InputError
from translate.evaluate import Metric

REFERENCES = [
    "The president received the foreign ministers in Paris on Wednesday.",
    "Markets closed up 1.4 percent after the central bank's announcements.",
    "Three people were injured in the train accident, the agency said.",
    "France beat Belgium two goals to one in the final.",
]
HYPOTHESES = [
    "The president met the foreign ministers in Paris on Wednesday.",
    "Markets ended 1.4 percent higher after announcements by the central bank.",
    "Three people were hurt in the rail accident, according to the agency.",
    "Something else entirely.",
]
CHINESE = ["总统周三在巴黎会见了各国外交部长。", "三人在火车事故中受伤。", "会议将讨论安全、气候和移民问题。"]
CHINESE_HYPOTHESES = ["总统周三在巴黎接见外长。", "三人受伤。", "会议将讨论安全和气候问题。"]


class FakeEngine:
    """Answers from a table and remembers what it was asked."""

    targets = (Lang.EN,)

    def __init__(self, answers: Sequence[Hypothesis]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[list[str], Lang]] = []

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self.asked.append((list(sentences), target))
        if progress:
            progress(len(sentences))
        return self.answers

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        raise AssertionError("a score is that of the first hypothesis")

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        raise AssertionError("a score asks for nothing else")

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        raise AssertionError("a score asks for no form")

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        raise AssertionError("a score needs no alignment")

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError("a score needs no vectors")


FAKE = Recipe("fake", "0" * 40, "none", "cpu", 1, "0.1.0")


def value(report: ev.Report, metric: Metric) -> ev.Score:
    score = report.value(metric)
    assert score is not None
    return score


def noisy(texts: Sequence[str], share: float, seed: int) -> list[str]:
    """`texts` with that share of words replaced, the same for the same seed."""
    dice = random.Random(seed)
    return [" ".join("xxx" if dice.random() < share else word for word in text.split()) for text in texts]


def test_english_scores_are_what_sacrebleu_says() -> None:
    report = ev.score(HYPOTHESES, REFERENCES, Lang.EN, metrics=list(Metric))
    direct = {
        Metric.BLEU: sacrebleu.corpus_bleu(HYPOTHESES, [REFERENCES], tokenize="13a"),
        Metric.CHRF: sacrebleu.corpus_chrf(HYPOTHESES, [REFERENCES]),
        Metric.CHRF_PLUS: sacrebleu.corpus_chrf(HYPOTHESES, [REFERENCES], word_order=2),
        Metric.TER: sacrebleu.corpus_ter(HYPOTHESES, [REFERENCES]),
    }
    for metric, expected in direct.items():
        assert value(report, metric).value == pytest.approx(expected.score, abs=1e-9), metric


def test_chinese_is_scored_by_characters() -> None:
    report = ev.score(CHINESE_HYPOTHESES, CHINESE, Lang.ZH, metrics=[Metric.BLEU, Metric.TER])
    bleu = sacrebleu.corpus_bleu(CHINESE_HYPOTHESES, [CHINESE], tokenize="zh")
    ter = sacrebleu.corpus_ter(CHINESE_HYPOTHESES, [CHINESE], normalized=True, asian_support=True)
    assert value(report, Metric.BLEU).value == pytest.approx(bleu.score, abs=1e-9)
    assert value(report, Metric.TER).value == pytest.approx(ter.score, abs=1e-9)
    assert value(report, Metric.BLEU).value > 10  # with another tokeniser it would be near zero


def test_signatures_are_sacrebleus_own() -> None:
    english = ev.score(HYPOTHESES, REFERENCES, Lang.EN)
    chinese = ev.score(CHINESE_HYPOTHESES, CHINESE, Lang.ZH)
    version = f"version:{sacrebleu.__version__}"
    assert [score.signature for score in english.scores] == [
        f"BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|{version}",
        f"chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|{version}",
        f"chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|{version}",
    ]
    assert "tok:zh" in value(chinese, Metric.BLEU).signature
    assert chinese.value(Metric.CHRF_PLUS) is None  # no words to order in Chinese


def test_perfect_and_useless_hypotheses() -> None:
    perfect = ev.score(REFERENCES, REFERENCES, Lang.EN)
    assert [round(score.value, 6) for score in perfect.scores] == [100, 100, 100]
    nothing = ev.score([""] * 4, REFERENCES, Lang.EN)
    assert [score.value for score in nothing.scores] == [0, 0, 0]
    assert (perfect.empty, nothing.empty) == (0, 4)


def test_the_interval_holds_the_score_and_is_reproducible() -> None:
    first, second = (ev.score(HYPOTHESES * 20, REFERENCES * 20, Lang.EN) for _ in range(2))
    assert first.scores == second.scores
    for score in first.scores:
        assert score.low < score.value < score.high


def test_worst_cases_come_lowest_first_with_their_lines() -> None:
    report = ev.score(HYPOTHESES, REFERENCES, Lang.EN, sources=["a", "b", "c", "d"], worst=2)
    worst = report.worst[0]
    assert (worst.line, worst.source, worst.hypothesis) == (4, "d", "Something else entirely.")
    assert worst.chrf == pytest.approx(sacrebleu.sentence_chrf(HYPOTHESES[3], [REFERENCES[3]]).score)
    assert len(report.worst) == 2
    assert worst.chrf <= report.worst[1].chrf
    assert ev.score(HYPOTHESES, REFERENCES, Lang.EN, worst=0).worst == ()
    assert len(ev.score(HYPOTHESES, REFERENCES, Lang.EN, worst=99).worst) == 4


def test_counts_must_agree() -> None:
    with pytest.raises(InputError, match="3 hypotheses for 4 references"):
        ev.score(HYPOTHESES[:3], REFERENCES, Lang.EN)


def test_references_in_another_language_are_noticed() -> None:
    with pytest.raises(InputError, match="the references are Chinese, but the target is en"):
        ev.score(CHINESE, CHINESE, Lang.EN)
    with pytest.raises(InputError, match="the references are not Chinese, but the target is zh"):
        ev.score(REFERENCES, REFERENCES, Lang.ZH)


def test_an_engine_is_asked_once_for_the_sources_as_they_are() -> None:
    engine = FakeEngine([Hypothesis(text) for text in HYPOTHESES])
    testset = ev.TestSet("news", ("Un.", "Deux.", "Un.", "« Trois »"), tuple(REFERENCES))
    done: list[int] = []
    report = ev.evaluate(engine, testset, Lang.EN, recipe=FAKE, progress=done.append)
    assert engine.asked == [(["Un.", "Deux.", "Un.", "« Trois »"], Lang.EN)]
    assert report.scores == ev.score(HYPOTHESES, REFERENCES, Lang.EN).scores
    assert (report.system, report.set, report.corpus) == ("fake", "news", testset.digest)
    assert report.hypotheses == tuple(HYPOTHESES)
    assert report.elapsed_s is not None
    assert report.to_json()["recipe"] == "m:fake@00000000|e:none|d:cpu|b:1|v:0.1.0"
    assert sum(done) == 4


def test_findings_of_the_engine_are_counted() -> None:
    loop = Finding("repetition", Severity.WARNING, "a loop")
    answers = [
        Hypothesis("a", findings=(loop,)),
        Hypothesis("b"),
        Hypothesis("c", findings=(loop,)),
        Hypothesis(""),
    ]
    report = ev.evaluate(FakeEngine(answers), ev.TestSet("n", tuple("abcd"), tuple(REFERENCES)), Lang.EN)
    assert report.findings == {"repetition": 2}
    assert report.empty == 1


def test_an_engine_that_cannot_or_does_not_deliver() -> None:
    testset = ev.TestSet("n", tuple("abcd"), tuple(REFERENCES))
    engine = FakeEngine([Hypothesis("a")])
    with pytest.raises(EngineError, match="fake cannot write zh") as caught:
        ev.evaluate(engine, testset, Lang.ZH, recipe=FAKE)
    assert caught.value.hint == "it writes: en"
    assert engine.asked == []
    with pytest.raises(EngineError, match="gave 1 translations for 4 sentences"):
        ev.evaluate(engine, testset, Lang.EN)
    with pytest.raises(InputError, match="no sources"):
        ev.evaluate(engine, ev.TestSet("n", None, tuple(REFERENCES)), Lang.EN)


def test_a_report_is_plain_data() -> None:
    report = ev.score(HYPOTHESES, REFERENCES, Lang.EN, name="news")
    data = json.loads(json.dumps(report.to_json()))
    assert data["set"] == "news"
    assert data["scores"][0]["metric"] == "bleu"
    assert data["worst"][0]["hypothesis"] == "Something else entirely."
    assert "hypotheses" not in data


def test_without_sacrebleu_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == "sacrebleu"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "sacrebleu", None)
    with pytest.raises(EngineError, match="sacrebleu, which is not installed") as caught:
        ev.score(HYPOTHESES, REFERENCES, Lang.EN)
    assert caught.value.hint == "pip install 'translate-dispatch[evaluate]'"


def test_a_system_does_not_differ_from_itself() -> None:
    comparison = ev.compare(HYPOTHESES, HYPOTHESES, REFERENCES, Lang.EN, metrics=list(Metric))
    for difference in comparison.differences:
        assert (difference.delta, difference.p, difference.is_significant) == (0, 1, False)


def test_one_other_sentence_is_not_progress() -> None:
    texts = [*noisy(REFERENCES * 25, 0.3, seed=1)[:-1], "xxx"]
    better = [*texts[:-1], REFERENCES[-1]]
    for difference in ev.compare(better, texts, REFERENCES * 25, Lang.EN).differences:
        assert difference.a_is_better
        assert not difference.is_significant


def test_a_clear_gain_is_significant_and_has_a_sign() -> None:
    references = REFERENCES * 15
    good, bad = noisy(references, 0.1, seed=1), noisy(references, 0.4, seed=2)
    for a, b, sign in ((good, bad, 1), (bad, good, -1)):
        for difference in ev.compare(
            a, b, references, Lang.EN, metrics=list(Metric), samples=300
        ).differences:
            assert difference.is_significant
            assert difference.a_is_better == (sign > 0)
            assert (difference.delta * sign > 0) != (difference.metric is Metric.TER)
            assert difference.low < difference.delta < difference.high
            assert not difference.low < 0 < difference.high


def test_equal_systems_with_other_errors_are_rarely_told_apart() -> None:
    references = REFERENCES * 10
    significant = sum(
        ev.compare(
            noisy(references, 0.3, seed), noisy(references, 0.3, seed + 100), references, Lang.EN,
            metrics=[Metric.CHRF], samples=100,
        ).differences[0].is_significant
        for seed in range(20)
    )  # fmt: skip
    assert significant <= 4  # one in twenty by chance


def test_a_comparison_takes_reports_and_says_how_it_was_made() -> None:
    a = ev.score(REFERENCES, REFERENCES, Lang.EN, system="new", name="news")
    b = ev.score(HYPOTHESES, REFERENCES, Lang.EN, system="old", name="news")
    comparison = ev.compare(a, b, REFERENCES, Lang.EN, samples=100, seed=7)
    assert (comparison.a, comparison.b, comparison.set, comparison.segments) == ("new", "old", "news", 4)
    assert comparison.differences[0].signature.endswith("|bs:100|seed:7")
    assert comparison == ev.compare(a, b, REFERENCES, Lang.EN, samples=100, seed=7)
    assert comparison != ev.compare(a, b, REFERENCES, Lang.EN, samples=100, seed=8)
    assert json.loads(json.dumps(comparison.to_json()))["differences"][0]["significant"] in (True, False)


def test_a_comparison_needs_equal_counts_and_samples() -> None:
    with pytest.raises(InputError, match="system b: 3 hypotheses for 4 references"):
        ev.compare(HYPOTHESES, HYPOTHESES[:3], REFERENCES, Lang.EN)
    with pytest.raises(InputError, match="at least one sample"):
        ev.compare(HYPOTHESES, HYPOTHESES, REFERENCES, Lang.EN, samples=0)


def test_losses_are_the_segments_where_a_falls_behind() -> None:
    a = [HYPOTHESES[0], REFERENCES[1], "Nothing.", HYPOTHESES[3]]
    comparison = ev.compare(a, HYPOTHESES, REFERENCES, Lang.EN, sources=list("wxyz"))
    (loss,) = comparison.losses
    assert (loss.line, loss.source, loss.a, loss.b) == (3, "y", "Nothing.", HYPOTHESES[2])
    assert loss.chrf_a < loss.chrf_b
    assert ev.compare(a, HYPOTHESES, REFERENCES, Lang.EN, worst=0).losses == ()
