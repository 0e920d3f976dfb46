"""A model that is given, and gives, the words behind opening marks with a space before them.

As `translate.text.openings` has it. Only for a model that was taught so (`training.vocabulary`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.engines.alignment import Link
from translate.engines.verbatim import Asked
from translate.engines.wanted import Unwanted, Wanted
from translate.text.openings import apart, together


@dataclass(frozen=True, slots=True)
class Apart:
    """Answers as `engine` does to sentences whose opening marks stand apart; in the answers they do not."""

    engine: Asked

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order."""
        return [_said(each) for each in self.engine.translate(list(map(apart, sentences)), target, progress)]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first."""
        several = self.engine.candidates(list(map(apart, sentences)), target, count)
        return [tuple(map(_said, those)) for those in several]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms and suits; None where there is none."""
        asked = [replace(each, sentence=apart(each.sentence)) for each in wanted]
        return [each and _said(each) for each in self.engine.lead(asked, target)]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words; None where there is none."""
        asked = [replace(each, sentence=apart(each.sentence)) for each in unwanted]
        return [each and _said(each) for each in self.engine.avoid(asked, target)]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together: of the texts as they are, whose places are asked for."""
        return self.engine.align(pairs, target)


def _said(answer: Hypothesis) -> Hypothesis:
    return replace(answer, text=together(answer.text))
