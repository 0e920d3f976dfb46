"""A model kept from saying a word: the pieces that it wrote it with cannot follow one another.

It says something else there; of a word that does not exist often the one that it was near to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from translate.domain import Hypothesis, Lang
from translate.engines import safety, schedule
from translate.engines.overlooked import overlooked
from translate.engines.search import Answer, Backend, Decoding, Encoded, Limits
from translate.engines.wanted import Unwanted


@dataclass(frozen=True, slots=True)
class Avoiding:
    """How the model of one backend is asked again."""

    backend: Backend
    limits: Limits
    decoding: Decoding

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """What the model says without the words; None where it cannot be kept from them, or would be cut."""
        encoded = self.backend.encode([each.sentence for each in unwanted], target)
        kept = [
            replace(source, without=tuple(map(tuple, filter(None, self.backend.written(each.words, target)))))
            for each, source in zip(unwanted, encoded, strict=True)
        ]
        asked = [
            number
            for number, source in enumerate(kept)
            if source.without and not source.is_blank and len(source.ids) <= self.limits.source
        ]
        answers = self._answers([kept[number] for number in asked], target)
        found: list[Hypothesis | None] = [None] * len(unwanted)
        for number, answer in zip(asked, answers, strict=True):
            judged = safety.judge(unwanted[number].sentence, answer.text, target, cut=answer.cut)
            (passed_over,) = overlooked(self.backend, unwanted[number].sentence, [answer], target)
            found[number] = Hypothesis(answer.text, answer.score, judged, overlooked=passed_over)
        return found

    def _answers(self, encoded: Sequence[Encoded], target: Lang) -> list[Answer]:
        how = self.decoding.of(target)
        sizes = [len(each.ids) for each in encoded]
        order = sorted(range(len(encoded)), key=lambda n: (-sizes[n], encoded[n].ids, encoded[n].without))

        def begin(batch: list[int]) -> Callable[[], list[Answer]]:
            limits = [self.limits.room(sizes[number]) for number in batch]
            pending = self.backend.begin([encoded[number] for number in batch], limits, how, target)
            return lambda: [best for best, *_ in pending()]

        budget = max(1, self.limits.budget // how.beam)
        kinds = list(map(self.limits.bands.of, sizes))
        return schedule.run(order, sizes, budget, begin, lanes=self.limits.lanes, kinds=kinds)
