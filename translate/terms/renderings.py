"""Is a term said in a translation as the glossary wants it?"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from translate.domain import Lang
from translate.terms.english import span_of_english
from translate.terms.term import CaseRule, Term, TermMatch, TermPart
from translate.text.checks.equivalents import stands_for

Span = tuple[int, int]

# Signs that come and go around Chinese terms, and those that are written in several ways.
_OPTIONAL = "《》〈〉“”‘’\"'「」『』 \t\u00a0\u3000"
_DOTS = str.maketrans(
    dict.fromkeys("•・‧∙⋅.．", "·") | dict.fromkeys("—–－‐‑−─", "-") | {"（": "(", "）": ")"}
)


def applied(match: TermMatch, target: str, lang: Lang) -> Span | None:
    """Where `target` has one of the accepted forms of the term, the preferred one if it can; else None.

    In English a plural, a possessive, an article, a hyphen or the other side's spelling makes no
    difference. In Chinese the form stands anywhere, with or without the quotation marks of its title.
    One sign alone is a land's (`访华`) or a surname. None too if the term has no fixed form in `lang`.
    """
    for form in match.term.forms.get(lang, ()):
        if found := _span_of(form, match.term, target, lang):
            return found
    return None


def _span_of(form: str, term: Term, target: str, lang: Lang) -> Span | None:
    if lang is not Lang.ZH:
        return span_of_english(form, target, term.case is CaseRule.EXACT)
    if len(form) == 1 and term.part is TermPart.PERSON:  # a surname: any name may follow
        start = target.find(form)
        return (start, start + 1) if start >= 0 else None
    return span_of_chinese(form, target)


def span_of_chinese(form: str, target: str) -> Span | None:
    """Where `target` has the Chinese `form`, whatever marks and widths either is written with."""
    if len(form) == 1:
        return _span_of_sign(form, target)
    start = target.find(form)
    if start >= 0 and form:
        return start, start + len(form)
    text, places = _bare(target)
    wanted, _ = _bare(form)
    start = text.find(wanted)
    if start < 0 or not wanted:
        return None
    return places[start], places[start + len(wanted) - 1] + 1


def _span_of_sign(sign: str, target: str) -> Span | None:
    """Where the one sign stands for a land, as in `中法` and `访华`; it is part of other words too."""
    start = target.find(sign)
    while start >= 0:
        if stands_for(sign, target[max(0, start - 1) : start + 2]):
            return start, start + 1
        start = target.find(sign, start + 1)
    return None


@lru_cache(maxsize=4096)
def _bare(text: str) -> tuple[str, tuple[int, ...]]:
    """`text` without the signs that come and go, and the place of each sign that is left."""
    kept = [
        (sign.casefold(), place)
        for place, raw in enumerate(text)
        if raw not in _OPTIONAL
        for sign in unicodedata.normalize("NFKC", raw).translate(_DOTS)
    ]
    return "".join(sign for sign, _ in kept), tuple(place for _, place in kept)
