"""Which words stand for a French one in the training text: `training.lexicon` chooses among them.

The words of both sides are aligned as pieces are (`training.align`), those of Chinese sign by sign; what
stands in a row and looks at the same French word is a phrase.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from training.align import Table, blocks, links
from training.corpora import Corpus, read_pairs
from training.store import NO_LINK, TokenPairs
from translate.domain import Lang

EVERY: Final = {"europarl": 3, "captions": 2}
"""Of large texts, every how manieth pair is read."""
LEFT_OUT: Final = frozenset(
    {"acts", "regulations", "manuals-fr-en", "manuals-fr-zh", "names-fr-en", "names-fr-zh", "sdg-words-fr-en",
     "sdg-fr-zh", "words-fr-zh"}
)  # fmt: skip
"""Statutes, manuals and dictionaries have senses of their own; names are not looked for."""
WEIGHTS: Final = {"agency": 3, "newsroom": 3, "glossary": 3, "news-fr-en": 2}
"""How much a pair counts: news and what was written for this project more than debates."""

_WORDS = 65_000  # of each language that are told apart, the commonest
_NO_WORD = 1  # the id of all others; 0 stands before each source
_CELLS = 2**27  # of the table of all pairs of words
_ROUNDS = 5
_SMALL_SHARE = 0.1  # of a word's forms, those in small letters, if it is no name
_FRENCH = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?|\d+|[^\w\s]")
_AROUND = frozenset({
    "a", "an", "the", "of", "for", "to", "at", "in", "on", "by", "with", "from", "as", "and", "or", "who",
    "which", "that", "was", "were", "is", "are", "be", "been", "has", "have", "had", "will", "would", "it",
    "its", "his", "her", "their", "he", "they", "she", "into", "not", "do", "does", "did", "said", "says",
    "while", "this", "these", "those", "there", "的", "了", "·",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """How a target language is read.

    `between`: what stands between the words of a phrase, of `longest` words at most. `sure`: probability of a
    link that counts. `size`: words of the longest sentence that is aligned.
    """

    words: re.Pattern[str]
    between: str
    longest: int
    sure: float
    size: int


KINDS: Final = {
    Lang.EN: Kind(
        re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*|\d+|[^\w\s]"),
        " ",
        longest=3,
        sure=0.5,
        size=59,
    ),
    Lang.ZH: Kind(re.compile(r"[A-Za-z]+|\d+|\S"), "", longest=6, sure=0.35, size=110),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pair in words. `weight`: how much it counts."""

    french: list[str]
    other: list[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Words:
    """The ids of a language's words, in small letters, and how these are written inside a sentence."""

    ids: Mapping[str, int]
    written: Mapping[str, str]

    @classmethod
    def of(cls, sentences: Iterable[Sequence[str]]) -> Words:
        counts: Counter[str] = Counter()
        inside: dict[str, Counter[str]] = defaultdict(Counter)
        for words in sentences:
            counts.update(word.lower() for word in words)
            for word in words[1:]:
                inside[word.lower()][word] += 1
        kept = sorted(counts, key=lambda word: (-counts[word], word))[:_WORDS]
        written = {word: _usual(word, forms) for word, forms in inside.items()}
        return cls({word: number for number, word in enumerate(kept, start=_NO_WORD + 1)}, written)

    def numbers(self, words: Iterable[str]) -> NDArray[np.uint16]:
        return np.array([self.ids.get(word.lower(), _NO_WORD) for word in words], np.uint16)

    def form(self, word: str) -> str:
        return self.written.get(word.lower(), word.lower())


def _usual(word: str, forms: Counter[str]) -> str:
    """How a word is written: in small letters, unless it nearly never is. A Minister is a minister, too."""
    if forms[word] >= _SMALL_SHARE * forms.total():
        return word
    return max(sorted(forms), key=forms.__getitem__)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word or phrase for a French word: the weight of its links, and in how many sentences."""

    text: str
    weight: float
    sentences: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A French word: how much the sentences with it weigh, and what stood for it, good and bad."""

    weight: float
    meanings: tuple[Meaning, ...]


def chosen(corpora: Iterable[Corpus], target: Lang) -> Iterator[tuple[Corpus, tuple[int, int]]]:
    """The corpora whose French words and the target's are looked at, and their columns."""
    for corpus in corpora:
        if corpus.languages[0] is Lang.FR and target in corpus.languages and corpus.name not in LEFT_OUT:
            yield corpus, (0, corpus.languages.index(target))


def read(corpora: Iterable[Corpus], data: Path, held_out: frozenset[str], target: Lang) -> Iterator[Sentence]:
    """The words of each pair of French and the target."""
    seen: set[int] = set()
    for corpus, columns in chosen(corpora, target):
        every, weight = EVERY.get(corpus.name, 1), WEIGHTS.get(corpus.name, 1)
        for number, pair in enumerate(read_pairs(corpus, columns, data, held_out, seen)):
            if number % every == 0:
                other = KINDS[target].words.findall(pair.target)
                yield Sentence(_FRENCH.findall(pair.source), other, weight)


def entries(sentences: Sequence[Sentence], target: Lang) -> dict[str, Entry]:
    """What stands for each French word."""
    kind = KINDS[target]
    french, other = Words.of(one.french for one in sentences), Words.of(one.other for one in sentences)
    corpus = TokenPairs.from_lists(
        [np.concatenate([[np.uint16(0)], french.numbers(one.french)]) for one in sentences],
        [other.numbers(one.other) for one in sentences],
    )
    size = _NO_WORD + 1 + max(len(french.ids), len(other.ids))
    table = Table(size, size, cells=min(size * size, _CELLS))
    for number in range(_ROUNDS):
        table = table.after((here, there) for here, there, _ in blocks(corpus, len(corpus), kind.size))
        print(f"alignment: round {number + 1} of {_ROUNDS} done", flush=True)
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for here, there, members in blocks(corpus, len(corpus), kind.size):
        for row, member in zip(links(table, here, there, kind.sure), members, strict=True):
            one = sentences[member]
            for place, phrase in _phrases(row, [other.form(word) for word in one.other], kind):
                word = one.french[place] if place else french.form(one.french[place])
                weights[word][phrase] += one.weight
                counts[word][phrase] += 1
    whole: Counter[str] = Counter()
    for one in sentences:
        whole.update(dict.fromkeys([*map(french.form, one.french[:1]), *one.french[1:]], one.weight))
    return {
        word: Entry(
            whole[word], tuple(Meaning(text, found[text], counts[word][text]) for text in sorted(found))
        )
        for word, found in sorted(weights.items())
    }


def _phrases(row: NDArray[np.uint8], words: Sequence[str], kind: Kind) -> Iterator[tuple[int, str]]:
    """Place of a French word and the words in a row that look at it, without small ones around them."""
    start = 0
    while start < len(row):
        end = start + 1
        while end < len(row) and row[end] == row[start]:
            end += 1
        if row[start] != NO_LINK and row[start] > 0:
            phrase = list(words[start:end])
            while phrase and phrase[0] in _AROUND:
                phrase.pop(0)
            while phrase and phrase[-1] in _AROUND:
                phrase.pop()
            yield int(row[start]) - 1, kind.between.join(phrase) if len(phrase) <= kind.longest else ""
        start = end
