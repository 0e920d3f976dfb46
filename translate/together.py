"""Several pieces of work at the same time, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar

Key = TypeVar("Key")
Result = TypeVar("Result")
Tell = Callable[[int], None]


class Stopped(Exception):
    """Raised in a piece of work that need not be finished, because another failed or all were interrupted."""


def together(works: Mapping[Key, Callable[[Tell], Result]], tell: Tell | None = None) -> dict[Key, Result]:
    """What each of `works` returns; with none or one, without a thread.

    Each is given a function to call with how much it has just done: that is passed on to `tell`, one call at
    a time, and is where it ends early when another has failed. Raises what the first failure raised, at once.
    """
    failed, turn = threading.Event(), threading.Lock()

    def told(done: int) -> None:
        if failed.is_set():
            raise Stopped
        if tell is not None:
            with turn:
                tell(done)

    if len(works) < 2:
        return {key: work(told) for key, work in works.items()}
    pool = ThreadPoolExecutor(len(works))
    try:
        results = {key: pool.submit(work, told) for key, work in works.items()}
        done, _ = wait(results.values(), return_when=FIRST_EXCEPTION)
        for result in done:
            result.result()
        return {key: result.result() for key, result in results.items()}
    except BaseException:
        failed.set()
        raise
    finally:
        pool.shutdown(wait=False)  # an engine may take seconds to come to its next word: Ctrl-C does not wait
