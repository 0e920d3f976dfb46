"""Marks of the source that are gone, put back where what it quotes surely is the same."""

from __future__ import annotations

import re
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.quotes.case import Case
from translate.text.checks.quotes.counterparts import after_stop

_NAME: Final = re.compile(r"[A-ZÀ-Ý\d][\w .&'’+-]*")
_OTHER_MARKS: Final = re.compile(r"[「『《‘]|(?<!\w)'")


def gone(case: Case) -> Change | None:
    """Marks around the whole sentence, or around a name that stands in it as the source quotes it."""
    if _OTHER_MARKS.search(case.text):
        return None
    pair = "“”" if case.lang is Lang.ZH else '""'
    return _all(case, pair) if case.source.is_all else _name(case, pair)


def _all(case: Case, pair: str) -> Change | None:
    body = case.text.strip()
    if not any(sign.isalnum() for sign in body):
        return None
    start = case.text.index(body)
    is_outside = case.lang is Lang.ZH and body[-1] in ".。" and not case.source.stops_inside
    end = start + len(body) - is_outside
    return start, end, f"{pair[0]}{case.text[start:end]}{pair[1]}"


def _name(case: Case, pair: str) -> Change | None:
    text = case.text
    for said in map(case.source.said, range(case.source.count)):
        once = len(said) > 1 and text.count(said) == 1 == case.source.text.count(said)
        if not once or not _NAME.fullmatch(said):
            continue
        at = text.index(said)
        end = at + len(said)
        if _is_apart(text[:at][-1:]) and _is_apart(text[end : end + 1]):
            end = after_stop(text, end, case.lang)
            return at, end, f"{pair[0]}{text[at:end]}{pair[1]}"
    return None


def _is_apart(sign: str) -> bool:
    return sign in " ,.，。" or "\u3400" <= sign <= "\u9fff"
