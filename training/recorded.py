"""Batches recorded on the card, forward and backward, and played again: a recording for each shape of batch.

A batch of a small model is more than a thousand kernels of some microseconds each, and to launch one takes
the host longer than the card takes for its work. Played from a recording all of them are one launch. What the
recording adds to the gradient, and the sums that it leaves, are where they were when it was made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from translate.engines.marian_graph import Recorder

Work = Callable[[Tensor, Tensor, Tensor], Tensor]
"""Source, target and links of a batch (B, L) -> sums of its losses; adds to the gradient."""


@dataclass(frozen=True, slots=True)
class _Played:
    given: tuple[Tensor, Tensor, Tensor]
    sums: Tensor
    play: Callable[[], None]


class Recordings:
    """Does `work` for batches, from recordings. `gradient`: all that `work` changes."""

    def __init__(self, work: Work, recorder: Recorder, gradient: Tensor) -> None:
        self._work, self._recorder, self._gradient = work, recorder, gradient
        self._made: dict[tuple[int, ...], _Played] = {}

    def __call__(self, source: Tensor, target: Tensor, links: Tensor) -> Tensor:
        """Sums of the batch's losses, good until the next batch of its shape."""
        batch, shape = (source, target, links), tuple(source.shape + target.shape)
        if shape not in self._made:
            self._made[shape] = self._recorded(batch)
        played = self._made[shape]
        for old, new in zip(played.given, batch, strict=True):
            old.copy_(new, non_blocking=True)
        with torch.no_grad():  # the gradient is part of what is played
            played.play()
        return played.sums

    def _recorded(self, batch: tuple[Tensor, Tensor, Tensor]) -> _Played:
        source, target, links = (part.to(self._gradient.device, copy=True) for part in batch)
        before = self._gradient.clone()
        self._work(source, target, links)  # once as it is: libraries get ready, which cannot be recorded
        sums: list[Tensor] = []
        play = self._recorder.record(lambda: sums.append(self._work(source, target, links)))
        self._gradient.copy_(before)
        return _Played((source, target, links), sums[0], play)
