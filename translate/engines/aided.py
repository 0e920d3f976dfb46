"""A model that is given sentences as it was taught to read them; to another one that would be noise.

Rare words stand in the target language, for it to copy (`training/aided.py`): what a small model has hardly
read it translates by guessing; a lexicon knows (`translate.text.lexicon`). Song et al., "Code-Switching for
Enhancing NMT with Pre-Specified Translation", NAACL 2019. It copies five in six of them; of the hypotheses of
a beam the one that has most is taken. Opening marks stand apart, as in training (`translate.text.openings`,
`training/vocabulary.py`), in its answers too, where they are put back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.engines.alignment import Link
from translate.engines.verbatim import Asked
from translate.engines.wanted import Unwanted, Wanted
from translate.text.contents import clauses
from translate.text.lexicon import given, given_with
from translate.text.openings import read, together


class Wished(Asked, Protocol):
    """What can also be told what its answers had better say."""

    def translate(
        self,
        sentences: Sequence[str],
        target: Lang,
        progress: Progress | None = None,
        wishes: Mapping[str, Sequence[str]] = ...,
    ) -> list[Hypothesis]:
        """`wishes`: of some of the sentences, forms of which an answer is the better for each it says."""
        ...


@dataclass(frozen=True, slots=True)
class Aided:
    """Answers as `engine` does to sentences with their rare words given and their opening marks apart."""

    engine: Wished

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order."""
        told = [given_with(text, target) for text in sentences]
        asked = [read(text) for text, _ in told]
        wishes = {text: brought for text, (_, brought) in zip(asked, told, strict=True) if brought}
        answers = self.engine.translate(asked, target, progress, wishes)
        return [_written(*each) for each in zip(answers, sentences, asked, strict=True)]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first."""
        asked = [_read(text, target) for text in sentences]
        several = self.engine.candidates(asked, target, count)
        return [
            tuple(_written(said, *texts) for said in those)
            for those, *texts in zip(several, sentences, asked, strict=True)
        ]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms and suits; None where there is none."""
        asked = [replace(each, sentence=_read(each.sentence, target)) for each in wanted]
        answers = zip(self.engine.lead(asked, target), wanted, asked, strict=True)
        return [said and _written(said, own.sentence, heard.sentence) for said, own, heard in answers]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words; None where there is none."""
        asked = [replace(each, sentence=_read(each.sentence, target)) for each in unwanted]
        answers = zip(self.engine.avoid(asked, target), unwanted, asked, strict=True)
        return [said and _written(said, own.sentence, heard.sentence) for said, own, heard in answers]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together: of the texts as they are, whose places are asked for."""
        return self.engine.align(pairs, target)


def _read(sentence: str, target: Lang) -> str:
    """A sentence as the model reads it."""
    return read(given(sentence, target))


def _written(said: Hypothesis, sentence: str, asked: str) -> Hypothesis:
    """What the model says of `asked`, as people write it; of clauses, only what is as true of `sentence`."""
    overlooked = said.overlooked
    if overlooked and len(clauses(sentence)) != len(clauses(asked)):
        overlooked = ()
    return replace(said, text=together(said.text), overlooked=overlooked)
