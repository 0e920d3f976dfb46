"""What may follow in an answer: no piece twice in a run, none too often, no end too soon or too late; at its
beginning perhaps one piece only.

Each rule is the library's, computed for the few pieces that it concerns.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch.nn import functional

from translate.engines.marian_task import Bounds, Task


def allowed(logits: torch.Tensor, written: torch.Tensor, bounds: Bounds, task: Task) -> torch.Tensor:
    """Logits (R, V) with what may not follow at minus infinity, and what should not made less likely.

    In a beam search they are log-probabilities: that is what the library weighs there. `bounds`: of each row.
    """
    how, eos, done = task.how, task.eos, written.shape[1] - 1
    changes: list[Callable[[torch.Tensor], torch.Tensor]] = []
    if how.repetition_penalty != 1.0:
        changes.append(lambda given: _penalised(given, written, how.repetition_penalty))
    if how.no_repeat_ngram and written.shape[1] >= how.no_repeat_ngram:
        changes.append(lambda given: _without_repeats(given, written, how.no_repeat_ngram))
    if task.without:
        changes.append(lambda given: without_words(given, written, bounds.without))
    if done < how.min_pieces:
        changes.append(lambda given: _with(given, eos, -torch.inf))
    if done < task.longest_begun:
        changes.append(lambda given: _only(given, bounds.begun[:, done]))
    if done >= min(task.limits):
        ends = torch.where(bounds.limits <= done, eos, -1)
        changes.append(lambda given: _only(given, ends))
    for change in changes:
        logits = change(logits)
    return logits


def _penalised(logits: torch.Tensor, written: torch.Tensor, penalty: float) -> torch.Tensor:
    values = logits.gather(1, written)
    values = torch.where(values < 0, values * penalty, values / penalty)
    return logits.scatter(1, written, values)


def _without_repeats(logits: torch.Tensor, written: torch.Tensor, size: int) -> torch.Tensor:
    """Nothing that would complete a run of `size` pieces that is there already."""
    last = written[:, written.shape[1] + 1 - size :]
    runs = written.unfold(1, size, 1)  # (R, runs, size)
    rows, places = (runs[..., :-1] == last[:, None]).all(-1).nonzero(as_tuple=True)
    return logits.index_put((rows, runs[rows, places, -1]), logits.new_tensor(-torch.inf))


def without_words(logits: torch.Tensor, written: torch.Tensor, without: torch.Tensor) -> torch.Tensor:
    """Not the last piece of a word where the others of it have just been written. `without` (R, W, L)."""
    before = without[..., :-1]
    size = before.shape[-1]
    tail = functional.pad(written, (size, 0), value=-2)[:, written.shape[1] :]  # (R, L - 1), the last ones
    hit = ((before == tail[:, None]) | (before < 0)).all(-1) & (without[..., -1] >= 0)  # (R, W)
    rows, which = hit.nonzero(as_tuple=True)
    return logits.index_put((rows, without[rows, which, -1]), logits.new_tensor(-torch.inf))


def _with(logits: torch.Tensor, piece: int, value: float) -> torch.Tensor:
    changed = logits.clone()
    changed[:, piece] = value
    return changed


def _only(logits: torch.Tensor, pieces: torch.Tensor) -> torch.Tensor:
    """Nothing but its own piece (R,) may follow in a row, at no cost; anything where that is -1."""
    alone = torch.full_like(logits, -torch.inf).scatter(1, pieces.clamp(min=0)[:, None], 0.0)
    return torch.where((pieces >= 0)[:, None], alone, logits)
