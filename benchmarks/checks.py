"""How often the checks cry wolf on good translations, and how many planted mistakes they catch.

    python -m benchmarks.checks CORPUS… [--alarms CODE] [--missed KIND] [--json FILE]

A CORPUS is a TSV file of French, English and Chinese, or the path of `NAME.fr` with `NAME.en`, `NAME.zh` or
both beside it. Every alarm on a good translation counts as false, although some references do leave out what
the source says. `invented` is checked with the glossary of the package. `docs/checks.md` tells which corpora
the rules were tuned on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corruptions import CORRUPTIONS, Pair
from translate.domain import Finding, Lang
from translate.terms import Glossary, invented
from translate.text.checks import CODES, check, repair

SEED = 20
WARM = 50
TARGETS = (Lang.EN, Lang.ZH)


@dataclass(frozen=True)
class Row:
    """How many of `total` sentences were flagged."""

    table: str
    what: str
    corpus: str
    lang: Lang
    hits: int
    total: int

    @property
    def rate(self) -> float:
        return 100 * self.hits / self.total if self.total else 0.0


def read(path: Path) -> list[tuple[str, str, str]]:
    """The sentences of a corpus that has both translations: French, English, Chinese."""
    if path.suffix == ".fr":
        sides = [_lines(path.with_suffix(f".{lang}")) for lang in ("fr", "en", "zh")]
        return [(fr, en, zh) for fr, en, zh in zip(*sides, strict=True)]
    cells = [line.split("\t") for line in _lines(path)]
    return [(cell[0], cell[1], cell[2]) for cell in cells]


def pairs(path: Path) -> list[Pair]:
    """Every sentence of a corpus with each translation it has."""
    beside = {lang: path.with_suffix(f".{lang}") for lang in TARGETS}
    if path.suffix == ".fr" and not all(file.exists() for file in beside.values()):
        return [
            Pair(fr, text, lang)
            for lang, file in beside.items()
            if file.exists()
            for fr, text in zip(_lines(path), _lines(file), strict=True)
        ]
    return [
        Pair(fr, text, lang) for fr, *told in read(path) for lang, text in zip(TARGETS, told, strict=True)
    ]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def false_alarms(corpus: Path, show: str | None, console: Console) -> list[Row]:
    """One row per code and target."""
    totals: Counter[Lang] = Counter()
    hits: Counter[tuple[str, Lang]] = Counter()
    glossary = Glossary.load()
    for pair in pairs(corpus):
        totals[pair.lang] += 1
        findings = [*check(pair.source, pair.target, pair.lang), *_invented(pair, glossary)]
        for code in {finding.code for finding in findings}:
            hits[code, pair.lang] += 1
            if code == show:
                told = " | ".join(finding.message for finding in findings if finding.code == code)
                _print(console, f"{corpus.stem} {pair.lang}", pair.source, pair.target, told)
    return [
        Row("false alarms", code, corpus.stem, lang, hits[code, lang], totals[lang])
        for code in (*CODES, "invented")
        for lang in totals
    ]


def _invented(pair: Pair, glossary: Glossary) -> tuple[Finding, ...]:
    names = glossary.names(pair.lang)
    return invented(pair.source, pair.target, pair.lang, glossary.find(pair.source), names)


def caught(corpus: Path, show: str | None, console: Console) -> list[Row]:
    """One row per kind of mistake and target. Findings that the good translation has do not count."""
    rows = []
    every = pairs(corpus)
    for name, (corrupt, codes) in CORRUPTIONS.items():
        totals: Counter[Lang] = Counter()
        hits: Counter[Lang] = Counter()
        for number, pair in enumerate(every):
            wrong = corrupt(pair, random.Random(f"{SEED} {name} {number}"))
            if wrong is None or wrong == pair.target:
                continue
            totals[pair.lang] += 1
            known = {(f.code, f.message) for f in check(pair.source, pair.target, pair.lang)}
            found = {(f.code, f.message) for f in check(pair.source, wrong, pair.lang)} - known
            if any(code in codes for code, _ in found):
                hits[pair.lang] += 1
            elif name == show:
                _print(console, f"{corpus.stem} {pair.lang}", pair.source, pair.target, wrong)
        langs = dict.fromkeys(pair.lang for pair in every)
        rows += [Row("caught", name, corpus.stem, lang, hits[lang], totals[lang]) for lang in langs]
    return rows


def _print(console: Console, where: str, *texts: str) -> None:
    console.print("\n  ".join((where, *texts)), end="\n\n", markup=False, highlight=False, soft_wrap=True)


def show(rows: Sequence[Row], console: Console) -> None:
    """One table per kind of measurement, a column per corpus and target."""
    for title in dict.fromkeys(row.table for row in rows):
        chosen = [row for row in rows if row.table == title]
        columns = dict.fromkeys((row.corpus, row.lang) for row in chosen)
        table = Table(title=f"{title}, %")
        table.add_column("")
        for corpus, lang in columns:
            table.add_column(f"{corpus}\n{lang}", justify="right")
        for what in dict.fromkeys(row.what for row in chosen):
            cells = [
                f"{row.rate:.1f} ({row.hits}/{row.total})"
                for column in columns
                for row in chosen
                if row.what == what and (row.corpus, row.lang) == column
            ]
            table.add_row(what, *cells)
        console.print(table)


def speed(corpora: Sequence[Path]) -> float:
    """Segments mended and checked per second of processor time, each source for both targets in a row."""
    every = [pair for corpus in corpora for pair in pairs(corpus)]
    for pair in every[:WARM]:  # the tables are read
        check(pair.source, pair.target, pair.lang)
    start = time.process_time()
    for pair in every:
        text, _ = repair(pair.source, pair.target, pair.lang)
        check(pair.source, text, pair.lang)
    return len(every) / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="+", help="TSV, or NAME.fr beside NAME.en and NAME.zh")
    parser.add_argument("--alarms", choices=CODES, help="print every good translation with this finding")
    parser.add_argument(
        "--missed", choices=tuple(CORRUPTIONS), help="print every mistake of this kind not caught"
    )
    parser.add_argument("--json", type=Path, help="write all rows here")
    options = parser.parse_args()
    console = Console()
    per_second = speed(options.corpora)
    rows = [row for corpus in options.corpora for row in false_alarms(corpus, options.alarms, console)]
    rows += [row for corpus in options.corpora for row in caught(corpus, options.missed, console)]
    show(rows, console)
    console.print(f"{per_second:,.0f} segments per second of processor time")
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
