"""One dispatch, one sense: `livres` are those that the dispatch speaks of, not always the British ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from translate.domain import Hypothesis, Lang, Origin
from translate.revision.spans import Edit, with_edit
from translate.text.tables import folded


@dataclass(frozen=True, slots=True)
class _Sense:
    """Of a word. `word`, `told`: it, and what it is said in full as, in folded French.

    `mistaken`: for each language, what it is taken for, and what to write instead.
    """

    word: re.Pattern[str]
    told: re.Pattern[str]
    mistaken: Mapping[Lang, tuple[tuple[re.Pattern[str], str], ...]]


def meant(hypotheses: Mapping[str, Hypothesis], lang: Lang) -> dict[str, Hypothesis]:
    """The sentences of one dispatch, by their source, in which a word was taken for something else.

    Only where the dispatch tells of one sense of the word and no other. What people wrote stays.
    """
    texts = {source: folded(source) for source in hypotheses}
    found: dict[str, Hypothesis] = {}
    for sense in _told("\n".join(texts.values())):
        for source, text in texts.items():
            said = found.get(source, hypotheses[source])
            if said.origin is not Origin.MEMORY and sense.word.search(text):
                new = _corrected(said, sense, lang)
                found |= {source: new} if new is not said else {}
    return found


def _told(text: str) -> Iterator[_Sense]:
    """Of each word in a folded dispatch its sense, if the dispatch tells of one and no other."""
    for word in _rows():
        if word in text:
            told = [sense for sense in _senses(word) if sense.told.search(text)]
            if len(told) == 1:
                yield told[0]


def _corrected(said: Hypothesis, sense: _Sense, lang: Lang) -> Hypothesis:
    """Each mistake replaced, the last first, so that the places of the others stay true."""
    for wrong, right in sense.mistaken[lang]:
        for found in reversed(list(wrong.finditer(said.text))):
            edit = Edit(*found.span(), right)
            note = f"“{found[0]}” is “{right}”: that is what the dispatch speaks of"
            said = with_edit(said, edit, note)
    return said


@cache
def _rows() -> Mapping[str, list[list[str]]]:
    """The table, by word."""
    text = files(__package__).joinpath("senses.tsv").read_text(encoding="utf-8")
    rows: dict[str, list[list[str]]] = {}
    topics: dict[str, str] = {}
    for line in text.splitlines():
        word, *cells = line.split("\t")
        if word.startswith("@"):
            topics[word] = cells[0]
        elif line and not line.startswith("#"):
            told, *mistaken = cells
            rows.setdefault(word, []).append([topics.get(told, told), *mistaken])
    return rows


@cache
def _senses(word: str) -> tuple[_Sense, ...]:
    """What it may mean: few dispatches have any of the words."""
    return tuple(
        _Sense(
            re.compile(rf"\b{word}s?\b"),
            re.compile("|".join(_evidence(word, each) for each in told.split("; "))),
            {Lang.EN: _pairs(english, r"\b"), Lang.ZH: _pairs(chinese)},
        )
        for told, english, chinese in _rows()[word]
    )


def _evidence(word: str, told: str) -> str:
    """Behind the word, or anywhere."""
    return rf"\b{told[1:].strip()}\b" if told.startswith("…") else rf"\b{word}s? (?:{told})"


def _pairs(cell: str, border: str = "") -> tuple[tuple[re.Pattern[str], str], ...]:
    """`border`: what a word begins and ends at."""
    if cell == "-":
        return ()
    pairs = (pair.split(" = ") for pair in cell.split("; "))
    return tuple((re.compile(f"{border}{wrong}{border}"), right) for wrong, right in pairs)
