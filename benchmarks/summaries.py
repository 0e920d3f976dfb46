"""How good the French summaries are, beside lead sentences, TextRank and chance.

    python -m benchmarks.summaries ARTICLES.jsonl [--model DIR] [--json FILE]

ARTICLES.jsonl has one article a line: `body` (paragraphs), `abstract` (the reference), `title`. The title is
not read, except by the system called "with title". Each half of the file is scored by itself, because the
weights were fitted on the first one.

Two tables. "As it is": the first 1 or 2 sentences a system chooses. "Equal length": the same sentences, then
the system's next ones, cut at exactly the number of words of the article's lead-1 or lead-2; so all systems
show the same number of words for each article. The interval is a paired bootstrap (2,000 resamples, 95 %) of
the difference to lead over the mean of ROUGE-1, -2 and -L.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.rouge import rouge, words
from translate.domain import Lang
from translate.summaries import SummaryInput
from translate.summaries.extractive import ExtractiveSummarizer
from translate.summaries.words import words_of
from translate.text.segment import segment

if TYPE_CHECKING:
    from translate.summaries import Embed

RANDOM_SEEDS = 5
RESAMPLES = 2000
COUNTS = (1, 2)


@dataclass(frozen=True)
class Article:
    """One article: its sentences by paragraph, and the summary and title its editor wrote."""

    paragraphs: Mapping[int, tuple[str, ...]]
    abstract: str
    title: str

    @property
    def sentences(self) -> list[str]:
        return [sentence for texts in self.paragraphs.values() for sentence in texts]


Ranking = Callable[[Article], Iterator[Sequence[str]]]
"""Gives the summary of 1, 2, 3 … sentences, each in reading order and holding the ones before."""


@dataclass(frozen=True)
class Row:
    """Mean scores of one system on one half; `gain`: mean difference to lead, within `low` … `high`."""

    system: str
    half: str
    sentences: int
    equal_length: bool
    words: float
    rouge_1: float
    rouge_2: float
    rouge_l: float
    gain: float
    low: float
    high: float


def read(path: Path) -> list[Article]:
    """The articles of a file."""
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Article(
            {n: tuple(s.text for s in segment(text)) for n, text in enumerate(entry["body"])},
            entry["abstract"],
            entry["title"],
        )
        for entry in entries
    ]


def in_order(article: Article, ranked: Sequence[int]) -> Iterator[Sequence[str]]:
    """Growing summaries from sentence numbers, best first."""
    sentences = article.sentences
    for count in range(1, len(ranked) + 1):
        yield [sentences[number] for number in sorted(ranked[:count])]


def lead(article: Article) -> Iterator[Sequence[str]]:
    return in_order(article, range(len(article.sentences)))


def by_chance(seed: int) -> Ranking:
    def ranking(article: Article) -> Iterator[Sequence[str]]:
        numbers = list(range(len(article.sentences)))
        random.Random(f"{seed} {article.sentences[0]}").shuffle(numbers)
        return in_order(article, numbers)

    return ranking


def textrank(article: Article) -> Iterator[Sequence[str]]:
    """Plain TextRank: common content words over the sum of log lengths, damping 0.85."""
    stems = [frozenset(words_of(Lang.FR).stems(sentence)) for sentence in article.sentences]
    size = len(stems)
    alike = np.zeros((size, size))
    for row in range(size):
        for column in range(row):
            norm = np.log(len(stems[row]) + 1e-9) + np.log(len(stems[column]) + 1e-9)
            alike[row, column] = len(stems[row] & stems[column]) / norm if norm > 0 else 0.0
    alike += alike.T
    moves = alike / np.maximum(alike.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(size, 1 / size)
    for _ in range(50):
        rank = 0.15 / size + 0.85 * (moves.T @ rank)
    return in_order(article, [int(number) for number in np.argsort(-rank, kind="stable")])


def ours(embed: Embed | None, *, title: bool = False) -> Ranking:
    summarizer = ExtractiveSummarizer(embed)

    def ranking(article: Article) -> Iterator[Sequence[str]]:
        for count in range(1, len(article.sentences) + 1):
            document = SummaryInput(article.title if title else None, article.paragraphs, count, gists=False)
            yield [sentence.text for sentence in summarizer.summarize(document).sentences]

    return ranking


def remembered(embed: Embed) -> Embed:
    """`embed` that is asked once per sentence: the benchmark makes many summaries of one article."""
    known: dict[str, NDArray[np.float32]] = {}

    def asked_once(sentences: Sequence[str]) -> NDArray[np.float32]:
        missing = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
        if missing:
            known.update(zip(missing, embed(missing), strict=True))
        return np.stack([known[sentence] for sentence in sentences])

    return asked_once


def shown(ranking: Ranking, article: Article, count: int) -> tuple[str, str]:
    """The summary of `count` sentences as it is, and at the length of the lead."""
    length = len(words(" ".join(article.sentences[:count])))
    as_it_is: list[str] = []
    longer: list[str] = []
    for number, sentences in enumerate(ranking(article), start=1):
        if number <= count:
            as_it_is, longer = list(sentences), list(sentences)
        else:
            longer += [sentence for sentence in sentences if sentence not in longer]
        if number >= count and len(words(" ".join(longer))) >= length:
            break
    return " ".join(as_it_is), " ".join(words(" ".join(longer))[:length])


Scores = NDArray[np.float64]  # one row per article: ROUGE-1, ROUGE-2, ROUGE-L, words


def scores(ranking: Ranking, articles: Sequence[Article], count: int) -> tuple[Scores, Scores]:
    """Scores as it is and at equal length."""
    pairs = [(shown(ranking, article, count), article.abstract) for article in articles]
    tables = (
        np.array([[*rouge(texts[way], abstract), len(words(texts[way]))] for texts, abstract in pairs])
        for way in (0, 1)
    )
    as_it_is, equal = tables
    return as_it_is, equal


def interval(difference: NDArray[np.float64]) -> tuple[float, float]:
    """95 % of the bootstrap means of paired differences."""
    draws = np.random.default_rng(1).integers(0, len(difference), (RESAMPLES, len(difference)))
    low, high = np.percentile(difference[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def measure(systems: Mapping[str, Sequence[Ranking]], articles: Sequence[Article], half: str) -> list[Row]:
    """All rows of one half. A system of several rankings is scored by their mean; the first one is lead."""
    rows = []
    for count in COUNTS:
        base: tuple[Scores, Scores] | None = None
        for name, rankings in systems.items():
            runs = [scores(ranking, articles, count) for ranking in rankings]
            means = (np.mean([run[0] for run in runs], axis=0), np.mean([run[1] for run in runs], axis=0))
            base = base or means
            for equal, (table, lead_table) in enumerate(zip(means, base, strict=True)):
                difference = (table - lead_table)[:, :3].mean(axis=1)
                low, high = interval(difference)
                one, two, longest, length = (float(value) for value in table.mean(axis=0))
                gain = float(difference.mean())
                rows.append(Row(name, half, count, bool(equal), length, one, two, longest, gain, low, high))
    return rows


def show(rows: Sequence[Row], console: Console) -> None:
    for half, count, equal in dict.fromkeys((r.half, r.sentences, r.equal_length) for r in rows):
        way = "equal length" if equal else "as it is"
        table = Table(title=f"{half}, {count} sentence(s), {way}")
        for column in ("system", "words", "ROUGE-1", "ROUGE-2", "ROUGE-L", "to lead"):
            table.add_column(column, justify="left" if column == "system" else "right")
        for r in rows:
            if (r.half, r.sentences, r.equal_length) == (half, count, equal):
                figures = (r.words, r.rouge_1, r.rouge_2, r.rouge_l)
                gain = f"{r.gain:+.1f} ({r.low:+.1f} … {r.high:+.1f})"
                table.add_row(r.system, *(f"{f:.1f}" for f in figures), gain)
        console.print(table)


def systems_with(embed: Embed | None) -> dict[str, Sequence[Ranking]]:
    """What is compared, lead first."""
    found: dict[str, Sequence[Ranking]] = {
        "lead": [lead],
        "random": [by_chance(seed) for seed in range(RANDOM_SEEDS)],
        "TextRank": [textrank],
        "ours, letters only": [ours(None)],
    }
    if embed is not None:
        found["ours, with encoder"] = [ours(embed)]
    found["ours, with title"] = [ours(embed, title=True)]
    return found


def encoder(model: str | None) -> Embed | None:
    """The encoder of a registered translation model, or `None`."""
    if model is None:
        return None
    from translate.loading import load_engine
    from translate.registry import Registry, Task

    return remembered(load_engine(Registry.load().get(model, task=Task.TRANSLATE)).embed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=Path, help="JSONL with body, abstract, title")
    parser.add_argument("--model", help="translation model whose encoder gives the vectors, e.g. embedded")
    parser.add_argument("--json", type=Path, help="write all rows here")
    options = parser.parse_args()
    articles = read(options.articles)
    systems = systems_with(encoder(options.model))
    middle = (len(articles) + 1) // 2
    rows = measure(systems, articles[:middle], "first half (fitted on)")
    rows += measure(systems, articles[middle:], "second half (held out)")
    show(rows, Console())
    if options.json:
        report = {"articles": str(options.articles.name), "model": options.model}
        options.json.write_text(
            json.dumps({**report, "rows": [asdict(row) for row in rows]}, indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
