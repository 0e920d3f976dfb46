"""Several pieces of work at the same time, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from types import TracebackType
from typing import TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")
Tell = Callable[[int], None]


class Stopped(Exception):
    """Raised in a piece of work that need not be finished, because another failed or all were interrupted."""


class Aside:
    """Work that is done beside the caller's own, until it is left.

    Each piece is given a function to call with how much it has just done: that is passed on to `tell`, one
    call at a time, and is where it ends early once this is left. `threads`: 0, and the caller does it all.
    """

    def __init__(self, threads: int, tell: Tell | None = None) -> None:
        self._pool = ThreadPoolExecutor(threads) if threads else None
        self._tell = tell
        self._turn, self._left = threading.Lock(), threading.Event()

    def begin(self, work: Callable[[Tell], Result]) -> Future[Result]:
        """What `work` will have returned. Without threads it has, or raises here what it raises."""
        if self._pool is not None:
            return self._pool.submit(work, self._told)
        done: Future[Result] = Future()
        done.set_result(work(self._told))
        return done

    def _told(self, done: int) -> None:
        with self._turn:
            if self._left.is_set():
                raise Stopped
            if self._tell is not None:
                self._tell(done)

    def __enter__(self) -> Aside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        if self._pool is not None:
            # An engine may take seconds to come to its next word: Ctrl-C does not wait for it.
            self._pool.shutdown(wait=False, cancel_futures=True)


def together(works: Mapping[Key, Callable[[Tell], Result]], tell: Tell | None = None) -> dict[Key, Result]:
    """What each of `works` returns; with none or one, without a thread. Each is given what `Aside` gives.

    Raises what the first failure raised, at once; the others end early.
    """
    with Aside(len(works) if len(works) > 1 else 0, tell) as aside:
        results = {key: aside.begin(work) for key, work in works.items()}
        done, _ = wait(results.values(), return_when=FIRST_EXCEPTION)
        for result in done:
            result.result()
        return {key: result.result() for key, result in results.items()}
