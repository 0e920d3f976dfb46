"""Many dispatches from Python: one result after the other, pooled like a job, nothing written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from translate.batch.pool import AHEAD, WINDOW_SENTENCES, Pool
from translate.domain import Dispatch, TranslatedDispatch
from translate.errors import TranslateError
from translate.pipeline import Pipeline
from translate.sources import read_dispatch

Source = str | bytes | Path | Dispatch
S = TypeVar("S", bound=Source)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[S]):
    """What became of one source: a result, or the error that kept it from having one."""

    source: S
    result: TranslatedDispatch | None
    error: TranslateError | None = None

    @property
    def value(self) -> TranslatedDispatch:
        """The result. Raises the error if there is none."""
        if self.result is None:
            raise self.error or TranslateError("no result")
        return self.result


@dataclass(frozen=True, slots=True)
class Results(Generic[S]):
    """The outcomes of `sources`, in their order; `for` and `async for` both work.

    Sources are read as they are needed, so there may be more than memory holds; a list some windows ahead, as
    it cannot be waiting for anything. With `async for` the models run in a thread of their own and the event
    loop stays free.
    """

    pipeline: Pipeline
    sources: Iterable[S]
    window_sentences: int = WINDOW_SENTENCES

    def __iter__(self) -> Iterator[Outcome[S]]:
        # Another source may be waiting for something itself: what is there is read ahead, and nothing else.
        pool = Pool(self.pipeline, ahead=AHEAD if isinstance(self.sources, Sequence) else 0)
        items = ((source, self._reader(source)) for source in self.sources)
        for window in pool.finished(items, self.window_sentences):
            for source, result in window.results:
                if isinstance(result, TranslateError):
                    yield Outcome(source, None, result)
                else:
                    yield Outcome(source, result)

    async def __aiter__(self) -> AsyncIterator[Outcome[S]]:
        outcomes = iter(self)
        while (outcome := await asyncio.to_thread(next, outcomes, None)) is not None:
            yield outcome

    def _reader(self, source: S) -> Callable[[], Dispatch]:
        options = self.pipeline.options
        return lambda: (
            source
            if isinstance(source, Dispatch)
            else read_dispatch(source, force=options.force, limits=options.limits)
        )


def results(
    sources: Iterable[S], pipeline: Pipeline, *, window_sentences: int = WINDOW_SENTENCES
) -> Results[S]:
    """The outcomes of many texts (`str`, `bytes`), files (`Path`) or parsed dispatches, in their order.

    Args:
        sources: anything that can be iterated, a generator too.
        pipeline: made by `translate.load`.
        window_sentences: how many sentences share batches; fewer give the first results earlier.
    """
    return Results(pipeline, sources, window_sentences)
