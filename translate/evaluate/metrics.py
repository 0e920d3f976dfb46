"""Corpus scores by sacrebleu, each with the signature that says exactly how it was computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from translate.domain import Lang
from translate.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLES = 1000
SEED = 12345


class Metric(StrEnum):
    """The metrics we report. All are in per cent; TER counts errors, so less is better."""

    BLEU = "bleu"
    CHRF = "chrf"
    CHRF_PLUS = "chrf++"
    TER = "ter"

    @property
    def label(self) -> str:
        return {"bleu": "BLEU", "chrf": "chrF", "chrf++": "chrF++", "ter": "TER"}[self]

    @property
    def less_is_better(self) -> bool:
        return self is Metric.TER


@dataclass(frozen=True, slots=True)
class Score:
    """One metric over a whole set, its 95 % interval by bootstrap, and its signature."""

    metric: Metric
    value: float
    low: float
    high: float
    signature: str

    def __str__(self) -> str:
        return f"{self.metric.label} {self.value:.2f} [{self.low:.2f}, {self.high:.2f}] {self.signature}"


def default_metrics(target: Lang) -> tuple[Metric, ...]:
    """BLEU, chrF and, where words are written apart, chrF++ (in Chinese a clause is one "word")."""
    if target is Lang.ZH:
        return Metric.BLEU, Metric.CHRF
    return Metric.BLEU, Metric.CHRF, Metric.CHRF_PLUS


class Sufficient:
    """The sufficient statistics of one metric: a row per segment, whose sum gives the corpus score.

    Any resample of the corpus is a weighted sum of rows, so a bootstrap costs no new matching.
    """

    def __init__(
        self, metric: Metric, target: Lang, hypotheses: Sequence[str], references: Sequence[str]
    ) -> None:
        import numpy as np

        self._scorer = _scorer(metric, target)
        # Both names are sacrebleu's own seam between its metrics and its significance tests.
        rows = self._scorer._extract_corpus_statistics(list(hypotheses), [list(references)])
        self.rows: NDArray[np.float64] = np.asarray(rows, dtype=np.float64)  # (segments, statistics)
        name = self._scorer._compute_score_from_stats(self.rows.sum(axis=0)).name
        self.signature = f"{name}|{self._scorer.get_signature().format()}"

    def of(self, totals: NDArray[np.float64]) -> float:
        """The score of summed rows."""
        return float(self._scorer._compute_score_from_stats(totals).score)

    def corpus(self) -> float:
        """The score of the whole set, as sacrebleu gives it."""
        return self.of(self.rows.sum(axis=0))

    def each(self) -> list[float]:
        """The score of each segment by itself."""
        return [self.of(row) for row in self.rows]

    def resampled(self, samples: int = SAMPLES, seed: int = SEED) -> NDArray[np.float64]:
        """Scores of `samples` resamples with replacement. Same seed, same segments drawn."""
        import numpy as np

        random, count = np.random.default_rng(seed), len(self.rows)
        scores = np.empty(samples)
        for index in range(samples):  # one at a time: memory stays that of the set
            drawn = np.bincount(random.integers(count, size=count), minlength=count)
            scores[index] = self.of(drawn @ self.rows)
        return scores


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """The middle 95 % of `values`."""
    import numpy as np

    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def _scorer(metric: Metric, target: Lang) -> Any:
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
        from sacrebleu.metrics.ter import TER
    except ModuleNotFoundError as err:
        raise EngineError(
            "scores need sacrebleu, which is not installed", hint="pip install 'translate-dispatch[evaluate]'"
        ) from err
    chinese = target is Lang.ZH
    if metric is Metric.BLEU:
        return BLEU(tokenize="zh" if chinese else "13a")
    if metric is Metric.TER:
        # Without these two a Chinese clause would count as one word.
        return TER(normalized=chinese, asian_support=chinese)
    return CHRF(word_order=2 if metric is Metric.CHRF_PLUS else 0)
