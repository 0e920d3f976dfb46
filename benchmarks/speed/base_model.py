"""A Marian model of exactly the shape of opus-mt-fr-en, with weights made here and answers of one length.

What a translation costs depends on the shape of the model and on the length of its answers, not on what it
has learnt. So these weights are random, but for two things. The model ends every answer itself after `PIECES`
pieces, in every engine and with every beam, and no option has to force it: it has a clock in some dimensions
of its states, which nothing but the position reaches, and the row of `</s>` looks at nothing else. And it
does not loop, as random models do: all other pieces look at fast dials, which little but the position moves.

As in opus-mt, each side has 32,000 pieces, and the vocabulary is those of both: nearly half of it is only
read. Trained models never write that half, and this one's biases keep it from doing so.

    python -m benchmarks.speed.base_model DIRECTORY
"""

from __future__ import annotations

import io
import itertools
import json
import random
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from numpy.typing import NDArray
from safetensors.numpy import save_file

Array = NDArray[np.float32]

# opus-mt-fr-en. Tests make a smaller one.
SHAPE: Mapping[str, int] = {
    "vocab_size": 59_514,
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "max_position_embeddings": 512,
}
PIECES = 30  # pieces of each answer, `</s>` not counted; about what news has
BEAM = 4
_SEED = 7
_SPREAD = 0.02  # of the weights
_ROWS = 0.002  # of the embeddings: small, else each piece would ask for itself again
_WHISPER = 0.1  # share of the layers' say that reaches the dials: answers differ by sentence
_SHARPNESS = 40.0  # spread of the logits, before the layers take most of it away
_EDGE = 400.0  # logit of `</s>` where an answer ends; minus that before
_LEARNED = 4000  # sentencepiece's share of the vocabulary; the rest is made up
_SPECIAL = ("</s>", "<unk>", "<pad>")
_SIDE = (
    32_000 - 3
)  # pieces of each side: opus-mt was prepared with SentencePiece (spm32k,spm32k), see its card
_NEVER_SPLIT = -1000.0  # score of a made-up piece
_UNHEARD = -200.0  # bias of the pieces of the source side: a model has learnt never to write them


def make(
    directory: Path, sentences: Sequence[str], shape: Mapping[str, int] = SHAPE, pieces: int = PIECES
) -> Path:
    """`directory`, now a Marian checkpoint in Hugging Face format.

    Args:
        sentences: French to learn a tokenisation from.
        pieces: length of each answer.
    """
    directory.mkdir(parents=True, exist_ok=True)
    vocabulary, read = _vocabulary(directory, sentences, shape["vocab_size"])
    weights = _weights(shape, pieces)
    weights["final_logits_bias"][:, read] = _UNHEARD
    save_file(weights, directory / "model.safetensors", {"format": "pt"})
    pad = shape["vocab_size"] - 1
    special = {
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
    }
    config = {
        "model_type": "marian",
        "architectures": ["MarianMTModel"],
        "is_encoder_decoder": True,
        "decoder_vocab_size": shape["vocab_size"],
        "num_hidden_layers": shape["encoder_layers"],
        "activation_function": "swish",
        "scale_embedding": True,
        "static_position_embeddings": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "dtype": "float32",
        **shape,
        **special,
    }
    _write(directory / "config.json", config)
    generation = {"num_beams": BEAM, "max_length": 512, "bad_words_ids": [[pad]], **special}
    _write(directory / "generation_config.json", generation)
    _write(directory / "vocab.json", vocabulary)
    _write(directory / "tokenizer_config.json", {"source_lang": "fr", "target_lang": "en"})
    return directory


@dataclass(frozen=True)
class _Sides:
    """Pieces of the vocabulary but `</s>`, `<unk>` and `<pad>`: those of both sides, and of one side only."""

    both: Sequence[str]
    read: Sequence[str]
    written: Sequence[str]

    @property
    def all(self) -> list[str]:
        """As by frequency: those of both sides first, then in turns."""
        turns = itertools.zip_longest(self.read, self.written)
        return [*self.both, *(piece for pair in turns for piece in pair if piece)]


def _sides(learned: Sequence[str], size: int) -> _Sides:
    """`learned` pieces and made-up ones, as many as there are of each kind."""
    each, shared = _counts(size)
    words = (word for word in (f"▁{word}" for word in _words()) if word not in learned)
    both = [*learned, *itertools.islice(words, shared - len(learned))]
    return _Sides(both, *(list(itertools.islice(words, each - shared)) for _ in range(2)))


def _counts(size: int) -> tuple[int, int]:
    """Pieces of each side, and of both; as many as opus-mt-fr-en has, in proportion to the vocabulary."""
    count = size - len(_SPECIAL)
    each = round(count * _SIDE / (SHAPE["vocab_size"] - len(_SPECIAL)))
    return each, 2 * each - count


def _vocabulary(directory: Path, sentences: Sequence[str], size: int) -> tuple[dict[str, int], list[int]]:
    """Pieces by id, and the ids that are only read; the sentencepiece models are written beside."""
    blob = io.BytesIO()
    train: Any = sentencepiece.SentencePieceTrainer.train  # its annotations list only some options
    train(
        sentence_iterator=iter(sentences),
        model_writer=blob,
        vocab_size=min(_LEARNED, _counts(size)[1]),
        hard_vocab_limit=False,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
    )
    model = sentencepiece.SentencePieceProcessor(model_proto=blob.getvalue())
    learned = [model.id_to_piece(number) for number in range(3, model.get_piece_size())]
    sides = _sides(learned, size)
    for name, own in (("source.spm", sides.read), ("target.spm", sides.written)):
        more = (*sides.both[len(learned) :], *own)
        (directory / name).write_bytes(blob.getvalue() + b"".join(map(_as_piece, more)))
    ids = {piece: number for number, piece in enumerate(["</s>", "<unk>", *sides.all, "<pad>"])}
    return ids, [ids[piece] for piece in sides.read]


def _as_piece(piece: str) -> bytes:
    """One more piece of a sentencepiece model, as its protocol buffer has it; no text is ever split so."""
    text = piece.encode()
    inner = b"\x0a" + bytes([len(text)]) + text + b"\x15" + struct.pack("<f", _NEVER_SPLIT)
    return b"\x0a" + bytes([len(inner)]) + inner


def _words() -> Iterator[str]:
    """Short words that can nearly be read aloud, without end.

    Thirty of them are some 150 letters: no sentence of 60 to 400 is then judged too long or too short an
    answer for, which would be searched again.
    """
    for length in itertools.count(4):
        several = itertools.product("aeioubdfgjklmnprstvz", repeat=length)
        words = ["".join(letters) for letters in several if not {*"aeiou"}.isdisjoint(letters)]
        random.Random(_SEED).shuffle(words)
        yield from words


def _weights(shape: Mapping[str, int], pieces: int) -> dict[str, Array]:
    """Every tensor of the model; tied ones once."""
    dice = np.random.default_rng(_SEED)
    width, rows = shape["d_model"], shape["vocab_size"]
    clock = np.zeros(width, dtype=bool)  # the fast half of the sines and cosines, every other one
    half = width // 2
    clock[[*range(0, half // 2, 2), *range(half, half + half // 2, 2)]] = True
    dials = np.zeros(width, dtype=bool)  # only the fastest: they tell each position from the next
    dials[[*range(1, half * 5 // 32, 2), *range(half + 1, half + half * 5 // 32, 2)]] = True

    def linear(name: str, out: int, inner: int, *, closes: bool) -> Iterator[tuple[str, Array]]:
        """`closes`: it writes to the states, so it must leave the clock alone, and nearly so the dials."""
        weight = dice.normal(0, _SPREAD, (out, inner)).astype(np.float32)
        if closes:
            weight[clock] = 0
            weight[dials] *= np.float32(_WHISPER)
        yield f"{name}.weight", weight
        yield f"{name}.bias", np.zeros(out, np.float32)

    def norm(name: str) -> Iterator[tuple[str, Array]]:
        yield f"{name}.weight", np.ones(width, np.float32)
        yield f"{name}.bias", np.zeros(width, np.float32)

    found: dict[str, Array] = {}
    for side in ("encoder", "decoder"):
        inner = shape[f"{side}_ffn_dim"]
        for number in range(shape[f"{side}_layers"]):
            layer = f"model.{side}.layers.{number}"
            for attention in ("self_attn", "encoder_attn")[: 1 + (side == "decoder")]:
                for letter in ("q", "k", "v", "out"):
                    name = f"{layer}.{attention}.{letter}_proj"
                    found |= linear(name, width, width, closes=letter == "out")
                found |= norm(f"{layer}.{attention}_layer_norm")
            found |= linear(f"{layer}.fc1", inner, width, closes=False)
            found |= linear(f"{layer}.fc2", width, inner, closes=True)
            found |= norm(f"{layer}.final_layer_norm")
    gain = _SHARPNESS / (_ROWS * np.sqrt(np.count_nonzero(dials)))
    found[f"model.decoder.layers.{shape['decoder_layers'] - 1}.final_layer_norm.weight"] *= np.float32(gain)
    table = dice.normal(0, _ROWS, (rows, width)).astype(np.float32)
    table[:, ~dials] = 0
    table[0] = 0
    table[0, clock] = _hand(width, clock, pieces) * np.float32(_EDGE / gain)
    table[rows - 1] = 0  # padding, with which answers start
    found["model.shared.weight"] = table
    found["final_logits_bias"] = np.zeros((1, rows), np.float32)
    return found


def _hand(width: int, clock: NDArray[np.bool_], pieces: int) -> Array:
    """What `</s>` looks for: -1 at every position before the end of an answer, 1 at that end."""
    half = width // 2
    angles = np.arange(2 * pieces)[:, None] / np.power(10_000, np.arange(half) / half)
    dials = np.concatenate([np.sin(angles), np.cos(angles)], axis=1)[:, clock]  # (positions, clock)
    dials -= dials.mean(axis=1, keepdims=True)  # what a layer norm takes away must not matter
    wanted = np.where(np.arange(2 * pieces) < pieces, -1.0, 1.0)
    ridge = 1e-3 * np.eye(dials.shape[1])
    hand = np.linalg.solve(dials.T @ dials + ridge, dials.T @ wanted)
    found: Array = (hand - hand.mean()).astype(np.float32)
    return found


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    from benchmarks.speed.sentences import distinct

    print(make(Path(sys.argv[1]), distinct(1000)))
