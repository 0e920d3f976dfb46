"""From what a file says about a term to `Term`s: alternatives, acronyms in brackets, rules left open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from translate.domain import Lang
from translate.terms.term import CaseRule, Term, TermPart
from translate.terms.words import ARTICLES
from translate.text.tables import folded

TARGETS: Final = (Lang.EN, Lang.ZH)
MAX_CHARACTERS: Final = 400  # of one cell; a term is no paragraph
MAX_PATTERN: Final = 200
NO_FORM: Final = "-"

_PLAIN = re.compile(r"[^;|；()（）]*")  # one alternative without brackets, as nearly all are
_LISTED = re.compile(r"[^|；()（）]*")  # alternatives without brackets
_ALTERNATIVES = re.compile(r"\s*[;|；]\s*")
_BRACKETED = re.compile(r"(?P<long>[^()（）]*[^()（）\s])\s*[(（](?P<inside>[^()（）]+)[)）]")
_ACRONYM = re.compile(r"[^\W\d_a-z][\w.&/+-]*")
_SAID_AS_WORD = re.compile(r"[A-Z][a-z]{2,7}")
_WORD = re.compile(r"[a-z]+")
_LEAST_BEGUN = 3  # words of the name
_HEAD = re.compile(r"(?:l(?:es?|a)\s|l['’])?\W*(\w)", re.IGNORECASE)  # the first letter after an article
_QUOTES = ('"', "“", "«")
_QUOTED = re.compile(r"[\"“«]\s*(.*?)\s*[\"”»]")
# A repetition of what repeats already can take longer than a life.
_EXPLOSIVE = re.compile(r"[+*}][^()]*\)[+*{]")

_Choice = TypeVar("_Choice", bound=StrEnum)


class Unusable(ValueError):
    """An entry that is no term: what is wrong with it, and what is expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a file as it is written; absent is an empty text."""

    french: str
    forms: Mapping[Lang, str]
    line: int
    settings: Mapping[str, str] = field(default_factory=dict)  # part, case, pattern, note, priority, acronym


def terms_of(entry: Entry, path: str) -> Iterator[Term]:
    """The terms of an entry: one for each French alternative, and one for an acronym in brackets.

    `Organisation mondiale du commerce (OMC)`, `World Trade Organization (WTO)` gives the long term, for which
    the acronym is accepted, and the acronym, for which the long form is.

    Raises:
        Unusable: the message says what is wrong and what is expected.
    """
    rules = _rules_of(entry)
    forms = {lang: _forms(text) for lang in TARGETS if (text := entry.forms.get(lang, "").strip())}
    if not forms:
        raise Unusable("no English and no Chinese form; write - for a language that must not have one")
    note = entry.settings.get("note") or None
    for one in forms.values():
        if one.remarks:
            note = "; ".join((note, *one.remarks) if note else one.remarks)
    by_lang = {lang: one.all for lang, one in forms.items()}
    cell = _checked(entry.french, "French")
    if _PLAIN.fullmatch(cell) and not entry.settings.get("acronym"):
        yield _term(_unquoted(cell), by_lang, rules, None, note, path, entry.line)
        return
    for french in _ALTERNATIVES.split(cell):
        long, inside = _parted(french)
        acronym = entry.settings.get("acronym", "").strip() or _acronym_in(inside, long)
        name = long if inside else _unquoted(french)
        yield _term(name, by_lang, rules, acronym or None, note, path, entry.line)
        if acronym and acronym != name:
            short = {lang: one.short_first for lang, one in forms.items()}
            yield _term(acronym, short, rules._replace(pattern=None), None, note, path, entry.line)


class _Forms(NamedTuple):
    """The alternatives of one cell, and what stands in its brackets and is no form."""

    all: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def short_first(self) -> tuple[str, ...]:
        """The acronyms and the shortened forms before the others: what an acronym is called."""
        short = [
            form
            for form in self.all
            if is_acronym(form) or any(_is_shortened(form, other) for other in self.all if form != other)
        ]
        return tuple(dict.fromkeys((*short, *self.all)))


def _forms(cell: str) -> _Forms:
    if cell == NO_FORM:
        return _Forms(())
    cell = _checked(cell, "target")
    if _LISTED.fullmatch(cell):
        if ";" not in cell:
            return _Forms((cell,))
        return _Forms(tuple(dict.fromkeys(filter(None, map(str.strip, cell.split(";"))))))
    long, short, remarks = [], [], []
    for alternative in filter(None, _ALTERNATIVES.split(cell)):
        name, inside = _parted(alternative)
        long.append(name)
        if is_acronym(inside) or _is_shortened(inside, name):
            short.append(inside)
        elif inside:
            remarks.append(inside)
    return _Forms(tuple(dict.fromkeys((*long[:1], *short, *long[1:]))), tuple(remarks))


def _parted(text: str) -> tuple[str, str]:
    """What stands before brackets at the end, and what is in them; empty if there are none."""
    match = _BRACKETED.fullmatch(text) if text.endswith((")", "）")) else None
    return (match["long"], match["inside"].strip()) if match else (text, "")


def is_acronym(text: str) -> bool:
    return bool(_ACRONYM.fullmatch(text)) and sum(sign.isupper() for sign in text) > 1


def _acronym_in(inside: str, long: str) -> str:
    """What stands in brackets behind a name if it is an acronym: `OMC`; `Pnat`, as those are written that are
    said as words."""
    return inside if is_acronym(inside) or _abbreviates(inside, long) else ""


def _abbreviates(short: str, long: str) -> bool:
    """True for a capital and small letters that begin three words of the name, or go on in one of those."""
    if not _SAID_AS_WORD.fullmatch(short):
        return False
    words = _WORD.findall(folded(long))
    begun, rest = 0, ""
    for sign in folded(short):
        place = next((number for number, word in enumerate(words) if word[0] == sign), None)
        if place is not None:
            begun, rest, words = begun + 1, words[place][1:], words[place + 1 :]
        elif sign in rest:
            rest = rest[rest.index(sign) + 1 :]
        else:
            return False
    return begun >= _LEAST_BEGUN


def _is_shortened(short: str, long: str) -> bool:
    """True for Chinese short forms: `国际足联` has only signs of `国际足球联合会`, in their order."""
    signs = iter(long)
    return len(short) > 1 and ord(short[0]) > 0x2E7F and all(sign in signs for sign in short)


def _unquoted(text: str) -> str:
    match = _QUOTED.fullmatch(text) if text[:1] in _QUOTES else None
    return match[1] if match and match[1] else text


def _checked(text: str, what: str) -> str:
    text = " ".join(text.split())
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if len(text) > MAX_CHARACTERS:
        raise Unusable(f"the {what} cell has {len(text):,} characters; a term has {MAX_CHARACTERS} at most")
    return text


class _Rules(NamedTuple):
    """What an entry says of all its terms; `case` is None if it leaves that to how they are written."""

    part: TermPart
    case: CaseRule | None
    pattern: str | None
    priority: int


def _rules_of(entry: Entry) -> _Rules:
    said = entry.settings.get
    return _rules(said("part", ""), said("case", ""), said("pattern", ""), said("priority", ""))


@lru_cache(maxsize=1024)  # thousands of terms, and hardly two settings
def _rules(part: str, case: str, pattern: str, priority: str) -> _Rules:
    return _Rules(
        _choice(TermPart, part.strip(), "part") or TermPart.OTHER,
        _choice(CaseRule, case.strip(), "case"),
        _pattern(pattern.strip()),
        _priority(priority.strip()),
    )


def _term(
    french: str,
    forms: Mapping[Lang, tuple[str, ...]],
    rules: _Rules,
    acronym: str | None,
    note: str | None,
    path: str,
    line: int,
) -> Term:
    if not french[:1].isalnum() and not any(sign.isalnum() for sign in french):
        raise Unusable(f"{french!r} has no word in it" if french else "no French term")
    if french.lower().rstrip("'’") in ARTICLES:
        raise Unusable(f"{french!r} is an article, which is everywhere")
    part, case, pattern, priority = rules
    return Term(french, forms, part, case or case_of(french), pattern, note, priority, acronym, path, line)


def case_of(french: str) -> CaseRule:
    """The rule for a term that names none: short acronyms exactly, names with a capital, the rest anyhow."""
    if len(french) <= 5 and " " not in french:
        letters = "".join(sign for sign in french if sign.isalpha())
        is_mixed = letters[1:] != letters[1:].lower() and not letters.isupper()
        if is_mixed or (len(letters) <= 3 and letters.isupper()):
            return CaseRule.EXACT  # `ONU`, `AfD`
    if french[0] not in "lL" and french[0].isalpha():  # no article, as nearly all
        return CaseRule.CAPITAL if french[0].isupper() else CaseRule.ANY
    head = _HEAD.match(french)
    return CaseRule.CAPITAL if head and head[1].isupper() else CaseRule.ANY


def _choice(kind: type[_Choice], text: str, name: str) -> _Choice | None:
    if not text:
        return None
    try:
        return kind(text.casefold())
    except ValueError:
        choices = ", ".join(kind)
        raise Unusable(f"unknown {name} {text!r}; choose from {choices}") from None


def _pattern(text: str) -> str | None:
    if not text:
        return None
    if len(text) > MAX_PATTERN:
        raise Unusable(f"the pattern has {len(text)} characters; {MAX_PATTERN} at most")
    if _EXPLOSIVE.search(text):
        raise Unusable(f"the pattern {text!r} repeats a repetition, which can take for ever")
    try:
        if re.compile(text).fullmatch(""):
            raise Unusable(f"the pattern {text!r} is content with no text at all")
    except re.error as err:
        raise Unusable(f"the pattern {text!r} is no regular expression: {err}") from err
    return text


def _priority(text: str) -> int:
    try:
        return int(text) if text else 0
    except ValueError:
        raise Unusable(f"the priority {text!r} is no whole number") from None
