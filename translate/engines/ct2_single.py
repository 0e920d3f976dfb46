"""Requests for one sentence: all cores work on it, where that is quicker here and now.

A job is shared out among workers with one thread each. A sentence that is asked for by itself would leave all
cores but one idle. So where such requests follow one another, the model is loaded a second time, as one
worker with several threads. Its answers are the same to the last bit, so which one is asked is a matter of
speed alone (`ct2_pace`).
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
from translate.engines.ct2_pace import Choice

_ROW = 2  # requests for one sentence after which more are expected
_IN_MEMORY = 4  # sizes of the file that loading it may take, for a moment
_FREE = 0.5  # of what is free: others need memory too

_LOCK = threading.RLock()


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
        self._loading: threading.Thread | None = None
        self._is_off = machine.team < 2
        self._choice = Choice(machine.team)

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
            if self._choice.is_paused():
                return None
            if self._model is None and self._loading is None and self._row >= _ROW:
                self._loading = threading.Thread(target=self._load, args=(target,), name="translate-team")
                self._loading.start()
            return self._model if self._model is not None and self._choice.has_cores() else None

    def took(self, seconds: float, steps: int, *, team: bool) -> None:
        """What a request for one sentence took, and how many pieces its answer has."""
        with _LOCK:
            self._choice.took(seconds, steps, team=team)

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
                self._model = model
                self._choice.fresh()

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
