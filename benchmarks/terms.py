"""How many of the glossary's terms a translation has, by how they are asked for.

    python -m benchmarks.terms CORPUS [--limit N] [--model NAME] [--glossary FILE] [--json FILE] [--show]

CORPUS: a TSV file of French, English and Chinese. Only terms count that stand in the source and whose form
stands in the reference: there the form is surely right. Compared are

  alone     what the model says of its own accord
  masked    each term a placeholder that is replaced afterwards, as most tools do it
  given     each term written into the source in the target language
  revision  what `translate` does: missing terms put in, given, led to

with chrF over the sentences that have a term, how many say a term more often than the source does, processor
time, and of revision how each term came to be there.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.checks import read
from translate.domain import Hypothesis, Lang, TermUse
from translate.engines import LoadedEngine
from translate.evaluate.metrics import Metric, Sufficient
from translate.loading import load_engine
from translate.registry import Registry, Task
from translate.revision import Reviser
from translate.revision.given import with_terms
from translate.terms import Glossary, TermMatch, applied

_MASK = re.compile(r"\bX([A-H])7\b")


@dataclass(frozen=True)
class Case:
    """A sentence with terms that its reference has too."""

    source: str
    reference: str
    matches: tuple[TermMatch, ...]


@dataclass(frozen=True)
class Row:
    """What one way of asking gives in one language."""

    way: str
    lang: Lang
    sentences: int
    terms: int
    applied: int
    doubled: int
    chrf: float
    seconds: float
    status: dict[str, int]

    @property
    def accuracy(self) -> float:
        return 100 * self.applied / self.terms if self.terms else 0.0


def cases(corpus: Path, glossary: Glossary, lang: Lang, limit: int | None) -> list[Case]:
    """The sentences that have a term, with those of their terms that the reference has."""
    found = []
    for row in read(corpus):
        source, reference = row[0], row[1 if lang is Lang.EN else 2]
        matches = tuple(match for match in glossary.find(source) if applied(match, reference, lang))
        if matches:
            found.append(Case(source, reference, matches))
    return found[:limit]


def alone(engine: LoadedEngine, some: Sequence[Case], lang: Lang, glossary: Glossary) -> list[Hypothesis]:
    return engine.translate([case.source for case in some], lang)


def masked(engine: LoadedEngine, some: Sequence[Case], lang: Lang, glossary: Glossary) -> list[Hypothesis]:
    sources = []
    for case in some:
        text = case.source
        for number, match in reversed(list(enumerate(case.matches))):
            text = f"{text[: match.start]}X{chr(65 + number % 8)}7{text[match.end :]}"
        sources.append(text)
    said = engine.translate(sources, lang)
    return [replace(one, text=_unmasked(one.text, case, lang)) for one, case in zip(said, some, strict=True)]


def _unmasked(text: str, case: Case, lang: Lang) -> str:
    def form(mask: re.Match[str]) -> str:
        number = ord(mask[1]) - 65
        return (case.matches[number].preferred(lang) or "") if number < len(case.matches) else mask[0]

    return _MASK.sub(form, text)


def given(engine: LoadedEngine, some: Sequence[Case], lang: Lang, glossary: Glossary) -> list[Hypothesis]:
    return engine.translate([with_terms(case.source, case.matches, lang) for case in some], lang)


def revision(engine: LoadedEngine, some: Sequence[Case], lang: Lang, glossary: Glossary) -> list[Hypothesis]:
    return Reviser(engine, "", glossary).translate([case.source for case in some], lang)


WAYS: tuple[Callable[[LoadedEngine, Sequence[Case], Lang, Glossary], list[Hypothesis]], ...] = (
    alone, masked, given, revision,
)  # fmt: skip


def measure(
    way: str, said: Sequence[Hypothesis], some: Sequence[Case], lang: Lang, seconds: float = 0.0
) -> Row:
    texts = [one.text for one in said]
    hits = doubled = 0
    for text, case in zip(texts, some, strict=True):
        hits += sum(applied(match, text, lang) is not None for match in case.matches)
        doubled += any(_count(match, text, lang) > _count_of(match, case.matches) for match in case.matches)
    chrf = Sufficient(Metric.CHRF, lang, texts, [case.reference for case in some]).corpus()
    terms = sum(len(case.matches) for case in some)
    status = Counter(
        use.status.value for one, case in zip(said, some, strict=True) for use in _uses(one, case)
    )
    return Row(way, lang, len(some), terms, hits, doubled, round(chrf, 2), round(seconds, 1), dict(status))


def _uses(said: Hypothesis, case: Case) -> list[TermUse]:
    """What became of the terms that are measured; nothing where nobody looked after them."""
    places = {(match.start, match.end) for match in case.matches}
    return [use for use in said.terms if use.source_span in places]


def _count(match: TermMatch, text: str, lang: Lang) -> int:
    form = match.preferred(lang) or ""
    return text.lower().count(form.lower()) if form else 0


def _count_of(match: TermMatch, matches: Sequence[TermMatch]) -> int:
    """How often the source says the term, alone or within another term."""
    form = match.term.preferred(Lang.EN) or match.term.french
    return sum(form in (other.term.preferred(Lang.EN) or other.term.french) for other in matches)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, help="sentences at most")
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--glossary", type=Path, action="append", default=[])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is still missing after revision")
    a = parser.parse_args()
    glossary, console = Glossary.load(a.glossary), Console()
    engine = load_engine(Registry.load().get(a.model, task=Task.TRANSLATE))
    rows = []
    for lang in (Lang.EN, Lang.ZH):
        some = cases(a.corpus, glossary, lang, a.limit)
        for way in WAYS:
            begun = time.process_time()
            said = way(engine, some, lang, glossary)
            rows.append(measure(way.__name__, said, some, lang, time.process_time() - begun))
        for one, case in zip(said, some, strict=True) if a.show else ():
            for match in case.matches:
                if not applied(match, one.text, lang):
                    console.print(f"{match.surface} → {match.preferred(lang)}", style="red")
                    console.print(f"  {case.source}\n  {one.text}\n", markup=False)
    table = Table("way", "language", "sentences", "terms", "applied %", "doubled", "chrF", "cpu s", "how")
    for row in rows:
        numbers = (row.sentences, row.terms, f"{row.accuracy:.1f}", row.doubled, row.chrf, row.seconds)
        how = ", ".join(f"{name} {count}" for name, count in sorted(row.status.items()))
        table.add_row(row.way, row.lang, *map(str, numbers), how)
    console.print(table)
    if a.json:
        report = [{**asdict(row), "accuracy": round(row.accuracy, 2)} for row in rows]
        a.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
