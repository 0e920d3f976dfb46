"""Greedy and beam search: piece by piece what the library's `generate` writes, in a fraction of its time.

What is kept per step is what the next step needs. A sentence whose answer stands leaves the batch. The device
is waited for once a step, to learn which sentences are done, and in a beam search once more, to learn which
rows change places. (On CUDA, `marian_graph` does without.)
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from translate.engines.marian_beams import NEVER, Continued, Ended, best_of, of_parents
from translate.engines.marian_layers import Writing
from translate.engines.marian_rules import allowed
from translate.engines.marian_task import Bounds, Task, Written


def search(task: Task, writing: Writing, device: torch.device) -> list[tuple[Written, ...]]:
    """`how.answers` answers per sentence, best first."""
    if task.how.beam == 1:
        return [(answer,) for answer in _greedy(task, writing, device)]
    return _Beams(task, writing, device).run()


def _greedy(task: Task, writing: Writing, device: torch.device) -> list[Written]:
    bounds = Bounds.of(task, device)
    written = torch.full((len(task.limits), 1), task.start, device=device)  # (R, 1 + T)
    totals = torch.zeros(len(task.limits), device=device)
    live = list(range(len(task.limits)))
    found: dict[int, Written] = {}
    for done in range(max(task.limits) + 1):
        logits = writing.step(written[:, -1])  # (R, V)
        left = allowed(logits, written, bounds, task)
        best = left.argmax(-1, keepdim=True)
        totals = totals + logits.log_softmax(-1).gather(1, best)[:, 0]
        written = torch.cat((written, best), 1)
        ended = ((best[:, 0] == task.eos) | (bounds.limits <= done)).tolist()
        if not any(ended):
            continue
        for row, is_over in enumerate(ended):
            if is_over:
                ids = written[row, 1:-1].tolist()
                found[live[row]] = Written(tuple(ids), float(totals[row]))
        rest = [row for row, is_over in enumerate(ended) if not is_over]
        if not rest:
            break
        kept = torch.tensor(rest, device=device)
        live = [live[row] for row in rest]
        written, totals, bounds = written[kept], totals[kept], bounds.kept(kept)
        writing.keep(kept, kept)
    return [found[number] for number in range(len(task.limits))]


class _Beams:
    """The state of a beam search: N sentences that are not done, K answers each, C = 2 K continuations."""

    def __init__(self, task: Task, writing: Writing, device: torch.device) -> None:
        count, beam = len(task.limits), task.how.beam
        self._task = task
        self._writing = writing
        self._beam = beam
        self._bounds = Bounds.of(task, device)
        self._live = list(range(count))
        self._written = torch.full((count, beam, 1), task.start, device=device)  # (N, K, 1 + T)
        # Only the first answer counts at first: the others are the same.
        self._scores = torch.zeros(count, beam, device=device)
        self._scores[:, 1:] = NEVER
        self._totals = torch.zeros(count, beam, device=device)
        self._open = torch.ones(count, dtype=torch.bool, device=device)
        self._ended = Ended.nothing(count, beam, max(task.limits) + 1, task.eos, device)

    def run(self) -> list[tuple[Written, ...]]:
        """The answers of each sentence, best first."""
        found: dict[int, tuple[Written, ...]] = {}
        how, eos = self._task.how, self._task.eos
        for done in range(max(self._task.limits) + 1):
            continued = self._continued()
            length, worth = done + 1, (done + 1) ** how.length_penalty
            self._ended = ended = self._ended.joined(continued, self._written, length, worth, eos)
            rows = self._go_on(continued.going_on(eos, self._beam))
            self._open &= ended.can_improve(self._scores[:, 0], worth, how)
            alive = (self._open & (self._bounds.limits > done)).tolist()
            for place, is_alive in enumerate(alive):
                if not is_alive:
                    found[self._live[place]] = ended.answers(place, how.answers)
            if not any(alive):
                break
            self._keep(alive, rows)
        return [found[number] for number in range(len(self._task.limits))]

    def _continued(self) -> Continued:
        """The best continuations of each sentence, from all of its answers."""
        rows = self._written.flatten(0, 1)  # (R, 1 + T)
        logs = self._writing.step(rows[:, -1]).log_softmax(-1)  # (R, V)
        left = allowed(logs, rows, self._bounds.repeated(self._beam), self._task)
        scores, parents, pieces = best_of(left, self._scores, 2 * self._beam)
        offsets = torch.arange(len(self._scores), device=rows.device)[:, None] * self._beam
        sure = logs[(parents + offsets), pieces]
        return Continued(scores, parents, pieces, self._totals.gather(1, parents) + sure)

    def _go_on(self, going: Continued) -> torch.Tensor:
        """Take up K continuations; the row that each of them comes from, (N, K)."""
        self._scores, self._totals, parents = going.scores, going.totals, going.parents
        self._written = torch.cat((of_parents(self._written, parents), going.pieces[..., None]), 2)
        return parents + torch.arange(len(parents), device=parents.device)[:, None] * self._beam

    def _keep(self, alive: Sequence[bool], rows: torch.Tensor) -> None:
        """Let what is done leave, and the memory follow the answers that go on."""
        if all(alive):
            self._writing.keep(None, rows.flatten())
            return
        kept = torch.tensor([n for n, is_alive in enumerate(alive) if is_alive], device=rows.device)
        self._live = [number for number, is_alive in zip(self._live, alive, strict=True) if is_alive]
        self._written, self._scores, self._totals = (
            each[kept] for each in (self._written, self._scores, self._totals)
        )
        self._bounds, self._open, self._ended = (
            self._bounds.kept(kept),
            self._open[kept],
            self._ended.kept(kept),
        )
        self._writing.keep(kept, rows[kept].flatten())
