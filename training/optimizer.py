"""What turns a gradient into a step: Muon for the matrices of the layers, Adam for all else.

Muon (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024) makes the momentum of a
matrix orthogonal before it is added, so that directions which a gradient seldom has are learnt as fast as
the others. Its steps are given the size of Adam's, so that both take the same rate (Liu et al., "Muon is
scalable for LLM training", 2025). `torch.optim.Muon` does the same, one matrix after the other; here those of
one shape go through together, or a graphics card would mostly wait. A test holds the two together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import torch
from torch import Tensor, nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # of the polynomial, as published with Muon
_ROUNDS = 5
_MOMENTUM = 0.95
_SIZE = 0.2  # root mean square of an entry of Adam's steps, about; of Muon's
_LEAST = 1e-7


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows` × `columns` numbers of the flat vector, from `start` on."""

    start: int
    rows: int
    columns: int

    @property
    def end(self) -> int:
        return self.start + self.rows * self.columns

    def of(self, flat: Tensor) -> Tensor:
        """The view of it, (rows, columns)."""
        return flat[self.start : self.end].view(self.rows, self.columns)


def matrices_of(model: nn.Module) -> list[Matrix]:
    """The matrices of a model's layers, in the flat vector of its parameters one after the other.

    Not the embedding, whose rows are learnt one by one. Keys and values are two matrices.
    """
    found, start = [], 0
    for name, weight in model.named_parameters():
        if weight.dim() == 2 and "embedding" not in name:
            rows, columns = weight.shape
            count = 2 if "key_value" in name else 1
            each = rows // count
            found += [Matrix(start + n * each * columns, each, columns) for n in range(count)]
        start += weight.numel()
    return found


class Optimizer:
    """Steps of the flat vector of weights `flat`, whose gradient is `flat.grad`."""

    def __init__(self, flat: Tensor, matrices: Iterable[Matrix]) -> None:
        assert flat.grad is not None
        self.flat, self.gradient = flat, flat.grad
        shapes: dict[tuple[int, int], list[Matrix]] = {}
        for matrix in sorted(matrices, key=lambda matrix: matrix.start):
            shapes.setdefault((matrix.rows, matrix.columns), []).append(matrix)
        self._groups = list(shapes.values())
        self._momenta = [
            torch.zeros(len(group), *shape, device=flat.device) for shape, group in shapes.items()
        ]
        rest = []
        for start, end in _gaps(chain.from_iterable(self._groups), len(flat)):
            rest.append(flat[start:end])
            rest[-1].grad = self.gradient[start:end]
        self._adam = torch.optim.Adam(rest, lr=0, betas=(0.9, 0.98), eps=1e-9, fused=True)

    def state_dict(self) -> dict[str, Any]:
        return {"adam": self._adam.state_dict(), "momenta": self._momenta}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self._adam.load_state_dict(state["adam"])
        for mine, theirs in zip(self._momenta, state["momenta"], strict=True):
            mine.copy_(theirs)

    @torch.no_grad()
    def step(self, rate: float) -> None:
        self._adam.param_groups[0]["lr"] = rate
        self._adam.step()
        for group, momentum in zip(self._groups, self._momenta, strict=True):
            slope = torch.stack([matrix.of(self.gradient) for matrix in group])
            momentum.lerp_(slope, 1 - _MOMENTUM)
            step = orthogonal(slope.lerp(momentum, _MOMENTUM)).to(self.flat.dtype)
            step *= -rate * _SIZE * math.sqrt(max(step.shape[1:]))
            torch._foreach_add_([matrix.of(self.flat) for matrix in group], list(step))


def orthogonal(matrices: Tensor) -> Tensor:
    """Matrices near the orthogonal ones next to these (n, rows, columns), in bfloat16.

    By Newton–Schulz rounds: their singular values come to between 0.7 and 1.2, which is enough.
    """
    upright = matrices.shape[1] > matrices.shape[2]  # the smaller square is the cheaper
    x = (matrices.mT if upright else matrices).bfloat16()
    x = x / x.norm(dim=(1, 2), keepdim=True).clamp_min(_LEAST)
    a, b, c = _COEFFICIENTS
    for _ in range(_ROUNDS):
        square = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x.mT if upright else x


def _gaps(matrices: Iterable[Matrix], size: int) -> list[tuple[int, int]]:
    """From where to where none of the matrices is."""
    ordered = sorted(matrices, key=lambda matrix: matrix.start)
    starts = [0, *(matrix.end for matrix in ordered)]
    ends = [*(matrix.start for matrix in ordered), size]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
