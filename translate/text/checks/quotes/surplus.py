"""Marks that are too many: without them, the translation has as many quotations as the source."""

from __future__ import annotations

import re
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.quotes.case import Case
from translate.text.checks.quotes.reading import Mark
from translate.text.checks.quotes.source import is_last

_SAYS: Final = re.compile(r"说|表示|指出|呼吁|强调|称|写道|宣布|道：")
_REPORTS: Final = re.compile(rf"(?:{_SAYS.pattern})：?$")
_OWNERS: Final = re.compile(r"[a-z]s\"$")
_STOPS: Final = ".!?…。！？"
_ENDS_A_CLAUSE: Final = "。，！？,.!?"


def inside_of_all(case: Case) -> Change | None:
    """Marks inside a sentence that is one quotation, or that ends with one after a colon."""
    source, text = case.source, case.text
    first, last = case.marks.every[0], case.marks.every[-1]
    whole = source.is_all and case.begins(first)
    after_colon = source.follows_colon or (source.ends_it and source.is_one_statement)
    if not whole and not (after_colon and case.follows_colon(first)):
        return None
    if len(case.marks.every) < 3 or not first.opens or last.opens or not is_last(text, last):
        return None
    extra = case.marks.every[1]
    if extra.start == first.end:  # “”，我们
        return extra.start, len(text) - len(text[extra.end :].lstrip("，,、 ")), ""
    stop = text[extra.end : last.start].strip()
    if stop and stop in _STOPS:
        if text[extra.start - 1] == stop:  # 。”。”
            return extra.start - 1, extra.end, ""
        if not whole and not source.stops_inside:
            return last.start, last.end, ""
    return extra.start, extra.end, ""


def opened_twice(case: Case) -> Change | None:
    """The first mark of `“国王在声明中说：“他病了。”`: the reporting clause is no part of a quotation."""
    every, lone = case.marks.every, case.marks.lone
    if case.lang is not Lang.ZH or len(every) < 2 or not case.source.opens_it or case.source.count > 2:
        return None
    first, second = every[:2]
    if first not in lone or not first.opens or second in lone or not second.opens or not case.begins(first):
        return None
    head = case.between(first, second).rstrip()
    return (first.start, first.end, "") if head.endswith("：") and _REPORTS.search(head) else None


def surplus(case: Case) -> Change | None:
    """A mark without counterpart that no quotation of the source needs."""
    title = case.source.count == 1 and case.lang is Lang.ZH and "》" in case.text
    if len(case.marks.pairs) + title < case.source.count:
        return None
    for mark in case.marks.lone:
        if not mark.opens and not _is_an_apostrophe(case, mark):
            return _out(case, _closes_too_much(case, mark))
        if mark.opens and _opens_nothing(case, mark):
            return _out(case, mark)
    return None


def _is_an_apostrophe(case: Case, mark: Mark) -> bool:
    """True for `the miners" strike`, where the source quotes nothing."""
    return case.lang is Lang.EN and not case.source.count and bool(_OWNERS.search(case.text, 0, mark.end))


def _out(case: Case, mark: Mark) -> Change:
    """Takes the mark out, and with a closing one the space before it where another mark follows."""
    start = mark.start
    if not mark.opens and case.text[mark.end : mark.end + 1] in tuple("，。、；：,.;:)）"):
        start = len(case.text[:start].rstrip())
    return start, mark.end, ""


def _opens_nothing(case: Case, mark: Mark) -> bool:
    """True for a lone opening with no quotation of the source behind it, or whose words are quoted again."""
    if case.source.count == 0:
        return True
    if case.follows_colon(mark):
        return False
    after = case.marks.beside(mark, 1)
    if after is None:
        return True
    closing = dict(case.marks.pairs).get(after)
    again = case.between(after, closing) if closing else ""
    return len(again) > 1 and again in case.between(mark, after)


def _closes_too_much(case: Case, mark: Mark) -> Mark:
    """Which of two closing marks has to go: `mark`, which is lone, or the one before it."""
    before = case.marks.beside(mark, -1)
    if before is None or before.opens:
        return mark
    if before.end == mark.start - 1 and case.text[before.end] in ".。":
        # English has the stop inside, Chinese outside unless the source has it inside.
        return before if case.lang is Lang.EN or (case.source.count and case.source.stops_inside) else mark
    return before if _ends_a_statement(case, before, mark) else mark


def _ends_a_statement(case: Case, before: Mark, mark: Mark) -> bool:
    """True if the second of two closing marks, and not the first, ends a statement that the source quotes."""
    source, text = case.source, case.text
    opening, between = case.marks.beside(before, -1), case.between(before, mark)
    if not source.count or text[before.start - 1] in _ENDS_A_CLAUSE:
        return False
    if opening is None or not opening.opens or not any(sign.isalnum() for sign in between):
        return False
    if source.ends_it and source.is_statement(source.count - 1) and is_last(text, mark):
        return True
    number = sum(pair[0].start < opening.start for pair in case.marks.pairs)
    said = number < source.count and source.is_statement(number) and source.is_reported(number)
    return said and text[mark.start - 1] in _ENDS_A_CLAUSE and not _SAYS.search(between)
