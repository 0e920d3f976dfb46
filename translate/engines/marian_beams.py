"""What a beam search keeps of each sentence: continuations, and answers that have ended.

Two searches are made of it: one whose batch shrinks (`marian_search`), and one whose shapes never change
(`marian_board`).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch.nn import functional

from translate.engines.marian_task import Written
from translate.engines.search import Decoding

NEVER = -1.0e9  # what the library gives an answer that is not there
_STRETCH = 64  # pieces of which only the best is looked at first

Number = float | torch.Tensor  # one for all sentences, known to the host or to the device only


@dataclass(frozen=True, slots=True)
class Continued:
    """Per sentence C continuations, best first: score, the answer continued, the new piece. (N, C) each."""

    scores: torch.Tensor
    parents: torch.Tensor
    pieces: torch.Tensor
    totals: torch.Tensor  # log-probabilities without any penalty

    def going_on(self, eos: int, beam: int) -> Continued:
        """The `beam` best of those that do not end now."""
        scores, chosen = (self.scores + (self.pieces == eos) * NEVER).topk(beam)
        return Continued(
            scores, *(each.gather(1, chosen) for each in (self.parents, self.pieces, self.totals))
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """Per sentence the K best answers that have ended, `NEVER` where there are fewer. `room`: (N, K, T)."""

    scores: torch.Tensor
    totals: torch.Tensor
    lengths: torch.Tensor  # pieces with </s>; 0: no answer
    ids: torch.Tensor

    @classmethod
    def nothing(cls, count: int, beam: int, room: int, eos: int, device: torch.device) -> Ended:
        """No answer has ended yet."""
        return cls(
            torch.full((count, beam), NEVER, device=device),
            torch.zeros(count, beam, device=device),
            torch.zeros(count, beam, dtype=torch.long, device=device),
            torch.full((count, beam, room), eos, device=device),
        )

    def joined(
        self, continued: Continued, written: torch.Tensor, length: Number, worth: Number, eos: int
    ) -> Ended:
        """With those of the K best continuations that end now, with `length` pieces.

        `worth`: what their scores are divided by. `written`: (N, K, 1 + T), of which T may be all the room.
        """
        beam = self.scores.shape[1]
        ends = continued.pieces[:, :beam] == eos  # what is not among the best does not count
        scores = (continued.scores[:, :beam] / worth).masked_fill(~ends, NEVER)
        scores, chosen = torch.cat((self.scores, scores), 1).topk(beam)
        totals = torch.cat((self.totals, continued.totals[:, :beam]), 1).gather(1, chosen)
        lengths = torch.cat((self.lengths, ends * length), 1).gather(1, chosen)
        parents = of_parents(written, continued.parents[:, :beam])[..., 1:]  # (N, K, T)
        new = functional.pad(parents, (0, self.ids.shape[2] - parents.shape[2]), value=eos)
        ids = of_parents(torch.cat((self.ids, new), 1), chosen)
        return Ended(scores, totals, lengths, ids)

    def can_improve(self, best: torch.Tensor, worth: Number, how: Decoding) -> torch.Tensor:
        """Whether the search goes on, (N,): `best` is the score of the best answer that has not ended.

        As the library decides: until there are enough answers, and then while the best one could still
        beat the worst of them at its present length; with `early_stopping` not even then.
        """
        is_full = (self.lengths > 0).all(1)
        if how.early_stopping:
            return ~is_full
        beats: torch.Tensor = best / worth > self.scores.amin(1)
        return beats | ~is_full

    def kept(self, sentences: torch.Tensor) -> Ended:
        return Ended(*(each[sentences] for each in self.tensors))

    def to(self, device: torch.device) -> Ended:
        return Ended(*(each.to(device) for each in self.tensors))

    @property
    def tensors(self) -> tuple[torch.Tensor, ...]:
        return self.scores, self.totals, self.lengths, self.ids

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


def of_parents(rows: torch.Tensor, parents: torch.Tensor) -> torch.Tensor:
    """The rows (N, K, …) that `parents` (N, C) names, (N, C, …)."""
    return rows.gather(1, parents[..., None].expand(-1, -1, rows.shape[2]))


def best_of(
    logs: torch.Tensor, scores: torch.Tensor, count: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The `count` best continuations of each sentence: scores, answers and pieces, (N, count) each.

    A continuation is worth its log-probability (R, V) and the score (N, K) of the answer it continues.
    To sort all is slow: the best of each stretch of pieces tells which few to look at.
    """
    sentences, beam = scores.shape
    rows, vocabulary = logs.shape
    parts, whole = vocabulary // _STRETCH, vocabulary // _STRETCH * _STRETCH
    flat = scores.reshape(rows, 1)
    peaks = logs[:, :whole].reshape(rows, parts, _STRETCH).amax(-1)  # (R, parts)
    peaks = (peaks + flat).view(sentences, beam * parts)
    stretch = peaks.topk(min(count, beam * parts)).indices[..., None]  # (N, count, 1)
    within = torch.arange(_STRETCH, device=logs.device)
    places = (stretch // max(parts, 1) * vocabulary + stretch % max(parts, 1) * _STRETCH + within).flatten(1)
    answers = torch.arange(beam, device=logs.device)[:, None] * vocabulary
    rest = (answers + torch.arange(whole, vocabulary, device=logs.device)).flatten()  # what no stretch holds
    places = torch.cat((places, rest.expand(sentences, -1)), 1)
    parents = places // vocabulary
    values = logs.view(sentences, -1).gather(1, places)
    values = values + scores.gather(1, parents)
    found = values.topk(count)
    chosen = places.gather(1, found.indices)
    return found.values, chosen // vocabulary, chosen % vocabulary
