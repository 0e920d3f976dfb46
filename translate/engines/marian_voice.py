"""What a Marian model on torch writes one language with: the rows of its output layer that are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import torch
from transformers.models.marian.modeling_marian import MarianMTModel

from translate.engines.marian_generate import generated
from translate.engines.marian_graph import Boards, Recorder
from translate.engines.marian_layers import Layers
from translate.engines.marian_search import search
from translate.engines.marian_task import Task, Written


class Search(Protocol):
    """A way to search for answers in one language. `notices`: what has been given up."""

    @property
    def notices(self) -> tuple[str, ...]: ...

    def search(self, task: Task, states: torch.Tensor, mask: torch.Tensor) -> list[tuple[Written, ...]]:
        """`how.answers` answers per sentence, best first. States (N, S, D) and mask (N, S)."""
        ...


@dataclass(frozen=True, slots=True)
class Reference:
    """The library's `generate`. `bias` (1, V): minus infinity for what is not written."""

    model: MarianMTModel
    bias: torch.Tensor
    notices: tuple[str, ...] = ()

    def search(self, task: Task, states: torch.Tensor, mask: torch.Tensor) -> list[tuple[Written, ...]]:
        """`how.answers` answers per sentence, best first. States (N, S, D) and mask (N, S)."""
        self.model.final_logits_bias.copy_(self.bias)
        return generated(self.model, task, states, mask)


class Voice:
    """Our own search, among the pieces of one language. Inside, a piece is the number of its row.

    Args:
        vocabulary: the ids that answers may have.
        start: the id that each answer begins with.
        recorder: how the device records steps, where it can; `share` of its free memory is for them.
    """

    def __init__(
        self,
        layers: Layers,
        vocabulary: Sequence[int],
        start: int,
        eos: int,
        recorder: Recorder | None,
        share: float,
    ) -> None:
        self._ids = sorted({*vocabulary, start})
        self._rows = {number: row for row, number in enumerate(self._ids)}
        self._start, self._eos = self._rows[start], self._rows[eos]
        chosen = torch.tensor(self._ids, device=layers.output.device)
        bias = layers.bias[chosen]
        if start not in vocabulary:
            bias[self._start] = -torch.inf
        self._layers = layers.only(chosen, bias)
        self._boards = None
        if recorder:
            self._boards = Boards(self._layers, self._start, self._eos, recorder, share)

    @property
    def notices(self) -> tuple[str, ...]:
        """What has been given up."""
        return self._boards.notices if self._boards else ()

    def search(self, task: Task, states: torch.Tensor, mask: torch.Tensor) -> list[tuple[Written, ...]]:
        """`how.answers` answers per sentence, best first. States (N, S, D) and mask (N, S)."""
        begun = [[self._rows[number] for number in ids] for ids in task.begun]
        without = [[[self._rows[number] for number in ids] for ids in several] for several in task.without]
        ours = replace(task, start=self._start, eos=self._eos, begun=begun, without=without)
        found = self._boards.search(ours, states, mask) if self._boards else None
        if found is None:
            found = search(ours, self._layers.begin(states, mask, task.how.beam), states.device)
        return [tuple(map(self._named, several)) for several in found]

    def _named(self, written: Written) -> Written:
        return replace(written, ids=tuple(self._ids[row] for row in written.ids))
