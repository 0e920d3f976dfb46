"""French phrases that mean another thing than their words, and what they are in the target language.

A phrase is looked up by its first word. Where that is a verb the phrase is kept once, with the infinitive;
each form of the verb names it, and what becomes of the English verb: `met le feu aux poudres`, sparks unrest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache

from translate.domain import Lang
from translate.text.wordlists import HEAD, read_packed

FIXED, OF_VERB, OF_SELF, FORM_OF, ENGLISH = "!", "/", "~", ">", "="
"""What stands in a cell between a phrase and its meaning; one that a verb begins, or a verb with `se`, and
its meaning; a form and its infinitive; an English verb and its forms."""


_ADVERB = re.compile(r"(?!(?:\w*[pfe]ly|[rt]?ally|rally|bully|tally|sully|dally)\s)\w+ly\s(?=\w)")
"""One before a verb; `apply`, `rely`, `fly` and `rally` are verbs."""
START = 2
"""Letters by which what follows a word is looked up: `la` and `en` begin hundreds of phrases."""

Phrases = Mapping[str, tuple[tuple[str, str], ...]]
"""What follows a word in phrases, with what each is, the longest first; by its first letters."""


class Tense(IntEnum):
    """Forms of an English verb, as cells have them in order; `BASE` is the verb itself."""

    BASE = 0
    PRESENT = 1
    PRESENT_OF_SEVERAL = 2
    PAST = 3
    PAST_OF_SEVERAL = 4
    ING = 5
    PARTICIPLE = 6


def phrases_of(target: Lang) -> str:
    """The file of a target: cells by the heads of their first words; `training.dictionary` makes it."""
    return f"phrases.{target}.txt.gz"


@lru_cache(maxsize=65536)
def begun_by(word: str, target: Lang, *, is_participle: bool = False, is_reflexive: bool = False) -> Phrases:
    """The phrases that a word begins.

    `word`: as it is inflected. What follows has the space or apostrophe before it. `is_participle`: it stands
    behind an auxiliary, so `fait` is no present tense. `is_reflexive`: `se` stands before it.
    """

    def rank(found: tuple[str, str, Tense | None]) -> tuple[int, bool]:
        return -len(found[0]), (found[2] is Tense.PARTICIPLE) != is_participle

    first: dict[str, str] = {}
    for rest, text, _ in sorted(_begun(word, target, is_reflexive), key=rank):
        first.setdefault(rest, text)
    starts: dict[str, list[tuple[str, str]]] = {}
    for rest, text in first.items():
        starts.setdefault(rest[:START], []).append((rest, text))
    return {start: tuple(those) for start, those in starts.items()}


def _begun(word: str, target: Lang, is_reflexive: bool) -> Iterator[tuple[str, str, Tense | None]]:
    for rest, said in _cells(word, target):
        if rest:
            if said[:1] != OF_SELF or is_reflexive:
                yield rest, said[1:], None
        elif said[:1] == FORM_OF:
            verb, _, number = said[1:].partition(OF_VERB)
            tense = Tense(int(number))
            signs = (OF_VERB, OF_SELF) if is_reflexive else (OF_VERB,)
            yield from ((after, text, tense) for after, text in _of_verb(verb, tense, target, signs))


def _of_verb(verb: str, tense: Tense, target: Lang, signs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The phrases that a French verb begins, said in a tense of the English one; Chinese has none."""
    for rest, said in _cells(verb, target):
        if rest and said[:1] in signs:
            yield rest, _inflected(said[1:], tense) if target is Lang.EN else said[1:]


@lru_cache(maxsize=4096)
def _inflected(text: str, tense: Tense) -> str:
    """English words with their verb in another form; as they are if it is not known."""
    before, verb, rest = at_verb(text)
    forms = next((said[1:] for _, said in _cells(verb, Lang.EN) if said[:1] == ENGLISH), "")
    if forms and tense is not Tense.BASE:
        verb = forms.split("|")[tense - 1]
    return before + verb + rest


def at_verb(text: str) -> tuple[str, str, str]:
    """English words that say a verb: what stands before it, it, and what follows: `narrowly `, `avoid`."""
    match = _ADVERB.match(text)
    before = match[0] if match else ""
    verb, blank, rest = text[len(before) :].partition(" ")
    return before, verb, blank + rest


def _cells(word: str, target: Lang) -> Iterator[tuple[str, str]]:
    """The cells of a word: what follows it in a phrase, if it is one, and what is said, with its sign."""
    line = read_packed(phrases_of(target)).get(word[:HEAD], "")
    begun = "\t" + word[HEAD:]
    at = line.find(begun)
    while at >= 0:
        start = at + len(begun)
        stop = line.find("\t", start)
        cell = line[start : stop if stop >= 0 else len(line)]
        if cell[:1] in (FORM_OF, ENGLISH):
            yield "", cell
        elif cell[:1] in (" ", "'"):
            place = min(filter(lambda place: place >= 0, map(cell.find, (FIXED, OF_VERB, OF_SELF))))
            yield cell[:place], cell[place:]
        at = line.find(begun, start)
