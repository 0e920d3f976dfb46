"""MarianMT in a lean form for training: the same function as transformers' MarianMTModel, fewer kernels.

Post-norm transformer with sinusoidal positions and one matrix for both embeddings and the output
(Junczys-Dowmunt et al., "Marian: Fast Neural Machine Translation in C++", 2018). Query, key and value
projections are one matrix here and are cut apart on export (`training.export`); a test holds the two
implementations together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.loss import TiedCrossEntropy

# Shapes below: B sentences, S source and T target tokens, D width, H heads, V vocabulary.


@dataclass(frozen=True, slots=True)
class ModelConfig:
    vocabulary: int = 16_000
    width: int = 256
    heads: int = 4
    ffn: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    max_positions: int = 512
    dropout: float = 0.0


def sinusoids(positions: int, width: int) -> Tensor:
    """Position table (positions, width): sines in the first half of the columns, cosines in the second."""
    angle = np.arange(positions)[:, None] / np.power(10000, 2 * np.arange(width // 2) / width)
    return torch.from_numpy(np.concatenate([np.sin(angle), np.cos(angle)], axis=1)).float()


class Attention(nn.Module):
    """Multi-head attention; `memory` other than `x` makes it cross-attention.

    Plain products: for sentences, fused kernels take four times as long on a CPU, and on a graphics card
    they are planned anew for each shape that comes (12 times as long, on an H200).
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.dropout = config.dropout
        self.query = nn.Linear(config.width, config.width)
        self.key_value = nn.Linear(config.width, 2 * config.width)
        self.out = nn.Linear(config.width, config.width)

    def forward(
        self, x: Tensor, memory: Tensor, bias: Tensor, *, guided: bool = False
    ) -> tuple[Tensor, Tensor | None]:
        """Output (B, T, D) and, if `guided`, the logits of the first head (B, T, S), bias included."""
        q = self._split(self.query(x))  # (B, H, T, D/H)
        k, v = (self._split(part) for part in self.key_value(memory).chunk(2, dim=-1))
        logits = q @ k.transpose(-1, -2) * (1 / math.sqrt(q.shape[-1])) + bias  # (B, H, T, S)
        weights = F.dropout(F.softmax(logits, dim=-1), self.dropout, self.training)
        mixed = weights.to(v.dtype) @ v
        out: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return out, logits[:, 0] if guided else None

    def _split(self, x: Tensor) -> Tensor:
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)


class FeedForward(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.inner = nn.Linear(config.width, config.ffn)
        self.outer = nn.Linear(config.ffn, config.width)
        self.dropout = config.dropout

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.outer(F.dropout(F.relu(self.inner(x)), self.dropout, self.training))
        return out


class EncoderLayer(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention, self.attention_norm = Attention(config), nn.LayerNorm(config.width)
        self.ffn, self.ffn_norm = FeedForward(config), nn.LayerNorm(config.width)
        self.dropout = config.dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        attended, _ = self.attention(x, x, bias)
        x = self.attention_norm(x + F.dropout(attended, self.dropout, self.training))
        out: Tensor = self.ffn_norm(x + F.dropout(self.ffn(x), self.dropout, self.training))
        return out


class DecoderLayer(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.attention, self.attention_norm = Attention(config), nn.LayerNorm(config.width)
        self.cross, self.cross_norm = Attention(config), nn.LayerNorm(config.width)
        self.ffn, self.ffn_norm = FeedForward(config), nn.LayerNorm(config.width)
        self.dropout = config.dropout

    def forward(
        self, x: Tensor, later: Tensor, memory: Tensor, bias: Tensor, guided: bool
    ) -> tuple[Tensor, Tensor | None]:
        attended, _ = self.attention(x, x, later)
        x = self.attention_norm(x + F.dropout(attended, self.dropout, self.training))
        crossed, links = self.cross(x, memory, bias, guided=guided)
        x = self.cross_norm(x + F.dropout(crossed, self.dropout, self.training))
        return self.ffn_norm(x + F.dropout(self.ffn(x), self.dropout, self.training)), links


class Marian(nn.Module):
    """Encoder–decoder with shared embeddings. `pad` is both padding and the decoder's first input."""

    def __init__(self, config: ModelConfig, pad: int) -> None:
        super().__init__()
        self.config, self.pad = config, pad
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        self.encoder = nn.ModuleList(EncoderLayer(config) for _ in range(config.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.register_buffer("positions", sinusoids(config.max_positions, config.width), persistent=False)
        self.positions: Tensor
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and name != "embedding.weight":
                nn.init.xavier_uniform_(weight)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)
        nn.init.normal_(self.embedding.weight, std=config.width**-0.5)
        with torch.no_grad():
            self.embedding.weight[pad] = 0

    def set_dropout(self, rate: float) -> None:
        """The rate everywhere; a stage may want another one than the stage before."""
        self.config = replace(self.config, dropout=rate)
        for module in self.modules():
            if isinstance(module, Attention | FeedForward | EncoderLayer | DecoderLayer):
                module.dropout = rate

    def embed(self, ids: Tensor) -> Tensor:
        # Padding, which also starts every target, counts as zeros whatever its row holds: where the model is
        # used it does. The output layer has a gradient for that row: it does not stay zero by itself.
        real = (ids != self.pad).unsqueeze(-1)
        x = F.embedding(ids, self.embedding.weight) * real * math.sqrt(self.config.width)
        x = (x + self.positions[: ids.shape[1]]).to(x.dtype)
        return F.dropout(x, self.config.dropout, self.training)  # (B, S, D)

    def forward(
        self, source: Tensor, target: Tensor, guided: bool = True, of: Tensor | None = None
    ) -> tuple[Tensor, list[Tensor]]:
        """Decoder states (B, T, D) that predict `target`; if asked, each layer's guided-head logits
        (B, T, S). `of` (B,): the row of `source` that each target is one of; the row of its own if None."""
        kind = self.embedding.weight.dtype
        source_bias = _where(source != self.pad, kind)[:, None, None, :]  # (B, 1, 1, S)
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, source_bias)
        if of is not None:
            x, source_bias = x[of], source_bias[of]
        shifted = F.pad(target[:, :-1], (1, 0), value=self.pad)  # (B, T)
        length = target.shape[1]
        earlier = torch.ones(length, length, dtype=torch.bool, device=target.device).tril()
        later = _where(earlier, kind)[None, None]  # (1, 1, T, T)
        y = self.embed(shifted)
        links = []
        for layer in self.decoder:
            y, logits = layer(y, later, x, source_bias, guided)
            if logits is not None:
                links.append(logits)
        return y, links

    def loss(
        self,
        source: Tensor,
        target: Tensor,
        links: Tensor,
        smoothing: float,
        guide: float,
        among: Tensor | None = None,
        *,
        recordable: bool = False,
    ) -> Tensor:
        """Sums over target tokens: [what to minimise, cross-entropy, guided-attention loss], shape (3,).

        `links` (B, T): the source position each target token should look at; values ≥ S mean none.
        `among`: ascending ids the softmax is restricted to (they must hold all of `target`), or None.
        `recordable`: padding goes through the output layer too, and what counts is chosen afterwards. A
        little more work, but of a size that does not depend on what is in the batch.
        """
        states, attention = self(source, target, guide > 0)
        real = target != self.pad  # (B, T)
        gold, weight = target, self.embedding.weight
        states = states.to(_product_type(weight))
        if recordable:
            states, gold, kept = states.flatten(0, 1), gold.flatten(), real.flatten()
        else:
            states, gold, kept = states[real], gold[real], real[real]
        if among is not None:
            gold, weight = torch.searchsorted(among, gold), weight[among]
        entropy: Tensor = TiedCrossEntropy.apply(states, weight, gold, smoothing, kept)  # type: ignore[no-untyped-call]
        linked = real & (links < source.shape[1])
        aim = torch.where(linked, links, 0)[..., None]
        guided = torch.zeros((), device=source.device)
        for logit in attention:
            chosen = F.log_softmax(logit.float(), dim=-1).gather(-1, aim).squeeze(-1)
            guided = guided - (chosen * linked).sum() / len(attention)
        return torch.stack([entropy + guide * guided, entropy.detach(), guided.detach()])


def _where(allowed: Tensor, kind: torch.dtype) -> Tensor:
    """0 where attention is allowed, a large negative number elsewhere."""
    return torch.zeros(allowed.shape, device=allowed.device, dtype=kind).masked_fill(~allowed, -30000.0)


def _product_type(weight: Tensor) -> torch.dtype:
    """What products are made in. Under autocast norms give float32: the output layer would be slow in it."""
    device = weight.device.type
    return torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else weight.dtype
