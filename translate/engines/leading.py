"""A model led to say a word: made to begin its answer with it, and left to go on by itself.

Given a translation that lacks the word, it is put behind each beginning of that translation. The model says
how ready it is for it there, and goes on from where it is readiest: what it writes are sentences of its own.
Prefix-constrained decoding, as interactive translation uses it (Knowles and Koehn, "Neural Interactive
Translation Prediction", 2016).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from translate.domain import Hypothesis, Lang
from translate.engines import safety, schedule
from translate.engines.alignment import Span
from translate.engines.search import Backend, Encoded, Limits
from translate.engines.wanted import Wanted

Found = TypeVar("Found")

# Before a number, a word, an ideograph (any other letter), any other sign.
_LETTER = r"[^\W\d_\u3400-\u9fff]"
_PLACE = re.compile(rf"\d+(?:[.,]\d+)*|{_LETTER}(?:[’'-]?{_LETTER})*|[^\W\d_]|[^\w\s]")
_CLOSING = ",.;:!?%)]”»"


class Leader(Backend, Protocol):
    """A backend whose model can be made to write a text, and asked what it thinks of it."""

    def target_ids(self, text: str, target: Lang) -> tuple[list[int], list[Span]]:
        """A translation as ids without `</s>`, and where in it each of them comes from."""
        ...

    def chances(
        self,
        batch: Sequence[tuple[Encoded, Sequence[int]]],
        asked: Sequence[Sequence[tuple[int, int]]],
        target: Lang,
    ) -> list[list[float]]:
        """The log-probability of each (step, piece) asked of a pair, while the model writes its target.

        Steps count from 0; at the step behind the last piece all of the target has been written.
        """
        ...

    def go_on(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], limits: Sequence[int], target: Lang
    ) -> list[tuple[str, bool]]:
        """What the model makes of each beginning, greedily, and whether its limit cut it."""
        ...

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]], target: Lang) -> list[float]:
        """The log-probability of each translation, with `</s>`."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """A beginning that ends with a form. `step`: where it leaves what was said."""

    ids: tuple[int, ...]
    step: int


@dataclass(frozen=True, slots=True)
class Leading:
    """How the model of one backend is led."""

    backend: Leader
    limits: Limits

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """What the model makes of each sentence when led; None if no answer suits, or it is too long."""
        encoded = self.backend.encode([each.sentence for each in wanted], target)
        places = self._likeliest(wanted, encoded, target)
        found: dict[int, Hypothesis] = {}
        # More than half suit from the likeliest place. The rest are asked for together, in as few calls as
        # can be: one of five costs two and a half of one.
        for turns in (slice(0, 1), slice(1, None)):
            left = [(n, one) for n, several in enumerate(places) if n not in found for one in several[turns]]
            made = self._gone_on([(encoded[n], one.ids) for n, one in left], target)
            for (number, _), (text, cut) in zip(left, made, strict=True):
                each = wanted[number]
                said = Hypothesis(text, None, safety.judge(each.sentence, text, target, cut=cut))
                if number not in found and each.suits(said):
                    found[number] = said
        return self._scored(encoded, found, target)

    def _likeliest(
        self, wanted: Sequence[Wanted], encoded: Sequence[Encoded], target: Lang
    ) -> list[list[_Place]]:
        """The places to go on from, by how likely the first piece of the form is there."""
        located = [self.backend.target_ids(each.said, target) for each in wanted]
        places = [
            self._places(each, source, *there, target) if self._fits(source, there[0]) else []
            for each, source, there in zip(wanted, encoded, located, strict=True)
        ]
        some = [number for number, several in enumerate(places) if several]
        pairs = [(encoded[number], located[number][0]) for number in some]
        asked = [[(place.step, place.ids[place.step]) for place in places[number]] for number in some]
        chances = self._scheduled(
            pairs,
            lambda batch: partial(
                self.backend.chances, [pairs[n] for n in batch], [asked[n] for n in batch], target
            ),
        )
        for number, known in zip(some, chances, strict=True):
            order = sorted(range(len(known)), key=lambda place: -known[place])
            places[number] = [places[number][place] for place in order[: wanted[number].places]]
        return places

    def _fits(self, source: Encoded, said: Sequence[int]) -> bool:
        return (
            not source.is_blank and len(source.ids) <= self.limits.source and len(said) < self.limits.target
        )

    def _places(
        self, wanted: Wanted, source: Encoded, said: Sequence[int], spans: Sequence[Span], target: Lang
    ) -> list[_Place]:
        """Where a form can be put, each once: between pieces, so that no Chinese word is cut."""
        room = self.limits.room(len(source.ids))
        between = {*(span[0] for span in spans), len(wanted.said.rstrip())}
        texts = [
            text
            for form in wanted.forms
            for start, text in beginnings(wanted.said, form, target)
            if start in between
        ]
        found: dict[tuple[int, ...], _Place] = {}
        for ids in map(tuple, self.backend.written(texts, target)):
            pairs = enumerate(zip(ids, said, strict=False))
            step = next((n for n, (one, other) in pairs if one != other), len(said))
            if step < len(ids) < room:
                found.setdefault(ids, _Place(ids, step))
        return list(found.values())

    def _gone_on(
        self, begun: Sequence[tuple[Encoded, Sequence[int]]], target: Lang
    ) -> list[tuple[str, bool]]:
        """What the model makes of each beginning."""
        rooms = [self.limits.room(len(source.ids)) for source, _ in begun]
        return self._scheduled(
            begun,
            lambda batch: partial(
                self.backend.go_on, [begun[n] for n in batch], [rooms[n] for n in batch], target
            ),
        )

    def _scored(
        self, encoded: Sequence[Encoded], said: Mapping[int, Hypothesis], target: Lang
    ) -> list[Hypothesis | None]:
        """What was said, with how sure the model is of it: as of its own answers, per piece with `</s>`."""
        ids = self.backend.written([one.text for one in said.values()], target)
        pairs = [(encoded[number], own) for number, own in zip(said, ids, strict=True)]
        totals = self._scheduled(
            pairs, lambda batch: partial(self.backend.totals, [pairs[n] for n in batch], target)
        )
        found: list[Hypothesis | None] = [None] * len(encoded)
        for number, total, own in zip(said, totals, ids, strict=True):
            found[number] = replace(said[number], score=round(total / (len(own) + 1), 4))
        return found

    def _scheduled(
        self,
        pairs: Sequence[tuple[Encoded, Sequence[int]]],
        begin: Callable[[list[int]], Callable[[], list[Found]]],
    ) -> list[Found]:
        """What is found for each pair, in batches of like length, none shared: calls wait for their end."""
        sizes = [max(len(source.ids), len(ids)) for source, ids in pairs]
        order = sorted(range(len(pairs)), key=lambda n: (-sizes[n], pairs[n][0].ids, tuple(pairs[n][1])))
        kinds = [self.limits.kind(source.ids, ids) for source, ids in pairs]
        return schedule.run(order, sizes, self.limits.budget, begin, kinds=kinds)


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
