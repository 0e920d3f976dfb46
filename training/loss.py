"""Label-smoothed cross-entropy of a tied output layer, fused with its gradient.

The logits of a step are by far its largest array. They are made in blocks that stay in the cache and
turned into their gradient at once, so they are never kept (as in Hsu et al., "Liger Kernel", 2024).
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

_ROWS = {"cpu": 512, "cuda": 8192}  # logits of a block: what the caches hold; what keeps a card busy
_LEAST = 1e-30  # a probability that has become 0 has a logarithm all the same


class TiedCrossEntropy(torch.autograd.Function):
    """Sum over tokens of (1 - e) · cross-entropy + e · mean over the vocabulary; also the plain sum.

    Inputs: states (N, D), embedding (V, D), gold (N,) row numbers of `embedding`, smoothing e, and which
    states count (N,): the others are padding.
    Outputs: cross-entropy with the smoothed gradient, shape ().

    The gradient by the logits is softmax - (1 - e) · one-hot - e / V. The last part is the same everywhere:
    what it adds to the products is taken off them, and not off each logit.
    """

    @staticmethod
    def forward(
        ctx: Any, states: Tensor, embedding: Tensor, gold: Tensor, smoothing: float, real: Tensor
    ) -> Tensor:
        counts = real.to(states.dtype)
        states = states * counts[:, None]
        weight = embedding.to(states.dtype)
        uniform = smoothing / len(weight)
        states_grad = torch.empty_like(states)
        weight_grad = torch.zeros_like(embedding, dtype=torch.float32)
        entropy = torch.zeros((), device=states.device)
        rows_each = _ROWS.get(states.device.type, 4096)
        blocks = (torch.split(x, rows_each) for x in (states, gold[:, None], counts, states_grad))
        for rows, aims, count, grads in zip(*blocks, strict=True):
            likely = F.softmax(F.linear(rows, weight), dim=-1)  # (R, V); autocast makes it float32
            entropy -= likely.gather(-1, aims).float().clamp_min(_LEAST).log()[:, 0] @ count.float()
            slope = likely.to(states.dtype)
            slope.scatter_add_(-1, aims, slope.new_full((len(rows), 1), smoothing - 1))
            torch.mm(slope, weight, out=grads)
            weight_grad += slope.t() @ rows
        states_grad -= uniform * weight.sum(dim=0)
        states_grad *= counts[:, None]
        weight_grad -= uniform * states.sum(dim=0)
        ctx.save_for_backward(states_grad, weight_grad.to(embedding.dtype))
        return entropy

    @staticmethod
    def backward(ctx: Any, outer: Tensor) -> tuple[Tensor, Tensor, None, None, None]:
        states_grad, weight_grad = ctx.saved_tensors
        return states_grad * outer, weight_grad * outer, None, None, None
