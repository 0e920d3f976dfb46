"""Terms put in the place of what a model wrote instead: found by the model's own attention.

The last resort, after other hypotheses and given terms: the sentence around the term stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.domain import Lang
from translate.engines.alignment import Link, aligned
from translate.revision.looking import share
from translate.revision.reviewed import Reviewed
from translate.revision.spans import Edit, Span, found_in, overlap
from translate.terms import TermMatch, applied
from translate.text.language import small_words

# An aligned place far longer than the term has caught more than the term.
_MOST_LONGER = 3.0
_MOST_MORE = 8
_NEARLY = 0.7  # of the attention at a place that the term has: a neighbor that has more of it stands there
_DIGIT = re.compile(r"\d")
_BEFORE, _BEHIND = re.compile(r"([^\W\d_]{3,})\s$"), re.compile(r"\s([^\W\d_]{3,})")
_ARTICLE = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
_OWN_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[\w.]+['’]s\s")  # has no article: China's minister
# What stands for no term: a model looks at a word that it leaves out while it writes `the`, too.
_SMALL = r"(?:of|in|on|at|to|for|from|by|with|and|or|as|that)"
_NOTHING = re.compile(rf"(?:the|an?|{_SMALL})", re.IGNORECASE)
# What stands around a term and stays: marks, and small words with their space; an article is fitted.
_LEFT = re.compile(rf"(?:[^\w\s·]|\s|\b(?i:{_SMALL})\s|\b(?i:the|an?)\s(?=[^\w\s]))+")
_VERB = (
    r"(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|should|did|not|who|which)"
)
_RIGHT = re.compile(
    rf"(?:[^\w\s.·]|(?<!\b[A-Z])\.|\s|\s(?i:the|an?|{_SMALL}|{_VERB})\b)+\Z"
)  # U.S. ends in a point


def placed(reviewed: Reviewed, links: Sequence[Link], target: Lang) -> Iterator[tuple[TermMatch, Edit]]:
    """Of the terms that the translation misses those that `links` show a place for; how to put them there."""
    said = reviewed.hypothesis
    taken = [
        span
        for use in said.terms
        if use.target_span
        for span in found_in(said.text, said.text[slice(*use.target_span)])
    ]
    before: TermMatch | None = None  # what was placed last
    for match in reviewed.missing:
        form, found = match.preferred(target), aligned(links, (match.start, match.end), said.text)
        if form is None or found is None:
            continue
        span = _within(found, form, said.text)
        if not _is_place_for(form, said.text[slice(*span)]):
            continue
        if any(overlap(span, other) for other in taken):
            continue
        if _stands_for_neighbor(match, span, reviewed.source, links, said.text):
            continue
        if before and _is_acronym_of(match, before, reviewed.source, target):
            continue
        taken.append(span)
        before = match
        yield match, Edit(*span, _fitted(form, said.text, span, target))


def _stands_for_neighbor(match: TermMatch, span: Span, source: str, links: Sequence[Link], text: str) -> bool:
    """True if the place is that of a word beside the term: `maire` of `le maire LR`, said as mayor.

    What nothing in a translation looks at is linked to what looks at it most, which may be a neighbor's word:
    it looks at that one more.
    """
    beside = (_BEFORE.search(source[: match.start]), _BEHIND.match(source, match.end))
    words = [found for found in beside if found and found[1].lower() not in small_words("fr")]
    own = share(links, (match.start, match.end), span)
    return any(share(links, found.span(1), span) > _NEARLY * own for found in words)


def _is_acronym_of(match: TermMatch, name: TermMatch, source: str, target: Lang) -> bool:
    """True for an acronym in brackets behind its name, if what is put there for the name says it too."""
    is_behind = source[name.end : match.start].strip() == "("
    return is_behind and applied(match, name.preferred(target) or "", target) is not None


def _within(span: Span, form: str, text: str) -> Span:
    """The place without what only stands around it: `to the Minister,` is `the Minister`.

    Marks that the term has itself at that end are part of it, and so is an article that it cannot have.
    """
    there = text[slice(*span)]
    left = _LEFT.match(there) if form[0].isalnum() else None
    right = _RIGHT.search(there) if form[-1].isalnum() else None
    start = span[0] + (left.end() if left else 0)
    end = span[0] + (right.start() if right else len(there))
    if start >= end:
        return span
    article = _ARTICLE.search(text[:start]) if _POSSESSIVE.match(form) else None
    return (article.start() if article else start, end)


def _is_place_for(form: str, there: str) -> bool:
    """False if what stands there surely is no term or more: a small word, a number, or far longer."""
    is_longer = len(there) > _MOST_LONGER * len(form) + _MOST_MORE
    return not is_longer and not _DIGIT.search(there) and not _NOTHING.fullmatch(there.strip())


def _fitted(form: str, text: str, span: tuple[int, int], target: Lang) -> str:
    """`form` as it has to stand there: one article, space where words meet, a capital at the start."""
    if target is Lang.ZH:
        return form
    there = text[slice(*span)]
    own = _OWN_ARTICLE.match(there)
    if own and not _POSSESSIVE.match(form):
        form = own[0] + _OWN_ARTICLE.sub("", form, count=1)
    elif _ARTICLE.search(text[: span[0]]):
        form = _OWN_ARTICLE.sub("", form, count=1)
    return form[0].upper() + form[1:] if span[0] == 0 else form
