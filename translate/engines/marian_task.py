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

    `begun`: per sentence, the pieces that its answers begin with; fewer than its limit. `without`: per
    sentence, the pieces that must not follow one another.
    """

    limits: Sequence[int]
    start: int
    eos: int
    how: Decoding
    begun: Sequence[Sequence[int]] = ()
    without: Sequence[Sequence[Sequence[int]]] = ()

    def part(self, places: slice) -> Task:
        """Some of its sentences."""
        return replace(
            self, limits=self.limits[places], begun=self.begun[places], without=self.without[places]
        )

    @property
    def longest_begun(self) -> int:
        """How many steps are laid down for at least one sentence."""
        return max(map(len, self.begun), default=0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What answers have to keep to, one row each: `limits` (R,), and `begun` (R, P), -1 where it is free.

    `without` (R, W, L): the last piece of each must not follow the others; -1 before those that are shorter.
    """

    limits: torch.Tensor
    begun: torch.Tensor
    without: torch.Tensor

    @classmethod
    def of(cls, task: Task, device: torch.device) -> Bounds:
        """One row per sentence."""
        begun = torch.full((len(task.limits), task.longest_begun), -1)
        for row, ids in zip(begun, task.begun, strict=False):
            row[: len(ids)] = torch.tensor(ids, dtype=torch.long)
        limits = torch.tensor(task.limits, device=device)
        return cls(limits, begun.to(device), _without(task).to(device))

    def kept(self, rows: torch.Tensor) -> Bounds:
        return Bounds(self.limits[rows], self.begun[rows], self.without[rows])

    def repeated(self, times: int) -> Bounds:
        """Each row `times` times in a row."""
        several = (each.repeat_interleave(times, 0) for each in (self.limits, self.begun, self.without))
        return Bounds(*several)


def _without(task: Task) -> torch.Tensor:
    most = max(map(len, task.without), default=0)
    longest = max((len(ids) for several in task.without for ids in several), default=1)
    found = torch.full((len(task.limits), most, longest), -1)
    for row, several in zip(found, task.without, strict=False):
        for place, ids in zip(row, several, strict=False):
            place[longest - len(ids) :] = torch.tensor(ids, dtype=torch.long)
    return found
