"""What one sentence looks like by itself: may it stand alone, is it speech, is it full of facts?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.summaries.words import WORD, Words

_QUOTED = re.compile(r'"[^"]*"?|«[^»]*»?|“[^”]*”?')
_OPENING_QUOTE = re.compile(r'\s*["«“]')
_INVERSION = re.compile(r"\w-(?:t-)?(?:ils?|elles?|on|je|nous)\b", re.IGNORECASE)  # a-t-il ajouté, dit-elle
_QUESTION = re.compile(r"\?[\s\"»”]*$")
_NAME = re.compile(r"(?<=[\s'’(])[A-ZÀ-ÖØ-Þ]\w+")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Traits:
    """Traits of one sentence. `quoted` is the share of its characters between quotation marks."""

    word_count: int
    stems: tuple[str, ...]
    leans_back: bool  # opens with a pronoun or connective that needs the sentence before
    opens_quote: bool
    quoted: float
    inversion: bool
    first_person: int
    question: bool
    dated: bool
    names: int
    brackets: bool


def traits_of(sentence: str, words: Words) -> Traits:
    """The traits of `sentence`, read with the word knowledge of its language."""
    quoted = sum(len(run) for run in _QUOTED.findall(sentence))
    return Traits(
        word_count=len(WORD.findall(sentence)),
        stems=words.stems(sentence),
        leans_back=words.openers.match(sentence) is not None,
        opens_quote=_OPENING_QUOTE.match(sentence) is not None,
        quoted=quoted / max(len(sentence), 1),
        inversion=_INVERSION.search(sentence) is not None,
        first_person=len(words.first_person.findall(sentence)),
        question=_QUESTION.search(sentence) is not None,
        dated=words.days.search(sentence) is not None,
        names=len(_NAME.findall(sentence)),
        brackets="(" in sentence,
    )


def same_text(sentence: str) -> str:
    """A key that is equal for sentences which differ only in case, spacing or punctuation."""
    return " ".join(WORD.findall(_BLANK.sub(" ", sentence).casefold()))
