"""The outline of a sentence: its chunks, which holds the main verb, which say who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from translate.text.compression.chunks import Chunk, Role, chunks, is_waiting
from translate.text.compression.finite import is_finite_verb, is_inverted
from translate.text.compression.tokens import Token, begins_with, tokenize, words
from translate.text.compression.verbs import verb_forms

_FINAL = re.compile(r"\s*[.!?…]+[»”\"]?$|$")
_NAME_LENGTH = 7  # tokens a quoted title may have, marks included
FRAME_ROLES = frozenset(
    {Role.PREPOSITIONAL, Role.PARTICIPIAL, Role.SUBORDINATE, Role.ATTRIBUTION, Role.INFINITIVE}
)


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

    def is_firm(self, first: int, last: int) -> bool:
        """Whether the chunks from `first` to `last` (inclusive, if there is one) are all understood."""
        return all(chunk.role is not Role.UNSURE for chunk in self.chunks[first : last + 1])

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
    parts = _settled(chunks(tokens))
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


def _settled(parts: Sequence[Chunk]) -> tuple[Chunk, ...]:
    """The chunks with attributions and predicates told apart by what stands around them.

    `…, a salué le rôle de l'ONU et a promis…`: a verb of saying in a list of predicates attributes
    nothing. `…, s'est alarmé le gouverneur`: a last predicate that no `et` joins may have its own
    subject, so it is UNSURE.
    """
    return tuple(
        replace(chunk, role=_settled_role(parts, index))
        if index and chunk.verb is not None and chunk.role in (Role.ATTRIBUTION, Role.PREDICATE)
        else chunk
        for index, chunk in enumerate(parts)
    )


def _settled_role(parts: Sequence[Chunk], index: int) -> Role:
    chunk = parts[index]
    if chunk.coordinated:
        return Role.PREDICATE
    joins_later = any(later.coordinated and later.verb is not None for later in parts[index + 1 :])
    stated = any(part.role in (Role.CLAUSE, Role.QUOTATION) for part in parts[:index])
    waiting = is_waiting(parts[:index])
    if index == 1 and _is_long_quotation(parts[0]) and not joins_later:
        return Role.ATTRIBUTION
    if chunk.role is Role.PREDICATE:
        return (
            Role.UNSURE
            if stated and not joins_later and not joins_verb(chunk) and not waiting
            else chunk.role
        )
    if chunk.tokens[0].low in ("selon", "comme") or is_inverted(chunk.tokens[chunk.verb or 0].low):
        return Role.ATTRIBUTION
    if joins_later:
        return Role.PREDICATE
    if waiting:
        return Role.UNSURE
    has_later_verb = any(part.role in (Role.CLAUSE, Role.PREDICATE) for part in parts[index + 1 :])
    return Role.ATTRIBUTION if stated or has_later_verb or _listed_before(parts, index) else Role.PREDICATE


def _is_long_quotation(chunk: Chunk) -> bool:
    """A quotation of several words before a verb is what was said, not its subject."""
    return chunk.role is Role.QUOTATION and len(chunk.tokens) > _NAME_LENGTH


def _listed_before(parts: Sequence[Chunk], index: int) -> bool:
    """Whether a verb stands before: `a nié les faits, a précisé le procureur`."""
    return any(
        part.role is Role.PREDICATE or (part.role is Role.ATTRIBUTION and part.verb is not None)
        for part in parts[:index]
    )


def joins_verb(chunk: Chunk) -> bool:
    """Whether an `et`, `ou`, `puis` or `mais` inside the chunk joins a further finite verb."""
    return any(
        is_finite_verb(chunk.tokens, later)
        for index, token in enumerate(chunk.tokens)
        if index and token.low in ("et", "ou", "puis", "mais") and not token.hidden
        for later in range(index + 1, min(index + 5, len(chunk.tokens)))
    )


def _main(parts: Sequence[Chunk]) -> int | None:
    for index, chunk in enumerate(parts):
        if index and _is_governed(parts[:index]):
            continue
        if chunk.role is Role.CLAUSE or (chunk.role is Role.PREDICATE and index > 0):
            return index
    return None


def _is_governed(before: Sequence[Chunk]) -> bool:
    """`Alors que les femmes, terrifiées, | tentaient de…`: the verb of a leading conjunction."""
    return before[0].role is Role.SUBORDINATE and is_waiting(before)


def _subject(parts: Sequence[Chunk], main: int | None) -> int | None:
    """Where the subject of the main verb begins: in the same chunk, or before the asides."""
    if main is None or parts[main].role is Role.CLAUSE:
        return main
    for index, chunk in enumerate(parts[:main]):
        is_subject = chunk.role is Role.NOMINAL and begins_like_subject(chunk) and not is_date(chunk)
        counted = any(token.text[0].isdigit() for token in chunk.tokens[1:4])  # près de 40.000 policiers
        is_subject = is_subject and (counted or not begins_with(chunk.tokens, "circumstances"))
        if is_subject and (index or not _is_leading_apposition(chunk, parts[1])):
            return index
        if chunk.role not in FRAME_ROLES and chunk.role is not Role.NOMINAL:
            return None
    return None


def _is_leading_apposition(chunk: Chunk, after: Chunk) -> bool:
    """`Long de 57 kilomètres, le tunnel…`: a capital by position only, and the subject follows."""
    lows = [token.low for token in chunk.tokens]
    return (
        lows[0] not in words("determiners") | words("pronouns")
        and len(lows) > 1
        and chunk.tokens[1].text.islower()
        and lows[1] != "et"
        and (after.tokens[0].low in words("determiners") or after.tokens[0].is_name)
    )


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


def is_date(chunk: Chunk) -> bool:
    """`le 5 février 2026`, `mardi soir`, `cinq ans après avoir quitté le pouvoir`."""
    lows = [token.low for token in chunk.tokens]
    timed = any(low in words("dates") for low in lows[:4])
    return timed and (
        len(lows) <= 6 or any(low in ("après", "avant", "plus", "durant", "depuis") for low in lows[:5])
    )


def may_be_plural(chunk: Chunk) -> bool:
    """Whether the noun phrase can be the subject of a plural verb: `Vingt-trois gares`, `M. A et B`."""
    return any(
        token.low in ("et", "mm.", "nombreux", "nombreuses", "autres")
        or token.text[0].isdigit()
        or set(token.low.split("-")) & words("plural-determiners")
        for token in chunk.tokens
        if not token.hidden
    )


def is_plural(chunk: Chunk) -> bool:
    """Whether the main verb of the chunk is plural."""
    return chunk.verb is not None and chunk.tokens[chunk.verb].low in verb_forms().plural
