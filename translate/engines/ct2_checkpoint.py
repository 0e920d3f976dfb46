"""A Marian checkpoint with neither torch nor transformers: its tokeniser, settings and weights as arrays.

As strict as loading with torch: every key is accounted for, every shape and every number checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from translate.engines.checkpoint import AGAIN, SHARED, read_config, read_json, tied_keys
from translate.engines.fingerprint import weight_files
from translate.errors import WeightsError

Array = NDArray[Any]

_DTYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "BF16": "<u2"}
# Tables that follow from the configuration; a file may hold them or not.
_COMPUTED = ("model.encoder.embed_positions.weight", "model.decoder.embed_positions.weight")


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """The files of a Marian tokeniser, opened with sentencepiece alone."""

    spm_source: SentencePieceProcessor
    spm_target: SentencePieceProcessor
    encoder: Mapping[str, int]
    decoder: Mapping[int, str]
    eos_token_id: int
    pad_token_id: int
    unk_token: str


@dataclass(frozen=True, slots=True)
class Described:
    """What a checkpoint says in its small files. `generation`: decoding settings, as attributes."""

    directory: Path
    config: Mapping[str, Any]
    generation: SimpleNamespace
    tokenizer: Tokenizer

    @property
    def positions(self) -> int:
        return int(self.config["max_position_embeddings"])

    @property
    def start(self) -> int:
        """The id that every answer begins with; it is not part of the answer."""
        own = getattr(self.generation, "decoder_start_token_id", None)
        return int(self.config["decoder_start_token_id"] if own is None else own)


def describe(directory: Path) -> Described:
    """The small files of the checkpoint in `directory`. Raises WeightsError."""
    config = read_config(directory)
    own = directory / "generation_config.json"
    generation = read_json(own) if own.is_file() else config
    try:
        described = Described(directory, config, SimpleNamespace(**generation), _tokenizer(directory))
        _check_special(described)
    except (KeyError, TypeError) as err:
        raise WeightsError(f"{directory}/config.json: {err} is missing or wrong", hint=AGAIN) from err
    return described


def _tokenizer(directory: Path) -> Tokenizer:
    options = directory / "tokenizer_config.json"
    named = read_json(options) if options.is_file() else {}
    encoder = _vocabulary(directory / "vocab.json")
    own = _vocabulary(directory / "target_vocab.json") if named.get("separate_vocabs") else encoder
    special = {name: _text(named.get(f"{name}_token")) or default for name, default in _SPECIAL.items()}
    if missing := [piece for piece in special.values() if piece not in encoder]:
        raise WeightsError(f"{directory}: the vocabulary lacks {', '.join(missing)}", hint=AGAIN)
    return Tokenizer(
        spm_source=_pieces(directory / "source.spm"),
        spm_target=_pieces(directory / "target.spm"),
        encoder=encoder,
        decoder={number: piece for piece, number in own.items()},
        eos_token_id=encoder[special["eos"]],
        pad_token_id=encoder[special["pad"]],
        unk_token=special["unk"],
    )


_SPECIAL = {"eos": "</s>", "unk": "<unk>", "pad": "<pad>"}


def _text(token: Any) -> str | None:
    """A special token as text: some files describe it with an object."""
    value = token.get("content") if isinstance(token, dict) else token
    return value if isinstance(value, str) else None


def _vocabulary(file: Path) -> dict[str, int]:
    found = read_json(file)
    if not found or not all(type(number) is int and number >= 0 for number in found.values()):
        raise WeightsError(f"{file.parent}: the vocabulary cannot be read ({file.name})", hint=AGAIN)
    return found


def _pieces(file: Path) -> SentencePieceProcessor:
    pieces: Any = SentencePieceProcessor()  # its annotations are incomplete
    try:
        pieces.Load(str(file))
    except (OSError, RuntimeError) as err:
        raise WeightsError(f"{file.parent}: the vocabulary cannot be read ({file.name})", hint=AGAIN) from err
    loaded: SentencePieceProcessor = pieces
    return loaded


def _check_special(described: Described) -> None:
    for name in ("eos_token_id", "pad_token_id"):
        ours, theirs = getattr(described.tokenizer, name), described.config[name]
        if ours != theirs:
            raise WeightsError(
                f"{described.directory}: {name} is {ours} in vocab.json and {theirs} in config.json"
            )


class Tensors:
    """The weights of a checkpoint. What no part of the model has asked for at the end is unexpected."""

    def __init__(self, directory: Path, config: Mapping[str, Any]) -> None:
        self._directory = directory
        self._found: dict[str, Array] = {}
        for file in weight_files(directory):
            self._found |= read_safetensors(file)
        self._taken = {*_COMPUTED, SHARED}  # beside embeddings of its own, the shared one is of no use
        self.notices = self._tie(tied_keys(config))  # what had to be repaired

    def take(self, name: str, *shape: int) -> Array:
        """Weights in float32. Raises WeightsError if they are missing, misshapen or not numbers."""
        if name not in self._found:
            raise WeightsError(f"{self._directory}: missing keys in the weights: {name}", hint=AGAIN)
        self._taken.add(name)
        value = self._found[name]
        if value.shape != shape:
            raise WeightsError(
                f"{self._directory}: mismatched keys in the weights: {name} is {value.shape}, not {shape}",
                hint=AGAIN,
            )
        value = value.astype(np.float32, copy=False)
        with np.errstate(all="ignore"):  # the sum is one fast pass; each number is looked at only if it fails
            if not np.isfinite(value.sum()) and (count := int((~np.isfinite(value)).sum())):
                raise WeightsError(
                    f"{self._directory}: {name} has {count} weights that are not numbers", hint=AGAIN
                )
        return value

    def one_of(self, names: Sequence[str], *shape: int) -> Array:
        """The first of `names` that is there."""
        return self.take(next((name for name in names if name in self._found), names[0]), *shape)

    def optional(self, name: str, *shape: int) -> Array | None:
        return self.take(name, *shape) if name in self._found else None

    def finish(self) -> None:
        """Raises WeightsError if there are weights that no part of the model has taken."""
        if left := sorted(set(self._found) - self._taken):
            some = ", ".join(left[:3]) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
            raise WeightsError(f"{self._directory}: unexpected keys in the weights: {some}", hint=AGAIN)

    def _tie(self, tied: Sequence[str]) -> tuple[str, ...]:
        """Put one matrix where the configuration says one; says which others differed from it.

        Exports exist in which they differ; what they were exported for is that the first one is used.
        """
        held = {key: self._found[key] for key in tied if key in self._found}
        if not held:
            return ()
        trusted = held.get(tied[0])
        differing = [key for key, value in held.items() if trusted is not None and not _same(value, trusted)]
        if trusted is None:
            trusted, *rest = held.values()
            if not all(_same(trusted, other) for other in rest):
                raise WeightsError(
                    f"{self._directory}: {tied[0]} is missing and the weights tied to it differ", hint=AGAIN
                )
        self._found |= dict.fromkeys(tied, trusted.astype(np.float32))  # one object, which its users can see
        self._taken |= set(tied)
        return (f"tied again as its configuration says: {', '.join(differing)}",) if differing else ()


def _same(one: Array, other: Array) -> bool:
    return one is other or np.array_equal(one, other)


def read_safetensors(file: Path) -> dict[str, Array]:
    """The tensors of a safetensors file as arrays; of bfloat16, which numpy lacks, as float32.

    Raises WeightsError if the file is damaged, or holds another kind of number.
    """
    try:
        raw = np.fromfile(file, dtype=np.uint8)
        start = 8 + int.from_bytes(raw[:8].tobytes(), "little")
        header = json.loads(raw[8:start].tobytes()) if start <= len(raw) else {}
        header.pop("__metadata__", None)
        ends = [entry["data_offsets"][1] for entry in header.values()]
        if max(ends, default=-1) != len(raw) - start:
            raise ValueError("sizes do not fit")
        return {name: _array(raw[start:], entry) for name, entry in header.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as err:
        raise WeightsError(f"{file}: damaged or incomplete ({str(err)[:200]})", hint=AGAIN) from err


def _array(data: Array, entry: Mapping[str, Any]) -> Array:
    first, last = entry["data_offsets"]
    kind = _DTYPES.get(entry["dtype"])
    if kind is None:
        raise ValueError(f"numbers of kind {entry['dtype']}")
    # A copy: offsets need not be aligned.
    values: Array = np.frombuffer(data[first:last].tobytes(), dtype=kind)
    if entry["dtype"] == "BF16":
        values = (values.astype(np.uint32) << 16).view(np.float32)
    return values.reshape(entry["shape"])
