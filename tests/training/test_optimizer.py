"""Steps: of matrices as torch's own Muon makes them, of all else as Adam does."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from training.model import Marian, ModelConfig
from training.optimizer import Matrix, Optimizer, matrices_of, orthogonal

SMALL = ModelConfig(vocabulary=40, width=64, heads=2, ffn=128, encoder_layers=2, decoder_layers=1)


def flat_of(model: nn.Module) -> Tensor:
    flat = torch.cat([weight.detach().flatten() for weight in model.parameters()])
    flat.grad = torch.zeros_like(flat)
    return flat


def test_the_matrices_are_those_of_the_layers() -> None:
    model = Marian(SMALL, 0)
    flat, matrices = flat_of(model), matrices_of(model)
    layers = {id(module) for module in model.modules() if isinstance(module, nn.Linear)}
    assert len(matrices) == len(layers) + 4  # four attentions, each with keys and values in one
    assert {(matrix.rows, matrix.columns) for matrix in matrices} == {(64, 64), (128, 64), (64, 128)}
    weights = dict(model.named_parameters())
    attention = "encoder.0.attention"
    keys, values = weights[f"{attention}.key_value.weight"].split(64)  # type: ignore[no-untyped-call]
    for weight in (weights[f"{attention}.query.weight"], keys, values):
        assert any(torch.equal(matrix.of(flat), weight) for matrix in matrices if matrix.rows == 64)


def test_steps_are_those_of_torch() -> None:
    """Three steps from the same weights by the same gradients; products are in bfloat16."""
    torch.manual_seed(1)
    model = Marian(SMALL, 0)
    flat, matrices = flat_of(model), matrices_of(model)
    theirs = [matrix.of(flat).clone() for matrix in matrices]
    rest = flat[: 40 * 64].clone()  # the embedding
    muon = torch.optim.Muon(theirs, lr=0.01, momentum=0.95, weight_decay=0, adjust_lr_fn="match_rms_adamw")
    adam = torch.optim.Adam([rest], lr=0.01, betas=(0.9, 0.98), eps=1e-9)
    mine = Optimizer(flat, matrices)
    begun = flat.clone()
    for _ in range(3):
        assert flat.grad is not None
        flat.grad.copy_(torch.randn(len(flat)))
        rest.grad = flat.grad[: len(rest)].clone()
        for weight, matrix in zip(theirs, matrices, strict=True):
            weight.grad = matrix.of(flat.grad).clone()
        muon.step()  # type: ignore[no-untyped-call]
        adam.step()
        mine.step(0.01)
    torch.testing.assert_close(flat[: len(rest)], rest)
    for weight, matrix in zip(theirs, matrices, strict=True):
        moved = weight - matrix.of(begun)
        assert (matrix.of(flat) - weight).norm() < 0.02 * moved.norm() > 0


@pytest.mark.parametrize("shape", [(3, 32, 32), (2, 32, 96), (2, 96, 32)])
def test_orthogonal(shape: tuple[int, ...]) -> None:
    found = orthogonal(torch.randn(shape) * torch.rand(shape)).float()
    values = torch.linalg.svdvals(found)
    assert found.shape == shape and values.min() > 0.5 and values.max() < 1.3


def test_no_gradient_is_no_step() -> None:
    assert not orthogonal(torch.zeros(1, 8, 8)).any()


def test_steps_are_as_long_as_those_of_adam() -> None:
    flat, matrix = torch.zeros(64 * 256 + 5), Matrix(3, 64, 256)
    flat.grad = torch.randn(len(flat))
    Optimizer(flat, [matrix]).step(1e-3)
    assert math.sqrt(float(matrix.of(flat).square().mean())) == pytest.approx(0.2e-3, rel=0.2)
    assert flat[:3].abs().tolist() + flat[-2:].abs().tolist() == pytest.approx([1e-3] * 5)
