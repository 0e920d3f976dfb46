"""What one system scores on one test set, and where it is worst."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from translate.domain import Hypothesis, Lang, Recipe
from translate.engines import Engine, Progress
from translate.errors import EngineError, InputError
from translate.evaluate.metrics import SAMPLES, Metric, Score, Sufficient, default_metrics, interval
from translate.evaluate.testset import TestSet


@dataclass(frozen=True, slots=True)
class WorstCase:
    """A segment with a low sentence-level chrF. `line` counts from 1 within the set."""

    line: int
    chrf: float
    source: str | None
    reference: str
    hypothesis: str


@dataclass(frozen=True, slots=True)
class Report:
    """Scores of `system` on a set. `corpus` is the set's SHA-256 (see `TestSet.digest`).

    `worst` comes lowest chrF first. `findings` counts what the engine flagged, by code. `empty`:
    hypotheses with no text. `elapsed_s` is translation alone; it and `recipe` are None for ready
    hypotheses.
    """

    system: str
    set: str
    target: Lang
    segments: int
    corpus: str
    scores: tuple[Score, ...]
    worst: tuple[WorstCase, ...]
    hypotheses: tuple[str, ...] = field(repr=False)
    empty: int = 0
    findings: Mapping[str, int] = field(default_factory=dict)
    elapsed_s: float | None = None
    notices: tuple[str, ...] = ()
    recipe: Recipe | None = None

    def value(self, metric: Metric) -> Score | None:
        """The score by `metric`, or None if it was not computed."""
        return next((score for score in self.scores if score.metric is metric), None)

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`: all but the hypotheses; the recipe as its signature."""
        data = asdict(self)
        del data["hypotheses"]
        return data | {"recipe": str(self.recipe) if self.recipe else None}


def score(
    hypotheses: Sequence[str],
    references: Sequence[str],
    target: Lang,
    *,
    sources: Sequence[str] | None = None,
    metrics: Sequence[Metric] | None = None,
    worst: int = 10,
    system: str = "hypotheses",
    name: str = "-",
) -> Report:
    """Scores of ready hypotheses against references, one each, in the same order.

    Raises InputError if the counts differ or the references are plainly in another language.
    """
    testset = TestSet(name, None if sources is None else tuple(sources), tuple(references))
    return score_set(hypotheses, testset, target, metrics=metrics, worst=worst, system=system)


def score_set(
    hypotheses: Sequence[str],
    testset: TestSet,
    target: Lang,
    *,
    metrics: Sequence[Metric] | None = None,
    worst: int = 10,
    system: str = "hypotheses",
) -> Report:
    """As `score`, on a test set: sources appear beside the worst cases."""
    if len(hypotheses) != len(testset):
        raise InputError(
            f"{system}: {len(hypotheses)} hypotheses for {len(testset)} references ({testset.name})"
        )
    _check_script(testset, target)
    chosen = tuple(dict.fromkeys(metrics or default_metrics(target)))
    measured = {m: Sufficient(m, target, hypotheses, testset.references) for m in {*chosen, Metric.CHRF}}
    return Report(
        system=system,
        set=testset.name,
        target=target,
        segments=len(testset),
        corpus=testset.digest,
        scores=tuple(_score_of(metric, measured[metric]) for metric in chosen),
        worst=_worst_cases(measured[Metric.CHRF].each(), hypotheses, testset)[: max(worst, 0)],
        hypotheses=tuple(hypotheses),
        empty=sum(not text.strip() for text in hypotheses),
        notices=testset.notices,
    )


def evaluate(
    engine: Engine,
    testset: TestSet,
    target: Lang,
    *,
    metrics: Sequence[Metric] | None = None,
    worst: int = 10,
    recipe: Recipe | None = None,
    progress: Progress | None = None,
) -> Report:
    """Scores of an engine: it translates the sources as it would a user's sentences.

    `recipe` says how the engine was made; the report bears its model's name. Raises EngineError if
    the engine cannot write `target` or breaks the one-to-one contract.
    """
    system = recipe.model if recipe else "engine"
    if testset.sources is None:
        raise InputError(f"test set {testset.name}: no sources to translate")
    if target not in engine.targets:
        raise EngineError(f"{system} cannot write {target}", hint=f"it writes: {', '.join(engine.targets)}")
    started = time.perf_counter()
    answers = engine.translate(testset.sources, target, progress)
    elapsed_s = time.perf_counter() - started
    if len(answers) != len(testset):
        raise EngineError(f"{system} gave {len(answers)} translations for {len(testset)} sentences")
    texts = [answer.text for answer in answers]
    report = score_set(texts, testset, target, metrics=metrics, worst=worst, system=system)
    return replace(report, findings=_count_findings(answers), elapsed_s=elapsed_s, recipe=recipe)


def _count_findings(answers: Sequence[Hypothesis]) -> dict[str, int]:
    return dict(Counter(finding.code for answer in answers for finding in answer.findings).most_common())


def _score_of(metric: Metric, statistics: Sufficient) -> Score:
    low, high = interval(statistics.resampled(SAMPLES))
    return Score(metric, statistics.corpus(), low, high, statistics.signature)


def _worst_cases(chrf: Sequence[float], hypotheses: Sequence[str], testset: TestSet) -> tuple[WorstCase, ...]:
    return tuple(
        WorstCase(
            line=index + 1,
            chrf=chrf[index],
            source=testset.sources[index] if testset.sources else None,
            reference=testset.references[index],
            hypothesis=hypotheses[index],
        )
        for index in sorted(range(len(chrf)), key=lambda index: (chrf[index], index))
    )


def _check_script(testset: TestSet, target: Lang) -> None:
    """Guards against the wrong reference file: its score would be a number, and mean nothing."""
    letters = [char for line in testset.references for char in line if char.isalpha()]
    han = sum("\u4e00" <= char <= "\u9fff" for char in letters)
    is_chinese = han * 4 > len(letters)
    if is_chinese != (target is Lang.ZH):
        looks = "Chinese" if is_chinese else "not Chinese"
        raise InputError(f"test set {testset.name}: the references are {looks}, but the target is {target}")
