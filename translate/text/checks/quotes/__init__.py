"""Quotation marks put right where the source and the translation alone show what is right.

`mended` is what `repair` calls. A rule (in `forms`, `surplus`, `counterparts`, `gone`) gives one change or
none, and the text is read anew after each. Where the source itself is not balanced, a quotation goes on in
another sentence: then only marks of another language are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.marks import would_join
from translate.text.checks.quotes.case import Case, Rule
from translate.text.checks.quotes.counterparts import (
    after_article,
    at_the_end,
    between_two,
    literal,
    reported,
)
from translate.text.checks.quotes.forms import doubled, mixed, nested, own_marks, turned
from translate.text.checks.quotes.gone import gone
from translate.text.checks.quotes.reading import read
from translate.text.checks.quotes.single import as_double
from translate.text.checks.quotes.source import Quoting, quoting
from translate.text.checks.quotes.surplus import inside_of_all, opened_twice, surplus

__all__ = ["mended"]

_MOST_ROUNDS: Final = 12
_TO_MEND: Final = {Lang.EN: re.compile(r"[«»„]|<<|>>|““|\"\""), Lang.ZH: re.compile(r"[«»„\"]|<<|>>|““")}
_RULES: Final[tuple[Rule, ...]] = (
    *(doubled, mixed, inside_of_all, opened_twice, at_the_end, reported, literal, after_article),
    *(between_two, turned, surplus),
)


def mended(source: str, target: str, lang: Lang) -> str:
    """`target` with its quotation marks put right; as it is where that is not certain."""
    text = target if _is_sound(target, lang) else _paired(source, target, lang)
    return _changed(text, nested(source, text, lang))


def _paired(source: str, target: str, lang: Lang) -> str:
    """With marks of the language, each with its counterpart, where that is certain."""
    text = _changed(target, as_double(source, target, lang))
    text, french = _changed(text, own_marks(text, lang)), quoting(source)
    if french is None:
        return text
    for _ in range(_MOST_ROUNDS):
        change = _next(french, text, lang)
        if change is None or _joins(text, *change):
            break
        text = _changed(text, iter([change]))
        text = _changed(text, own_marks(text, lang))
    return text


def _changed(text: str, changes: Iterator[Change]) -> str:
    """With the changes made, from the last on: those of an empty `« »` overlap in the space inside."""
    for start, end, new in reversed(list(changes)):
        text = text[:start] + new + text[end:]
    return text


def _joins(text: str, start: int, end: int, new: str) -> bool:
    """True if two words would become one: `he"said`."""
    return not new and would_join(text[:start][-1:], text[end : end + 1])


def _is_sound(text: str, lang: Lang) -> bool:
    """True if there are marks, of the language and in pairs, as in most texts that have any."""
    if _TO_MEND[lang].search(text):
        return False
    marks = read(text, lang)
    return marks is not None and bool(marks.every) and not marks.lone


def _next(source: Quoting, text: str, lang: Lang) -> Change | None:
    """The next thing to put right; None if all is well, or what is left is not certain."""
    marks = read(text, lang)
    if marks is None:
        return None
    case = Case(source, text, marks, lang)
    if not marks.every:
        return gone(case)
    rules = _RULES if marks.lone else (doubled,)
    return next((change for rule in rules if (change := rule(case))), None)
