"""The same search on a board: tensors of one size, in which each step changes everything in place.

A device can record such a step and play it again (`marian_graph`). So a step asks the host nothing, and all
that differs from one to the next is in tensors: the place of the next piece, who is done. What is done stays
on the board, and nothing of it changes any more.

Keys and values never move either. Where an answer goes on from another one, `came` says for each position in
whose memory it is; all answers to a sentence look at the memory of all, each through its own mask.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import torch
from torch.nn import functional

from translate.engines.marian_beams import NEVER, Continued, Ended, best_of, of_parents
from translate.engines.marian_layers import Layer, Layers, parted
from translate.engines.marian_task import Bounds, Task
from translate.engines.search import Decoding

_LOGITS = 16  # bytes for each logit in a step: as it comes, as a float, and what looking for the best needs


@dataclass(frozen=True, slots=True)
class Size:
    """N sentences, K answers to each, S pieces of source, T pieces of answer."""

    sentences: int
    beam: int
    source: int
    target: int

    def bytes(self, layers: Layers) -> int:
        """What a board of this size takes, with a step's logits."""
        pieces, width = layers.output.shape
        states = 2 * len(layers.layers) * width * layers.output.element_size()
        past = self.sentences * (self.beam * self.target + self.source) * states
        return past + self.sentences * self.beam * pieces * _LOGITS


class Board:
    """A search for the answers of N sentences at most."""

    def __init__(self, layers: Layers, size: Size, how: Decoding, start: int, eos: int) -> None:
        self.size = size
        self._layers, self._how, self._start, self._eos = layers, how, start, eos
        n, k, s, t = size.sentences, size.beam, size.source, size.target
        states = layers.output.new_empty  # in the model's own numbers, on its device
        floats, counts = partial(states, dtype=torch.float32), partial(states, dtype=torch.long)
        heads = layers.layers[0].heads
        parts, width = (len(layers.layers), 2, heads), layers.output.shape[1] // heads  # 2: keys and values
        self._source: torch.Tensor = states(n, *parts, s, width)
        self._past: torch.Tensor = states(n, *parts, k, t, width)
        self._mask: torch.Tensor = states(n, 1, 1, s)  # 0, or minus infinity where there is no source
        self._limits, self._begun = counts(n), counts(n, t)
        self._done = counts(1)  # pieces written
        self._came, self._written = counts(n, k, t), counts(n, k, 1 + t)
        self._scores, self._totals = floats(n, k), floats(n, k)
        self.open: torch.Tensor = states(n, dtype=torch.bool)
        self.ended = self._nothing_ended()
        self._answers, self._steps = (torch.arange(each, device=self._done.device) for each in (k, t))
        self._worths = (self._steps + 1.0).double().pow(how.length_penalty).float()

    def _nothing_ended(self) -> Ended:
        raise NotImplementedError

    def step(self) -> None:
        """One more piece for each answer. Asks the host nothing."""
        raise NotImplementedError

    @property
    def changing(self) -> tuple[torch.Tensor, ...]:
        """All that a step changes, but keys and values: it writes those of its own position only."""
        return (
            self._done,
            self._came,
            self._written,
            self._scores,
            self._totals,
            self.open,
            *self.ended.tensors,
        )

    @property
    def _rows(self) -> tuple[torch.Tensor, ...]:
        """All that belongs to a sentence, (N, …) each."""
        return (self._source, self._past, self._mask, self._limits, self._begun, *self.changing[1:])

    def _clear(self) -> None:
        """Forget everything: what was here must not be able to reach an answer, not even as 0 times it."""
        for each in (*self._rows, self._done):
            each.zero_()
        self._begun.fill_(-1)
        self._written.fill_(self._start)
        self._scores[:, 1:] = NEVER  # only the first answer counts at first: the others are the same
        self.ended.scores.fill_(NEVER)

    def begin(self, task: Task, states: torch.Tensor, seen: torch.Tensor) -> None:
        """Nothing written yet. `states` (M, S, D) and mask `seen` (M, S) of M sentences that fit."""
        self._clear()
        count, length = seen.shape
        bounds = Bounds.of(task, states.device)
        self._limits[:count] = bounds.limits
        self._begun[:count, : bounds.begun.shape[1]] = bounds.begun
        self.open[:count] = True
        self._mask[:count] = -torch.inf
        self._mask[:count, 0, 0, :length].masked_fill_(seen.bool(), 0.0)
        for number, layer in enumerate(self._layers.layers):
            for place, each in enumerate(parted(states, layer)):  # (M, H, S, d)
                self._source[:count, number, place, :, :length] = each

    def follow(self, other: Board, places: torch.Tensor) -> None:
        """Go on with these sentences of another board, which had more room for them, or less for pieces."""
        self._clear()
        for ours, theirs in zip(self._rows, other._rows, strict=True):
            taken = theirs.index_select(0, places)
            ours[tuple(map(slice, taken.shape))] = taken
        self._done.copy_(other._done)

    def _logits(self) -> torch.Tensor:
        """Logits of what may follow each answer, in the model's own numbers, (R, V)."""
        at, done = self._layers, self._done
        n, k, _ = self._came.shape
        self._came.index_copy_(2, done, self._answers.expand(n, k)[..., None])
        known = (self._came[:, :, None] == self._answers[:, None]) & (self._steps <= done)  # (N, K, K, T)
        past = torch.zeros_like(known, dtype=self._mask.dtype).masked_fill_(~known, -torch.inf)
        past = past.view(n, 1, k, -1)
        place = done.clamp(max=len(at.positions) - 1)  # beyond that all are done
        last = self._written.index_select(2, done).flatten()
        x = functional.embedding(last, at.embedding) * at.scale  # (R, D)
        x = x + at.positions.index_select(0, place)
        for number, layer in enumerate(at.layers):
            first, second, third = layer.norms
            x = first(x + functional.linear(self._looked_back(x, layer, number, past), *layer.own_out))
            x = second(x + functional.linear(self._looked_over(x, layer, number), *layer.cross_out))
            inner = layer.activation(functional.linear(x, *layer.inner))
            x = third(x + functional.linear(inner, *layer.outer))
        return functional.linear(x, at.output, at.bias)

    def _looked_back(self, x: torch.Tensor, layer: Layer, number: int, past: torch.Tensor) -> torch.Tensor:
        """Attention over what this answer has written, wherever it is. (R, D)"""
        n, k, _ = self._came.shape
        parts = functional.linear(x, *layer.own_in).view(n, k, 3, layer.heads, -1).permute(0, 2, 3, 1, 4)
        memory = self._past[:, number]  # (N, 2, H, K, T, d)
        memory.index_copy_(4, self._done, parts[:, 1:, ..., None, :])
        keys, values = memory.flatten(3, 4).unbind(1)  # (N, H, K * T, d)
        seen = functional.scaled_dot_product_attention(parts[:, 0], keys, values, past)
        return seen.transpose(1, 2).reshape(n * k, -1)

    def _looked_over(self, x: torch.Tensor, layer: Layer, number: int) -> torch.Tensor:
        """Attention over the source. (R, D)"""
        n, k, _ = self._came.shape
        query = functional.linear(x, *layer.asking).view(n, k, layer.heads, -1).transpose(1, 2)
        keys, values = self._source[:, number].unbind(1)
        seen = functional.scaled_dot_product_attention(query, keys, values, self._mask)
        return seen.transpose(1, 2).reshape(n * k, -1)

    def _laid_down(self) -> torch.Tensor:
        """The one piece that may follow in a sentence, as it has to begin or to end so; else -1. (N, 1)"""
        begun = self._begun.index_select(1, self._done)
        return begun.masked_fill(self._limits[:, None] <= self._done, self._eos)


class GreedyBoard(Board):
    """Always the best piece."""

    def _nothing_ended(self) -> Ended:
        lengths = torch.empty_like(self._written[..., 0])
        return Ended(self._scores, self._totals, lengths, self._written[..., 1:])

    def step(self) -> None:
        logits = self._logits()
        only = self._laid_down()
        best = torch.where(only >= 0, only, logits.argmax(-1, keepdim=True))  # (N, 1)
        sure = _logs(logits).gather(1, best)
        self._totals += sure.masked_fill(~self.open[:, None], 0.0)
        self._done += 1
        self._written.index_copy_(2, self._done, best[..., None])
        ends = self.open & (best[:, 0] == self._eos)
        self.ended.lengths.add_(ends[:, None] * self._done)
        self.open &= ~ends


class BeamBoard(Board):
    """The K best answers together."""

    def _nothing_ended(self) -> Ended:
        room = self._written[..., 1:]
        return Ended(*map(torch.empty_like, (self._scores, self._totals, room[..., 0], room)))

    def step(self) -> None:
        best = self._continued()
        worth = self._worths.index_select(0, self._done)
        self._done += 1
        ended = self.ended.joined(best, self._written, self._done, worth, self._eos)
        for known, new in zip(self.ended.tensors, ended.tensors, strict=True):
            known.copy_(torch.where(self.open.view(-1, *[1] * (new.dim() - 1)), new, known))
        going = best.going_on(self._eos, self.size.beam)
        self._scores.copy_(going.scores)
        self._totals.copy_(going.totals)
        self._came.copy_(of_parents(self._came, going.parents))
        self._written.copy_(of_parents(self._written, going.parents))
        self._written.index_copy_(2, self._done, going.pieces[..., None])
        self.open &= self.ended.can_improve(self._scores[:, 0], worth, self._how) & (
            self._limits >= self._done
        )

    def _continued(self) -> Continued:
        """The best continuations of each sentence, from all of its answers."""
        n, k = self._scores.shape
        logs = _logs(self._logits())
        found = best_of(logs, self._scores, 2 * k)
        only = self._laid_down()
        alone = (functional.pad(self._scores, (0, k), value=-torch.inf), self._answers.repeat(2), only)
        scores, parents, pieces = map(lambda one, any_: torch.where(only >= 0, one, any_), alone, found)
        sure = logs.view(n, -1).gather(1, parents * logs.shape[1] + pieces)
        return Continued(scores, parents, pieces, self._totals.gather(1, parents) + sure)


def _logs(logits: torch.Tensor) -> torch.Tensor:
    """Log-probabilities in float32. In one pass: on a GPU passes over so many numbers are what takes time."""
    return logits.log_softmax(-1, dtype=torch.float32)
