"""Quotations and who speaks them: where the speaker stood, and the second half of what was said.

Bolder than the cuts at commas: `compress` asks these rules only where those found little. A quotation
is cut at the end of a clause and nowhere else; its first words stay as they were said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from translate.text.compression.adjuncts import adjuncts, second_verbs
from translate.text.compression.chunks import Role
from translate.text.compression.cuts import (
    LOOSE,
    explanations,
    is_limit,
    lists,
    second_sentence,
    tails,
)
from translate.text.compression.finite import after_verb_group, is_finite_verb, says
from translate.text.compression.outline import Outline, outline
from translate.text.compression.phrases import second_clauses
from translate.text.compression.soundness import is_sound
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms
from translate.text.quotations import Span, enclosed_spans

_Rule = Callable[[Outline], Iterator[str]]
_FEWEST_QUOTED = 4  # words that must be left of a quotation
_HALVES: tuple[_Rule, ...] = (
    second_sentence,
    tails,
    lists,
    second_clauses,
    adjuncts,
    second_verbs,
    explanations,
)


def speaking_places(sentence: Outline) -> Iterator[str]:
    """Without where, when or to whom it was said: `a averti M. Zelensky à la tribune de l'ONU`."""
    if not sentence.attributions:
        return
    last = sentence.attributions[-1]
    chunk = sentence.chunks[last]
    behind = sentence.chunks[last + 1 :]
    if chunk.verb is None or any(part.role not in LOOSE or is_limit(part) for part in behind):
        return
    tokens = chunk.tokens
    speaker = after_verb_group(tokens, chunk.verb)
    if speaker >= len(tokens) or tokens[speaker].low in words("prepositions"):
        return
    for place in range(len(tokens) - 1, speaker, -1):
        before = tokens[place - 1]
        is_noun = before.is_name or before.low not in words("never-last") | words("prepositions")
        opens = begins_with(tokens[place : place + 6], "speaking-places") or (
            tokens[place].low in ("à", "en") and place + 1 < len(tokens) and tokens[place + 1].is_name
        )
        relative = tokens[place].low == "qui" and place > speaker + 1
        if (
            (opens or relative)
            and is_noun
            and place > speaker + (tokens[speaker].low in words("determiners"))
            and not is_finite_verb(tokens, place - 1)
        ):
            yield sentence.text[: tokens[place].start].rstrip() + sentence.final


def inner_circumstances(sentence: Outline) -> Iterator[str]:
    """Without where or to whom it was said, before what was: `a reconnu | dans un entretien | avoir volé`."""
    if sentence.main is None or sentence.is_question():
        return
    chunk = sentence.chunks[sentence.main]
    if chunk.verb is None or not says(chunk.tokens, chunk.verb):
        return
    tokens, start = chunk.tokens, None
    for place in range(after_verb_group(chunk.tokens, chunk.verb), len(tokens) - 1):
        if tokens[place].hidden or is_finite_verb(tokens, place):
            return
        if start is None and _opens_speaking_place(tokens, place):
            start = place
        perfect = tokens[place].low in ("avoir", "être") and _is_participle(tokens[place + 1])
        if perfect or tokens[place].low in ("que", "qu'"):
            if start is not None:
                yield sentence.text[: tokens[start - 1].end] + " " + sentence.text[tokens[place].start :]
            return


def _opens_speaking_place(tokens: Sequence[Token], place: int) -> bool:
    """`dans une interview`, `au Figaro`; not `à demi-mot`, which tells how much was said."""
    to_name = tokens[place].low in ("à", "au", "aux") and tokens[place + 1].is_name
    return to_name or begins_with(tokens[place : place + 6], "speaking-places")


def _is_participle(token: Token) -> bool:
    return token.low in verb_forms().past_participles


def quotation_halves(sentence: Outline) -> Iterator[str]:
    """With the first clause of a leading quotation: `« A, et B », a dit X` -> `« A », a dit X`."""
    text = sentence.text
    spans = [span for span in enclosed_spans(text) if not span.is_bracket]
    if not spans or not (_leads(sentence, spans[0]) or _ends(sentence, spans[0])):
        return
    span = spans[0]
    start = span.start + 1
    opened = start + len(text[start : span.last]) - len(text[start : span.last].lstrip())
    closed = opened + len(text[opened : span.last].rstrip())
    inner = text[opened:closed]
    before = outline(inner)
    for rule in _HALVES:
        for candidate in rule(before):
            kept = candidate.rstrip(" .!?…")
            is_contrast = inner[len(kept) :].lstrip().startswith("mais ")
            if inner.startswith(kept) and not is_contrast and _is_clause(candidate, before):
                yield text[:opened] + kept + text[closed:]


def _leads(sentence: Outline, span: Span) -> bool:
    """`« … », a dit X`"""
    spoken = any(chunk.role is Role.ATTRIBUTION for chunk in sentence.chunks[1:2])
    return spoken and span.start == 0 and sentence.chunks[0].end >= span.last


def _ends(sentence: Outline, span: Span) -> bool:
    """`Pour X, « … »`"""
    named = sentence.chunks[0].role is Role.ATTRIBUTION or sentence.chunks[0].tokens[0].low == "pour"
    return (
        named
        and len(sentence.chunks) == 2
        and sentence.chunks[1].start == span.start
        and not sentence.text[span.end :].strip(" .!")
    )


def _is_clause(candidate: str, before: Outline) -> bool:
    shorter = outline(candidate)
    long_enough = sum(token.low[0].isalnum() for token in shorter.tokens) >= _FEWEST_QUOTED
    return (
        long_enough and shorter.main is not None and not shorter.is_question() and is_sound(shorter, before)
    )


def second_quotations(sentence: Outline) -> Iterator[str]:
    """Without a last quotation that `et` joins behind who spoke: `« A », a dit X, et « B »`."""
    parts = sentence.chunks
    if len(parts) < 3 or sentence.is_question():
        return
    said, spoken, last = parts[-3:]
    quoted = last.tokens[0].low == "et" and all(token.hidden for token in last.tokens[1:-1])
    names_speaker = spoken.role in (Role.ATTRIBUTION, Role.PREDICATE, Role.UNSURE) and spoken.verb is not None
    if quoted and names_speaker and said.tokens[-1].hidden and len(last.tokens) > _FEWEST_QUOTED:
        yield sentence.without(len(parts) - 1, len(parts))


def behind_quotations(sentence: Outline) -> Iterator[str]:
    """Without what the paper adds to a quotation: `Pour X, « des garçons de 16 ans », tous irakiens`."""
    parts = sentence.chunks
    if len(parts) < 3 or parts[0].tokens[0].low not in ("pour", "selon"):
        return
    quoted = all(token.hidden for token in parts[1].tokens)
    last = parts[2]
    if quoted and last.role is Role.NOMINAL and last.mark == "," and not last.coordinated:
        yield sentence.without(2, len(parts))


def quoted_asides(sentence: Outline) -> Iterator[str]:
    """Without an aside and who called it so: `un tube, « associé à… », comme le note X, serait…`."""
    parts = sentence.chunks
    for index in range(1, len(parts) - 2):
        aside, source, after = parts[index : index + 3]
        apart = all(chunk.mark == "," for chunk in (aside, source, after)) and not aside.coordinated
        described = aside.role in (Role.QUOTATION, Role.PARTICIPIAL) and source.role is Role.ATTRIBUTION
        if apart and described and source.verb is None and after.role in (Role.PREDICATE, Role.UNSURE):
            yield sentence.text[: aside.mark_start] + " " + sentence.text[after.start :]
