"""What the answers of a model are worth on the whole, and its gradient, at a tied output layer.

Minimum risk training (Shen et al., "Minimum Risk Training for Neural Machine Translation", ACL 2016): of
several answers to a source, those that are worth more than the mean become likelier, the others less likely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_LEAST = 1e-30  # a source without answers has no shares; where there are some, the best counts 1 before


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the loss counts.

    `sharpness`: an answer's share is the softmax of its log-probability times this. `worth`: what a unit of
    worth counts for each answer, beside the cross-entropy of the reference, which counts `reference`,
    smoothed by `smoothing`. All were tried on two cores (README.md); without the smoothing, answers become
    longer and loop.
    """

    sharpness: float = 0.15
    worth: float = 7.0
    reference: float = 0.7
    smoothing: float = 0.1


class ExpectedWorth(torch.autograd.Function):
    """Loss of N tokens of R sequences, which belong to G sources.

    Inputs: states (N, D) and embedding (V, D), of one floating type; gold (N,), row numbers of `embedding`;
    sequence (N,), which one each token belongs to; source (R,), which one each sequence answers; worth (R,),
    NaN of a reference.
    Outputs, shape (3,): the loss; the references' cross-entropy; the expected worth, summed over sources.

    The loss is reference · smoothed cross-entropy of the references - worth / sharpness · answers · expected
    worth: so the log-probability of an answer with share q has the gradient -worth · answers · q · (its worth
    - the expected one), whatever the sharpness is.
    """

    @staticmethod
    def forward(
        ctx: Any,
        states: Tensor,
        embedding: Tensor,
        gold: Tensor,
        sequence: Tensor,
        source: Tensor,
        worth: Tensor,
        weights: Weights,
    ) -> Tensor:
        logits = F.linear(states, embedding).float()  # (N, V)
        logs = F.log_softmax(logits, dim=-1)
        chosen = logs.gather(-1, gold[:, None])[:, 0]
        reference = worth.isnan()
        worth = worth.nan_to_num()
        share, answers = _shares(chosen, sequence, source, ~reference, weights.sharpness)
        expected = _per_source(share * worth, source)
        slopes = weights.worth * answers[source] * share * (worth - expected[source])
        slopes = torch.where(reference, weights.reference, slopes)[sequence]  # (N,): of -log p
        smoothed = weights.smoothing * reference[sequence]
        uniform = (smoothed / len(embedding))[:, None]
        slope = logs.exp() - uniform
        slope.scatter_add_(-1, gold[:, None], (smoothed - 1.0)[:, None])
        slope = (slope * slopes[:, None]).to(states.dtype)
        ctx.save_for_backward(slope @ embedding, slope.t() @ states)
        told = reference[sequence]
        smooth = (1 - smoothed) * chosen + smoothed * logs.mean(dim=-1)
        loss = -weights.reference * (smooth * told).sum()
        loss -= weights.worth / weights.sharpness * (answers * expected).sum()
        return torch.stack([loss, -(chosen * told).sum(), expected.sum()])

    @staticmethod
    def backward(ctx: Any, outer: Tensor) -> tuple[Tensor | None, ...]:
        """Of the loss alone: the other outputs are told, not learned."""
        states_grad, embedding_grad = ctx.saved_tensors
        return states_grad * outer[0], embedding_grad * outer[0], None, None, None, None, None


def _shares(
    chosen: Tensor, sequence: Tensor, source: Tensor, is_answer: Tensor, sharpness: float
) -> tuple[Tensor, Tensor]:
    """Each sequence's share of its source's answers (R,), 0 of a reference; how many there are (G,)."""
    logs = torch.zeros(len(source), device=chosen.device).index_add_(0, sequence, chosen)
    scaled = torch.where(is_answer, sharpness * logs, -torch.inf)
    best = torch.full((int(source.max()) + 1,), -torch.inf, device=chosen.device)
    best = best.scatter_reduce_(0, source, scaled, "amax")
    likely = torch.where(is_answer, torch.exp(scaled - best[source]), 0.0)
    answers = _per_source(is_answer.float(), source)
    return likely / _per_source(likely, source).clamp_min(_LEAST)[source], answers


def _per_source(values: Tensor, source: Tensor) -> Tensor:
    return torch.zeros(int(source.max()) + 1, device=values.device).index_add_(0, source, values)
