"""How good a translation is: scores with signatures, comparisons, quality floors.

    from translate.evaluate import TestSet, evaluate

    testset = TestSet.read(Path("news.fr"), Path("news.en"))
    report = evaluate(engine, testset, Lang.EN)
    print(*report.scores, sep="\\n")

Nothing heavy is imported until something is scored; sacrebleu comes with the extra `evaluate`.
"""

from __future__ import annotations

from translate.evaluate.floors import (
    Check,
    Floor,
    Status,
    check_floor,
    read_floors,
    record_floors,
    require_comparable,
    write_floors,
)
from translate.evaluate.metrics import Metric, Score, default_metrics
from translate.evaluate.published import Published, read_published
from translate.evaluate.report import Report, WorstCase, evaluate, score, score_set
from translate.evaluate.significance import Comparison, Contrast, Difference, compare
from translate.evaluate.suite import SUITE, Absent, find_set
from translate.evaluate.testset import TestSet, read_lines
from translate.text.tags import language_of

__all__ = [
    "SUITE",
    "Absent",
    "Check",
    "Comparison",
    "Contrast",
    "Difference",
    "Floor",
    "Metric",
    "Published",
    "Report",
    "Score",
    "Status",
    "TestSet",
    "WorstCase",
    "check_floor",
    "compare",
    "default_metrics",
    "evaluate",
    "find_set",
    "language_of",
    "read_floors",
    "read_lines",
    "read_published",
    "record_floors",
    "require_comparable",
    "score",
    "score_set",
    "write_floors",
]
