"""A model led to say a word: made to begin its answer with it, and left to go on by itself.

Given a translation that lacks the word, it is put behind each beginning of that translation. The model says
how ready it is for it there, and goes on from where it is readiest: what it writes are sentences of its own.
Prefix-constrained decoding, as interactive translation uses it (Knowles and Koehn, "Neural Interactive
Translation Prediction", 2016).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from translate.domain import Hypothesis, Lang
from translate.engines import safety, schedule
from translate.engines.alignment import Span
from translate.engines.plan import distinct
from translate.engines.search import Answer, Backend, Begun, Decoding, Encoded, Limits
from translate.engines.wanted import Wanted
from translate.errors import EngineError

Found = TypeVar("Found")

# Before a word, a number, an ideograph, any other sign.
_PLACE = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_\u3400-\u9fff]+(?:[’'-][^\W\d_\u3400-\u9fff]+)*|[\u3400-\u9fff]|[^\w\s]"
)
_WEIGHED = 4  # places that are weighed with the whole word, of all that are with its first piece
_TRIED = 2  # of which so many are gone on from
_CLOSING = ",.;:!?%)]”»"


class Leader(Backend, Protocol):
    """A backend whose model can be made to write a text, and asked what it thinks of it."""

    def target_ids(self, text: str) -> tuple[list[int], list[Span]]:
        """A translation as ids without `</s>`, and where in it each of them comes from."""
        ...

    def chances(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], asked: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[float]]:
        """The log-probability of each (step, piece) asked of a pair, while the model writes its target.

        Steps count from 0; at the step behind the last piece all of the target has been written.
        """
        ...

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]]) -> list[float]:
        """The log-probability of each translation as a whole, without `</s>`."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """A beginning that ends with the word, the `step` at which it leaves what was said, how likely it is."""

    ids: tuple[int, ...]
    step: int
    total: float = 0.0

    @property
    def mean(self) -> float:
        return self.total / len(self.ids)


@dataclass(frozen=True, slots=True)
class Leading:
    """How the model of one backend is led."""

    backend: Leader
    decoding: Decoding
    limits: Limits

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[tuple[Hypothesis, ...]]:
        """What the model makes of each sentence when led, the surest first; nothing of one too long."""
        encoded = self.backend.encode([each.sentence for each in wanted], target)
        said = [self.backend.target_ids(each.said)[0] for each in wanted]
        places = [
            self._places(*each, target) if self._fits(*each[1:]) else []
            for each in zip(wanted, encoded, said, strict=True)
        ]
        places = self._readiest(encoded, said, places)
        begun = [
            replace(source, begun=Begun(place.ids, place.total))
            for source, several in zip(encoded, places, strict=True)
            for place in several
        ]
        answers = iter(self._continued(begun))
        return [
            distinct(sorted((_judged(each, next(answers), target) for _ in several), key=_unsure))
            for each, several in zip(wanted, places, strict=True)
        ]

    def _fits(self, source: Encoded, said: Sequence[int]) -> bool:
        return (
            not source.is_blank and len(source.ids) <= self.limits.source and len(said) < self.limits.target
        )

    def _places(self, wanted: Wanted, source: Encoded, said: Sequence[int], target: Lang) -> list[_Place]:
        """Where the word can be put, each once."""
        room = self.limits.room(len(source.ids))
        found: dict[tuple[int, ...], _Place] = {}
        for text in beginnings(wanted.said, wanted.form, target):
            ids = tuple(self.backend.target_ids(text)[0])
            step = next(
                (n for n, pair in enumerate(zip(ids, said, strict=False)) if pair[0] != pair[1]), len(said)
            )
            if step < len(ids) < room:
                found.setdefault(ids, _Place(ids, step))
        return list(found.values())

    def _readiest(
        self, encoded: Sequence[Encoded], said: Sequence[Sequence[int]], places: Sequence[Sequence[_Place]]
    ) -> list[list[_Place]]:
        """The places to go on from: by the word's first piece, of those that are best by all of it."""
        some = [number for number, several in enumerate(places) if several]
        pairs = [(encoded[number], said[number]) for number in some]
        asked = [[(place.step, place.ids[place.step]) for place in places[number]] for number in some]
        chances = self._scheduled(
            pairs,
            lambda batch: partial(self.backend.chances, [pairs[n] for n in batch], [asked[n] for n in batch]),
        )
        likely = [
            (number, place)
            for number, known in zip(some, chances, strict=True)
            for _, place in sorted(zip(known, places[number], strict=True), key=lambda each: -each[0])[
                :_WEIGHED
            ]
        ]
        whole = [(encoded[number], place.ids) for number, place in likely]
        totals = self._scheduled(whole, lambda batch: partial(self.backend.totals, [whole[n] for n in batch]))
        best: list[list[_Place]] = [[] for _ in places]
        for (number, place), total in zip(likely, totals, strict=True):
            best[number].append(replace(place, total=total))
        return [sorted(several, key=lambda place: -place.mean)[:_TRIED] for several in best]

    def _continued(self, begun: Sequence[Encoded]) -> list[Answer]:
        """The best answer to each sentence that is begun."""
        rooms = [self.limits.room(len(each.ids)) for each in begun]
        pairs = [(each, each.begun.ids if each.begun else ()) for each in begun]

        def begin(batch: list[int]) -> Callable[[], list[tuple[Answer, ...]]]:
            return self.backend.begin([begun[n] for n in batch], [rooms[n] for n in batch], self.decoding)

        return [several[0] for several in self._scheduled(pairs, begin, self.decoding.beam)]

    def _scheduled(
        self,
        pairs: Sequence[tuple[Encoded, Sequence[int]]],
        begin: Callable[[list[int]], Callable[[], list[Found]]],
        beam: int = 1,
    ) -> list[Found]:
        """What is found for each pair, in batches of like length."""
        sizes = [max(len(source.ids), len(ids)) for source, ids in pairs]
        order = sorted(range(len(pairs)), key=lambda n: (-sizes[n], pairs[n][0].ids, tuple(pairs[n][1])))
        budget = max(1, self.limits.budget // beam)
        try:
            return schedule.run(order, sizes, budget, begin, lanes=self.limits.lanes)
        except schedule.OutOfMemory as err:
            raise EngineError(
                "out of memory, even for one sentence", hint="use --beam 1, --device cpu or a smaller model"
            ) from err


def beginnings(said: str, form: str, target: Lang) -> Iterator[str]:
    """Each beginning of `said`, with `form` behind it: before every word and sign, and at the end."""
    for place in dict.fromkeys([*(match.start() for match in _PLACE.finditer(said)), len(said.rstrip())]):
        before = said[:place]
        if target is Lang.ZH:
            yield before + form
        elif not before.strip():
            yield before + form[:1].upper() + form[1:]
        else:
            yield f"{before}{' ' if _ends_word(before) else ''}{form}"


def _ends_word(text: str) -> bool:
    """True if a word that follows needs a space before it; a straight mark closes when it is the second."""
    last = text[-1]
    return last.isalnum() or last in _CLOSING or (last == '"' and text.count(last) % 2 == 0)


def _judged(wanted: Wanted, answer: Answer, target: Lang) -> Hypothesis:
    found = safety.judge(wanted.sentence, answer.text, target, cut=answer.cut)
    return Hypothesis(answer.text, answer.score, found)


def _unsure(hypothesis: Hypothesis) -> float:
    return -(hypothesis.score or 0.0)
