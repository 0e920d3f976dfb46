"""Greedy and beam search: piece by piece what the library's `generate` writes, in a fraction of its time.

What is kept per step is what the next step needs. A sentence whose answer stands leaves the batch. The device
is waited for once a step, to learn which sentences are done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from translate.engines.marian_layers import Writing
from translate.engines.marian_rules import allowed
from translate.engines.marian_task import Bounds, Task, Written
from translate.engines.search import Decoding

NEVER = -1.0e9  # what the library gives an answer that is not there
_STRETCH = 64  # pieces of which only the best is looked at first


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
        norms = logits.logsumexp(-1, keepdim=True)
        left = allowed(logits, None, written, bounds, task)
        best = left.argmax(-1, keepdim=True)
        totals = totals + (logits.gather(1, best) - norms)[:, 0]
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
        self._ended = _Ended.nothing(count, beam, max(task.limits) + 1, task.eos, device)

    def run(self) -> list[tuple[Written, ...]]:
        """The answers of each sentence, best first."""
        found: dict[int, tuple[Written, ...]] = {}
        for done in range(max(self._task.limits) + 1):
            continued = self._continued()
            ended = self._ended.joined(continued, self._written, done + 1, self._task)
            self._ended = ended
            rows = self._go_on(continued)
            self._open &= ended.can_improve(self._scores[:, 0], done + 1, self._task.how)
            alive = (self._open & (self._bounds.limits > done)).tolist()
            for place, is_alive in enumerate(alive):
                if not is_alive:
                    found[self._live[place]] = ended.answers(place, self._task.how.answers)
            if not any(alive):
                break
            self._keep(alive, rows)
        return [found[number] for number in range(len(self._task.limits))]

    def _continued(self) -> _Continued:
        """The best continuations of each sentence, from all of its answers."""
        rows = self._written.flatten(0, 1)  # (R, 1 + T)
        logits = self._writing.step(rows[:, -1])  # (R, V)
        norms = logits.logsumexp(-1, keepdim=True)  # (R, 1)
        left = allowed(logits, norms, rows, self._bounds.repeated(self._beam), self._task)
        scores, parents, pieces = best_of(left, norms, self._scores, 2 * self._beam)
        offsets = torch.arange(len(self._scores), device=rows.device)[:, None] * self._beam
        sure = logits[(parents + offsets), pieces] - norms[:, 0][parents + offsets]
        return _Continued(scores, parents, pieces, self._totals.gather(1, parents) + sure)

    def _go_on(self, continued: _Continued) -> torch.Tensor:
        """Take up the best continuations that do not end; the row each of them comes from, (N, K)."""
        going = continued.scores + (continued.pieces == self._task.eos) * NEVER
        self._scores, chosen = going.topk(self._beam)
        parents, pieces = continued.parents.gather(1, chosen), continued.pieces.gather(1, chosen)
        self._totals = continued.totals.gather(1, chosen)
        self._written = torch.cat((_of_parents(self._written, parents), pieces[..., None]), 2)
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


@dataclass(frozen=True, slots=True)
class _Continued:
    """Per sentence C continuations, best first: score, the answer continued, the new piece. (N, C) each."""

    scores: torch.Tensor
    parents: torch.Tensor
    pieces: torch.Tensor
    totals: torch.Tensor  # log-probabilities without any penalty


@dataclass(frozen=True, slots=True)
class _Ended:
    """Per sentence the K best answers that have ended, `NEVER` where there are fewer. `room`: (N, K, T)."""

    scores: torch.Tensor
    totals: torch.Tensor
    lengths: torch.Tensor  # pieces with </s>; 0: no answer
    ids: torch.Tensor

    @classmethod
    def nothing(cls, count: int, beam: int, room: int, eos: int, device: torch.device) -> _Ended:
        """No answer has ended yet."""
        return cls(
            torch.full((count, beam), NEVER, device=device),
            torch.zeros(count, beam, device=device),
            torch.zeros(count, beam, dtype=torch.long, device=device),
            torch.full((count, beam, room), eos, device=device),
        )

    def joined(self, continued: _Continued, written: torch.Tensor, length: int, task: Task) -> _Ended:
        """With those of the K best continuations that end now."""
        beam = task.how.beam
        ends = continued.pieces[:, :beam] == task.eos  # what is not among the best does not count
        scores = torch.where(ends, continued.scores[:, :beam] / length**task.how.length_penalty, NEVER)
        scores, chosen = torch.cat((self.scores, scores), 1).topk(beam)
        totals = torch.cat((self.totals, continued.totals[:, :beam]), 1).gather(1, chosen)
        lengths = torch.cat((self.lengths, ends * length), 1).gather(1, chosen)
        parents = _of_parents(written, continued.parents[:, :beam])[..., 1:]  # (N, K, T)
        new = self.ids.clone()
        new[..., : parents.shape[2]] = parents
        new[..., parents.shape[2] :] = task.eos
        ids = _of_parents(torch.cat((self.ids, new), 1), chosen)
        return _Ended(scores, totals, lengths, ids)

    def can_improve(self, best: torch.Tensor, length: int, how: Decoding) -> torch.Tensor:
        """Whether the search goes on, (N,): `best` is the score of the best answer that has not ended.

        As the library decides: until there are enough answers, and then while the best one could still
        beat the worst of them at its present length; with `early_stopping` not even then.
        """
        is_full = (self.lengths > 0).all(1)
        if how.early_stopping:
            return ~is_full
        beats: torch.Tensor = best / length**how.length_penalty > self.scores.amin(1)
        return beats | ~is_full

    def kept(self, sentences: torch.Tensor) -> _Ended:
        return _Ended(*(each[sentences] for each in (self.scores, self.totals, self.lengths, self.ids)))

    def answers(self, place: int, count: int) -> tuple[Written, ...]:
        """The best answers of one sentence, at least one."""
        lengths, totals = self.lengths[place].tolist(), self.totals[place].tolist()
        ids = self.ids[place].tolist()
        found = [
            Written(tuple(row[: length - 1]), total)
            for row, length, total in zip(ids, lengths, totals, strict=True)
            if length
        ]
        return tuple(found[:count]) or (Written((), NEVER),)


def _of_parents(rows: torch.Tensor, parents: torch.Tensor) -> torch.Tensor:
    """The rows (N, K, …) that `parents` (N, C) names, (N, C, …)."""
    return rows.gather(1, parents[..., None].expand(-1, -1, rows.shape[2]))


def best_of(
    logits: torch.Tensor, norms: torch.Tensor, scores: torch.Tensor, count: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The `count` best continuations of each sentence: scores, answers and pieces, (N, count) each.

    A continuation is worth its log-probability (logit less `norms`, (R, 1)) and the score (N, K) of the
    answer it continues. To sort all is slow: the best of each stretch of pieces tells which few to look at.
    """
    sentences, beam = scores.shape
    rows, vocabulary = logits.shape
    parts, whole = vocabulary // _STRETCH, vocabulary // _STRETCH * _STRETCH
    flat = scores.reshape(rows, 1)
    peaks = logits[:, :whole].reshape(rows, parts, _STRETCH).amax(-1)  # (R, parts)
    peaks = (peaks - norms + flat).view(sentences, beam * parts)
    stretch = peaks.topk(min(count, beam * parts)).indices[..., None]  # (N, count, 1)
    within = torch.arange(_STRETCH, device=logits.device)
    places = (stretch // max(parts, 1) * vocabulary + stretch % max(parts, 1) * _STRETCH + within).flatten(1)
    answers = torch.arange(beam, device=logits.device)[:, None] * vocabulary
    rest = (
        answers + torch.arange(whole, vocabulary, device=logits.device)
    ).flatten()  # what no stretch holds
    places = torch.cat((places, rest.expand(sentences, -1)), 1)
    parents = places // vocabulary
    values = logits.view(sentences, -1).gather(1, places)
    values = values - norms.view(sentences, beam).gather(1, parents) + scores.gather(1, parents)
    found = values.topk(count)
    chosen = places.gather(1, found.indices)
    return found.values, chosen // vocabulary, chosen % vocabulary
