"""A term, and a term found in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from translate.domain import Lang
from translate.terms.english import plural_of


class TermPart(StrEnum):
    """What a term names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    TITLE = "title"
    INITIATIVE = "initiative"
    OTHER = "other"

    @property
    def inflects(self) -> bool:
        """True if a plural or a feminine form is still the same term: `Premières ministres`, not `Pékins`."""
        return self not in (TermPart.PERSON, TermPart.PLACE, TermPart.INITIATIVE)


class CaseRule(StrEnum):
    """Which capitals a text must have to hold the term."""

    ANY = "any"  # none: `banque centrale` is found in `Banque centrale` and `BANQUE CENTRALE`
    CAPITAL = "capital"  # its first letter must be one: `Chine`, not `chine`; the rest as it likes
    EXACT = "exact"  # as the term is written: `ONU`, not `Onu`; so must its forms be in a translation


@dataclass(frozen=True, slots=True)
class Term:
    """A French term and what it is called in each language.

    `forms`: per language the accepted forms, the preferred one first. A language that is absent has no fixed
    form. `pattern`: a regular expression that finds the term instead of `french`. `acronym`: the French
    acronym of a long form, which is a term of its own. `path`, `line`: where it was read, for messages.
    """

    french: str
    forms: Mapping[Lang, tuple[str, ...]] = field(hash=False)
    part: TermPart = TermPart.OTHER
    case: CaseRule = CaseRule.ANY
    pattern: str | None = None
    note: str | None = None
    priority: int = 0
    acronym: str | None = None
    path: str | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)

    def preferred(self, lang: Lang) -> str | None:
        """The form to write in `lang`; None if the term has no fixed form there."""
        forms = self.forms.get(lang, ())
        return forms[0] if forms else None


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term found in a sentence: `sentence[start:end] == surface`.

    `inflected`: the sentence has another form of it than the glossary. `plural`: that form is its plural.
    """

    term: Term
    start: int
    end: int
    surface: str
    inflected: bool = False
    plural: bool = False

    def preferred(self, lang: Lang) -> str | None:
        """The form to write in `lang` for what stands there: in English in the plural if that is one."""
        form = self.term.preferred(lang)
        return plural_of(form) if form and self.plural and lang is Lang.EN else form
