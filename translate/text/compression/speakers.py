"""Detail about who speaks: where a decree was read, what a witness did, when a study appeared.

Who speaks stays: a name, or the role and the house that make the source one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.chunks import Role
from translate.text.compression.finite import after_verb_group
from translate.text.compression.openers import opens_circumstance, opens_modifier
from translate.text.compression.outline import Outline, begins_like_subject
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_AGENTS = frozenset({"par", "auprès", "de", "d'", "du", "des"})


def source_details(sentence: Outline) -> Iterator[str]:
    """Without what tells of a final source when and where it appeared: `selon un décret | lu mardi à…`."""
    if not sentence.attributions or sentence.attributions[-1] != len(sentence.chunks) - 1:
        return
    chunk = sentence.chunks[-1]
    if chunk.verb is not None or len(sentence.chunks) < 2:
        return
    tokens = chunk.tokens
    for place in range(3, len(tokens) - 1):
        if not _describes(tokens, place):
            continue
        if not _names_agent(tokens[place:]) or any(token.is_name for token in tokens[1:place]):
            yield sentence.text[: tokens[place].start].rstrip() + sentence.final
        agent = next((i for i in range(place + 2, len(tokens)) if tokens[i].low == "par"), None)
        if agent is not None and not any(token.is_name for token in tokens[place:agent]):
            yield sentence.text[: tokens[place].end] + " " + sentence.text[tokens[agent].start :]


def _describes(tokens: Sequence[Token], place: int) -> bool:
    low = tokens[place].low
    participle = low in verb_forms().past_participles and low not in words("bare-participles") | words(
        "sourcing"
    )
    released = low in words("releasing")
    return not tokens[place].is_name and (
        (
            (participle or released)
            and tokens[place - 1].low not in words("determiners") | words("prepositions")
        )
        or low in ("qui", "dont")
        or begins_with(tokens[place : place + 6], "speaking-places")
    )


def _names_agent(gone: Sequence[Token]) -> bool:
    """Whether a name behind `par`, `de`, `auprès` tells whose word it is."""
    return any(token.low in ("par", "auprès") for token in gone)


def speaker_details(sentence: Outline) -> Iterator[str]:
    """Without what describes a final speaker: `a raconté une sage-femme | qui a participé à…`."""
    if not sentence.attributions or sentence.attributions[-1] == 0:
        return
    last = sentence.attributions[-1]
    chunk = sentence.chunks[last]
    if chunk.verb is None or last != len(sentence.chunks) - 1:
        return
    tokens = chunk.tokens
    speaker = after_verb_group(tokens, chunk.verb)
    for place in range(speaker + 2, len(tokens) - 1):
        gerund = tokens[place].low == "en" and tokens[place + 1].low in verb_forms().present_participles
        describes = opens_modifier(tokens, place, definite=True) or opens_circumstance(tokens, place)
        house = _is_house(tokens, speaker, place)
        if gerund or describes or house:
            yield sentence.text[: tokens[place].start].rstrip() + sentence.final


def _is_house(tokens: Sequence[Token], speaker: int, place: int) -> bool:
    """`un responsable | du ministère des Sciences et des Technologies`: one of many, whoever they are."""
    return (
        tokens[speaker].low in ("un", "une", "des", "plusieurs")
        and place == speaker + 2
        and tokens[place].low in ("de", "d'", "du", "des", "chez", "à", "au")
        and tokens[place - 1].low in words("lone-speakers")
    )


def inner_places(sentence: Outline) -> Iterator[str]:
    """Without where or to whom it was said, before who said it: `a raconté | à l'AFP sous… | une femme`."""
    if not sentence.attributions:
        return
    for index in sentence.attributions:
        chunk = sentence.chunks[index]
        if chunk.verb is None:
            continue
        tokens = chunk.tokens
        start = after_verb_group(tokens, chunk.verb)
        if not begins_with(tokens[start : start + 6], "speaking-places"):
            continue
        speaker = next(
            (place for place in range(start + 2, len(tokens)) if _opens_speaker(tokens, place)), None
        )
        if speaker is not None:
            yield sentence.text[: tokens[start - 1].end] + " " + sentence.text[tokens[speaker].start :]


def _opens_speaker(tokens: Sequence[Token], place: int) -> bool:
    """A determiner that no preposition governs: `à l'AFP | une sage-femme`."""
    before = tokens[place - 1]
    is_governed = before.low in words("prepositions") | words("determiners") | words("never-last")
    opens = tokens[place].low in ("le", "la", "l'", "un", "une", "son", "sa", "leur", "m.", "mme")
    return opens and not is_governed and place + 1 < len(tokens)


def speaker_asides(sentence: Outline) -> Iterator[str]:
    """Without what stands between the verb and its speaker: `s'est exclamée, à peine soignée, Mme Orou`."""
    for index in sentence.attributions:
        chunk = sentence.chunks[index]
        if chunk.verb is None or after_verb_group(chunk.tokens, chunk.verb) < len(chunk.tokens):
            continue
        between = sentence.chunks[index + 1 : index + 3]
        if len(between) < 2 or any(part.mark != "," or part.coordinated for part in between):
            continue
        speaker = between[1]
        if speaker.role is Role.NOMINAL and speaker.tokens[0].is_name and begins_like_subject(speaker):
            yield sentence.text[: between[0].mark_start] + " " + sentence.text[speaker.start :]
