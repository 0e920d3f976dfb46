"""One step of a Marian decoder for many answers at once, with everything computed once that can be.

The keys and values of the source are made when a batch begins; those of what is written are kept in blocks
that grow as answers do. Answers that are done leave, and with them their share of every product.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import torch
from torch.nn import functional
from transformers.activations import ACT2FN
from transformers.models.marian.modeling_marian import MarianMTModel

_BLOCK = 32  # positions by which the memory of an answer grows

Weights = tuple[torch.Tensor, torch.Tensor]


class Layer:
    """The weights of one layer; products of one input are one matrix."""

    def __init__(self, module: Any, activation: Any) -> None:
        own, cross = module.self_attn, module.encoder_attn
        self.heads: int = own.num_heads
        self.own_in = _fused(own.q_proj, own.k_proj, own.v_proj)
        self.own_out = _fused(own.out_proj)
        self.asking = _fused(cross.q_proj)
        self.source_in = _fused(cross.k_proj, cross.v_proj)
        self.cross_out = _fused(cross.out_proj)
        self.inner, self.outer = _fused(module.fc1), _fused(module.fc2)
        self.activation = activation
        self.norms = (module.self_attn_layer_norm, module.encoder_attn_layer_norm, module.final_layer_norm)


def _fused(*linear: Any) -> Weights:
    if len(linear) == 1:
        return linear[0].weight, linear[0].bias
    return torch.cat([one.weight for one in linear]), torch.cat([one.bias for one in linear])


class Layers:
    """A decoder's weights, and `begin` to write with them."""

    def __init__(self, model: MarianMTModel) -> None:
        decoder: Any = model.model.decoder
        with torch.no_grad():
            activation = ACT2FN[model.config.activation_function]
            self.layers = [Layer(module, activation) for module in decoder.layers]
        self.embedding: torch.Tensor = decoder.embed_tokens.weight
        self.positions: torch.Tensor = decoder.embed_positions.weight
        self.scale: float = decoder.embed_scale
        self.output: torch.Tensor = model.lm_head.weight
        self.bias: torch.Tensor = model.final_logits_bias[0]

    def only(self, rows: torch.Tensor, bias: torch.Tensor) -> Layers:
        """The same decoder for some of its pieces: row n of its output is piece `rows[n]` (K,), with `bias`.

        It reads rows too: they are the pieces of all that it is asked and answers.
        """
        less = copy.copy(self)
        less.output = self.output[rows]
        less.embedding = less.output if self.embedding is self.output else self.embedding[rows]
        less.bias = bias
        return less

    def begin(self, states: torch.Tensor, mask: torch.Tensor, beam: int) -> Writing:
        """Nothing written yet for `beam` answers to each sentence. `states` (N, S, D), `mask` (N, S)."""
        return Writing(self, states, mask, beam)


class Writing:
    """Answers in the making: N sentences, `beam` answers each, R = N * beam rows."""

    def __init__(self, layers: Layers, states: torch.Tensor, mask: torch.Tensor, beam: int) -> None:
        self._all = layers
        self._beam = beam
        self._done = 0  # positions written
        self._mask = mask.bool()[:, None, None, :]  # (N, 1, 1, S)
        self._source = [parted(states, layer) for layer in layers.layers]
        rows, room = states.shape[0] * beam, min(_BLOCK, len(layers.positions))
        self._own = [
            [states.new_empty(rows, layer.heads, room, states.shape[-1] // layer.heads) for _ in range(2)]
            for layer in layers.layers
        ]

    def step(self, written: torch.Tensor) -> torch.Tensor:
        """Logits of what may follow, in float32: the last piece of each answer (R,) -> (R, V)."""
        self._make_room()
        at = self._all
        x = functional.embedding(written, at.embedding) * at.scale + at.positions[self._done]  # (R, D)
        for layer, own, source in zip(at.layers, self._own, self._source, strict=True):
            first, second, third = layer.norms
            x = first(x + functional.linear(self._looked_back(x, layer, own), *layer.own_out))
            x = second(x + functional.linear(self._looked_over(x, layer, source), *layer.cross_out))
            inner = layer.activation(functional.linear(x, *layer.inner))
            x = third(x + functional.linear(inner, *layer.outer))
        self._done += 1
        return functional.linear(x, at.output, at.bias).float()

    def _looked_back(self, x: torch.Tensor, layer: Layer, own: Sequence[torch.Tensor]) -> torch.Tensor:
        """Attention over what this answer has written. (R, D)"""
        rows, upto = len(x), self._done + 1
        query, key, value = functional.linear(x, *layer.own_in).view(rows, 3, layer.heads, -1).unbind(1)
        keys, values = own  # (R, H, room, d)
        keys[:, :, self._done], values[:, :, self._done] = key, value
        seen = functional.scaled_dot_product_attention(
            query[:, :, None], keys[:, :, :upto], values[:, :, :upto]
        )
        return seen.reshape(rows, -1)

    def _looked_over(self, x: torch.Tensor, layer: Layer, source: Sequence[torch.Tensor]) -> torch.Tensor:
        """Attention over the source, which the answers to one sentence share. (R, D)"""
        rows = len(x)
        query = functional.linear(x, *layer.asking).view(rows // self._beam, self._beam, layer.heads, -1)
        keys, values = source
        seen = functional.scaled_dot_product_attention(query.transpose(1, 2), keys, values, self._mask)
        return seen.transpose(1, 2).reshape(rows, -1)

    def keep(self, sentences: torch.Tensor | None, rows: torch.Tensor | None) -> None:
        """Go on with these sentences (None: all of them) and, for each of their places, with this row.

        `rows` are counted before anything leaves.
        """
        if sentences is not None:
            self._mask = self._mask[sentences]
            self._source = [(keys[sentences], values[sentences]) for keys, values in self._source]
        if rows is None:
            return
        if len(rows) == len(self._own[0][0]):
            self._move(rows)
            return
        for own in self._own:
            for number, past in enumerate(own):
                own[number] = _taken(past, rows, self._done)

    def _move(self, rows: torch.Tensor) -> None:
        """Let each place follow its row, in the same memory; most places stay what they are."""
        moved = (rows != torch.arange(len(rows), device=rows.device)).nonzero()[:, 0]
        origin, upto = rows[moved], self._done
        for own in self._own:
            for past in own:
                past[moved, :, :upto] = past[origin, :, :upto]

    def _make_room(self) -> None:
        """Double the memory when it is full."""
        room = self._own[0][0].shape[2]
        if self._done < room:
            return
        more = min(2 * room, len(self._all.positions)) - room
        for own in self._own:
            for number, past in enumerate(own):
                own[number] = torch.cat((past, past.new_empty(*past.shape[:2], more, past.shape[3])), dim=2)


def _taken(past: torch.Tensor, rows: torch.Tensor, done: int) -> torch.Tensor:
    """The rows of a memory in a new order; only the `done` positions that are written move."""
    found = past.new_empty(len(rows), *past.shape[1:])
    found[:, :, :done] = past[:, :, :done].index_select(0, rows)
    return found


def parted(states: torch.Tensor, layer: Layer) -> tuple[torch.Tensor, torch.Tensor]:
    """Keys and values of the source, by head: (N, H, S, d) each."""
    both = functional.linear(states, *layer.source_in)  # (N, S, 2 * D)
    keys, values = both.view(*states.shape[:2], 2, layer.heads, -1).permute(2, 0, 3, 1, 4).unbind(0)
    return keys.contiguous(), values.contiguous()
