"""A negation that a translation lost, or made up.

Negations are counted, not aligned: each that French has outright (`ne … pas`) must be answered by a word
that denies (`not`, `不`) or has a negative sense (`refused`, `拒`), unless that word answers for one of the
source's own (`a refusé`). `ne … plus` may be answered by an end (`lost`, `首次`), too, and a turn (`ne
décolère pas`) by what it means (`is still fuming`). What denies in form only (`pas seulement`, `不仅`)
counts on neither side, and questions are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from translate.domain import Finding, Lang, Severity
from translate.text.checks import outright
from translate.text.tables import rows

_COLUMNS: Final[Mapping[Lang, int]] = {Lang.FR: 1, Lang.EN: 2, Lang.ZH: 3}
_BREAK: Final = re.compile(r"  +")
_SENTENCE_END: Final = re.compile(r"[?!]|[.…](?!\w)")
_HEAD: Final = r"(?:^|[.?!…«“\"]\s*)[\w'’]{0,12}\s?$"
Span = tuple[int, int]


@cache
def _patterns(kind: str, lang: Lang) -> tuple[re.Pattern[str] | None, ...]:
    """One pattern per row of a kind, in file order; None where the language has none."""
    return tuple(
        _pattern(row[_COLUMNS[lang]], lang)
        for row in rows("checks/negation.tsv", columns=4)
        if row[0] == kind
    )


def _pattern(entries: str, lang: Lang) -> re.Pattern[str] | None:
    if entries == "-":
        return None
    joined = _BREAK.sub("|", entries)
    return re.compile(joined if lang is Lang.ZH else rf"\b(?:{joined})\b", re.IGNORECASE)


@cache
def _union(kind: str, lang: Lang) -> re.Pattern[str]:
    """One pattern for all rows of a kind."""
    entries = [row[_COLUMNS[lang]] for row in rows("checks/negation.tsv", columns=4) if row[0] == kind]
    pattern = _pattern("  ".join(each for each in entries if each != "-"), lang)
    assert pattern is not None
    return pattern


@lru_cache(maxsize=1024)  # a sentence is read once for all its targets
def _denials(text: str, lang: Lang) -> tuple[Span, ...]:
    """Where a text denies outright, in order."""
    if not _union("deny", lang).search(text):
        return ()
    only_form = [match.span() for match in _union("form", lang).finditer(text)]
    return tuple(
        match.span()
        for match in _union("deny", lang).finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in only_form)
    )


def _meant(kind: str, source: str, target: str, lang: Lang) -> int:
    """How many words of a kind the translation has beyond those that answer for the source's own."""
    found = 0
    for ours, theirs in zip(_patterns(kind, Lang.FR), _patterns(kind, lang), strict=True):
        if theirs is not None and (told := len(theirs.findall(target))):
            found += max(0, told - (len(ours.findall(source)) if ours is not None else 0))
    return found


def _unanswered(source: str, denials: tuple[Span, ...], target: str, lang: Lang) -> bool:
    """True if the translation has fewer words that can answer for a denial than the source has denials."""
    missing = len(denials) - len(_denials(target, lang)) - _meant("own", source, target, lang)
    if missing <= 0:
        return False
    ended = sum(source[start:end].endswith("plus") for start, end in denials)
    missing -= min(ended, _meant("over", source, target, lang)) if ended else 0
    return missing > 0 and missing > outright.count(source, target, lang)


def _is_asked(source: str, span: Span) -> bool:
    """True for a denial at the head of a question, which others may ask without it (`Vous n'avez pas vu mon
    fils ?`), and for any denial where the source ends with a question."""
    if source.rstrip(' \u00a0\u202f»”"').endswith("?"):
        return True
    end = _SENTENCE_END.search(source, span[1])
    return end is not None and end[0] == "?" and re.search(_HEAD, source[: span[0]]) is not None


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """The first denial of the source that the translation does not have, or one that it made up."""
    denials = _denials(source, Lang.FR)
    stated = tuple(span for span in denials if not _is_asked(source, span)) if "?" in source else denials
    if stated:
        if _unanswered(source, stated, target, lang):
            start, end = stated[0]
            message = f"“{source[start:end].strip()}” has no counterpart"
            yield Finding("negation", Severity.ERROR, message, source_span=stated[0])
    elif not denials:
        made = _union("doubt", lang).search(target)
        if made is not None and not _union("doubt", Lang.FR).search(source):
            yield Finding("negation", Severity.WARNING, "the source denies nothing", target_span=made.span())
