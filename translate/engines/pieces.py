"""Sentences to piece ids and back, by a Marian model's own sentencepiece models and vocabulary.

The text of a dispatch can hold anything, `>>deu<<` and `</s>` included. Here such text is spelled out
letter by letter: only our own code can choose the language or end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from translate.engines.search import Encoded
from translate.errors import WeightsError

_TAG = re.compile(r">>[^\s<>]+<<")


class Tokenizer(Protocol):
    """What a Marian tokeniser knows; the one of transformers has all of it.

    `encoder`: piece -> id of the source side; `decoder`: id -> piece of the target side.
    """

    @property
    def spm_source(self) -> Any: ...

    @property
    def spm_target(self) -> Any: ...

    @property
    def encoder(self) -> Any: ...

    @property
    def decoder(self) -> Any: ...

    @property
    def eos_token_id(self) -> int: ...

    @property
    def pad_token_id(self) -> int: ...

    @property
    def unk_token(self) -> str: ...


class Pieces:
    """Encodes French and decodes answers. `rows`: how many pieces the model's output layer has.

    `silent`: ids that must never be part of an answer: padding, `<unk>`, language tags, rows without a piece.
    """

    def __init__(self, tokenizer: Tokenizer, rows: int) -> None:
        self._source = tokenizer.spm_source
        self._target = tokenizer.spm_target
        self._ids: Mapping[str, int] = dict(tokenizer.encoder)
        self._names: Mapping[int, str] = tokenizer.decoder  # of the target side, if it has its own
        self.eos: int = tokenizer.eos_token_id
        self.pad: int = tokenizer.pad_token_id
        self.unk: int = self._ids[str(tokenizer.unk_token)]
        self._commands = {self.eos, self.pad, *_tags(self._ids.items())}
        unwritten = {number for number in range(rows) if number not in self._names}
        unwritten |= {number for number, name in self._names.items() if name == str(tokenizer.unk_token)}
        unwritten |= {self.pad, *_tags((name, number) for number, name in self._names.items())}
        self.silent = tuple(sorted(unwritten - {self.eos}))
        self._hidden = {*self.silent, self.eos}

    def prefix(self, text: str) -> tuple[int, ...]:
        """The id of a target prefix (`>>eng<<`); nothing for `""`. Raises WeightsError if it is unknown."""
        if not text:
            return ()
        if text not in self._ids:
            known = sorted(piece for piece in self._ids if _TAG.fullmatch(piece))
            some = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
            raise WeightsError(
                f"the vocabulary has no target prefix {text!r}",
                hint=f"it has {some}" if known else "it has none: this model writes one language",
            )
        return (self._ids[text],)

    def encode(self, sentences: Sequence[str], prefix: Sequence[int]) -> list[Encoded]:
        """Each sentence as ids: `prefix`, its pieces, `</s>`."""
        valid = [sentence.encode("utf-8", "replace").decode() for sentence in sentences]  # no lone surrogates
        split: list[list[str]] = self._source.encode(valid, out_type=str)
        return [self._encoded(pieces, prefix) for pieces in split]

    def _encoded(self, pieces: Sequence[str], prefix: Sequence[int]) -> Encoded:
        ids = [self._ids.get(piece, self.unk) for piece in pieces]
        if not self._commands.isdisjoint(ids):
            pieces = [letter for piece in pieces for letter in self._spelled(piece)]
            ids = [self._ids.get(letter, self.unk) for letter in pieces]
        unknown = [piece.strip("▁") for piece, number in zip(pieces, ids, strict=True) if number == self.unk]
        is_blank = all(piece in ("", "▁") for piece in pieces)
        return Encoded((*prefix, *ids, self.eos), tuple(dict.fromkeys(filter(None, unknown))), is_blank)

    def _spelled(self, piece: str) -> Sequence[str]:
        return piece if self._ids.get(piece) in self._commands else (piece,)

    def decode(self, ids: Iterable[int]) -> str:
        """The text of an answer, without special pieces and language tags."""
        pieces = [
            self._names[number] for number in ids if number in self._names and number not in self._hidden
        ]
        text: str = self._target.decode_pieces(pieces)
        return " ".join(text.replace("▁", " ").split())


def _tags(vocabulary: Iterable[tuple[str, int]]) -> Iterable[int]:
    """The ids of target prefixes such as `>>eng<<`."""
    return (number for piece, number in vocabulary if _TAG.fullmatch(piece))
