"""A model that is given the rare words of a sentence in the target language, for it to copy.

What a small model has hardly read it translates by guessing; a lexicon knows (`translate.text.lexicon`). Only
for a model that was taught to copy such words (`training/aided.py`); to another one they are noise. Song et
al., "Code-Switching for Enhancing NMT with Pre-Specified Translation", NAACL 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.engines.alignment import Link
from translate.engines.verbatim import Asked
from translate.engines.wanted import Unwanted, Wanted
from translate.text.lexicon import given


@dataclass(frozen=True, slots=True)
class Aided:
    """Answers as `engine` does to sentences with their rare words given."""

    engine: Asked

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order."""
        return self.engine.translate([given(text, target) for text in sentences], target, progress)

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first."""
        return self.engine.candidates([given(text, target) for text in sentences], target, count)

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms and suits; None where there is none."""
        asked = [replace(each, sentence=given(each.sentence, target)) for each in wanted]
        return self.engine.lead(asked, target)

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words; None where there is none."""
        asked = [replace(each, sentence=given(each.sentence, target)) for each in unwanted]
        return self.engine.avoid(asked, target)

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together: of the French as it is, whose places are asked for."""
        return self.engine.align(pairs, target)
