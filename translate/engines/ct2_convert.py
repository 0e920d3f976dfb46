"""A Marian checkpoint becomes a CTranslate2 model: in memory, in about a second, without torch.

The format is CTranslate2's own, version 6: named arrays, then names that stand for others. Later versions
of CTranslate2 read it. What is written here equals what its own converter writes (tests compare them),
with these differences: the start of an answer keeps its row of the embeddings, as the library has it; the
decoder has a row for those pieces only that an answer may have; for a CPU the output layer has an older name
too; and in 8 bits its input is centred (`ct2_centre`).
"""

from __future__ import annotations

import io
import json
import math
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from translate.engines.checkpoint import AGAIN, DECODER, ENCODER, OUTPUT, SHARED
from translate.engines.ct2_cache import Conversion, Files
from translate.engines.ct2_centre import centre
from translate.engines.ct2_checkpoint import Described
from translate.engines.ct2_tensors import Array, Tensors
from translate.errors import EngineError, WeightsError

_FORMAT = 6
_NUMBERS = {"float32": 0, "int8": 1, "int16": 2, "int32": 3, "float16": 4}
_ACTIVATIONS = {"relu": 0, "gelu_new": 1, "swish": 2, "silu": 2, "gelu": 3}
_REVISION, _FIRST = 7, 1  # of what a model holds, and of when names were others
_OUTPUT = "decoder/projection/weight"
_BIAS = "decoder/projection/bias"
# Where matrix routines can keep weights as they need them, the library lays them out once, but for a
# layer called "projection", of which it may be asked for some rows only; we never ask. A model of the
# first revision may call it "dense": it is "projection" from the moment at which a weight is registered.
# So under that name its weights are laid out, and registered as those of "projection". Laid out anew at
# each step they take a third of the time that one sentence of a large model takes
# (`docs/performance.md`).
_OLD_OUTPUT = "decoder/dense/weight"
NEVER = np.float32(-60000.0)  # as a logit: no probability, and still a number in 16 bits


Ask = Callable[[Files, str], list[Array]]
"""The logits, (V,), of some steps of a translator that is asked with a target prefix."""


def convert(
    described: Described,
    vocabularies: Mapping[str, Sequence[int]],
    kind: str,
    *,
    old_names: bool = False,
    ask: Ask | None = None,
) -> Conversion:
    """A translator for each target vocabulary, the encoder alone, and what had to be repaired.

    Args:
        vocabularies: the ids that answers may have, ascending, by target prefix; equal ones
            share a translator.
        kind: how weights are stored: `int8`, `float16` or `float32`.
        old_names: the output layer is laid out once, by a library that reads models of the first revision.
        ask: what is made is asked for its states, and made again with what they have in common taken off.

    Raises:
        WeightsError: damaged weights, or such that do not fit the configuration.
        EngineError: an activation that CTranslate2 does not have.
    """
    config = described.config
    tensors = Tensors(described.directory, config)
    parts = _Parts(config, tensors)
    encoder, decoder = parts.encoder(), parts.decoder()
    bias = tensors.optional("final_logits_bias", 1, parts.rows_out)
    tensors.finish()
    decoder[_BIAS] = np.zeros(parts.rows_out, np.float32) if bias is None else bias[0]
    revision, again = (_FIRST, {_OLD_OUTPUT: _OUTPUT}) if old_names else (_REVISION, {})
    alone = {
        "model.bin": serialize("TransformerEncoderSpec", 1, encoder, kind),
        "config.json": _json(dict.fromkeys(("bos_token", "eos_token", "unk_token"), "0")),  # not used
        "vocabulary.json": _tokens(range(len(parts.read))),
    }

    def translators(decoder: Mapping[str, Any]) -> dict[str, Files]:
        made: dict[tuple[int, ...], Files] = {}
        for ids in set(map(tuple, vocabularies.values())):
            chosen, rows = _only(decoder, ids, described)
            made[ids] = {
                "model.bin": serialize("TransformerSpec", revision, encoder | chosen, kind, again),
                "config.json": _json(_settings(described)),
                **_vocabularies(range(len(parts.read)), rows),
            }
        return {each: made[tuple(ids)] for each, ids in vocabularies.items()}

    made = translators(decoder)
    if ask is not None:
        asked = [
            (ask(made[prefix], prefix), _only(decoder, ids, described)[0])
            for prefix, ids in vocabularies.items()
        ]
        centres = [centre(logits, own[_OUTPUT], own[_BIAS]) for logits, own in asked if logits]
        if centres:
            made = translators(_centred(decoder, np.mean(centres, axis=0), parts.last_norm))
    return Conversion(made, alone, tensors.notices)


def _centred(decoder: Mapping[str, Any], off: Array, norm: str) -> dict[str, Any]:
    """The same decoder, with states of which `off` is taken off."""
    beta = f"{norm}/beta"
    return {**decoder, beta: decoder[beta] - off, _BIAS: decoder[_BIAS] + decoder[_OUTPUT] @ off}


def _only(
    decoder: Mapping[str, Any], ids: Sequence[int], described: Described
) -> tuple[dict[str, Any], Sequence[int]]:
    """The decoder with the rows of these ids, and which rows it has."""
    all_biases, rows = decoder[_BIAS], described.rows(ids)
    if rows[-1] >= len(all_biases):
        raise WeightsError(f"{described.directory}: the weights have no row {rows[-1]}", hint=AGAIN)
    bias = all_biases[rows]
    bias[np.isin(rows, ids, invert=True)] = NEVER
    chosen = {**decoder, _BIAS: bias}
    names = "decoder/embeddings/weight", _OUTPUT
    if len(rows) < len(decoder[names[0]]):
        kept = {id(matrix): matrix[rows] for matrix in map(decoder.__getitem__, names)}  # one, if it was one
        chosen |= {name: kept[id(decoder[name])] for name in names}
    return chosen, rows


def _settings(described: Described) -> Mapping[str, Any]:
    """Tokens are written as ids, so that no piece can be mistaken for another."""
    eos = str(described.tokenizer.eos_token_id)
    return {
        "add_source_bos": False,
        "add_source_eos": False,
        "bos_token": eos,
        "eos_token": eos,
        "unk_token": str(described.tokenizer.encoder[described.tokenizer.unk_token]),
        "decoder_start_token": str(described.start),
        "layer_norm_epsilon": None,
        "multi_query_attention": False,
    }


def _vocabularies(read: Sequence[int], written: Sequence[int]) -> Files:
    if list(read) == list(written):
        return {"shared_vocabulary.json": _tokens(read)}
    return {"source_vocabulary.json": _tokens(read), "target_vocabulary.json": _tokens(written)}


def _tokens(ids: Iterable[int]) -> bytes:
    return _json(list(map(str, ids)))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


class _Parts:
    """Takes the weights of a Marian model, in the places where CTranslate2 looks for them."""

    def __init__(self, config: Mapping[str, Any], tensors: Tensors) -> None:
        self._config = config
        self._tensors = tensors
        self._width = int(config["d_model"])
        self._common = {
            "pre_norm": np.int8(False),
            "activation": np.int8(self._activation()),
            "scale_embeddings": np.float32(math.sqrt(self._width) if config.get("scale_embedding") else 1.0),
            "position_encodings/encodings": sinusoids(int(config["max_position_embeddings"]), self._width),
        }
        read = int(config["vocab_size"])
        shares = config.get("share_encoder_decoder_embeddings", True)
        self.rows_out = read if shares else int(config.get("decoder_vocab_size") or read)
        # Where two of these are one matrix they are one object, and are kept once.
        self.read = tensors.one_of((ENCODER, SHARED), read, self._width)
        self.written = tensors.one_of((DECODER, SHARED), self.rows_out, self._width)
        self.output = tensors.one_of((OUTPUT,), self.rows_out, self._width)

    def _activation(self) -> int:
        name = self._config.get("activation_function", "gelu")
        if name not in _ACTIVATIONS:
            raise EngineError(f"engine ct2 has no activation {name!r}", hint="--engine torch runs this model")
        return _ACTIVATIONS[name]

    @property
    def last_norm(self) -> str:
        """What the states that the output layer reads come from."""
        return f"decoder/layer_{int(self._config['decoder_layers']) - 1}/ffn/layer_norm"

    def encoder(self) -> dict[str, Any]:
        found = self._side("encoder")
        found["encoder/embeddings_merge"] = np.int8(0)
        found["encoder/multi_query_attention"] = np.int8(False)
        found["encoder/embeddings_0/weight"] = self.read
        return found

    def decoder(self) -> dict[str, Any]:
        found = self._side("decoder")
        flags = ("alibi", "alibi_use_positive_positions", "scale_alibi", "start_from_zero_embedding")
        found |= {f"decoder/{flag}": np.int8(False) for flag in flags}
        found["decoder/alignment_layer"] = np.int16(-1)
        found["decoder/alignment_heads"] = np.int16(1)
        found["decoder/embeddings/weight"] = self.written
        found[_OUTPUT] = self.output
        return found

    def _side(self, side: str) -> dict[str, Any]:
        found = {f"{side}/{name}": value for name, value in self._common.items()}
        found[f"{side}/num_heads"] = np.int16(self._config[f"{side}_attention_heads"])
        inner = int(self._config[f"{side}_ffn_dim"])
        for number in range(int(self._config[f"{side}_layers"])):
            theirs, ours = f"model.{side}.layers.{number}", f"{side}/layer_{number}"
            found |= self._attention(f"{theirs}.self_attn", f"{ours}/self_attention", own=True)
            if side == "decoder":
                found |= self._attention(f"{theirs}.encoder_attn", f"{ours}/attention", own=False)
            found |= self._linear(f"{ours}/ffn/linear_0", [f"{theirs}.fc1"], inner, self._width)
            found |= self._linear(f"{ours}/ffn/linear_1", [f"{theirs}.fc2"], self._width, inner)
            found |= self._norm(f"{theirs}.final_layer_norm", f"{ours}/ffn/layer_norm")
        return found

    def _attention(self, theirs: str, ours: str, *, own: bool) -> dict[str, Any]:
        """Projections that read the same input are one matrix."""
        fused = ("qkv",) if own else ("q", "kv")
        width = self._width
        found = self._norm(f"{theirs}_layer_norm", f"{ours}/layer_norm")
        for number, letters in enumerate(fused):
            names = [f"{theirs}.{letter}_proj" for letter in letters]
            found |= self._linear(f"{ours}/linear_{number}", names, width, width)
        return found | self._linear(f"{ours}/linear_{len(fused)}", [f"{theirs}.out_proj"], width, width)

    def _linear(self, ours: str, names: Sequence[str], rows: int, columns: int) -> dict[str, Any]:
        weights = [self._tensors.take(f"{name}.weight", rows, columns) for name in names]
        biases = [self._tensors.take(f"{name}.bias", rows) for name in names]
        return {f"{ours}/weight": np.concatenate(weights), f"{ours}/bias": np.concatenate(biases)}

    def _norm(self, theirs: str, ours: str) -> dict[str, Any]:
        return {
            f"{ours}/gamma": self._tensors.take(f"{theirs}.weight", self._width),
            f"{ours}/beta": self._tensors.take(f"{theirs}.bias", self._width),
        }


def sinusoids(positions: int, width: int) -> Array:
    """Position encodings: sines in the first half of each row, cosines in the second."""
    angles = np.arange(positions)[:, None] / np.power(10000, 2 * (np.arange(width) // 2) / width)
    return np.concatenate([np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])], axis=1).astype(np.float32)


def stored(variables: Mapping[str, Any], kind: str) -> tuple[dict[str, Array], dict[str, str]]:
    """The variables as they are kept, and names that stand for another one.

    Of the same object under several names only the first is kept. CTranslate2 looks for its scale too.
    """
    kept: dict[str, Array] = {}
    aliases: dict[str, str] = {}
    first: dict[int, str] = {}
    for name in sorted(variables):
        value = variables[name]
        if (known := first.setdefault(id(value), name)) != name and np.ndim(value):
            aliases[name] = known
        elif kind == "int8" and name.endswith("/weight"):
            kept[name], kept[f"{name}_scale"] = quantized(value)
        elif kind == "float16" and np.ndim(value):
            kept[name] = _halved(name, value)
        else:
            kept[name] = np.asarray(value)
    return kept, aliases


def quantized(weight: Array) -> tuple[Array, Array]:
    """Each row in 8 bits, and what to divide it by again."""
    largest = np.abs(weight).max(axis=1)
    largest[largest == 0] = 127.0
    scale = (127.0 / np.maximum(largest, np.float32(127) / np.finfo(np.float32).max)).astype(np.float32)
    return np.rint(weight * scale[:, None]).astype(np.int8), scale


def _halved(name: str, value: Array) -> Array:
    if np.abs(value).max() > np.finfo(np.float16).max:
        raise WeightsError(f"{name} holds numbers too large for 16 bits")
    return value.astype(np.float16)


def serialize(
    name: str,
    revision: int,
    variables: Mapping[str, Any],
    kind: str,
    again: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """`model.bin`: the variables, stored as `kind`. `again`: more names, and what they stand for."""
    kept, aliases = stored(variables, kind)
    aliases |= {alias: aliases.get(meant, meant) for alias, meant in again.items()}
    out = io.BytesIO()

    def text(value: str) -> None:
        out.write(struct.pack("<H", len(value) + 1) + value.encode() + b"\0")

    out.write(struct.pack("<I", _FORMAT))
    text(name)
    out.write(struct.pack("<II", revision, len(kept)))
    for key, value in sorted(kept.items()):
        text(key)
        out.write(struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape))
        out.write(struct.pack("<BI", _NUMBERS[value.dtype.name], value.nbytes))
        out.write(value.tobytes())
    out.write(struct.pack("<I", len(aliases)))
    for alias, meant in sorted(aliases.items()):
        text(alias)
        text(meant)
    return out.getvalue()
