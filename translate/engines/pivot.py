"""Two engines in a row: French to a pivot language, and on from there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from translate.domain import Finding, Hypothesis, Lang
from translate.engines import LoadedEngine, Progress, alignment
from translate.engines.alignment import Link
from translate.engines.plan import distinct, sureness
from translate.engines.wanted import Unwanted, Wanted
from translate.errors import EngineError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PivotEngine:
    """Translates with `first` into `pivot`, and that with `second`. Same contract as its parts."""

    def __init__(self, first: LoadedEngine, second: LoadedEngine, pivot: Lang) -> None:
        if pivot not in first.targets:
            raise EngineError(f"the first model of a chain does not write {pivot}")
        self._first = first
        self._second = second
        self._pivot = pivot

    @property
    def name(self) -> str:
        return self._second.name

    @property
    def device(self) -> str:
        """The device, or both if they differ."""
        return "+".join(dict.fromkeys((self._first.device, self._second.device)))

    @property
    def beam(self) -> int:
        """Of the second model: it writes what is read."""
        return self._second.beam

    @property
    def revision(self) -> str:
        """SHA-256 of both revisions: it changes when either does."""
        return hashlib.sha256(f"{self._first.revision}\n{self._second.revision}".encode()).hexdigest()

    @property
    def notices(self) -> tuple[str, ...]:
        return (*self._first.notices, *self._second.notices)

    @property
    def targets(self) -> tuple[Lang, ...]:
        return self._second.targets

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order; a sentence counts as done when its second half is."""
        halfway = self._first.translate(sentences, self._pivot)
        final = self._second.translate([hypothesis.text for hypothesis in halfway], target, progress)
        return [self._chained(*pair) for pair in zip(halfway, final, strict=True)]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """The surest ways through the first half's candidates and on through the second's."""
        halfway = self._first.candidates(sentences, self._pivot, count)
        texts = [hypothesis.text for several in halfway for hypothesis in several]
        final = iter(self._second.candidates(texts, target, count))
        return [self._surest([(half, next(final)) for half in several], count) for several in halfway]

    def _surest(
        self, ways: Sequence[tuple[Hypothesis, Sequence[Hypothesis]]], count: int
    ) -> tuple[Hypothesis, ...]:
        pairs = [(half, end) for half, ends in ways for end in ends]
        ranked = sorted(pairs, key=sureness, reverse=True)
        return distinct(self._chained(*pair) for pair in ranked)[:count]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """The second half is led; the first says of each sentence what it always does."""
        halfway = self._first.translate([each.sentence for each in wanted], self._pivot)
        asked = [replace(each, sentence=half.text) for each, half in zip(wanted, halfway, strict=True)]
        found = self._second.lead(asked, target)
        return [self._chained(half, one) if one else None for half, one in zip(halfway, found, strict=True)]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """The second half is kept from the words."""
        halfway = self._first.translate([each.sentence for each in unwanted], self._pivot)
        asked = [replace(each, sentence=half.text) for each, half in zip(unwanted, halfway, strict=True)]
        found = self._second.avoid(asked, target)
        return [self._chained(half, one) if one else None for half, one in zip(halfway, found, strict=True)]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Links through the first half's own translation of each sentence."""
        sources, translations = [source for source, _ in pairs], [text for _, text in pairs]
        halfway = [each.text for each in self._first.translate(sources, self._pivot)]
        first = self._first.align(list(zip(sources, halfway, strict=True)), self._pivot)
        second = self._second.align(list(zip(halfway, translations, strict=True)), target)
        return [alignment.chained(*both) for both in zip(first, second, strict=True)]

    def _chained(self, halfway: Hypothesis, final: Hypothesis) -> Hypothesis:
        """`final`, as sure as the less sure half, with the first half's findings marked as such."""
        scores = [half.score for half in (halfway, final) if half.score is not None]
        before = tuple(self._marked(finding) for finding in halfway.findings)
        return Hypothesis(final.text, min(scores, default=None), (*before, *final.findings))

    def _marked(self, finding: Finding) -> Finding:
        return replace(finding, message=f"on the way through {self._pivot}: {finding.message}")

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Vectors from the first model, the one that reads French."""
        return self._first.embed(sentences)
