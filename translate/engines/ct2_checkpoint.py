"""What the small files of a Marian checkpoint say, with neither torch nor transformers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sentencepiece import SentencePieceProcessor

from translate.engines.checkpoint import AGAIN, read_config, read_json
from translate.errors import WeightsError


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

    def rows(self, ids: Sequence[int]) -> list[int]:
        """The ids that a converted decoder has a row for, in their order, when answers may have `ids`.

        CTranslate2 asks for two more: the start of an answer, and `<unk>`.
        """
        return sorted({*ids, self.start, self.tokenizer.encoder[self.tokenizer.unk_token]})


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
