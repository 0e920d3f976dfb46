"""What passes between the contract (`translator`) and a backend that runs a model: plain, small values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from translate.domain import Lang
from translate.engines.alignment import Span
from translate.engines.schedule import ONE_BAND, ONE_LANE, Bands, Lanes


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as a model sees it: prefix and `</s>` included.

    `unknown`: text it has no piece for. `is_blank`: no piece is left of it; asked all the
    same, a model would invent something. `without`: pieces that must not follow one another in its answers.
    """

    ids: tuple[int, ...]
    unknown: tuple[str, ...] = ()
    is_blank: bool = False
    without: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Decoding:
    """How answers are searched for. The defaults are plain greedy search.

    `answers`: how many of a beam's answers are wanted for each sentence; at most the beam. `penalties`: the
    length penalty of some targets, where it is another one. `looks`: what the model looked at is wanted too.
    `alone`: it is one sentence, and nothing is asked beside it.
    """

    beam: int = 1
    length_penalty: float = 1.0
    early_stopping: bool = False
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0
    min_pieces: int = 0
    answers: int = 1
    penalties: tuple[tuple[Lang, float], ...] = ()
    looks: bool = False
    alone: bool = False

    def of(self, target: Lang) -> Decoding:
        """How answers in this language are searched for."""
        penalty = dict(self.penalties).get(target, self.length_penalty)
        return replace(self, length_penalty=penalty, penalties=())

    @property
    def is_plain(self) -> bool:
        """Greedy search that forbids nothing."""
        forbids = self.no_repeat_ngram or self.min_pieces or self.repetition_penalty != 1.0
        return self.beam == 1 and not forbids


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote. `cut`: it was stopped by its limit. `score`: mean log-probability per piece.

    `seen`: the attention that the pieces paid to each id of the source, 0 to 1; nothing if that was not asked
    for. The first piece is left out: of a beam's answers CTranslate2 tells it of another one.
    """

    text: str
    cut: bool
    score: float
    seen: Sequence[Sequence[float]] = ()

    @property
    def looks(self) -> tuple[float, ...]:
        """The most attention that each id of the source had: of few answers anybody asks."""
        return tuple(map(max, zip(*self.seen, strict=True)))


@dataclass(frozen=True, slots=True)
class Located:
    """A pair as ids, with the place of each in its text. Prefix and `</s>` have empty ones."""

    source: Sequence[int]
    target: Sequence[int]
    source_spans: Sequence[Span]
    target_spans: Sequence[Span]

    @property
    def size(self) -> int:
        return max(len(self.source), len(self.target))


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in pieces. `budget`: padded source pieces per batch, for one beam. `lanes`: batches at a time.

    `bands`: of sizes that may share a batch without changing each other's answers; `plain`: in plain greedy
    search, if those are others.
    """

    source: int
    target: int
    budget: int
    lanes: Lanes = ONE_LANE
    bands: Bands = ONE_BAND
    plain: Bands | None = None

    def bands_of(self, how: Decoding) -> Bands:
        """Of sizes that may share a batch which is searched in this way."""
        return self.plain if self.plain is not None and how.is_plain else self.bands

    def room(self, source: int) -> int:
        """The most pieces an answer to `source` pieces may have, so that a loop ends soon.

        Twice the source and a little: real translations of news stay below one and a half times.
        """
        return max(1, min(self.target, 2 * source + 16))

    def kind(self, source: Sequence[int], target: Sequence[int]) -> tuple[int, int]:
        """Of a pair whose translation the model is made to write: the bands of both its sizes.

        What it reads of the translation has one piece more, the start.
        """
        return self.bands.of(len(source)), self.bands.of(len(target) + 1)


Pending = Callable[[], list[tuple[Answer, ...]]]
"""What waits for a batch's answers."""


class Backend(Protocol):
    """A model that can be asked. Everything else of the contract is not its business."""

    def encode(self, texts: Sequence[str], target: Lang) -> list[Encoded]:
        """Each text as ids. Raises EngineError if the model cannot write `target`."""
        ...

    def written(self, texts: Sequence[str], target: Lang) -> list[list[int]]:
        """Translations as ids without `</s>`; nothing of one that the model has no pieces for."""
        ...

    def places(self, text: str, target: Lang) -> list[Span]:
        """Where in `text` each id of its encoding comes from; nowhere for the prefix and `</s>`."""
        ...

    def begin(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding, target: Lang) -> Pending:
        """A search for `how.answers` answers per sentence, the best first, within the sentence's own limit.

        All are encoded for `target`. At least one answer; fewer than wanted only if the search ended with
        fewer. To begin and to wait may both raise `schedule.OutOfMemory`.
        """
        ...
