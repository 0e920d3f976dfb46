"""Who does the work of a job: one desk in this process, or several elsewhere (`processes`, a cluster)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from translate.batch.desk import Conditions, Deliveries, Desk, Order, Wanted
from translate.engines import Progress
from translate.pipeline import Pipeline

_SENTENCE_BYTES = 128  # of French news, with what stands around it: measured, 121
_PORTION_DOCUMENTS = 1024


class Crew(Protocol):
    """Does orders in any sequence; whatever it consists of, the same order becomes the same bytes."""

    @property
    def conditions(self) -> Conditions:
        """How results are made."""
        ...

    def work(self, orders: Iterator[Order], wanted: Wanted, progress: Progress) -> Deliveries:
        """Every order, made or refused, once. No more orders are drawn than can soon be done.

        `progress` may be told of sentences as they are translated. Raises EngineError if nobody is left.
        """
        ...


class Alone:
    """One pipeline, in this process."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self.conditions = Conditions.of(pipeline)

    def work(self, orders: Iterator[Order], wanted: Wanted, progress: Progress) -> Deliveries:
        return Desk(self._pipeline, progress).work(orders, wanted)


def portions(orders: Iterable[Order], wanted: Wanted) -> Iterator[tuple[Order, ...]]:
    """The orders in runs of about one window each: what is sent to a desk at a time."""
    portion: list[Order] = []
    room = wanted.window_sentences * _SENTENCE_BYTES
    for order in orders:
        portion.append(order)
        room -= len(order.data)
        if room <= 0 or len(portion) == _PORTION_DOCUMENTS:
            yield tuple(portion)
            portion, room = [], wanted.window_sentences * _SENTENCE_BYTES
    if portion:
        yield tuple(portion)
