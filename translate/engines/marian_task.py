"""What a search on torch is asked for, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch

from translate.engines.search import Decoding


@dataclass(frozen=True, slots=True)
class Written:
    """One answer: its pieces without `</s>`, and the sum of the log-probabilities of all, `</s>` included."""

    ids: tuple[int, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Task:
    """A batch to be answered. `limits`: per sentence, the most pieces before `</s>`.

    `begun`: per sentence, the pieces that its answers begin with; fewer than its limit.
    """

    limits: Sequence[int]
    start: int
    eos: int
    how: Decoding
    begun: Sequence[Sequence[int]] = ()

    def part(self, places: slice) -> Task:
        """Some of its sentences."""
        return replace(self, limits=self.limits[places], begun=self.begun[places])

    @property
    def longest_begun(self) -> int:
        """How many steps are laid down for at least one sentence."""
        return max(map(len, self.begun), default=0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What answers have to keep to, one row each: `limits` (R,), and `begun` (R, P), -1 where it is free."""

    limits: torch.Tensor
    begun: torch.Tensor

    @classmethod
    def of(cls, task: Task, device: torch.device) -> Bounds:
        """One row per sentence."""
        begun = torch.full((len(task.limits), task.longest_begun), -1)
        for row, ids in zip(begun, task.begun, strict=False):
            row[: len(ids)] = torch.tensor(ids, dtype=torch.long)
        return cls(torch.tensor(task.limits, device=device), begun.to(device))

    def kept(self, rows: torch.Tensor) -> Bounds:
        return Bounds(self.limits[rows], self.begun[rows])

    def repeated(self, times: int) -> Bounds:
        """Each row `times` times in a row."""
        return Bounds(self.limits.repeat_interleave(times), self.begun.repeat_interleave(times, 0))
