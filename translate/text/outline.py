"""The outline of a sentence: its chunks, which holds the main verb, which say who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from translate.text.clause_map import Chunk, Role, Token, chunks, tokenize, words
from translate.text.verbs import verb_forms

_FINAL = re.compile(r"\s*[.!?…]+[»”\"]?$|$")
FRAME_ROLES = frozenset({Role.PREPOSITIONAL, Role.PARTICIPIAL, Role.SUBORDINATE, Role.ATTRIBUTION, Role.INFINITIVE})


@dataclass(frozen=True, slots=True)
class Outline:
    """`main`: index of the chunk with the main verb, None if there is none in plain sight.
    `subject`: index of the chunk in which its subject begins. `attributions`: indices of the chunks
    that say who speaks, in order. `final`: the closing mark.
    """

    text: str
    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    main: int | None
    subject: int | None
    attributions: tuple[int, ...]
    final: str

    def region_end(self, index: int) -> int:
        """The index of the next attribution from `index` on, or the number of chunks."""
        return next((place for place in self.attributions if place >= index), len(self.chunks))

    def without(self, first: int, last: int) -> str:
        """The text without the chunks `first` to `last` (exclusive) and the mark before them."""
        rest = self.text[self.chunks[last].mark_start :] if last < len(self.chunks) else self.final
        if last < len(self.chunks) and self.chunks[last].mark == ":":
            rest = "," + rest[1:] if self.chunks[last].role is Role.ATTRIBUTION else rest
        return self.text[: self.chunks[first].mark_start].rstrip() + rest

    def is_question(self) -> bool:
        return "?" in self.final


@lru_cache(maxsize=256)
def outline(text: str) -> Outline:
    """The outline of one sentence."""
    tokens = tokenize(text)
    parts = tuple(chunks(tokens))
    parts = _demoted(parts)
    main = _main(parts)
    final = _FINAL.search(text)
    return Outline(
        text,
        tokens,
        parts,
        main,
        _subject(parts, main),
        tuple(index for index, chunk in enumerate(parts) if chunk.role is Role.ATTRIBUTION),
        final[0] if final else "",
    )


def _demoted(parts: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """`…, a salué le rôle de l'ONU et a promis…`: a verb of saying in a list of predicates is no attribution."""
    found = list(parts)
    for index, chunk in enumerate(parts):
        if chunk.role is not Role.ATTRIBUTION or chunk.verb is None or chunk.tokens[0].low in ("selon", "comme"):
            continue
        followed = any(later.coordinated and later.verb is not None for later in parts[index + 1 :])
        subjectless = index > 0 and not any(
            part.role in (Role.CLAUSE, Role.QUOTATION, Role.PREDICATE) for part in found[:index]
        )
        last = index == len(parts) - 1
        if chunk.coordinated or (followed and not last) or (subjectless and not _has_later_verb(parts, index)):
            found[index] = Chunk(
                chunk.tokens, chunk.mark, chunk.mark_start, Role.PREDICATE, chunk.verb, chunk.coordinated
            )
    return tuple(found)


def _has_later_verb(parts: Sequence[Chunk], index: int) -> bool:
    return any(part.role in (Role.CLAUSE, Role.PREDICATE) for part in parts[index + 1 :])


def _main(parts: Sequence[Chunk]) -> int | None:
    for index, chunk in enumerate(parts):
        if chunk.role is Role.CLAUSE or (chunk.role is Role.PREDICATE and index > 0):
            return index
    return None


def _subject(parts: Sequence[Chunk], main: int | None) -> int | None:
    """Where the subject of the main verb begins: in the same chunk, or before the asides."""
    if main is None or parts[main].role is Role.CLAUSE:
        return main
    for index, chunk in enumerate(parts[:main]):
        if chunk.role is Role.NOMINAL and begins_like_subject(chunk) and not _is_date(chunk):
            return index
        if chunk.role not in FRAME_ROLES and chunk.role is not Role.NOMINAL:
            return None
    return None


def begins_like_subject(chunk: Chunk) -> bool:
    """Whether the chunk begins with a determiner, a pronoun, a figure or a name."""
    head = chunk.tokens[0]
    return (
        head.low in words("determiners")
        or head.low in words("pronouns")
        or head.text[0].isdigit()
        or (head.is_name and head.low not in words("prepositions"))
        or head.hidden
    )


def _is_date(chunk: Chunk) -> bool:
    lows = [token.low for token in chunk.tokens]
    return any(low in words("dates") for low in lows) and len(lows) <= 6


def is_plural(chunk: Chunk) -> bool:
    """Whether the main verb of the chunk is plural."""
    return chunk.verb is not None and chunk.tokens[chunk.verb].low in verb_forms().plural
