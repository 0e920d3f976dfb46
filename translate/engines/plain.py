"""What one model says of texts as they are: the parts of an engine, each asked for its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from translate.domain import Hypothesis, Lang
from translate.engines import Progress, alignment, schedule
from translate.engines.alignment import Link
from translate.engines.avoiding import Avoiding
from translate.engines.leading import Leader, Leading
from translate.engines.search import Decoding, Limits, Located
from translate.engines.translator import NO_WISHES, Translator
from translate.engines.wanted import Unwanted, Wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Aligner(Leader, Protocol):
    """A backend that also says where its model looks."""

    def located(self, sentence: str, translation: str, target: Lang) -> Located:
        """A pair as ids, with their places."""
        ...

    def attention(self, batch: Sequence[Located], target: Lang) -> list[NDArray[np.float32]]:
        """Where the aligning head looks, of each pair: ids of the translation x ids of the source."""
        ...


class Plain:
    """One model on one backend; each method keeps its part of the `Engine` protocol."""

    def __init__(self, backend: Aligner, decoding: Decoding, limits: Limits) -> None:
        self._backend = backend
        self._limits = limits
        self._translator = Translator(backend, decoding, limits)
        self._leading = Leading(backend, limits)
        self._avoiding = Avoiding(backend, limits, decoding)

    def translate(
        self,
        sentences: Sequence[str],
        target: Lang,
        progress: Progress | None = None,
        wishes: Mapping[str, Sequence[str]] = NO_WISHES,
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order. Raises EngineError; never a partial list.

        `wishes`: of some of the sentences, what the hypothesis had better say.
        """
        return self._translator.translate(sentences, target, progress, wishes)

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first. Raises EngineError."""
        return self._translator.candidates(sentences, target, count)

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms and suits; None where there is none."""
        return self._leading.lead(wanted, target)

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words; None where there is none."""
        return self._avoiding.avoid(unwanted, target)

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together; nothing of a pair with a text too long for the model."""
        located = [self._backend.located(*pair, target) for pair in pairs]
        most = {"source": self._limits.source, "target": self._limits.target}
        fits = [
            number
            for number, pair in enumerate(located)
            if pair.target and len(pair.source) <= most["source"] and len(pair.target) <= most["target"]
        ]
        sizes = [located[number].size for number in fits]
        found = schedule.run(
            schedule.by_length(["".join(pairs[number]) for number in fits], sizes),
            sizes,
            self._limits.budget,
            lambda batch: partial(self._backend.attention, [located[fits[index]] for index in batch], target),
            kinds=[self._limits.kind(located[n].source, located[n].target) for n in fits],
        )
        made = {
            number: alignment.links(seen, located[number].source_spans, located[number].target_spans)
            for number, seen in zip(fits, found, strict=True)
        }
        return [made.get(number, ()) for number in range(len(pairs))]
