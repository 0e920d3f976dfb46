"""What stands between commas inside a subordinate clause, examples, and ends no main verb vouches for.

`compress` asks these rules only where the others found little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.cuts import is_limit
from translate.text.compression.finite import is_finite_verb, says
from translate.text.compression.outline import Outline, begins_like_subject, is_date, is_plural, may_be_plural
from translate.text.compression.tokens import begins_with, phrase_length, words

_BETWEEN = frozenset({Role.NOMINAL, Role.RELATIVE, Role.PARTICIPIAL, Role.PREPOSITIONAL})
_LOOSE_ENDS = frozenset({Role.RELATIVE, Role.PARTICIPIAL, Role.SUBORDINATE})
_FEWEST_BEFORE = 5  # tokens left at least where no main verb was recognised


def inner_asides(sentence: Outline) -> Iterator[str]:
    """Without what a comma opens behind a subject and another closes before its verb.

    `a annoncé que M. Mikrine, directeur adjoint, était mort` -> `a annoncé que M. Mikrine était mort`.
    """
    parts = sentence.chunks
    for index in range(2, len(parts)):
        if not _takes_up(parts[index]) or parts[index].mark != ",":
            continue
        first = index
        while first > 1 and parts[first - 1].role in _BETWEEN and parts[first - 1].mark == ",":
            first -= 1
        opening = next(
            (
                place
                for place in range(first, index)
                if _is_aside(parts[place - 1], parts[place:index], parts[index])
                and (place == first or _opens_clause(parts[place - 2 : place]))
            ),
            None,
        )
        if opening is not None:
            yield sentence.text[: parts[opening].mark_start] + " " + sentence.text[parts[index].start :]


def _opens_clause(chunks: Sequence[Chunk]) -> bool:
    """Whether the second chunk is a subject behind a frame: `entre janvier et novembre, les TRV du gaz`."""
    frame, subject = chunks
    return frame.role is Role.PREPOSITIONAL and begins_like_subject(subject)


def _takes_up(chunk: Chunk) -> bool:
    """A chunk that goes on with an interrupted clause: a verb, or `de huit porte-parole` and its verb."""
    if chunk.coordinated:
        return False
    return chunk.role is Role.PREDICATE or (
        chunk.role is Role.CLAUSE and chunk.tokens[0].low in ("de", "d'", "du")
    )


def _is_aside(before: Chunk, between: Sequence[Chunk], verb: Chunk) -> bool:
    """Whether `before` ends in the subject: it has no verb that still waits, and it agrees."""
    if any(is_limit(chunk) or chunk.coordinated for chunk in between):
        return False
    if before.role in (Role.PREPOSITIONAL, Role.ATTRIBUTION, Role.UNSURE, Role.QUOTATION):
        return False
    if verb.verb is not None and says(verb.tokens, verb.verb):
        return False  # a encore indiqué le ministère
    subject = [token for token in before.tokens if not token.hidden]
    if any(token.low in words("comparatives") for token in subject) and any(
        chunk.tokens[0].low in ("que", "qu'") for chunk in between
    ):
        return False  # tant les images, que celles de la police, montrent
    waits = bool(subject) and subject[-1].low in words("never-last") - {"qui"}
    if not subject or waits or is_finite_verb(before.tokens, len(subject) - 1):
        return False
    return not is_plural(verb) or may_be_plural(before)


def examples(sentence: Outline) -> Iterator[str]:
    """Without examples: `les pays voisins, notamment le Mozambique et la Zambie, à renforcer…`."""
    parts, main = sentence.chunks, sentence.main
    if main is None or sentence.is_question():
        return
    for index in range(main + 1, len(parts)):
        if not begins_with(parts[index].tokens, "examples") or parts[index].mark != ",":
            continue
        end = next(
            (
                place
                for place in range(index + 1, len(parts))
                if parts[place].role in (Role.INFINITIVE, Role.PREDICATE, Role.ATTRIBUTION, Role.UNSURE)
                or parts[place].mark != ","
                or (parts[place].coordinated and parts[place].verb is not None)
            ),
            len(parts),
        )
        goes_on = end < len(parts) and parts[end].role in (Role.INFINITIVE, Role.PREDICATE)
        if goes_on:
            yield sentence.text[: parts[index].mark_start] + " " + sentence.text[parts[end].start :]
        elif end == len(parts) or parts[end].mark == ",":
            yield sentence.without(index, end)
    yield from _named_kinds(sentence)


def _named_kinds(sentence: Outline) -> Iterator[str]:
    """`de nombreuses finitions telles que…`, up to the end or to who said it."""
    for index, token in enumerate(sentence.tokens):
        if (
            token.hidden
            or not token.low.startswith("tel")
            or not phrase_length(sentence.tokens, index, "examples")
        ):
            continue
        if sentence.tokens[index - 1].low in words("hollow"):
            continue  # un consensus sur des questions telles que…
        inside = sum(chunk.start <= token.start for chunk in sentence.chunks) - 1
        end = sentence.region_end(inside + 1)
        if inside >= (sentence.main or 0) and all(
            chunk.role in _BETWEEN for chunk in sentence.chunks[inside + 1 : end]
        ):
            rest = (
                sentence.text[sentence.chunks[end].mark_start :]
                if end < len(sentence.chunks)
                else sentence.final
            )
            yield sentence.text[: token.start].rstrip().rstrip(",") + rest


def _is_bare_apposition(chunk: Chunk) -> bool:
    """`district qui englobe l'ouest de la capitale`: a noun without a determiner, and a relative."""
    head = chunk.tokens[0]
    return (
        chunk.role is Role.NOMINAL
        and head.text.islower()
        and head.low not in words("determiners") | words("pronouns")
        and any(token.low in ("qui", "dont", "où") for token in chunk.tokens[1:4])
    )


def loose_ends(sentence: Outline) -> Iterator[str]:
    """Without a last relative or participle, in a sentence whose main verb was not recognised."""
    parts = sentence.chunks
    if sentence.main is not None or sentence.is_question() or len(parts) < 2:
        return
    last = len(parts) - 1
    first = last
    while first > 1 and parts[first].role is Role.PREPOSITIONAL and not is_date(parts[first]):
        first -= 1
    chunk = parts[first]
    is_loose = chunk.role in _LOOSE_ENDS or is_date(chunk) or _is_bare_apposition(chunk)
    is_safe = chunk.mark == "," and not chunk.coordinated and not any(map(is_limit, parts[first:]))
    behind = parts[first - 1]
    if behind.role is Role.ATTRIBUTION and behind.verb is None:
        return
    if is_loose and is_safe and sum(len(part.tokens) for part in parts[:first]) >= _FEWEST_BEFORE:
        yield sentence.without(first, len(parts))
