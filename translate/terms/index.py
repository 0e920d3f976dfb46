"""Finding the terms of a sentence: a tree of words, so that the number of terms does not count.

There is one tree for each first word, which grows when a sentence has that word: most words of a glossary
stand in no sentence that is translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from translate.terms.term import CaseRule, Term, TermMatch, TermPart
from translate.terms.words import (
    ARTICLES,
    CONTRACTIONS,
    Word,
    closed,
    first_word,
    folded,
    hangs_after,
    hangs_before,
    is_inflected,
    is_joined,
    is_plural,
    is_same,
    key,
    word_before,
    words,
)
from translate.text.given_names import given_name, is_followed_by_name

# What may hang before a term with a hyphen and leave it whole: `ex-URSS`, `pro-Hamas`.
_PREFIXES = frozenset({"ex", "anti", "pro", "non", "post", "pre", "inter", "trans"})
# `les présidents chinois et kazakh` are not two Chinese presidents.
_AND_ANOTHER = re.compile(r"\s(?:et|ou)\s[^\W\d_A-Z]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term in the tree. `words` are its words without the article at its head, if it has one."""

    term: Term
    words: tuple[str, ...]
    has_article: bool


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)


class Index:
    """The terms of a glossary by their words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._seeds: dict[str, list[Term]] = {}
        self._trees: dict[str, _Node] = {}
        self._patterns: list[tuple[Term, re.Pattern[str]]] = []
        for term in terms:
            if term.pattern is not None:
                flags = re.IGNORECASE if term.case is CaseRule.ANY else 0
                self._patterns.append((term, re.compile(term.pattern, flags)))
            else:
                self._seeds.setdefault(key(first_word(term.french)), []).append(term)

    def _tree(self, first: str) -> _Node | None:
        """The terms whose first word has the key `first`, by the words that follow it."""
        if first not in self._seeds:
            return None
        if first not in self._trees:  # two threads may both grow it: the same tree twice
            tree = _Node()
            for term in self._seeds[first]:
                _add(tree, term)
            self._trees[first] = tree
        return self._trees[first]

    def find(self, sentence: str) -> tuple[TermMatch, ...]:
        """The terms of `sentence` in order; none overlaps another, and the longest goes first."""
        found = [*self._of_words(sentence), *self._of_patterns(sentence)]
        candidates = [match for match in found if not _is_of_person(sentence, match)]
        candidates.sort(key=_rank)
        taken: list[TermMatch] = []
        covered = bytearray(len(sentence))
        for match in candidates:
            if not any(covered[match.start : match.end]):
                taken.append(match)
                covered[match.start : match.end] = b"\1" * (match.end - match.start)
        return tuple(sorted(_untied(sentence, taken), key=lambda match: match.start))

    def _of_words(self, sentence: str) -> Iterator[TermMatch]:
        found = words(sentence)
        for first, word in enumerate(found):
            node = self._tree(word.key)
            last = first
            while node is not None:
                for entry in node.entries:
                    if match := _match(sentence, found, first, last, entry):
                        yield match
                last += 1
                if last == len(found) or not is_joined(sentence, found[last - 1].end, found[last].start):
                    break
                node = node.after.get(found[last].key)

    def _of_patterns(self, sentence: str) -> Iterator[TermMatch]:
        for term, pattern in self._patterns:
            for match in pattern.finditer(sentence):
                if match[0]:
                    yield TermMatch(term, match.start(), match.end(), match[0])


def _add(tree: _Node, term: Term) -> None:
    found = words(term.french)
    has_article = len(found) > 1 and found[0].text.lower() in ARTICLES
    if has_article:
        del found[0]
    node = tree
    for word in found[1:]:
        node = node.after.setdefault(word.key, _Node())
    node.entries.append(_Entry(term, tuple(word.text for word in found), has_article))


def _match(sentence: str, found: Sequence[Word], first: int, last: int, entry: _Entry) -> TermMatch | None:
    """The term at the words from `first` to `last`, if they are really its words."""
    start, end = found[first].start, found[last].end
    if entry.has_article:
        before = found[first - 1] if first else None
        if before is None or not is_joined(sentence, before.end, start):
            return None
        article = before.text.lower()
        if article in ARTICLES:
            start = before.start
        elif article not in CONTRACTIONS:
            return None
    term, inflected, plural = entry.term, False, False
    if not _has_case(term, entry.words, found, first):
        return None
    for ours, theirs in zip(entry.words, found[first : last + 1], strict=True):
        if not is_same(ours, theirs.text):
            if not (
                term.part.inflects and term.case is not CaseRule.EXACT and is_inflected(ours, theirs.text)
            ):
                return None
            inflected = True
            plural = plural or is_plural(ours, theirs.text)
    if inflected and _AND_ANOTHER.match(sentence, end):
        return None
    end = closed(sentence, start, end)
    return TermMatch(term, start, end, sentence[start:end], inflected, plural)


def _has_case(term: Term, ours: Sequence[str], found: Sequence[Word], first: int) -> bool:
    if term.case is CaseRule.ANY:
        return True
    if term.case is CaseRule.CAPITAL:
        return found[first].text[0].isupper() or not ours[0][0].isupper()
    theirs = found[first : first + len(ours)]
    return all(_letters(a) == _letters(b.text) for a, b in zip(ours, theirs, strict=True))


def _letters(word: str) -> str:
    """The word without accents, in its own case."""
    bare = folded(word)
    if len(bare) != len(word):
        return word
    return "".join(b.upper() if a.isupper() else b for a, b in zip(word, bare, strict=True))


_STRICTEST = (CaseRule.EXACT, CaseRule.CAPITAL, CaseRule.ANY)


def _rank(match: TermMatch) -> tuple[int, int, bool, int, int]:
    """Lower goes first: the longest, then the highest priority, then what is nearest to what is written."""
    rule = _STRICTEST.index(match.term.case)
    return (match.start - match.end, -match.term.priority, match.inflected, rule, match.start)


def _is_of_person(sentence: str, match: TermMatch) -> bool:
    """True for a place that is someone's given name here: `Florence` in `Florence Martin`."""
    name = given_name(match.surface) if match.term.part is TermPart.PLACE else None
    return name is not None and name.is_place and is_followed_by_name(sentence, match.end)


def _untied(sentence: str, taken: Sequence[TermMatch]) -> Iterator[TermMatch]:
    """Without the terms that are only half of a word with a hyphen: `France` in `Marie-France`.

    Two terms with a hyphen between them are two terms: `Chine-Afrique`.
    """
    starts, ends = {match.start for match in taken}, {match.end for match in taken}
    for match in taken:
        if hangs_before(sentence, match.start) and match.start - 1 not in ends:
            head = word_before(sentence, match.start - 1)
            if folded(head) not in _PREFIXES:
                continue
        if hangs_after(sentence, match.end) and match.end + 1 not in starts:
            continue
        yield match
