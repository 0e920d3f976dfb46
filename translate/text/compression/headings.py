"""Captions, titles and other sentences without a main verb, and what no verb is needed to tell apart."""

from __future__ import annotations

from collections.abc import Iterator

from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.cuts import answers
from translate.text.compression.deletions import capitalized
from translate.text.compression.finite import is_finite_verb
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import phrase_length, words
from translate.text.compression.verbs import verb_forms

_FEWEST_BEFORE = 5  # tokens left at least


def appositions(sentence: Outline) -> Iterator[str]:
    """A heading without its last apposition, or its first: `Clou de la soirée, un duo entre…`."""
    parts = sentence.chunks
    if sentence.main is not None or len(parts) < 2 or sentence.is_question() or sentence.attributions:
        return
    if parts[0].role is not Role.NOMINAL or parts[0].tokens[0].low in words("governors"):
        return
    last = len(parts) - 1
    if _is_apposition(parts[last]) and sum(len(part.tokens) for part in parts[:last]) >= _FEWEST_BEFORE:
        yield sentence.without(last, len(parts))
    if _is_bare(parts[0]) and parts[1].tokens[0].low in ("un", "une", "le", "la", "l'"):
        yield capitalized(sentence.text[parts[1].start :])


def _is_apposition(chunk: Chunk) -> bool:
    """`, la vedette de Cold Play…`"""
    alone = chunk.mark == "," and not chunk.coordinated and chunk.role is Role.NOMINAL
    lows = [token.low for token in chunk.tokens]
    own = lows[: next((i for i, low in enumerate(lows) if low in words("relatives")), len(lows))]
    acts = any(verb_forms().is_finite(low) or low in verb_forms().infinitives for low in own)
    return alone and lows[0] in ("le", "la", "l'", "un", "une") and not acts


def _is_bare(chunk: Chunk) -> bool:
    """`Clou de la soirée`: no determiner, and a capital by position only."""
    first = chunk.tokens[0]
    bare = chunk.role is Role.NOMINAL and first.low not in words("determiners") | words("pronouns")
    return bare and len(chunk.tokens) > 1 and chunk.tokens[1].low in ("de", "d'", "du", "des")


def semicolons(sentence: Outline) -> Iterator[str]:
    """The first of two clauses that a semicolon parts, whatever its verb is."""
    for index in range(len(sentence.chunks) - 1, 0, -1):
        chunk = sentence.chunks[index]
        kept = [token for part in sentence.chunks[:index] for token in part.tokens]
        states = any(is_finite_verb(kept, place) for place in range(len(kept)))
        if chunk.mark == ";" and states and len(kept) >= _FEWEST_BEFORE and not answers(chunk):
            yield sentence.without(index, sentence.region_end(index))


def emphasis(sentence: Outline) -> Iterator[str]:
    """Without a phrase that only stresses: `prouve | une fois de plus | que…`, `M. Roy | lui-même`."""
    tokens = sentence.tokens
    for index in range(1, len(tokens) - 1):
        length = phrase_length(tokens, index, "emphasis")
        after = index + length
        if not length or tokens[index].hidden or after >= len(tokens):
            continue
        is_open = tokens[index - 1].text[0].isalnum() and tokens[after].text[0].isalnum()
        if is_open and tokens[index - 1].low not in words("prepositions") | words("coordinators"):
            yield sentence.text[: tokens[index - 1].end] + " " + sentence.text[tokens[after].start :]
