"""Whether a shortened sentence is still one: complete, closed, and no other claim than its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.text.compression.chunks import Role, is_waiting
from translate.text.compression.cuts import names
from translate.text.compression.finite import (
    after_verb_group,
    is_finite_verb,
    is_inverted,
    is_plainly_finite,
    says,
)
from translate.text.compression.halves import (
    endings,
    ends_in_lone_adverb,
    ends_in_lone_participle,
    last_token,
    last_word,
    tail,
    waits_for_more,
)
from translate.text.compression.objects import has_needed_object, object_stands_apart, wants_object
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, words
from translate.text.compression.verbs import verb_forms

_SPACED_DASH = re.compile(r"(?<!\d)\s(?:--|[–—-])(?=[\s,.;])")  # not 6 - 6,5 %


def is_sound(shorter: Outline, source: Outline) -> bool:
    """Judges `shorter`, made from `source` by one deletion: a whole clause of its own."""
    return (
        (_is_whole(shorter) if source.main is not None else _is_closed(shorter, source))
        and _attributions_are_whole(shorter)
        and _is_fair(shorter, source)
    )


def is_no_worse(shorter: Outline, source: Outline) -> bool:
    """The same for a source that itself looks incomplete: nothing may be missing that was there."""
    return (
        (_is_as_whole(shorter, source) if source.main is not None else _is_closed(shorter, source))
        and (_attributions_are_whole(shorter) or not _attributions_are_whole(source))
        and _is_fair(shorter, source)
    )


def same_balance(shorter: Outline, source: Outline) -> bool:
    """Whether quotation marks, brackets and dashes stay in pairs: for deletions that touch no verb."""
    return _same_balance(shorter.text, source.text)


def _is_fair(shorter: Outline, source: Outline) -> bool:
    """Nothing is left open at the end, and nothing that the rest of the sentence needs is gone."""
    return (
        _same_balance(shorter.text, source.text)
        and not _lost_its_figure(shorter, source)
        and _ends_well(shorter, source)
        and not _lost_its_speaker(shorter, source)
        and not waits_for_more(shorter, source)
        and not _has_open_list(shorter)
        and not _ends_in_lone_subject(shorter, source)
        and not ends_in_lone_adverb(shorter)
        and not ends_in_lone_participle(shorter, source)
        and not _lost_its_name(shorter, source)
    )


def _is_closed(shorter: Outline, source: Outline) -> bool:
    """Where no main verb is in sight: no conjunction that lost its verb, no verb that lost its object."""
    last = last_token(shorter.chunks[-1].tokens)
    if last is not None and verb_forms().is_finite(last.low) and not last.is_name:
        return False
    return is_waiting(source.chunks) or not is_waiting(shorter.chunks)


def _same_balance(shorter: str, source: str) -> bool:
    """Quotation marks, brackets and pairs of dashes are as balanced as they were."""
    pairs = (("«", "»"), ("“", "”"), ("(", ")"), ("[", "]"))
    if (len(_SPACED_DASH.findall(source)) - len(_SPACED_DASH.findall(shorter))) % 2:
        return False
    return (
        all(
            shorter.count(left) - shorter.count(right) == source.count(left) - source.count(right)
            for left, right in pairs
        )
        and shorter.count('"') % 2 == source.count('"') % 2
    )


def _ends_well(shorter: Outline, source: Outline) -> bool:
    """Nothing that wants more stands last where the source did not end, nor last but for asides of place."""
    before = set(endings(source))
    for end in (*shorter.attributions, len(shorter.chunks)):
        if end and tail(shorter.chunks[end - 1]) in before:
            continue
        for chunk in reversed(shorter.chunks[:end]):
            if _is_open(chunk.tokens):
                return False
            is_word = (
                chunk.mark == "," and len([token for token in chunk.tokens if token.low[0].isalnum()]) == 1
            )
            if chunk.role is not Role.PREPOSITIONAL and not is_word:  # plafonnait, lui
                break
    return True


def _is_open(tokens: Sequence[Token]) -> bool:
    """Whether the last word of a chunk waits for more."""
    last = last_token(tokens)
    index = tokens.index(last) if last is not None else 0
    reflexive = index > 0 and tokens[index - 1].low in ("se", "s'")
    is_bare = last is not None and not last.is_name and not reflexive and _is_bare_verb(last.low)
    return _wants_more(last_word(tokens)) or _ends_half_way(tokens) or wants_object(tokens) or is_bare


def _wants_more(word: str) -> bool:
    """A preposition, an article, an auxiliary, `avoir besoin`: nothing ends like this."""
    return word in words("never-last") or word in words("wanting-nouns")


def _ends_half_way(tokens: Sequence[Token]) -> bool:
    """`… à partir`, `… au lieu`: the first words of a preposition of several."""
    spoken = [token.low for token in tokens if token.low[0].isalnum() and not token.hidden]
    return " ".join(spoken[-2:]) in words("half-prepositions")


def _is_bare_verb(word: str) -> bool:
    """`…, engagement qui suppose.`: a finite verb at the end that may need an object."""
    lemma = verb_forms().lemma.get(word)
    return is_plainly_finite(word) and lemma not in words("intransitive")


def _is_as_whole(shorter: Outline, source: Outline) -> bool:
    """As complete as the source: where that looks incomplete, its main clause has to be left whole."""
    if _is_whole(shorter):
        return True
    if _is_whole(source) or shorter.main is None or source.main is None:
        return False
    kept, before = shorter.chunks[shorter.main], source.chunks[source.main]
    if [token.text for token in kept.tokens] != [token.text for token in before.tokens]:
        return False
    if (shorter.subject is None) > (source.subject is None):
        return False
    if _governor_is_open(shorter) and endings(shorter) != endings(source):
        return False
    return _has_its_object(source) or _complements(shorter) == _complements(source)


def _complements(sentence: Outline) -> list[str]:
    """The first words of the chunks behind the verb that may be what it waits for."""
    firsts = [chunk.tokens[0].low for chunk in sentence.chunks[(sentence.main or 0) + 1 :]]
    return [low for low in firsts if low in words("complement-starts") | words("determiners")]


def _is_whole(sentence: Outline) -> bool:
    """A main verb with its subject and what the verb needs, and no conjunction without its verb."""
    if sentence.main is None or sentence.subject is None or _says_without_speaker(sentence):
        return False
    return _has_its_object(sentence) and not _governor_is_open(sentence)


def _says_without_speaker(sentence: Outline) -> bool:
    """`« On me tire dessus ! » a crié`: whoever did has to follow, behind an aside or not."""
    chunk = sentence.chunks[sentence.main or 0]
    if chunk.verb is None or not chunk.tokens[0].hidden or not says(chunk.tokens, chunk.verb):
        return False
    rest = chunk.tokens[after_verb_group(chunk.tokens, chunk.verb) :]
    behind = sentence.chunks[(sentence.main or 0) + 1 :]
    named = any(part.role is Role.NOMINAL and part.tokens[0].is_name for part in behind)
    return not any(token.low[0].isalnum() for token in rest) and not named


def _has_its_object(sentence: Outline) -> bool:
    main = sentence.chunks[sentence.main or 0]
    if main.verb is None:
        return False
    rest = after_verb_group(main.tokens, main.verb)
    return has_needed_object(main.tokens, main.verb, rest) or object_stands_apart(sentence)


def _governor_is_open(sentence: Outline) -> bool:
    main = sentence.main or 0
    end = sentence.region_end(main + 1)
    kept = sentence.chunks[main:end]
    if is_waiting(kept):
        return True
    last = kept[-1]
    return last.role is Role.RELATIVE and _lacks_inverted_subject(last.tokens)


def _lacks_inverted_subject(tokens: Sequence[Token]) -> bool:
    """`où avaient été pratiquées`: with the verb right after the pronoun, the subject has to come."""
    if len(tokens) < 2 or tokens[0].low not in ("où", "que", "qu'", "dont") or not is_finite_verb(tokens, 1):
        return False
    rest = after_verb_group(tokens, 1)
    return not any(token.low[0].isalnum() for token in tokens[rest:])


def _attributions_are_whole(sentence: Outline) -> bool:
    """A verb of saying with its subject turned behind it keeps that subject."""
    for place in sentence.attributions:
        chunk = sentence.chunks[place]
        if chunk.verb is None:
            if len([token for token in chunk.tokens if token.low[0].isalnum()]) < 2:
                return False
            continue
        if is_inverted(chunk.tokens[chunk.verb].low):
            continue
        rest = after_verb_group(chunk.tokens, chunk.verb)
        if rest >= len(chunk.tokens) or not chunk.tokens[rest].low[0].isalnum():
            return False
    return True


def _lost_its_figure(shorter: Outline, source: Outline) -> bool:
    """`un mouvement qu'approuvent 70 % des Français, selon un sondage`: the poll speaks for the figure."""
    last = source.chunks[-1]
    counts = any(token.low in words("counting-sources") for token in last.tokens)
    has_figure = any(char.isdigit() for char in shorter.text)
    return last.role is Role.ATTRIBUTION and counts and "%" in source.text and not has_figure


def _lost_its_speaker(shorter: Outline, source: Outline) -> bool:
    """`…, a déclaré.`, or a `…, a déclaré X` that reads as the verb of what stands before it."""
    last, before = shorter.chunks[-1], source.chunks[-1]
    is_same = [token.text for token in last.tokens] == [token.text for token in before.tokens]
    if is_same and before.role is Role.ATTRIBUTION and last.role is not Role.ATTRIBUTION:
        return True
    if len(shorter.attributions) >= len(source.attributions) or last.verb is None:
        return False
    rest = last.tokens[after_verb_group(last.tokens, last.verb) :]
    has_more = any(token.low[0].isalnum() for token in rest)
    return not has_more and says(last.tokens, last.verb)


def _ends_in_lone_subject(shorter: Outline, source: Outline) -> bool:
    """`…, mais l'Espagne.`, `…, mais selon lui.`: a joined subject or source whose verb was deleted."""
    joined = any(shorter.chunks[place].coordinated for place in shorter.attributions)
    if joined and _states_behind_source(source) and not _states_behind_source(shorter):
        return True
    end = shorter.region_end((shorter.main or 0) + 1)
    last = shorter.chunks[end - 1]
    predicates = [
        sum(chunk.role is Role.PREDICATE for chunk in outline.chunks) for outline in (shorter, source)
    ]
    is_lone = last.tokens[0].low == "mais" and endings(shorter) != endings(source)
    return last.coordinated and last.verb is None and (is_lone or predicates[0] < predicates[1])


def _states_behind_source(sentence: Outline) -> bool:
    """Whether a clause stands behind a joined `mais selon X`."""
    place = next((place for place in sentence.attributions if sentence.chunks[place].coordinated), None)
    rest = sentence.chunks[place + 1 :] if place is not None else ()
    return any(chunk.verb is not None and chunk.role is not Role.RELATIVE for chunk in rest)


def _lost_its_name(shorter: Outline, source: Outline) -> bool:
    """`a décrit l'élection, | comme son rendez-vous`: what it was called is what was said."""
    kept, said = ([token for token in text.tokens if not token.hidden] for text in (shorter, source))
    lost = sum(token.low == "comme" for token in said) > sum(token.low == "comme" for token in kept)
    return lost and names(kept)


def _has_open_list(sentence: Outline) -> bool:
    """`doit protéger A, défendre B.`: the last of several verbs is not joined by `et`."""
    main = sentence.main
    if main is None:
        return False
    end = sentence.region_end(main + 1)
    listed = [
        chunk for chunk in sentence.chunks[main + 1 : end] if chunk.role in (Role.INFINITIVE, Role.PREDICATE)
    ]
    if not listed:
        return False
    last = listed[-1]
    return not last.coordinated and not any(token.low in ("et", "ou") for token in last.tokens)
