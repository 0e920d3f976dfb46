"""Layers of terms, and the terms of a sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from translate.domain import Lang
from translate.terms.files import read_default, read_terms
from translate.terms.index import Index
from translate.terms.mentions import Forms
from translate.terms.term import CaseRule, Term, TermMatch
from translate.terms.words import bare


@dataclass(frozen=True)
class Glossary:
    """Terms without a double; immutable, and fit to be sent to another process.

    `notices`: what reading the files had to assume.
    """

    terms: tuple[Term, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def load(cls, paths: Iterable[Path | str] = (), default: bool = True) -> Glossary:
        """The terms of the files, over those of the glossary that ships with the package if `default`.

        A later file goes before an earlier one, language by language: one that says nothing about Chinese
        leaves what was said before; `-` takes it away.

        Raises:
            InputError: a file cannot be read or used; the message names the line.
        """
        layers = [read_default()] if default else []
        notices: list[str] = []
        for path in paths:
            terms, told = read_terms(Path(path))
            layers.append(terms)
            notices.extend(told)
        return cls.of(*layers, notices=notices)

    @classmethod
    def of(cls, *layers: Iterable[Term], notices: Iterable[str] = ()) -> Glossary:
        """The terms of all layers, the later ones before the earlier ones."""
        kept: dict[str, dict[_Variant, Term]] = {}
        for layer in layers:
            fresh: dict[str, dict[_Variant, Term]] = {}
            for term in layer:
                name = bare(term.french)
                variants = fresh.setdefault(name, {})
                below = variants or kept.get(name, {})
                variant = term.case, term.pattern
                variants[variant] = _over(below.get(variant) or next(iter(below.values()), None), term)
            kept |= fresh
        terms = (term for variants in kept.values() for term in variants.values() if any(term.forms.values()))
        return cls(tuple(terms), tuple(notices))

    def named(self, french: str) -> tuple[Term, ...]:
        """The terms with that French name, however its capitals, accents and hyphens are written."""
        wanted = bare(french)
        return tuple(term for term in self.terms if bare(term.french) == wanted)

    def find(self, sentence: str) -> tuple[TermMatch, ...]:
        """The terms of a French sentence in order, the longest where several could be; none overlaps another.

        Of two as long the one with the higher priority is taken.
        """
        return self._index.find(sentence)

    def names(self, lang: Lang) -> Forms:
        """What its places and people are called in `lang`, to be found in translations."""
        if lang not in self._names:
            self._names[lang] = Forms.of(self.terms, lang)
        return self._names[lang]

    @cached_property
    def _names(self) -> dict[Lang, Forms]:
        return {}

    @cached_property
    def digest(self) -> str:
        """A hash of all that decides what is found and accepted: equal for equal glossaries, in hex."""
        written = json.JSONEncoder(ensure_ascii=False).encode
        rows = sorted(
            written(
                [
                    term.french,
                    dict(sorted(term.forms.items())),
                    term.part,
                    term.case,
                    term.pattern,
                    term.priority,
                ]
            )
            for term in self.terms
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    @cached_property
    def _index(self) -> Index:
        return Index(self.terms)

    def __reduce__(self) -> tuple[type[Glossary], tuple[object, ...]]:
        return Glossary, (self.terms, self.notices)  # the index is made again where it is needed


_Variant = tuple[CaseRule, str | None]  # `Mars` and `mars` may be two terms


def _over(below: Term | None, term: Term) -> Term:
    """`term` with the forms of `below` in the languages it says nothing about."""
    if below is None:
        return term
    forms: dict[Lang, tuple[str, ...]] = {**below.forms, **term.forms}
    return replace(term, forms=forms)
