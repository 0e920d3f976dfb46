"""One dispatch, one money: `livres` are those that the dispatch speaks of, not always the British ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from translate.domain import Finding, Hypothesis, Lang, Origin, Severity
from translate.revision.spans import Edit, with_edit
from translate.text.tables import folded


@dataclass(frozen=True, slots=True)
class _Money:
    """A currency. `named`, `alone`: its noun with whose it is, and by itself, in folded text.

    `mistaken`: what to write in each language instead of the name of a better known one.
    """

    named: re.Pattern[str]
    alone: re.Pattern[str]
    mistaken: Mapping[Lang, Mapping[str, str]]


def denominated(hypotheses: Mapping[str, Hypothesis], lang: Lang) -> dict[str, Hypothesis]:
    """The sentences of one dispatch, by their source, in which its money was taken for another.

    Only where it names money of that noun of one kind alone. What people wrote stays.
    """
    texts = {source: folded(source) for source in hypotheses}
    found: dict[str, Hypothesis] = {}
    for money in _meant(" ".join(texts.values())):
        for source, text in texts.items():
            said = found.get(source, hypotheses[source])
            if said.origin is not Origin.MEMORY and money.alone.search(text):
                new = _corrected(said, money, lang)
                found |= {source: new} if new is not said else {}
    return found


def _meant(text: str) -> Iterator[_Money]:
    """Of each noun in a folded dispatch the kind that it names, if it names one and no other."""
    for kinds in _known().values():
        if kinds[0].alone.search(text):
            named = [money for money in kinds if money.named.search(text)]
            if len(named) == 1:
                yield named[0]


def _corrected(said: Hypothesis, money: _Money, lang: Lang) -> Hypothesis:
    """Each wrong name replaced, the last first, so that the places of the others stay true."""
    wrong = money.mistaken[lang]
    for found in reversed(list(_pattern(tuple(wrong)).finditer(said.text)) if wrong else []):
        edit = Edit(*found.span(), wrong[found["name"]])
        note = f"“{found[0]}” is “{edit.text}”: that is the money of the dispatch"
        span = edit.start, edit.start + len(edit.text)
        said = with_edit(said, edit, Finding("consistency", Severity.NOTE, note, None, span))
    return said


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names; English ones as whole words, with what the better known one is called besides."""
    english = [name for name in names if name.isascii()]
    if not english:
        return re.compile(f"(?P<name>{'|'.join(names)})")
    return re.compile(rf"\b(?:British )?(?P<name>{'|'.join(english)})\b(?: sterling)?")


@cache
def _known() -> Mapping[str, tuple[_Money, ...]]:
    """By noun, its kinds."""
    text = files(__package__).joinpath("denominations.tsv").read_text(encoding="utf-8")
    known: dict[str, list[_Money]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            noun, whose, english, chinese = line.split("\t")
            known.setdefault(noun, []).append(
                _Money(
                    re.compile(rf"\b{noun}s? (?:{whose.replace('; ', '|')})s?\b"),
                    re.compile(rf"\b{noun}s?\b"),
                    {Lang.EN: _pairs(english), Lang.ZH: _pairs(chinese)},
                )
            )
    return {noun: tuple(kinds) for noun, kinds in known.items()}


def _pairs(cell: str) -> Mapping[str, str]:
    return dict(pair.split(" = ") for pair in cell.split("; ")) if cell != "-" else {}
