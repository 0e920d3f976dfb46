"""Phrases inside a chunk that no comma sets off: place, time, purpose, participles, complements.

These rules are bolder than the cuts at commas: `compress` asks them only where those found little.
Each function proposes shorter texts, the best first; `soundness` has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from translate.text.compression.chunks import Role
from translate.text.compression.cuts import LOOSE, is_limit
from translate.text.compression.finite import is_governor, main_verb
from translate.text.compression.openers import (
    REACH,
    opens_circumstance,
    opens_definite_relative,
    opens_modifier,
    opens_topic,
)
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_Opens = Callable[[Sequence[Token], int], bool]
_FEWEST_BEFORE = 5  # tokens kept at least where no main verb was recognised
_SUBJECT_LENGTH = 8  # tokens the subject of a second clause may have
_LOOSELY_TIED = frozenset({Role.NOMINAL, Role.RELATIVE})


def circumstances(sentence: Outline) -> Iterator[str]:
    """Without a trailing phrase of place, time, means or purpose: `… dans huit districts du sud`."""
    yield from _cuts_at(sentence, opens_circumstance)


def modifiers(sentence: Outline) -> Iterator[str]:
    """Without a trailing participle or relative that describes a noun: `visant…`, `menée contre…`."""
    yield from _cuts_at(sentence, opens_modifier)


def definite_modifiers(sentence: Outline) -> Iterator[str]:
    """Without a relative behind one certain thing: `exclut la suspension du gendarme | qui a lancé…`."""
    yield from _cuts_at(sentence, opens_definite_relative, identifies=True)


def topics(sentence: Outline) -> Iterator[str]:
    """Without what a noun is about or whose it is, at the end: `un accord sur…`, `des cours du cacao`."""
    yield from _cuts_at(sentence, opens_topic)


def subjects(sentence: Outline) -> Iterator[str]:
    """Without a participle that describes the subject: `Un mineur soupçonné d'avoir… a été arrêté`."""
    main = sentence.main
    if main is None or sentence.is_question() or sentence.chunks[main].role is not Role.CLAUSE:
        return
    chunk = sentence.chunks[main]
    verb = chunk.verb or 0
    while verb and chunk.tokens[verb - 1].low in words("clitics"):
        verb -= 1
    for place in range(2, verb):
        head = next(
            (
                token
                for token in reversed(chunk.tokens[:place])
                if token.low in words("determiners") | words("governors")
            ),
            chunk.tokens[0],
        )
        is_open = head.low in words("open-determiners") or any(
            token.text[0].isdigit() for token in chunk.tokens[:place]
        )
        is_list = any(token.low in ("et", "ou") for token in chunk.tokens[:verb])
        if is_open and not is_list and opens_modifier(chunk.tokens, place, definite=True):
            yield (
                sentence.text[: chunk.tokens[place - 1].end] + " " + sentence.text[chunk.tokens[verb].start :]
            )


def agents(sentence: Outline) -> Iterator[str]:
    """Without by whom a subject was expected to be otherwise: `un chiffre meilleur qu'attendu | par les…`."""
    main = sentence.main
    if main is None or sentence.is_question() or sentence.chunks[main].role is not Role.CLAUSE:
        return
    tokens = sentence.chunks[main].tokens
    verb = sentence.chunks[main].verb or 0
    while verb and tokens[verb - 1].low in words("clitics"):
        verb -= 1
    for place in range(3, verb - 1):
        compared = tokens[place - 2].low in ("que", "qu'")
        described = compared and tokens[place - 1].low in verb_forms().past_participles
        is_last = not any(token.low in words("governors") for token in tokens[place:verb])
        if tokens[place].low == "par" and described and is_last and not tokens[place].hidden:
            yield sentence.text[: tokens[place - 1].end] + " " + sentence.text[tokens[verb].start :]


def second_clauses(sentence: Outline) -> Iterator[str]:
    """Without a second clause that no comma sets off: `… seront écourtées et leurs notes seront…`."""
    yield from _cuts_at(sentence, _opens_clause)


def _opens_clause(tokens: Sequence[Token], place: int) -> bool:
    if (
        tokens[place].low not in ("et", "mais", "tandis", "alors")
        or tokens[place].hidden
        or place + 2 >= len(tokens)
    ):
        return False
    after = tokens[place + 1]
    if tokens[place].low == "et" and after.low in ("quand", "lorsque", "lorsqu'"):
        return True
    begins = after.low in words("determiners") | words("pronouns") or after.text[0].isdigit() or after.is_name
    verb = main_verb(tokens, place + 1)
    if not begins or verb is None or verb > place + _SUBJECT_LENGTH:
        return False
    return not any(is_governor(tokens, index) for index in range(place + 1, verb))


def _cuts_at(sentence: Outline, opens: _Opens, *, identifies: bool = False) -> Iterator[str]:
    """Cuts where `opens` says so. `identifies`: the same thing is meant without the rest, denied or not."""
    if sentence.is_question() or (sentence.main is None and sentence.attributions):
        return
    if sentence.main is None and any(chunk.mark == ":" for chunk in sentence.chunks):
        return
    main = sentence.main or 0
    end = sentence.region_end(main + 1)
    for index in range(end - 1, main - 1, -1):
        chunk = sentence.chunks[index]
        first = 2 if index > main else (chunk.verb or 0) + 1 if sentence.main is not None else _FEWEST_BEFORE
        for place in range(len(chunk.tokens) - 1, first, -1):
            if not opens(chunk.tokens, place):
                continue
            if not identifies and narrows(sentence, index, place):
                continue
            if any(token.low in words("conditions") and not token.hidden for token in chunk.tokens[place:]):
                continue
            shorter = without_rest(sentence, index, chunk.tokens[place].start)
            if shorter is not None:
                yield shorter


def without_rest(sentence: Outline, index: int, start: int) -> str | None:
    """The text without what follows `start` in chunk `index`, and the loose chunks behind it."""
    after = index + 1
    end = sentence.region_end(after)
    goes_on = after < end and sentence.chunks[after].coordinated and sentence.chunks[after].verb is not None
    if not goes_on:
        gone = sentence.chunks[after:end]
        if gone and (sentence.main is None or (len(gone) > 1 and gone[-1].role is Role.PREPOSITIONAL)):
            return None
        if any(
            part.role not in LOOSE or is_limit(part) or part.tokens[0].low in words("results")
            for part in gone
        ):
            return None
        if end + 1 < len(sentence.chunks) and sentence.chunks[end + 1].role not in _LOOSELY_TIED:
            return None  # pour avoir, d'après Washington, participé à…
        after = end
    rest = (
        sentence.text[sentence.chunks[after].mark_start :] if after < len(sentence.chunks) else sentence.final
    )
    return sentence.text[:start].rstrip() + rest


def narrows(sentence: Outline, index: int, place: int, *, compared: bool = False) -> bool:
    """Whether without the rest more would be claimed: after a negation, `tous les`, a superlative.

    `compared`: the rest is a second comparative, which a first one does not need.
    """
    main = sentence.main or 0
    before = [
        token for chunk in sentence.chunks[main:index] for token in chunk.tokens if not token.hidden
    ] + [token for token in sentence.chunks[index].tokens[:place] if not token.hidden]
    lows = [token.low for token in before]
    if words("narrowing") & set(lows):
        return True
    tells_why = begins_with(sentence.chunks[index].tokens[place : place + 6], "reasons")
    if words("restricting") & set(lows) and not tells_why:
        return True
    near = before[-REACH:]
    return not compared and any(
        token.low in words("superlatives")
        and not (token.is_name and position)
        and not (position and near[position - 1].low in words("dates"))  # la semaine dernière
        for position, token in enumerate(near)
    )
