"""Small English words put right: said twice, an article that does not fit, the capital at the head, `Mr`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.text.checks import said_twice
from translate.text.checks.changes import Change

# Not `step in in the`, `what it is is`.
_DOUBLED = re.compile(
    r"\b(the|a|an|of|to|and|for|at|with|from|are|were|its|their|by|as|or|into|than|but)(\s+\1)+\b",
    re.IGNORECASE,
)
# Behind a noun, where no verb takes the first one along: `on the increase in in infants`; not `in in vitro`.
_IN_IN = re.compile(
    r"\b(?:increase|rise|decline|drop|decrease|fall|growth|surge|jump|reduction|shift|change|interest|confidence"
    r"|crisis|cases|deaths|events?|people|situation) in(?P<again> in)\b(?! (?:vitro|vivo|situ|utero|camera))"
)
# `ever ever`, `heritage heritage`; not what English says twice. Two million human translations have 40 such.
_DOUBLED_WORD = re.compile(
    r"\b(?!(?:that|very|much|many|more|long|will|those|this|with|were|heavy|light|year|month)\b)"
    r"([a-z]{4,}|(?<![\w.,])\d[\d,]*) \1\b(?![.,]\d)"
)
# `to the fore the fore`, `with the IAEA with the IAEA`; not `a spade a spade`, `what was agreed was agreed`.
_DOUBLED_PHRASE = re.compile(
    r"\b(?!(?:an?|more|less|was|were|is|are|has|have|get)\b)(?=[\w' ’-]{7})"
    r"(?P<what>(?:[A-Za-z][\w'’-]* ){1,6}[A-Za-z][\w'’-]*) (?P=what)\b"
)
_DOUBLED_NAME = re.compile(r"\b([A-Z][\w-]{2,}) \1\b(?!-)")
# Heads of words that sound as vowels, whatever follows; not `eu`, `u`, `o`: a euro, a unit, a one. No short
# words and no capital: Group A is in Paris.
_ARTICLE = re.compile(
    r"\b[Aa](?= [\"“‘]?(?:[ai][a-z]|e[a-tv-z])[a-z]{2})|\b[Aa]n(?= [\"“‘]?[b-dfgj-np-tvwyz][a-z]{2})"
)
# Of a plural: `the armed forces's`. Not of `boss`, `virus`, `crisis`, `gas`, nor of a name.
_POSSESSIVE = re.compile(r"\b[a-z]{2,}[b-hj-rtv-z]s(?P<s>['’]s)\b")
# `the Le Figaro said`, not `the Le Mans prosecutor`.
_TWO_ARTICLES = re.compile(
    r"\b(?:[Tt]he|THE) (?=L(?:e|a|es) [A-Z][\w-]*(?: [A-Z][\w-]*)*"
    r"(?:[.,;:!?\")]|$|'s | [-–—] | (?:that|which|who|on|in|at|by|and|or|but|for|to|of|as|from|with|said|says"
    r"|told|tells|wrote|writes|reported|reports|has|had|is|was)\b))",
)
_TITLE = re.compile(r"\b(?:Mrs?|Ms|Dr)(?= (?P<name>[A-Z]\w))")
_FIRST_WORD = re.compile(r"[\s\"'“”‘’«»(]*([^\W\d_]+)")


def doubled(source: str, target: str) -> Iterator[Change]:
    """Small words twice in a row."""
    for match in _DOUBLED.finditer(target):
        yield match.start(), match.end(), match[1]
    for match in _IN_IN.finditer(target) if " in in " in target else ():
        yield *match.span("again"), ""


def doubled_word(source: str, target: str) -> Iterator[Change]:
    """Other words and numbers twice in a row, unless the source says something twice, too."""
    found = [match for match in _DOUBLED_WORD.finditer(target) if match[0] not in source]
    if found and not said_twice.in_a_row(source):
        for match in found:
            yield match.start(), match.end(), match[1]


def doubled_phrase(source: str, target: str) -> Iterator[Change]:
    """Phrases twice in a row, of a source that says no word of four letters twice."""
    found = list(_DOUBLED_PHRASE.finditer(target))
    if found and not said_twice.a_word(source):
        for match in found:
            if not match["what"].casefold().endswith((" and", " or", " to", " by")):
                yield match.start(), match.end(), match["what"]


def doubled_name(source: str, target: str) -> Iterator[Change]:
    """A name twice in a row, unless the source says something twice, too: `Medef Medef`."""
    for match in _DOUBLED_NAME.finditer(target):
        if not _DOUBLED_NAME.search(source):
            yield match.start(), match.end(), match[1]


def two_articles(source: str, target: str) -> Iterator[Change]:
    """`the` before a name that begins with its French article."""
    for match in _TWO_ARTICLES.finditer(target) if "he L" in target or "HE L" in target else ():
        yield match.start(), match.end(), ""


def capital(source: str, target: str) -> Iterator[Change]:
    """A small letter at the head of a sentence whose source begins with a capital: `iPhone` stays."""
    first, head = _FIRST_WORD.match(source), _FIRST_WORD.match(target)
    if first is None or head is None or (len(head[1]) == 1 and head[1] != "a"):
        return
    if first[1][0].isupper() and head[1].islower():
        at = head.start(1)
        yield at, at + 1, target[at].upper()


def article(source: str, target: str) -> Iterator[Change]:
    """`a` before a word that surely begins with a vowel's sound, `an` before one that surely does not."""
    for match in _ARTICLE.finditer(target):
        if match[0] == "A" and not _begins_a_sentence(target, match.start()):
            continue  # vitamin A
        yield match.start(), match.end(), match[0][0] if match[0].endswith("n") else f"{match[0]}n"


def possessive(source: str, target: str) -> Iterator[Change]:
    """A plural has an apostrophe alone."""
    for match in _POSSESSIVE.finditer(target) if "s's" in target or "s’s" in target else ():
        yield match.start("s") + 1, match.end("s"), ""


def title(source: str, target: str) -> Iterator[Change]:
    """A point behind `Mr`, `Dr` and the like, as in American wires; not in the source's own `Mr Bean`."""
    for match in _TITLE.finditer(target):
        if match[0] == "Dr" or f"{match[0]} {match['name']}" not in source:
            yield match.end(), match.end(), "."


def _begins_a_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(' "“‘(')
    return not before or before[-1] in ".!?"
