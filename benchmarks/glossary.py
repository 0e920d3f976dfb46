"""The default glossary against human translations, and how fast terms are found.

    python benchmarks/glossary.py recall dev.tsv        French, English, Chinese in columns
    python benchmarks/glossary.py speed dev.tsv         words per second with 50,000 terms, and loading

`recall`: of the terms found in the French, the share whose translation has an accepted form, per language,
and each term below 90 %, to be given the form it lacks or left out. `speed` counts processor time.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from translate.domain import Lang
from translate.terms import Glossary, Term, applied

Row = tuple[str, str, str]
LANGUAGES = (Lang.EN, Lang.ZH)
DECODED_WORDS_PER_S = 600  # the embedded model on two cores
FEW = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("recall", "speed"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--glossary", action="append", default=[], type=Path, help="more glossaries")
    parser.add_argument("--terms", type=int, default=50_000, help="how many terms to be fast with")
    options = parser.parse_args()
    rows = [row for file in options.files for row in read(file)]
    if options.what == "recall":
        recall(Glossary.load(options.glossary), rows)
    else:
        speed(options.terms, [row[0] for row in rows])


def read(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) == 3:
            yield cells[0], cells[1], cells[2]


def recall(glossary: Glossary, rows: Iterable[Row]) -> None:
    found: Counter[tuple[str, Lang]] = Counter()
    right: Counter[tuple[str, Lang]] = Counter()
    sentences = 0
    for french, *targets in rows:
        sentences += 1
        for match in glossary.find(french):
            for lang, target in zip(LANGUAGES, targets, strict=True):
                if match.term.preferred(lang):
                    key = (match.term.french, lang)
                    found[key] += 1
                    right[key] += applied(match, target, lang) is not None
    for lang in LANGUAGES:
        asked = sum(count for (_, of), count in found.items() if of is lang)
        given = sum(count for (_, of), count in right.items() if of is lang)
        print(f"{lang}: {given} of {asked} terms in {sentences} sentences, {given / max(asked, 1):.2%}")
    for (french, lang), count in found.most_common():
        if right[french, lang] < FEW * count:
            print(f"  {lang} {right[french, lang]}/{count} {french}")


def speed(wanted: int, sentences: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.tsv"
        write(path, itertools.islice(many(Glossary.load().terms), wanted))
        begun = time.process_time()
        glossary = Glossary.load([path], default=False)
        loaded = time.process_time()
        glossary.find("")
        indexed = time.process_time()
    words = sum(len(sentence.split()) for sentence in sentences)
    passes = []
    for _ in range(2):
        begun_finding = time.process_time()
        terms = sum(len(glossary.find(sentence)) for sentence in sentences)
        passes.append(words / (time.process_time() - begun_finding))
    print(
        f"{len(glossary.terms):,} terms: read in {loaded - begun:.2f} s, indexed in {indexed - loaded:.2f} s"
    )
    print(f"{words:,} words, {terms:,} terms found; {passes[0]:,.0f} words/s, again {passes[1]:,.0f} words/s")
    print(f"share of decoding at {DECODED_WORDS_PER_S} words/s: {DECODED_WORDS_PER_S / passes[0]:.2%}")


def many(terms: Sequence[Term]) -> Iterator[tuple[str, str, str]]:
    """The terms themselves, then made ones that share their words, as large glossaries do."""
    rows = [(t.french, t.preferred(Lang.EN) or "-", t.preferred(Lang.ZH) or "-") for t in terms]
    yield from rows
    for one, other in itertools.product(rows, rows):
        if one is not other:
            yield f"{one[0]} de {other[0]}", f"{other[1]} {one[1]}", f"{other[2]}{one[2]}"


def write(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(
            file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n"
        ).writerows(rows)


if __name__ == "__main__":
    main()
