"""Label-smoothed cross-entropy of a tied output layer, fused with its gradient.

The logits of a step are by far its largest array. They are made in blocks that stay in the cache and
turned into their gradient at once, so they are never kept (as in Hsu et al., "Liger Kernel", 2024).
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_ROWS = {"cpu": 512, "cuda": 4096}  # logits of a block: what the caches hold; what keeps a card busy


class TiedCrossEntropy(torch.autograd.Function):
    """Sum over tokens of (1 - e) · cross-entropy + e · mean over the vocabulary; also the plain sum.

    Inputs: states (N, D), embedding (V, D), gold (N,) row numbers of `embedding`, smoothing e.
    Outputs: cross-entropy with the smoothed gradient, shape ().
    """

    @staticmethod
    def forward(ctx: Any, states: Tensor, embedding: Tensor, gold: Tensor, smoothing: float) -> Tensor:
        weight = embedding.to(states.dtype)
        states_grad = torch.empty_like(states)
        weight_grad = torch.zeros_like(embedding)
        entropy = torch.zeros((), device=states.device)
        rows_each = _ROWS.get(states.device.type, 4096)
        blocks = (torch.split(x, rows_each) for x in (states, gold, states_grad))
        for rows, aims, grads in zip(*blocks, strict=True):
            logits = F.linear(rows, weight).float()  # (R, V)
            norm = torch.logsumexp(logits, dim=-1, keepdim=True)
            entropy += (norm - logits.gather(-1, aims[:, None])).sum()
            slope = logits.sub_(norm).exp_().sub_(smoothing / len(weight))  # softmax - target distribution
            slope.scatter_add_(-1, aims[:, None], slope.new_full((len(rows), 1), smoothing - 1))
            slope = slope.to(states.dtype)
            torch.mm(slope, weight, out=grads)
            weight_grad += slope.t() @ rows
        ctx.save_for_backward(states_grad, weight_grad)
        return entropy

    @staticmethod
    def backward(ctx: Any, outer: Tensor) -> tuple[Tensor, Tensor, None, None]:
        states_grad, weight_grad = ctx.saved_tensors
        return states_grad * outer, weight_grad * outer, None, None
