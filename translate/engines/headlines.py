"""A model that is given headlines in capitals in small letters: hardly any of its text was in capitals.

English answers are put in capitals again; Chinese has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.engines.alignment import Link
from translate.engines.verbatim import Asked
from translate.engines.wanted import Unwanted, Wanted
from translate.text.capitals import in_small_letters, is_in_capitals


@dataclass(frozen=True, slots=True)
class Headlines:
    """Answers as `engine` does, to headlines as if they were in small letters."""

    engine: Asked

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order."""
        answers = self.engine.translate(list(map(_asked, sentences)), target, progress)
        return [_answered(text, said, target) for text, said in zip(sentences, answers, strict=True)]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first."""
        several = self.engine.candidates(list(map(_asked, sentences)), target, count)
        return [
            tuple(_answered(text, said, target) for said in those)
            for text, those in zip(sentences, several, strict=True)
        ]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms and suits; None for a headline."""
        places = _others([each.sentence for each in wanted])
        return _back(places, self.engine.lead([wanted[n] for n in places], target), len(wanted))

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words; None for a headline."""
        places = _others([each.sentence for each in unwanted])
        return _back(places, self.engine.avoid([unwanted[n] for n in places], target), len(unwanted))

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together."""
        return self.engine.align(pairs, target)


def _asked(sentence: str) -> str:
    return in_small_letters(sentence) if is_in_capitals(sentence) else sentence


def _answered(sentence: str, said: Hypothesis, target: Lang) -> Hypothesis:
    is_headline = target is not Lang.ZH and is_in_capitals(sentence)
    return replace(said, text=said.text.upper()) if is_headline else said


def _others(sentences: Sequence[str]) -> list[int]:
    """Which of them are no headlines, by number."""
    return [number for number, text in enumerate(sentences) if not is_in_capitals(text)]


def _back(places: Sequence[int], answers: Sequence[Hypothesis | None], count: int) -> list[Hypothesis | None]:
    """The answers in their places; None where nothing was asked."""
    found = dict(zip(places, answers, strict=True))
    return [found.get(number) for number in range(count)]
