"""Is one system really better than another? Paired bootstrap resampling over the same segments.

Both systems are scored on the same resamples. `p` is the share of resamples whose difference,
centred on the mean, is at least as large as the one observed: how often chance alone would do
that. Two equal systems get p = 1, which a test on strict inequality would call significant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from translate.domain import Lang
from translate.errors import InputError
from translate.evaluate.metrics import SAMPLES, SEED, Metric, Sufficient, default_metrics, interval
from translate.evaluate.report import Report

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """`a` minus `b` by one metric, with its 95 % interval and two-sided p-value."""

    metric: Metric
    a: float
    b: float
    delta: float
    low: float
    high: float
    p: float
    signature: str

    @property
    def is_significant(self) -> bool:
        return self.p < LEVEL

    @property
    def a_is_better(self) -> bool:
        """True if `a` scores better, whether or not the difference is significant."""
        return self.delta < 0 if self.metric.less_is_better else self.delta > 0


@dataclass(frozen=True, slots=True)
class Contrast:
    """A segment on which `a` is worse than `b` by sentence-level chrF. `line` counts from 1."""

    line: int
    source: str | None
    reference: str
    a: str
    b: str
    chrf_a: float
    chrf_b: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems on the same segments. `losses`: where `a` loses most to `b`, worst first."""

    a: str
    b: str
    set: str
    target: Lang
    segments: int
    differences: tuple[Difference, ...]
    losses: tuple[Contrast, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for `json.dumps`."""
        data = asdict(self)
        for entry, difference in zip(data["differences"], self.differences, strict=True):
            entry["significant"] = difference.is_significant
        return data


def compare(
    a: Report | Sequence[str],
    b: Report | Sequence[str],
    references: Sequence[str],
    target: Lang,
    *,
    sources: Sequence[str] | None = None,
    metrics: Sequence[Metric] | None = None,
    worst: int = 10,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Comparison:
    """`a` against `b`, each a report or its hypotheses, on the references they were made for.

    `sources`, if given, are shown beside the losses, of which there are `worst` at most. Raises
    InputError if the counts differ.
    """
    if samples < 1:
        raise InputError(f"a bootstrap needs at least one sample, not {samples}")
    ours, theirs = _texts(a), _texts(b)
    for name, texts in (("a", ours), ("b", theirs)):
        if len(texts) != len(references):
            raise InputError(f"system {name}: {len(texts)} hypotheses for {len(references)} references")
    statistics = {
        metric: (Sufficient(metric, target, ours, references), Sufficient(metric, target, theirs, references))
        for metric in dict.fromkeys([*(metrics or default_metrics(target)), Metric.CHRF])
    }
    return Comparison(
        a=a.system if isinstance(a, Report) else "a",
        b=b.system if isinstance(b, Report) else "b",
        set=a.set if isinstance(a, Report) else "-",
        target=target,
        segments=len(references),
        differences=tuple(
            _difference(metric, *statistics[metric], samples, seed)
            for metric in dict.fromkeys(metrics or default_metrics(target))
        ),
        losses=_losses(ours, theirs, references, sources, *statistics[Metric.CHRF])[: max(worst, 0)],
    )


def _losses(
    ours: Sequence[str],
    theirs: Sequence[str],
    references: Sequence[str],
    sources: Sequence[str] | None,
    a: Sufficient,
    b: Sufficient,
) -> tuple[Contrast, ...]:
    rows = zip(ours, theirs, references, a.each(), b.each(), strict=True)
    contrasts = [
        Contrast(index + 1, sources[index] if sources else None, reference, mine, other, low, high)
        for index, (mine, other, reference, low, high) in enumerate(rows)
        if low < high
    ]
    return tuple(sorted(contrasts, key=lambda each: (each.chrf_a - each.chrf_b, each.line)))


def _texts(system: Report | Sequence[str]) -> Sequence[str]:
    return system.hypotheses if isinstance(system, Report) else system


def _difference(metric: Metric, a: Sufficient, b: Sufficient, samples: int, seed: int) -> Difference:
    import numpy as np

    drawn = a.resampled(samples, seed) - b.resampled(samples, seed)
    delta = a.corpus() - b.corpus()
    # Differences that are equal on paper differ in the last bits; they must count as equal.
    at_least = np.abs(drawn - drawn.mean()) >= abs(delta) - 1e-9
    low, high = interval(drawn)
    return Difference(
        metric=metric,
        a=a.corpus(),
        b=b.corpus(),
        delta=delta,
        low=low,
        high=high,
        p=(float(at_least.sum()) + 1) / (samples + 1),
        signature=f"{a.signature}|bs:{samples}|seed:{seed}",
    )
