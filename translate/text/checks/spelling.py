"""English words that do not exist: what a model makes of pieces of words, `decritered`, `megawattts`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from translate.domain import Finding, Lang, Severity
from translate.text.checks.likeness import alike
from translate.text.checks.rendered import is_word
from translate.text.lexicon import meanings
from translate.text.tables import folded
from translate.text.wordlists import HEAD, read_packed, read_wordlists

LISTED: Final = "checks/words.en.txt.gz"
"""Words and names of general lists and of the training text, by their heads; `training.words` makes it."""
LEAST: Final = 4
"""Letters of a word that is looked at. Too many shorter ones are units, particles of names, codes."""

# Not in addresses and codes, nor behind an elision (l'accord), nor beside a letter that was lost (P?rraga).
WORD: Final = re.compile(
    rf"(?<![\w@/.#&?\ufffd\\])(?<!\w['’])[a-z]{{{LEAST},}}(?![\w@/\\\ufffd]|\.\w|['’](?!s\b)\w)"
)
# The word that a sentence or a quotation begins with: its capital tells nothing.
FIRST: Final = re.compile(
    rf"(?:^|(?<=[.!?]\s)|(?<=[.!?][\"”)]\s)|(?<=[\"“(]))[A-Z][a-z]{{{LEAST - 1},}}"
    r"(?![\w@/\\\ufffd-]|\.\w|['’](?!s\b)\w)"
)
_NAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]{2,}")
_IN_NAME = re.compile(r"[A-Z][a-z]+-$")  # Kim Jong-cheol
_QUOTES = ("'", '"', "‘", "’", "“", "”")
_LETTERS = re.compile(r"[a-z]+")
_BRITISH = re.compile(r"(.{5,})is((?:e[drs]?|ers|ing|ations?|able))")
_AMERICAN = re.compile(r"(.{5,})iz((?:e[drs]?|ers|ing|ations?|able))")
_VERB = re.compile(r"(.{5,})[ai]bilit(?:y|ies)")
_HALF, _COMPOUND = 4, 9  # letters at least of each half of a compound, and of both
_LONG = 7  # letters at least of what stands behind a short form


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Each small or first word of an English translation that neither English, the dictionary nor the source
    has, once."""
    if lang is not Lang.EN:
        return
    told = set()
    for match in chain(WORD.finditer(target), FIRST.finditer(target)):
        word, small = match[0], match[0].lower()
        if is_english(small) or small in told or _is_apart(target, match) or has(source, small):
            continue
        if is_word(small) or (word != small and (is_name(word) or _is_of_name(source, small))):
            continue
        told.add(small)
        yield Finding("words", Severity.ERROR, f"“{word}” is no English word", target_span=match.span())


@lru_cache(maxsize=16384)
def is_english(word: str) -> bool:
    """True for a word in lower case that is listed, or made of listed ones as English makes words."""
    return _is_listed(word) or any(all(map(_is_listed, parts)) for parts in made_of(word))


def is_name(word: str) -> bool:
    """True for a name with its capital that is listed: one that English has, and French may say otherwise."""
    one = word.removesuffix("s")
    return _is_listed(word) or _is_listed(one) or _is_listed(one.lower())  # Corsicans


def _is_of_name(source: str, word: str) -> bool:
    """True for what may be a name of the source, spelled or derived otherwise: `Poutine`, Putin."""
    names = (name for name in _NAME.findall(source) if not meanings(name.lower(), Lang.EN))
    return any(alike(folded(name), word) for name in names)


def _is_listed(word: str) -> bool:
    return len(word) >= LEAST and f" {word[HEAD:]} " in read_packed(LISTED).get(word[:HEAD], "")


@cache
def _forms(kind: str) -> tuple[str, ...]:
    return read_wordlists("checks/forms.en.txt")[kind]


def made_of(word: str) -> Iterator[tuple[str, ...]]:
    """The words that `word` may be made of, by each rule that it could follow; it is one if they all are."""
    yield from ((word[len(form) :],) for form in _forms("before") if word.startswith(form))
    yield from (
        (word[len(form) :],)
        for form in _forms("short")
        if word.startswith(form) and len(word) >= _LONG + len(form)
    )
    yield from ((word[: -len(form)],) for form in _forms("behind") if word.endswith(form))
    if len(word) >= _COMPOUND:
        yield from ((word[:cut], word[cut:]) for cut in range(_HALF, len(word) - _HALF + 1))
    if word.endswith("ly") and word[:-2].endswith(_forms("adverbs")):
        yield (word[:-2],)
    if word.endswith("s") and word[:-1].endswith(_forms("nouns")):
        yield (word[:-1],)
    if match := _VERB.fullmatch(word):
        yield from ((made,) for made in (match[1], f"{match[1]}e", f"{match[1]}able", f"{match[1]}ible"))
    if match := _AMERICAN.fullmatch(word) or _BRITISH.fullmatch(word):
        stem, end = match[1], match[2]
        yield from ((made,) for made in (f"{stem}is{end}", stem, f"{stem}e", f"{stem}y") if made != word)


@lru_cache(maxsize=64)
def _words(source: str) -> frozenset[str]:
    """Its words without accents, and what they are with hyphens left out."""
    text = folded(source)
    return frozenset((*_LETTERS.findall(text), *_LETTERS.findall(text.replace("-", ""))))


def has(source: str, word: str) -> bool:
    """True for a word of the source, be it one or many."""
    return not _words(source).isdisjoint((word, f"{word}s", word.removesuffix("s")))


def _is_apart(target: str, match: re.Match[str]) -> bool:
    """True for the end of a name, and for a word in quotation marks of its own, made up on purpose."""
    before, behind = target[: match.start()], target[match.end() :]
    return (before.endswith(_QUOTES) and behind.startswith(_QUOTES)) or _IN_NAME.search(before) is not None
