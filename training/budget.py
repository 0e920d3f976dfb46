"""How long training lasts: in hours of wall-clock time or in steps, over all runs of the same folder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from training.stages import Stage

_SAVE_EVERY_S = 300


@dataclass(frozen=True, slots=True)
class Budget:
    """`total`, and how much of it this call may use, in seconds; in steps if `in_steps`.

    Steps give the same result on a slow machine as on a fast one.
    """

    total: float
    call: float = math.inf
    in_steps: bool = False

    def spent(self, step: int, elapsed_s: float) -> float:
        return step if self.in_steps else elapsed_s

    def spans(self, stages: Sequence[Stage]) -> list[tuple[float, float]]:
        """Where each stage begins and ends. The shares need not add up to 1."""
        whole = sum(stage.share for stage in stages)
        marks = accumulate((stage.share / whole * self.total for stage in stages), initial=0.0)
        return list(pairwise(marks))

    def save_every(self, span: tuple[float, float]) -> float:
        """How much of a stage may be lost when the machine goes away."""
        eighth = (span[1] - span[0]) / 8
        return eighth if self.in_steps else min(_SAVE_EVERY_S, eighth)
