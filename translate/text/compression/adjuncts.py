"""Adjuncts that no comma sets off, and a second verb: cut from a word on to the next attribution or the end.

Each function proposes shorter texts, the best first; `soundness` has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from translate.text.compression.cuts import defines, is_limit
from translate.text.compression.finite import is_finite_verb
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_REACH = 14  # words a superlative may stand before the time or place it holds for


def adjuncts(sentence: Outline) -> Iterator[str]:
    """Without an adjunct that no comma sets off (`lors de…`, `afin de…`) and what follows it."""
    if sentence.is_question():
        return
    tokens = sentence.tokens
    yield from _token_cuts(
        sentence,
        [
            index
            for index, token in enumerate(tokens)
            if not token.hidden
            and begins_with(tokens[index : index + 6], "adjuncts")
            and not any(before.low in words("records") for before in tokens[max(0, index - _REACH) : index])
            and not _is_denied(tokens, index)
            and not (defines(sentence) and _is_attribute(sentence, token.start))
        ],
    )


def _is_denied(tokens: Sequence[Token], index: int) -> bool:
    """Behind `aucun` or `personne`, what the denial holds for stays, unless it tells when or why."""
    denied = any(token.low in words("flat-denials") and not token.hidden for token in tokens[:index])
    return denied and not begins_with(tokens[index : index + 6], "reasons")


def _is_attribute(sentence: Outline, start: int) -> bool:
    """`était en fin d'après-midi | dans l'attente de…`: only a time stands between être and the phrase."""
    main = sentence.chunks[sentence.main or 0]
    between = [token for token in main.tokens[(main.verb or 0) + 1 :] if token.start < start]
    timed = words("dates") | words("parts-of-day") | words("prepositions") | words("determiners")
    return all(token.low in timed | {"fin", "début", "après-midi"} for token in between)


def second_verbs(sentence: Outline) -> Iterator[str]:
    """Without a second verb joined by `et`: `a signé l'accord et se rendra…`, `à renforcer… et à aider…`."""
    yield from _joined_cuts(sentence, _joins_verb)


def second_participles(sentence: Outline) -> Iterator[str]:
    """Without a second participle joined by `et`: `a interdit tout travail et avancé les vacances`."""
    yield from _joined_cuts(sentence, _is_second_participle)


def _joined_cuts(sentence: Outline, joins: Callable[[Sequence[Token], int], bool]) -> Iterator[str]:
    if sentence.is_question():
        return
    places = [
        index
        for index, token in enumerate(sentence.tokens[:-1])
        if token.low in ("et", "mais", "puis") and not token.hidden and joins(sentence.tokens, index + 1)
    ]
    yield from _token_cuts(sentence, places)


def _joins_verb(tokens: Sequence[Token], place: int) -> bool:
    while place < len(tokens) - 1 and tokens[place].low in words("clitics") | words("verb-adverbs") | {
        "à",
        "de",
        "d'",
    }:
        place += 1
    if place >= len(tokens):
        return False
    infinitive = tokens[place].low in verb_forms().infinitives
    return infinitive or tokens[place].low in ("que", "qu'") or is_finite_verb(tokens, place)


def _is_second_participle(tokens: Sequence[Token], place: int) -> bool:
    """`a interdit tout travail et avancé les vacances`: the auxiliary holds for both."""
    participles = verb_forms().past_participles
    if tokens[place].low not in participles or tokens[place].low in words("bare-participles"):
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    leads_on = after is not None and (after.low in words("determiners") or after.text[0].isdigit())
    shares = any(
        before.low in ("a", "ont", "avait", "avaient") and token.low in participles
        for before, token in pairwise(tokens[:place])
    )
    return leads_on and shares


def _token_cuts(sentence: Outline, places: Sequence[int]) -> Iterator[str]:
    """Cuts from a token to the next attribution or the end, the last place first."""
    main = sentence.main
    if main is None:
        earliest = (
            sentence.chunks[sentence.attributions[-1]].start if sentence.attributions else len(sentence.text)
        )
    else:
        verb = sentence.chunks[main].verb
        earliest = sentence.chunks[main].tokens[verb or 0].end
    for index in reversed(places):
        token = sentence.tokens[index]
        if token.start <= earliest:
            break
        inside = sum(chunk.start <= token.start for chunk in sentence.chunks) - 1
        end = sentence.region_end(inside + 1)
        gone = sentence.chunks[inside + 1 : end]
        if any(is_limit(part) or part.tokens[0].low in words("results") for part in gone):
            continue
        if not sentence.is_firm(inside, end):
            continue
        rest = (
            sentence.text[sentence.chunks[end].mark_start :] if end < len(sentence.chunks) else sentence.final
        )
        kept = sentence.text[: token.start].rstrip().rstrip(",")
        if sentence.chunks[inside].start < token.start:
            yield kept + rest
