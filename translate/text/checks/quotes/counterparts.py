"""Counterparts that are missing, put in where the source shows where they stand."""

from __future__ import annotations

import re
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.quotes.case import Case
from translate.text.checks.quotes.reading import Mark

_VERBS: Final = (
    "said|says|added|adds|told|declared|stressed|stated|explained|noted|announced|warned|argued|insisted"
    "|continued|concluded|confirmed"
)
_CLAUSE: Final = re.compile(rf',"? (?=(?:(?:he|she|they|it|we|I|you) )?(?:{_VERBS})(?: [^,"]*)?[.]?$)')
_CLAUSE_FIRST: Final = re.compile(rf"\W*(?:\w+ ){{0,6}}(?:{_VERBS})\b")
_ARTICLE: Final = re.compile(r"(?:\b(?:les?|la|une?|des|aux?|du)\s+|\bl['’])$", re.IGNORECASE)
_ENGLISH_ARTICLE: Final = re.compile(r"\b(?:the|an?)\s+", re.IGNORECASE)
_PLAIN_WORDS: Final = re.compile(r"\w[\w .&'’+-]*")
_TWO: Final = re.compile(r"[»\"”]\s+et\s+(?:l[ea]s?\s+|[ld]['’]|une?\s+)?[«\"“]")
_AND: Final = {Lang.EN: re.compile(r"(?<=\S) and (?:the |an? )?$"), Lang.ZH: re.compile(r"(?<=[^”])[和与]$")}


def at_the_end(case: Case) -> Change | None:
    """A quotation open at the end, where the source closes one, or where Chinese says first who speaks."""
    source, marks, mark = case.source, case.marks, case.marks.every[-1]
    body = case.text[mark.end :].rstrip()
    if not mark.opens or not any(sign.isalnum() for sign in body):
        return None
    at = mark.end + len(body)
    if source.ends_it and len(marks.lone) == 1 and len(marks.pairs) < source.count:
        is_outside = body[-1] in ".。" and not source.stops_inside  # « oui ».
        return case.closing(mark, at - is_outside)
    said = case.lang is Lang.ZH and source.is_one_statement and source.is_reported(0)
    if said and case.follows_colon(mark) and not any(stop in body[:-1] for stop in "。！？"):
        return case.closing(mark, at)
    return None


def reported(case: Case) -> Change | None:
    """The other mark of `"That is so, he said.` and `That is so," he said.`, where the source begins so."""
    source = case.source
    if case.lang is not Lang.EN or len(case.marks.every) != 1 or source.count != 1:
        return None
    mark, clause = case.marks.every[0], _CLAUSE.search(case.text)
    if clause is None or not source.opens_it or not source.is_reported(0):
        return None
    if mark.opens and case.begins(mark):
        return case.closing(mark, clause.start() + 1)
    if mark.end == clause.end() - 1 and not _CLAUSE_FIRST.match(case.text):
        return case.opening(mark, 0)
    return None


def literal(case: Case) -> Change | None:
    """The other mark of words that stand in the translation as the source quotes them."""
    for mark in case.marks.lone:
        for said in map(case.source.said, range(case.source.count)):
            if _PLAIN_WORDS.fullmatch(said) and (change := _beside(case, mark, said)):
                return change
    return None


def _beside(case: Case, mark: Mark, said: str) -> Change | None:
    text = case.text
    if mark.opens:
        end = mark.end + len(said)
        if not text.startswith(said, mark.end) or (text[end : end + 1].isalnum() and case.lang is Lang.EN):
            return None
        return case.closing(mark, after_stop(text, end, case.lang))
    at = mark.start - len(said)
    if text.endswith(said, 0, mark.start) and not (text[:at][-1:].isalnum() and case.lang is Lang.EN):
        return case.opening(mark, at)
    return _from_a_name(case, mark, said) if case.lang is Lang.EN else None


def after_stop(text: str, end: int, lang: Lang) -> int:
    """Where a quotation that ends at a place closes: English has full stops and commas inside."""
    return end + (lang is Lang.EN and text[end : end + 1] in (".", ","))


def _from_a_name(case: Case, mark: Mark, said: str) -> Change | None:
    """Opens where the first word of a quotation, a name, stands: `The so-called Alliance for the future"`."""
    head, text = said.split()[0], case.text
    before = case.marks.beside(mark, -1)
    start = before.end if before else 0
    if len(head) < 4 or not head[0].isupper() or text.count(head, start, mark.start) != 1:
        return None
    at = text.index(head, start)
    is_word = at > 0 and not text[at - 1].isalnum() and not text[at + len(head)].isalnum()
    is_as_long = len(text[at : mark.start].split()) <= len(said.split()) + 2
    return case.opening(mark, at) if is_word and is_as_long else None


def after_article(case: Case) -> Change | None:
    """The opening of `The yellow vests" are`, where the source quotes a word or two after an article."""
    source, marks = case.source, case.marks
    if case.lang is not Lang.EN or len(marks.lone) > 1 or marks.lone[0].opens:
        return None
    mark = marks.lone[0]
    number = marks.every.index(mark) // 2
    if len(marks.pairs) >= source.count or not _ARTICLE.search(source.before(number)):
        return None
    words = len(source.said(number).split())
    before = marks.beside(mark, -1)
    found = list(_ENGLISH_ARTICLE.finditer(case.text, before.end if before else 0, mark.start))
    if words > 2 or not found:
        return None
    at = found[-1].end()
    return case.opening(mark, at) if 1 <= len(case.text[at : mark.start].split()) <= words else None


def between_two(case: Case) -> Change | None:
    """The end of the first of two quotations that `et` joins: `"one and "two"`."""
    if case.source.count != 2 or len(case.marks.every) != 3 or not _TWO.search(case.source.text):
        return None
    first, second, third = case.marks.every
    if not (first.opens and second.opens) or third.opens:
        return None
    link = _AND[case.lang].search(case.text, first.end, second.start)
    return case.closing(first, link.start()) if link else None
