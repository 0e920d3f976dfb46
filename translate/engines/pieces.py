"""Sentences to piece ids and back, by a Marian model's own sentencepiece models and vocabulary.

The text of a dispatch can hold anything, `>>deu<<` and `</s>` included. Here such text is spelled out
letter by letter: only our own code can choose the language or end a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from translate.domain import Lang
from translate.engines.alignment import Span, spans
from translate.engines.search import Encoded, Located
from translate.engines.vocabulary import prefixes, spoken, tags
from translate.errors import EngineError, WeightsError


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
    """Encodes French and decodes answers.

    Args:
        rows: how many pieces the model's output layer has.
        listed: the pieces of answers, per target prefix, where the checkpoint says so (`vocabulary.listed`).
    """

    def __init__(
        self, tokenizer: Tokenizer, rows: int, listed: Mapping[str, Sequence[int]] | None = None
    ) -> None:
        self._tokenizer = tokenizer
        self._rows = rows
        self._listed = listed or {}
        self._source = tokenizer.spm_source
        self._target = tokenizer.spm_target
        self._ids: Mapping[str, int] = dict(tokenizer.encoder)
        self._names: Mapping[int, str] = tokenizer.decoder  # of the target side, if it has its own
        self.eos: int = tokenizer.eos_token_id
        self.pad: int = tokenizer.pad_token_id
        self.unk: int = self._ids[str(tokenizer.unk_token)]
        self._commands = {self.eos, self.pad, *tags(self._ids)}
        self._hidden = {self.eos, self.pad, self.unk, *tags({name: n for n, name in self._names.items()})}
        self._writers: dict[str, Writer] = {}

    def writer(self, prefix: str) -> Writer:
        """Of answers in the language that `prefix` asks for."""
        if prefix not in self._writers:
            allowed = self._spoken
            if prefix in self._listed:
                allowed = allowed.intersection(self._listed[prefix]) | {self.eos}
            same = (known for known in self._writers.values() if len(known.vocabulary) == len(allowed))
            equal = next((known for known in same if allowed.issuperset(known.vocabulary)), None)
            self._writers[prefix] = equal or self._writer(sorted(allowed))
        return self._writers[prefix]

    def _writer(self, vocabulary: Sequence[int]) -> Writer:
        known = {self._names[number]: number for number in vocabulary if number != self.eos}
        return Writer(self._target, known, tuple(vocabulary), self.unk)

    @cached_property
    def _spoken(self) -> set[int]:
        return spoken(self._tokenizer, self._rows)

    def prefix(self, text: str) -> tuple[int, ...]:
        """The id of a target prefix (`>>eng<<`); nothing for `""`. Raises WeightsError if it is unknown."""
        if not text:
            return ()
        if text not in self._ids:
            known = sorted(prefixes(self._ids))
            some = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
            raise WeightsError(
                f"the vocabulary has no target prefix {text!r}",
                hint=f"it has {some}" if known else "it has none: this model writes one language",
            )
        return (self._ids[text],)

    def encode(self, sentences: Sequence[str], prefix: Sequence[int]) -> list[Encoded]:
        """Each sentence as ids: `prefix`, its pieces, `</s>`."""
        split: list[list[str]] = self._source.encode(list(map(_valid, sentences)), out_type=str)
        return [self._encoded(pieces, prefix) for pieces in split]

    def source_spans(self, sentence: str, prefix: Sequence[int]) -> list[Span]:
        """Where in the sentence each id of its encoding comes from; nowhere for `prefix` and `</s>`."""
        pieces = self._harmless(self._source.encode(_valid(sentence), out_type=str))
        return [*[(0, 0)] * len(prefix), *spans(sentence, pieces), (0, 0)]

    def _encoded(self, pieces: Sequence[str], prefix: Sequence[int]) -> Encoded:
        pieces = self._harmless(pieces)
        ids = [self._ids.get(piece, self.unk) for piece in pieces]
        unknown = [piece.strip("▁") for piece, number in zip(pieces, ids, strict=True) if number == self.unk]
        is_blank = all(piece in ("", "▁") for piece in pieces)
        return Encoded((*prefix, *ids, self.eos), tuple(dict.fromkeys(filter(None, unknown))), is_blank)

    def _harmless(self, pieces: Sequence[str]) -> Sequence[str]:
        """The pieces, letter by letter where one is a command."""
        if self._commands.isdisjoint(self._ids.get(piece, self.unk) for piece in pieces):
            return pieces
        return [letter for piece in pieces for letter in self._spelled(piece)]

    def _spelled(self, piece: str) -> Sequence[str]:
        return piece if self._ids.get(piece) in self._commands else (piece,)

    def decode(self, ids: Iterable[int]) -> str:
        """The text of an answer, without special pieces and language tags."""
        pieces = [
            self._names[number] for number in ids if number in self._names and number not in self._hidden
        ]
        text: str = self._target.decode_pieces(pieces)
        return " ".join(text.replace("▁", " ").split())


class Writer:
    """Translations into one language as ids. `vocabulary`: those of its answers, ascending, with `</s>`."""

    def __init__(self, target: Any, known: Mapping[str, int], vocabulary: tuple[int, ...], unk: int) -> None:
        self._target = target
        self._known = known
        self.vocabulary = vocabulary
        self._unk = unk

    def ids(self, text: str) -> tuple[list[int], list[Span]]:
        """A translation as ids without `</s>`, and where in it each of them comes from.

        Text that the language has no pieces for is `<unk>`.
        """
        pieces = self._split(_valid(text))
        return [self._known.get(piece, self._unk) for piece in pieces], spans(text, pieces)

    def written(self, texts: Sequence[str]) -> list[list[int]]:
        """Translations as ids without `</s>`; nothing of one that the language has no pieces for."""
        known = self._known
        return [
            [known[piece] for piece in pieces] if all(piece in known for piece in pieces) else []
            for pieces in map(self._split, map(_valid, texts))
        ]

    def _split(self, text: str) -> list[str]:
        """The text in pieces; one that the language lacks in shorter ones that it has."""
        pieces: list[str] = self._target.encode(text, out_type=str)
        known = self._known
        if all(piece in known for piece in pieces):
            return pieces
        return [part for piece in pieces for part in ((piece,) if piece in known else self._parts(piece))]

    def _parts(self, piece: str) -> Sequence[str]:
        """The longest that is known each time; the whole piece if nothing is."""
        parts = []
        rest = piece
        while rest:
            size = next((size for size in range(len(rest), 0, -1) if rest[:size] in self._known), 0)
            if not size:
                return (piece,)
            parts.append(rest[:size])
            rest = rest[size:]
        return parts


class Reader:
    """What a backend does with texts before and after the model. `prefixes`: what asks for a language."""

    def __init__(self, pieces: Pieces, prefixes: Mapping[Lang, str]) -> None:
        self._pieces = pieces
        self._asking = dict(prefixes)
        self._prefixes = {lang: pieces.prefix(text) for lang, text in prefixes.items()}

    def encode(self, texts: Sequence[str], target: Lang) -> list[Encoded]:
        """Each text as ids, with the prefix that asks for `target`. Raises EngineError."""
        return self._pieces.encode(texts, self._prefix(target))

    def places(self, text: str, target: Lang) -> list[Span]:
        """Where in `text` each id of its encoding comes from; nowhere for the prefix and `</s>`."""
        return self._pieces.source_spans(text, self._prefix(target))

    def located(self, sentence: str, translation: str, target: Lang) -> Located:
        """A pair as ids, with their places."""
        (encoded,) = self.encode([sentence], target)
        ids, written = self.target_ids(translation, target)
        return Located(encoded.ids, ids, self.places(sentence, target), written)

    def target_ids(self, text: str, target: Lang) -> tuple[list[int], list[Span]]:
        """A translation as ids without `</s>`, and where in it each of them comes from."""
        return self._writer(target).ids(text)

    def written(self, texts: Sequence[str], target: Lang) -> list[list[int]]:
        """Translations as ids without `</s>`; nothing of one that the model has no pieces for."""
        return self._writer(target).written(texts)

    def _writer(self, target: Lang) -> Writer:
        return self._pieces.writer(self._asking[target])

    def _prefix(self, target: Lang) -> tuple[int, ...]:
        if target not in self._prefixes:
            raise EngineError(f"this model does not write {target}; it writes {', '.join(self._prefixes)}")
        return self._prefixes[target]


def _valid(text: str) -> str:
    """Without lone surrogates; as long as before."""
    return text.encode("utf-8", "replace").decode()
