"""Names of the glossary that stand in a translation, found from the translation's side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from translate.domain import Lang
from translate.terms.term import Term, TermPart

NAMES = frozenset({TermPart.PLACE, TermPart.PERSON})
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]*")
_EXONYM_ENDS = frozenset(
    "国洲亚"
)  # `法国` is a land wherever it stands; `河内` may be a part of a longer name
_WORDS = frozenset(
    "—上下与令公六冰券前千口封庭彻必执旁村桥次沟沿洋洞活火物狮略百直证诗语谷财首君告央喜梯"
)  # are in names as the words they are: `上萨瓦`, `下萨克森`


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a translation: `text[start:end] == form`; `terms` may be called so, first those that are."""

    form: str
    start: int
    end: int
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Forms:
    """What names are called in one language, made to be looked up in a text."""

    lang: Lang
    _terms: dict[str, list[Term]] = field(default_factory=lambda: defaultdict(list))
    _longest: dict[str, int] = field(default_factory=dict)  # of the forms that begin so
    _sounds: set[str] = field(default_factory=set)  # signs that foreign names are written with in Chinese

    @classmethod
    def of(cls, terms: Iterable[Term], lang: Lang) -> Forms:
        forms = cls(lang)
        for term in terms:
            if term.part in NAMES:
                for rank, form in enumerate(term.forms.get(lang, ())):
                    forms._add(form, term, preferred=rank == 0)
        return forms

    def _add(self, form: str, term: Term, preferred: bool) -> None:
        """One sign alone stands in other words too; so does a surname alone, and a name without a capital."""
        if len(form) < 2 or form[-1] == "方" or self._is_surname(form, term):
            return
        if self.lang is Lang.EN and not form[0].isupper():
            return
        self._terms[form].insert(0 if preferred else len(self._terms[form]), term)
        head = self._head(form)
        self._longest[head] = max(len(form), self._longest.get(head, 0))
        if self.lang is Lang.ZH and len(form) > 2:
            self._sounds.update(set(form) - _WORDS)

    def _is_surname(self, form: str, term: Term) -> bool:
        """True for a part of a person's name: many people share it."""
        if term.part is not TermPart.PERSON:
            return False
        return (" " if self.lang is Lang.EN else "·") not in form

    def _head(self, form: str) -> str:
        """What a text is searched for first: two signs, or a word."""
        if self.lang is Lang.ZH:
            return form[:2]
        found = _CAPITALISED.match(form)
        return found[0] if found else form

    def find(self, text: str) -> Iterator[Mention]:
        """The names in `text`, in order: the longest at each place, none inside another."""
        end = 0
        for start, head in self._heads(text):
            longest = self._longest.get(head)
            if longest is None or start < end:
                continue
            for stop in range(min(len(text), start + longest), start + 1, -1):
                form = text[start:stop]
                if form in self._terms and self._is_whole(text, start, stop):
                    end = stop
                    yield Mention(form, start, stop, tuple(self._terms[form]))
                    break

    def _heads(self, text: str) -> Iterator[tuple[int, str]]:
        if self.lang is Lang.ZH:
            return ((start, text[start : start + 2]) for start in range(len(text) - 1))
        return ((found.start(), found[0]) for found in _CAPITALISED.finditer(text))

    def _is_whole(self, text: str, start: int, stop: int) -> bool:
        """False for a part of a longer word or, of two Chinese signs, of a longer foreign name."""
        before, after = text[start - 1 : start], text[stop : stop + 1]
        if self.lang is not Lang.ZH:
            return not after.isalnum()
        if stop - start > 2 or text[stop - 1] in _EXONYM_ENDS:
            return True
        return not ({before, after} & (self._sounds | {"·"}))
