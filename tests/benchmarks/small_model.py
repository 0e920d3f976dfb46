"""The shape of the small model that the speed benchmark is tested with."""

from __future__ import annotations

from collections.abc import Mapping

SMALL: Mapping[str, int] = {
    "vocab_size": 2400,
    "d_model": 128,
    "encoder_layers": 1,
    "decoder_layers": 2,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 192,
    "decoder_ffn_dim": 192,
    "max_position_embeddings": 256,
}
PIECES = 20
