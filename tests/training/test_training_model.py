"""The training model reads what the exported one reads."""

from __future__ import annotations

import torch

from training.model import Marian, ModelConfig

PAD = 40


def test_padding_and_the_start_of_a_target_count_as_zeros_whatever_was_learned_for_them() -> None:
    """Exported weights have zeros there, and CTranslate2 starts from zeros: so must training."""
    torch.manual_seed(1)
    model = Marian(ModelConfig(41, width=32, heads=2, ffn=32, encoder_layers=1, decoder_layers=1), PAD)
    source, target = torch.tensor([[3, 4, 2]]), torch.tensor([[5, 6, 2]])
    before, _ = model.forward(source, target)
    with torch.no_grad():
        model.embedding.weight[PAD] = 7.0
    after, _ = model.forward(source, target)
    assert torch.equal(before, after)


def test_no_gradient_of_the_layers_reaches_the_row_of_padding() -> None:
    model = Marian(ModelConfig(41, width=32, heads=2, ffn=32, encoder_layers=1, decoder_layers=1), PAD)
    states, _ = model.forward(torch.tensor([[3, 4, 2, PAD]]), torch.tensor([[5, 6, 2]]))
    states[..., 0].sum().backward()  # type: ignore[no-untyped-call]
    gradient = model.embedding.weight.grad
    assert gradient is not None and not gradient[PAD].any() and gradient[3].any()
