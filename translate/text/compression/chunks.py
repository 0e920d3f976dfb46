"""The chunks between the commas of a French sentence, each with what it seems to be.

No parser and no statistics: closed word lists, verb forms and the order of words. `compress` only
acts where this map is sure enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from translate.text.compression.finite import (
    is_finite_verb,
    is_governor,
    is_inverted,
    is_inverted_saying,
    is_plainly_finite,
    leading_verb,
    main_verb,
)
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms


class Role(StrEnum):
    """What a chunk is, judged by how it begins and whether it has a main verb."""

    CLAUSE = "clause"  # subject and finite verb
    PREDICATE = "predicate"  # begins with a finite verb: its subject stands elsewhere
    ATTRIBUTION = "attribution"  # selon X; a déclaré X
    UNSURE = "unsure"  # a predicate or an attribution: nothing is done to it or just before it
    RELATIVE = "relative"
    PARTICIPIAL = "participial"
    SUBORDINATE = "subordinate"
    INFINITIVE = "infinitive"
    PREPOSITIONAL = "prepositional"
    NOMINAL = "nominal"  # no verb of its own: a name, an apposition, an item of a list
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens between two separators. `mark` is the separator before it, `""` for the first.

    `verb`: index into `tokens` of the main finite verb, or None. `coordinated`: begins with et, ou, mais.
    """

    tokens: tuple[Token, ...]
    mark: str
    mark_start: int
    role: Role
    verb: int | None
    coordinated: bool

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def chunks(tokens: Sequence[Token]) -> list[Chunk]:
    """The chunks between the commas, semicolons and colons outside quotations and brackets."""
    found: list[Chunk] = []
    current: list[Token] = []
    mark, mark_start = "", 0
    for token in tokens:
        if token.text in ",;:" and not token.hidden:
            if current:
                found.append(_chunk(tuple(current), mark, mark_start))
                mark, mark_start = token.text, token.start
            current = []
        else:
            current.append(token)
    if current:
        found.append(_chunk(tuple(current), mark, mark_start))
    return found


def _chunk(tokens: tuple[Token, ...], mark: str, mark_start: int) -> Chunk:
    coordinated = tokens[0].low in words("coordinators") and not tokens[0].hidden
    first = 1 if coordinated and len(tokens) > 1 else 0
    verb = main_verb(tokens, first)
    return Chunk(tokens, mark, mark_start, _role(tokens, first, verb), verb, coordinated)


def _role(tokens: Sequence[Token], first: int, verb: int | None) -> Role:
    head = tokens[first]
    if head.hidden:
        return Role.CLAUSE if verb is not None else Role.QUOTATION
    if head.low in words("relatives") or begins_with(tokens[first:], "relative-starts"):
        return Role.RELATIVE
    if begins_with(tokens[first:], "sources"):
        return Role.ATTRIBUTION
    if begins_with(tokens[first:], "subordinators"):
        return Role.SUBORDINATE
    if is_inverted_saying(tokens, first) or (is_inverted(head.low) and head.low not in words("concessions")):
        return Role.ATTRIBUTION
    if head.low in verb_forms().present_participles and head.low not in words("prepositions"):
        return Role.PARTICIPIAL  # affirmant que l'épidémie est là et se propage
    if verb is not None:
        return Role.PREDICATE if leading_verb(tokens, first) == verb else Role.CLAUSE
    return _verbless_role(tokens, first)


def _verbless_role(tokens: Sequence[Token], first: int) -> Role:
    forms = verb_forms()
    lead = first
    while lead < len(tokens) - 1 and tokens[lead].low in words("lead-words"):  # ne pas, à, de, d', s', l'
        lead += 1
    is_noun = tokens[first].low in ("le", "la", "les", "l'")  # le conseiller, le pouvoir
    starts = begins_with(tokens[first:], "circumstances")  # à partir du 12 mai
    if tokens[lead].low in forms.infinitives and not is_noun and not starts:
        return Role.INFINITIVE
    adverbs = first
    while adverbs < len(tokens) - 1 and tokens[adverbs].low in words("verb-adverbs"):
        adverbs += 1
    gerund = tokens[first].low == "en" and any(
        token.low in forms.present_participles for token in tokens[first + 1 : first + 4]
    )
    while adverbs < len(tokens) - 1 and tokens[adverbs].low in words("clitics"):
        is_noun = is_noun or tokens[adverbs].low in ("le", "la", "les", "l'")  # le traité, toutes les parties
        adverbs += 1
    head = tokens[adverbs].low
    if gerund:
        return Role.PARTICIPIAL
    counted = any(token.text[0].isdigit() for token in tokens[first + 1 : first + 4])
    if tokens[first].low == "près" and counted:
        return Role.NOMINAL  # près de 40.000 policiers
    if tokens[first].low in words("prepositions"):  # before participles: devant, durant
        return Role.PREPOSITIONAL
    if not is_noun and (head in forms.present_participles or head in forms.past_participles):
        return Role.PARTICIPIAL
    return Role.NOMINAL


def is_waiting(parts: Sequence[Chunk]) -> bool:
    """Whether a conjunction or relative pronoun still has no finite verb: `a estimé que la Chine`."""
    waiting = 0
    for chunk in parts:
        for index, token in enumerate(chunk.tokens):
            if token.hidden:
                waiting = 0 if is_plainly_finite(token.low) else waiting
            elif is_governor(chunk.tokens, index):
                waiting += 1
            elif waiting and is_finite_verb(chunk.tokens, index):
                waiting -= 1
    return waiting > 0
