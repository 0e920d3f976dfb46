"""A larger model that begins where a finished one stands: more encoder layers, wider inner layers.

New inner units count for nothing at first: what leads out of them is zero, so that a wider model says what
the old one says. New encoder layers are put behind old ones. Their outputs are zero, too, so that they
hand on what they get, up to their norms: these are made like the one before them, and norming twice
changes a little. Some hundred steps make up for it. (Chen et al., "Net2Net", 2016, have the idea; layers
that are copies of their neighbours, as in Gong et al., "Efficient Training of BERT by Progressively
Stacking", 2019, came out no better.)

More in the encoder costs little where a model is used: a sentence is read once, and all its words together,
while each word of the answer takes the decoder a step.
"""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import nn

from training.model import Marian

_SEED = 1  # of what new layers and units look at before they have learned anything


@torch.no_grad()
def grown(model: Marian, encoder_layers: int, ffn: int) -> Marian:
    """A model with so many encoder layers and inner units. Raises ValueError if `model` has more."""
    old = model.config
    if encoder_layers < old.encoder_layers or ffn < old.ffn:
        sizes = f"{old.encoder_layers} encoder layers and {old.ffn} inner units"
        raise ValueError(f"a model of {sizes} cannot shrink to {encoder_layers} and {ffn}")
    wide = _new(model, old.encoder_layers, ffn)
    values = wide.state_dict()  # the model's own memory
    for name, value in model.state_dict().items():
        values[name][tuple(map(slice, value.shape))] = value
    for layer in (*wide.encoder, *wide.decoder):
        layer.ffn.outer.weight[:, old.ffn :] = 0
    deep = _new(wide, encoder_layers, ffn)
    deep.embedding, deep.decoder = wide.embedding, wide.decoder
    last = -1
    for place, layer in enumerate(deep.encoder):
        origin = place * old.encoder_layers // encoder_layers
        if origin > last:
            layer.load_state_dict(wide.encoder[origin].state_dict())
        else:
            _hand_on(layer, wide.encoder[origin])
        last = origin
    return deep


def _new(model: Marian, encoder_layers: int, ffn: int) -> Marian:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(_SEED)
        return Marian(replace(model.config, encoder_layers=encoder_layers, ffn=ffn), model.pad)


def _hand_on(layer: nn.Module, before: nn.Module) -> None:
    """An encoder layer that changes next to nothing of what the one before it says."""
    for name, value in layer.state_dict().items():
        if name.startswith(("attention.out.", "ffn.outer.")):
            value.zero_()
        elif "norm." in name:
            value.copy_(before.state_dict()[f"ffn_norm.{name.partition('.')[2]}"])
