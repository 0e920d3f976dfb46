"""The sentences of one dispatch, and the way back from translated sentences to whole blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from translate.domain import (
    Dispatch,
    Finding,
    Lang,
    Origin,
    Part,
    Segment,
    TermUse,
    TranslatedSegment,
    Translation,
)
from translate.text.house_style import compose, is_plain, render
from translate.text.segment import segment

# What stands between two sentences of one part.
_JOINERS: Mapping[Lang, str] = {Lang.EN: " ", Lang.ZH: ""}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one distinct sentence becomes in one target."""

    text: str
    origin: Origin
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    terms: tuple[TermUse, ...] = ()


Answers = Mapping[str, Answer]
"""The answers of one target, by source sentence."""


def by_rule(source: str, rendered: str) -> Answer:
    """The answer for what no model is asked: a rendering, or a copy where nothing changes."""
    return Answer(rendered, Origin.COPY if rendered == source else Origin.RULE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dispatch with the sentences of each prose part, by block and part number.

    Offsets of a sentence count from the start of its part.
    """

    dispatch: Dispatch
    segments: Mapping[tuple[int, int], Sequence[Segment]]

    @classmethod
    def of(cls, dispatch: Dispatch) -> Sheet:
        return cls(
            dispatch,
            {
                (number, place): segment(part.text)
                for number, block in enumerate(dispatch.blocks)
                for place, part in enumerate(block.parts)
                if part.is_prose
            },
        )

    def sentences(self, number: int) -> tuple[str, ...]:
        """The sentences of block `number`, in order."""
        parts = range(len(self.dispatch.blocks[number].parts))
        return tuple(sentence.text for part in parts for sentence in self.segments.get((number, part), ()))

    @property
    def asked(self) -> tuple[str, ...]:
        """The distinct sentences of the whole text that a model is asked for, in order."""
        blocks = range(len(self.dispatch.blocks))
        texts = dict.fromkeys(text for number in blocks for text in self.sentences(number))
        return tuple(text for text in texts if not is_plain(text))

    def translation(self, number: int, target: Lang, answers: Answers) -> Translation:
        """Block `number` in `target`: each part translated or rendered by rule, then composed."""
        block = self.dispatch.blocks[number]
        segments: list[TranslatedSegment] = []
        rendered: list[str] = []
        for place, part in enumerate(block.parts):
            done = self._part(number, place, part, target, answers)
            segments += done
            rendered.append(_JOINERS[target].join(sentence.target for sentence in done))
        return Translation(compose(block, rendered, target), tuple(segments))

    def _part(
        self, number: int, place: int, part: Part, target: Lang, answers: Answers
    ) -> list[TranslatedSegment]:
        if not part.is_prose:
            whole = Segment(part.text, 0, len(part.text))
            return [_translated(whole, by_rule(part.text, render(part, target)), place)]
        return [_translated(s, answers[s.text], place) for s in self.segments[number, place]]


def _translated(source: Segment, answer: Answer, place: int) -> TranslatedSegment:
    return TranslatedSegment(
        source, answer.text, answer.origin, place, answer.score, answer.findings, answer.terms
    )
