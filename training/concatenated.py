"""Long pairs: sentences of the news mix, several in a row, so that a model learns places it seldom sees.

    python -m training.concatenated --run runs/small

One sentence in a hundred of the text has more than a hundred pieces, and a model that has hardly ever been so
far loses its way there. Pairs that are put together teach it (Kondo et al., "Sentence Concatenation Approach
to Data Augmentation for Neural Machine Translation", NAACL SRW 2021). Some are joined by a semicolon, as one
sentence. Made of the tokens that are there, in their order, with their links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.command import guarded
from training.corpora import Corpus
from training.made import news_sets, run_news_step
from training.store import NO_LINK, TokenPairs
from training.vocabulary import EOS_ID, Vocabulary
from translate.domain import Lang

NAME = "concatenated"
"""Of the entry of corpora.yaml that asks for them."""
_MOST = 15_000  # pairs of one corpus and direction
_GOALS = (60, 170)  # pieces of the longer side, any number between as likely
_JOINED = 0.4  # share of the places between two sentences that get a semicolon, where they can
_NO_TEXT = frozenset({"glossary", "templates", "terms", "capitals", NAME})  # lists, or invented
_OPENERS = {
    Lang.FR: "Le La Les L Un Une Des Il Elle Ils Elles On Ce Cette Ces Cet Selon Dans En Pour Au Aux Mais",
    Lang.EN: "The A An He She It They This That These In At On For According But His Her Their Some Many",
}
"""What may open a clause behind a semicolon in small letters: no names."""
_STOPS = {Lang.FR: ".", Lang.EN: ".", Lang.ZH: "。"}
_SEMICOLONS = {Lang.FR: ";", Lang.EN: ";", Lang.ZH: "；"}

_ENDS = '.!?"。！？”'

NOTHING = -1
Ids = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Side:
    """How a text of a language goes on, in ids.

    `ends`: what a sentence ends with. `small`: each opener's small form. `inside`: what pieces that open a
    text are within one, for a language that has no spaces; NOTHING for a space alone.
    """

    stop: int
    semicolon: int
    ends: frozenset[int]
    small: Mapping[int, int]
    inside: Mapping[int, int]

    @classmethod
    def of(cls, vocabulary: Vocabulary, lang: Lang) -> Side:
        ids = vocabulary.ids
        small = {
            ids[f"▁{word}"]: ids[f"▁{word.lower()}"]
            for word in _OPENERS.get(lang, "").split()
            if f"▁{word}" in ids and f"▁{word.lower()}" in ids
        }
        inside = {}
        if lang is Lang.ZH:
            spaced = ((number, piece[1:]) for piece, number in ids.items() if piece.startswith("▁"))
            inside = {n: ids[rest] if rest else NOTHING for n, rest in spaced if not rest or rest in ids}
        ends = frozenset(ids[mark] for mark in _ENDS if mark in ids)
        return cls(ids.get(_STOPS[lang], -1), ids.get(_SEMICOLONS[lang], -1), ends, small, inside)

    def is_sentence(self, text: Ids) -> bool:
        return len(text) > 1 and int(text[-1]) in self.ends

    def can_follow(self, text: Ids) -> bool:
        """True if it may stand behind another."""
        return not self.inside or int(text[0]) in self.inside

    def can_join(self, first: Ids, second: Ids) -> bool:
        """True if `first` may lose its full stop, and `second` its capital."""
        opens = bool(self.inside) or int(second[0]) in self.small
        return self.semicolon >= 0 and int(first[-1]) == self.stop and opens

    def join(self, first: Ids, second: Ids) -> None:
        """Makes one sentence of both, in place."""
        first[-1] = self.semicolon
        second[0] = self.small.get(int(second[0]), second[0])


@dataclass(frozen=True, slots=True)
class Row:
    """One pair without tag and ends. `links`: positions in `source`, or NO_LINK."""

    source: Ids
    target: Ids
    links: NDArray[np.int64]

    @classmethod
    def of(cls, pair: TokenPairs) -> Row:
        links = pair.links[:-1].astype(np.int64)
        links = np.where(links == NO_LINK, NO_LINK, links - 1)
        return cls(pair.source[1:-1].copy(), pair.target[:-1].copy(), links)

    def behind_another(self, side: Side) -> Row:
        """The same as it is within a text. `side`: of the target."""
        inside = side.inside.get(int(self.target[0]), int(self.target[0]))
        if inside == NOTHING:
            return Row(self.source, self.target[1:], self.links[1:])
        self.target[0] = inside
        return self


def groups(pairs: TokenPairs, rng: np.random.Generator) -> list[range]:
    """Pairs that follow one another and have room together; each goal is drawn anew."""
    longest = np.maximum(pairs.source_lengths, pairs.target_lengths).tolist()
    found, start, room = [], 0, int(rng.integers(*_GOALS))
    for number, length in enumerate([*longest, _GOALS[1]]):
        if length > room:
            if number - start > 1:
                found.append(range(start, number))
            start, room = number, int(rng.integers(*_GOALS))
        room -= length
    return found


def concatenated(
    pairs: TokenPairs, sides: tuple[Side, Side], rng: np.random.Generator
) -> Iterator[Sequence[Row]]:
    """Rows of `pairs` that go together, `_MOST` times at most; each pair once at most."""
    found = groups(pairs, rng)
    for place in sorted(rng.permutation(len(found))[:_MOST].tolist()):
        rows: list[Row] = []
        for number in found[place]:
            row = Row.of(pairs.between(number, number + 1))
            french, other = sides
            if not (french.is_sentence(row.source) and other.is_sentence(row.target)):
                break
            if rows:
                if not other.can_follow(row.target):
                    break
                both = ((french, rows[-1].source, row.source), (other, rows[-1].target, row.target))
                if all(side.can_join(*texts) for side, *texts in both) and rng.random() < _JOINED:
                    for side, *texts in both:
                        side.join(*texts)
                row = row.behind_another(other)
            rows.append(row)
        if len(rows) > 1:
            yield rows


def as_pairs(made: Iterable[Sequence[Row]], tag: int) -> TokenPairs:
    """Each group of rows as one pair, linked as its rows were, the ends with each other."""
    sources, targets, links = [], [], []
    for rows in made:
        starts = np.cumsum([1, *(len(row.source) for row in rows)])
        found = [
            np.where(row.links == NO_LINK, NO_LINK, np.minimum(row.links + start, NO_LINK))
            for row, start in zip(rows, starts, strict=False)
        ]
        sources.append(np.concatenate([[tag], *(row.source for row in rows), [EOS_ID]]).astype(np.uint16))
        targets.append(np.concatenate([*(row.target for row in rows), [EOS_ID]]).astype(np.uint16))
        links.append(np.concatenate([*found, [min(int(starts[-1]), NO_LINK)]]).astype(np.uint8))
    bare = TokenPairs.from_lists(sources, targets)
    flat = np.concatenate(links) if links else np.zeros(0, np.uint8)
    return TokenPairs(bare.source, bare.target, bare.source_ends, bare.target_ends, flat)


def write_tokens(run: Path, corpora: Sequence[Corpus]) -> None:
    """`tokens/concatenated.fr-en.npz` and `tokens/concatenated.fr-zh.npz`."""
    vocabulary = Vocabulary(run / "vocabulary")
    rng = np.random.default_rng(1)
    for target in (Lang.EN, Lang.ZH):
        sides = Side.of(vocabulary, Lang.FR), Side.of(vocabulary, target)
        sets = (TokenPairs.load(path) for path in news_sets(run, corpora, target, _NO_TEXT))
        made = chain.from_iterable(concatenated(each, sides, rng) for each in sets)
        pairs = as_pairs(made, vocabulary.tag_id(target))
        pairs.save(run / "tokens" / f"{NAME}.{Lang.FR}-{target}.npz")
        print(f"{NAME}.{Lang.FR}-{target}: {len(pairs):,} pairs", flush=True)


def main() -> int:
    return run_news_step(__doc__, write_tokens)


if __name__ == "__main__":
    guarded(main)
