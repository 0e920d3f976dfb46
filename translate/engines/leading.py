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
from itertools import accumulate
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
    """A beginning that ends with the word. `step`: where it leaves what was said.

    Log-probabilities: `before` that, and in `total`.
    """

    ids: tuple[int, ...]
    step: int
    before: float = 0.0
    total: float = 0.0

    @property
    def ease(self) -> float:
        """How readily the word itself is said there: per piece, the higher the better."""
        return (self.total - self.before) / (len(self.ids) - self.step)


@dataclass(frozen=True, slots=True)
class Leading:
    """How the model of one backend is led."""

    backend: Leader
    decoding: Decoding
    limits: Limits

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[tuple[Hypothesis, ...]]:
        """What the model makes of each sentence when led, the surest first; nothing of one too long."""
        encoded = self.backend.encode([each.sentence for each in wanted], target)
        located = [self.backend.target_ids(each.said) for each in wanted]
        places = [
            self._places(each, source, *there, target) if self._fits(source, there[0]) else []
            for each, source, there in zip(wanted, encoded, located, strict=True)
        ]
        places = self._easiest(encoded, [ids for ids, _ in located], places)
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

    def _places(
        self, wanted: Wanted, source: Encoded, said: Sequence[int], spans: Sequence[Span], target: Lang
    ) -> list[_Place]:
        """Where the word can be put, each once: between pieces, so that no Chinese word is cut."""
        room = self.limits.room(len(source.ids))
        between = {span[0] for span in spans}
        found: dict[tuple[int, ...], _Place] = {}
        for start, text in beginnings(wanted.said, wanted.form, target):
            if start not in between and start < len(wanted.said.rstrip()):
                continue
            ids = tuple(self.backend.target_ids(text)[0])
            pairs = enumerate(zip(ids, said, strict=False))
            step = next((n for n, (one, other) in pairs if one != other), len(said))
            if step < len(ids) < room:
                found.setdefault(ids, _Place(ids, step))
        return list(found.values())

    def _easiest(
        self, encoded: Sequence[Encoded], said: Sequence[Sequence[int]], places: Sequence[Sequence[_Place]]
    ) -> list[list[_Place]]:
        """The places to go on from: some by the word's first piece, the best of them by all of it."""
        likely = [
            (number, place)
            for number, several in self._begun(encoded, said, places)
            for place in sorted(several, key=lambda place: -place.total)[:_WEIGHED]
        ]
        whole = [(encoded[number], place.ids) for number, place in likely]
        totals = self._scheduled(whole, lambda batch: partial(self.backend.totals, [whole[n] for n in batch]))
        best: list[list[_Place]] = [[] for _ in places]
        for (number, place), total in zip(likely, totals, strict=True):
            best[number].append(replace(place, total=total))
        return [sorted(several, key=lambda place: -place.ease)[:_TRIED] for several in best]

    def _begun(
        self, encoded: Sequence[Encoded], said: Sequence[Sequence[int]], places: Sequence[Sequence[_Place]]
    ) -> Iterator[tuple[int, list[_Place]]]:
        """Those that have places, by number: what came before each, and in `total` its first piece alone."""
        some = [number for number, several in enumerate(places) if several]
        pairs = [(encoded[number], said[number]) for number in some]
        asked = [
            [*enumerate(said[number]), *((place.step, place.ids[place.step]) for place in places[number])]
            for number in some
        ]
        chances = self._scheduled(
            pairs,
            lambda batch: partial(self.backend.chances, [pairs[n] for n in batch], [asked[n] for n in batch]),
        )
        for number, known in zip(some, chances, strict=True):
            own, first = known[: len(said[number])], known[len(said[number]) :]
            before = [0.0, *accumulate(own)]
            yield (
                number,
                [
                    replace(place, before=before[place.step], total=chance)
                    for place, chance in zip(places[number], first, strict=True)
                ],
            )

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
            kinds = [self.limits.kind(source.ids, ids) for source, ids in pairs]
            return schedule.run(order, sizes, budget, begin, lanes=self.limits.lanes, kinds=kinds)
        except schedule.OutOfMemory as err:
            raise EngineError(
                "out of memory, even for one sentence", hint="use --beam 1, --device cpu or a smaller model"
            ) from err


def beginnings(said: str, form: str, target: Lang) -> Iterator[tuple[int, str]]:
    """Each place in `said` before a word or sign, and at the end; and what stands before it, with `form`.

    Not where a part of the form stands already: `the United` is not followed by `United Nations`.
    """
    for place in dict.fromkeys([*(match.start() for match in _PLACE.finditer(said)), len(said.rstrip())]):
        before = said[:place]
        if any(before.rstrip().endswith(part) for part in _parts(form, target)):
            continue
        if target is Lang.ZH:
            yield place, before + form
        elif not before.strip():
            yield place, before + form[:1].upper() + form[1:]
        else:
            yield place, f"{before}{' ' if _ends_word(before) else ''}{form}"


def _parts(form: str, target: Lang) -> list[str]:
    """The first words of the form, or its first signs, but not all."""
    if target is Lang.ZH:
        return [form[:size] for size in range(1, len(form))]
    return [f" {form[: match.start()]}" for match in re.finditer(r"\s+", form)]


def _ends_word(text: str) -> bool:
    """True if a word that follows needs a space before it; a straight mark closes when it is the second."""
    last = text[-1]
    return last.isalnum() or last in _CLOSING or (last == '"' and text.count(last) % 2 == 0)


def _judged(wanted: Wanted, answer: Answer, target: Lang) -> Hypothesis:
    found = safety.judge(wanted.sentence, answer.text, target, cut=answer.cut)
    return Hypothesis(answer.text, answer.score, found)


def _unsure(hypothesis: Hypothesis) -> float:
    return -(hypothesis.score or 0.0)
