"""How many errors a second look removes, and what it costs.

    python -m benchmarks.revision CORPUS… [--limit N] [--model NAME] [--no-glossary] [--json FILE]

A CORPUS is what `benchmarks.checks` reads. Each sentence is translated as the model says it, repaired, then
with the second look; counted are the sentences with an error of each kind, as the checks see them, and
processor time.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.checks import read
from translate.domain import Hypothesis, Lang, Severity
from translate.engines import LoadedEngine
from translate.evaluate.metrics import Metric, Sufficient
from translate.loading import load_engine
from translate.registry import Registry, Task
from translate.revision import Reviser, Revision
from translate.terms import Glossary

WAYS = {"first hypothesis": Revision(retry=False), "second look": Revision()}


@dataclass(frozen=True)
class Outcome:
    """What one way gives for one corpus in one language. `errors`: sentences with each kind of error."""

    corpus: str
    lang: Lang
    way: str
    sentences: int
    wrong: int
    errors: dict[str, int]
    bleu: float
    chrf: float
    seconds: float


def measure(
    engine: LoadedEngine, glossary: Glossary, corpus: Path, lang: Lang, limit: int | None
) -> list[Outcome]:
    rows = read(corpus)[:limit]
    sources, references = [row[0] for row in rows], [row[1 if lang is Lang.EN else 2] for row in rows]
    outcomes = []
    for way, how in WAYS.items():
        begun = time.process_time()
        said = Reviser(engine, "", glossary, how=how).translate(sources, lang)
        took = time.process_time() - begun
        outcomes.append(_outcome(corpus.stem, lang, way, said, references, took))
    return outcomes


def _outcome(
    corpus: str, lang: Lang, way: str, said: Sequence[Hypothesis], references: Sequence[str], took: float
) -> Outcome:
    kinds = [{finding.code for finding in one.findings if finding.severity is Severity.ERROR} for one in said]
    texts = [one.text for one in said]
    return Outcome(
        corpus,
        lang,
        way,
        len(said),
        sum(map(bool, kinds)),
        dict(Counter(code for found in kinds for code in sorted(found))),
        round(Sufficient(Metric.BLEU, lang, texts, references).corpus(), 2),
        round(Sufficient(Metric.CHRF, lang, texts, references).corpus(), 2),
        round(took, 1),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="+", metavar="CORPUS")
    parser.add_argument("--limit", type=int, help="sentences of each corpus at most")
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--no-glossary", action="store_true")
    parser.add_argument("--json", type=Path)
    a = parser.parse_args()
    glossary = Glossary() if a.no_glossary else Glossary.load()
    engine = load_engine(Registry.load().get(a.model, task=Task.TRANSLATE))
    outcomes = [
        outcome
        for corpus in a.corpora
        for lang in (Lang.EN, Lang.ZH)
        for outcome in measure(engine, glossary, corpus, lang, a.limit)
    ]
    table = Table("corpus", "language", "way", "sentences", "with an error", "kinds", "BLEU", "chrF", "cpu s")
    for one in outcomes:
        kinds = ", ".join(f"{code} {count}" for code, count in sorted(one.errors.items()))
        numbers = map(str, (one.bleu, one.chrf, one.seconds))
        table.add_row(one.corpus, one.lang, one.way, str(one.sentences), str(one.wrong), kinds, *numbers)
    Console(width=160).print(table)
    if a.json:
        a.json.write_text(json.dumps([asdict(one) for one in outcomes], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
