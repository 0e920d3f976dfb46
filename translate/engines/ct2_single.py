"""Requests for one sentence: all cores work on it, where that is quicker here and now.

A job is shared out among workers with one thread each. A sentence that is asked for by itself would leave all
cores but one idle. So where such requests follow one another, the model is loaded a second time, as one
worker with several threads. Its answers are the same to the last bit, so the clock may choose: where others
keep the cores busy, threads that wait for each other take many times as long.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from translate.domain import Lang
from translate.engines import budget
from translate.engines.ct2_cache import Conversion, Damaged
from translate.engines.ct2_machine import Machine

_ROW = 2  # requests for one sentence after which more are expected
_SHARE = 0.25  # of the newest in the mean of what requests took
_READING = 4  # steps that reading a sentence counts as, beside those of writing the answer
_PAUSE, _LONGEST = 8, 256  # requests that are asked as usual where several threads were slower
_IN_MEMORY = 4  # sizes of the file that loading it may take, for a moment
_FREE = 0.5  # of what is free: others need memory too

_LOCK = threading.RLock()


class Pace:
    """Seconds for each step, a mean in which the newest counts most; nothing before the first."""

    def __init__(self) -> None:
        self.mean: float | None = None

    def took(self, seconds: float, steps: int) -> None:
        """A request did."""
        pace = seconds / (_READING + steps)
        self.mean = pace if self.mean is None else self.mean + _SHARE * (pace - self.mean)

    def is_slower(self, than: Pace) -> bool:
        return self.mean is not None and than.mean is not None and self.mean > than.mean


class Singles:
    """The requests for one sentence of one engine: what answers the next, and what it took.

    Args:
        kept: the file of the conversion.
        prefixes: of each target, as the conversion calls it.
    """

    # Who has a team: one of a process, as two would be more threads than cores. Gone with its engine.
    _holder: weakref.ref[Singles] | None = None

    def __init__(self, machine: Machine, kept: Path, prefixes: Callable[[Lang], str]) -> None:
        self._machine = machine
        self._kept = kept
        self._prefixes = prefixes
        self._target: Lang | None = None
        self._row = 0
        self._model: Any = None
        self._is_fresh = False
        self._loading: threading.Thread | None = None
        self._is_off = machine.team < 2
        self._usual, self._team = Pace(), Pace()
        self._pause, self._left = _PAUSE, 0

    def several(self) -> None:
        """A request for more than one sentence came."""
        self._row = 0

    def team(self, target: Lang) -> Any:
        """The model whose threads work together on the next sentence; None: ask as usual."""
        with _LOCK:
            if self._is_off:
                return None
            if target is not self._target:
                self._release()
                self._target = target
            self._row += 1
            if self._left:
                self._left -= 1
                return None
            if self._model is None and self._loading is None and self._row >= _ROW:
                self._loading = threading.Thread(target=self._load, args=(target,), name="translate-team")
                self._loading.start()
            return self._model

    def took(self, seconds: float, steps: int, *, team: bool) -> None:
        """What a request for one sentence took, and how many pieces its answer has."""
        with _LOCK:
            if not team:
                self._usual.took(seconds, steps)
            elif self._is_fresh:  # it touches its memory for the first time
                self._is_fresh = False
            else:
                self._team.took(seconds, steps)
            if self._team.is_slower(self._usual):
                self._team, self._left = Pace(), self._pause
                self._pause = min(2 * self._pause, _LONGEST)
            elif team:
                self._pause = max(_PAUSE, self._pause - 1)

    def _load(self, target: Lang) -> None:
        """While requests are answered as usual, in a thread of its own, which ends."""
        model = self._loaded(target)
        with _LOCK:
            self._loading = None
            if model is None:
                self._is_off = True
            elif target is self._target:
                other = None if Singles._holder is None else Singles._holder()
                if other is not None and other is not self:
                    other._release()
                Singles._holder = weakref.ref(self)
                self._model, self._is_fresh, self._team = model, True, Pace()

    def _loaded(self, target: Lang) -> Any:
        """None if it is not kept any more, or there is no room for it."""
        try:
            free = budget.free_bytes(self._machine.kind)
            if free is not None and self._kept.stat().st_size * _IN_MEMORY > free * _FREE:
                return None
            return self._machine.team_of(Conversion.unpacked(self._kept).translators[self._prefixes(target)])
        except (Damaged, OSError, RuntimeError, MemoryError):
            return None

    def _release(self) -> None:
        self._model, self._row = None, 0
