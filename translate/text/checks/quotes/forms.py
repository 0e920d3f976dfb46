"""Marks of the wrong form: another language's, doubled, of two kinds, or the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.quotes.case import Case
from translate.text.checks.quotes.reading import Mark, Marks, read
from translate.text.openings import usual

_SHORT: Final = 20  # signs of what is a name rather than a statement
_NESTED_AT_ONCE: Final = re.compile(r'[«“"]\s*[«“"](?=\S)|<<\s*<<')
_APOSTROPHE_OPENS: Final = re.compile(r"(?<![\w'\"])'(?=\w)(?!(?:re|s|ll|ve|d|m|t|em)\b)")
_OTHER_APOSTROPHE: Final = re.compile(r"'(?!s )")
_SINGLE: Final = str.maketrans('“”"', "‘’'")
_TITLE_AND_QUOTE: Final = re.compile(r"《[^“”《》\"]+”|“[^“”《》\"]+》")


def own_marks(target: str, lang: Lang) -> Iterator[Change]:
    """French marks and, in Chinese, straight ones, as the language has them."""
    marks = read(target, lang)
    if marks is None:
        return
    keeps_straight = lang is Lang.EN or not _tells_straight(target, marks)
    is_curly = lang is Lang.ZH or ('"' not in target and ("“" in target or "”" in target))
    for mark in marks.every:
        written = target[mark.start : mark.end]
        if written in "“”" or (written == '"' and keeps_straight):
            continue
        new = ("“" if mark.opens else "”") if is_curly else '"'
        start, end = mark.start, mark.end
        if written != '"' and mark.opens:  # French has a space inside
            end = len(target) - len(target[end:].lstrip())
        elif written != '"':
            start = len(target[:start].rstrip())
        yield start, end, new


def nested(source: str, target: str, lang: Lang) -> Iterator[Change]:
    """Double marks of a quotation in a quotation, which single ones set apart: `"the 'reckless' pay"`.

    Only where the source has one in another too, and every mark has its counterpart, but for one that opens
    what goes on in another sentence.
    """
    marks, french = read(target, lang), read(usual(source), Lang.FR)
    if marks is None or french is None or not french.inner:
        return
    if marks.lone and not (french.lone and all(mark.opens for mark in marks.lone)):
        return
    for pair in marks.inner:
        for mark in pair:
            yield mark.start, mark.end, target[mark.start : mark.end].translate(_SINGLE)


def _tells_straight(text: str, marks: Marks) -> bool:
    """True if every straight mark has its counterpart, with something between them."""
    return all(text[mark.start] != '"' for mark in marks.lone) and all(
        any(sign.isalnum() for sign in text[opening.end : closing.start])
        for opening, closing in marks.pairs
        if '"' in (text[opening.start], text[closing.start])
    )


def doubled(case: Case) -> Change | None:
    """One of two equal marks in a row: `““黄马甲””`, `““黄马甲”`. A quotation in a quotation stays."""
    marks = case.marks
    for mark in marks.lone:
        for other in (marks.beside(mark, 1), marks.beside(mark, -1)):
            if other and other.opens == mark.opens and _touch(mark, other):
                return mark.start, mark.end, ""
    if _NESTED_AT_ONCE.search(case.source.text):
        return None
    closes = dict(marks.pairs)
    for opening, closing in marks.pairs:
        inner = marks.beside(opening, 1)
        if inner in closes and _touch(opening, inner) and _touch(closes[inner], closing):
            return opening.start, closing.end, case.text[inner.start : closes[inner].end]
    return None


def _touch(one: Mark, other: Mark) -> bool:
    return one.end == other.start or other.end == one.start


def mixed(case: Case) -> Change | None:
    """Two kinds of marks for one quotation: `'yellow vests"`, `《德语”`."""
    if case.lang is Lang.EN:
        return next((change for mark in case.marks.lone if (change := _apostrophe(case, mark))), None)
    match = _TITLE_AND_QUOTE.search(case.text)
    if match and any(match.start() <= mark.start < match.end() for mark in case.marks.lone):
        return match.start(), match.end(), f"“{match[0][1:-1]}”"
    return None


def _apostrophe(case: Case, mark: Mark) -> Change | None:
    """The apostrophe that opens what a quotation mark closes."""
    before = case.marks.beside(mark, -1)
    starts = list(_APOSTROPHE_OPENS.finditer(case.text, before.end if before else 0, mark.start))
    if mark.opens or len(starts) != 1:
        return None
    at, end = starts[0].span()
    if _OTHER_APOSTROPHE.search(case.text, end, mark.start):
        return None
    return at, end, case.opening(mark, at)[2]


def turned(case: Case) -> Change | None:
    """Marks of one quotation of which one or both are the wrong way round: `“X“`, `”X”`, `”X“`."""
    for first in case.marks.lone:
        second = case.marks.beside(first, 1)
        if second is None or second not in case.marks.lone:
            continue
        if '"' not in (case.text[first.start], case.text[second.start]) and _is_one(case, first, second):
            return first.start, second.end, f"“{case.between(first, second)}”"
    return None


def _is_one(case: Case, first: Mark, second: Mark) -> bool:
    """True if what stands between two lone marks is one quotation: the source has it, or a name is."""
    inside, source = case.between(first, second), case.source
    if not inside.strip(" ，,") or inside[-1] in "：:" or any(stop in inside for stop in "。！？"):
        return False
    missing = source.count - len(case.marks.pairs)
    if missing > 1 and second.opens and not first.opens:
        return False  # the end of one quotation and the beginning of another
    if missing > 0:
        longest = max(len(source.said(number)) for number in range(source.count))
        return len(inside) <= 2 * longest + 4
    sign = case.text[first.start - 1 : first.start]
    stands_before = not sign or sign in (" (（" if case.lang is Lang.EN else "、：（的")
    return not first.opens and stands_before and len(inside) < _SHORT
