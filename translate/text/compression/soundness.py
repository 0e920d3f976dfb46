"""Whether a shortened sentence is still one: complete, closed, and no other claim than its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.text.compression.chunks import Chunk, Role, is_waiting
from translate.text.compression.finite import (
    after_verb_group,
    is_finite_verb,
    is_inverted,
    is_plainly_finite,
    says,
)
from translate.text.compression.objects import has_needed_object, object_stands_apart, wants_object
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, words
from translate.text.compression.verbs import verb_forms

_SPACED_DASH = re.compile(r"\s(?:--|[–—-])(?=\s)")


def is_sound(shorter: Outline, source: Outline) -> bool:
    """Judges `shorter`, made from `source` by one deletion."""
    return (
        _same_balance(shorter.text, source.text)
        and (_ends_well(shorter) or _endings(shorter) == _endings(source))
        and (_is_complete(shorter) if source.main is not None else _is_closed(shorter, source))
        and _attributions_are_whole(shorter)
        and not _lost_its_speaker(shorter, source)
        and not _waits_for_more(shorter, source)
        and not _has_open_list(shorter)
        and not _ends_in_lone_subject(shorter, source)
        and not _ends_in_lone_adverb(shorter)
    )


def _is_closed(shorter: Outline, source: Outline) -> bool:
    """Where no main verb is in sight: no conjunction that lost its verb, no verb that lost its object."""
    if verb_forms().is_finite(_last_word(shorter.chunks[-1].tokens)):
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


def _ends_well(sentence: Outline) -> bool:
    """Nothing that wants more stands last, nor last but for asides of place and time."""
    for end in (*sentence.attributions, len(sentence.chunks)):
        for chunk in reversed(sentence.chunks[:end]):
            last = _last_word(chunk.tokens)
            if _wants_more(last) or wants_object(chunk.tokens) or _is_bare_verb(last):
                return False
            if chunk.role is not Role.PREPOSITIONAL:
                break
    return True


def _wants_more(word: str) -> bool:
    """A preposition, an article, an auxiliary: nothing ends like this."""
    return word in words("never-last")


def _is_bare_verb(word: str) -> bool:
    """`…, engagement qui suppose.`: a finite verb at the end that needs an object."""
    lemma = verb_forms().lemma.get(word)
    return is_plainly_finite(word) and lemma in words("needs-object") | words("transitive")


def _before_attributions(sentence: Outline) -> list[Chunk]:
    return [sentence.chunks[place - 1] for place in sentence.attributions if place > 0]


def _last_word(tokens: Sequence[Token]) -> str:
    return next((token.low for token in reversed(tokens) if token.low[0].isalnum() or token.hidden), "")


def _is_complete(sentence: Outline) -> bool:
    """A main verb with its subject and what the verb needs, and no conjunction without its verb."""
    if sentence.main is None or sentence.subject is None:
        return False
    main = sentence.chunks[sentence.main]
    if main.verb is None:
        return False
    rest = after_verb_group(main.tokens, main.verb)
    has_object = has_needed_object(main.tokens, main.verb, rest) or object_stands_apart(sentence)
    return has_object and not _governor_is_open(sentence)


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


def _lost_its_speaker(shorter: Outline, source: Outline) -> bool:
    """`…, a déclaré.`"""
    last = shorter.chunks[-1]
    if len(shorter.attributions) >= len(source.attributions) or last.verb is None:
        return False
    rest = last.tokens[after_verb_group(last.tokens, last.verb) :]
    has_more = any(token.low[0].isalnum() for token in rest)
    return not has_more and says(last.tokens, last.verb)


def _waits_for_more(shorter: Outline, source: Outline) -> bool:
    """`non seulement…`, `entre…`, `ni…` without their second half; a denial without its `mais`."""
    if _endings(shorter) == _endings(source):  # nothing was cut off, only taken out
        return False
    since = shorter.chunks[shorter.main or 0].start
    kept = (
        " "
        + " ".join(token.low for token in shorter.tokens if not token.hidden and token.start >= since)
        + " "
    )
    kept = kept.replace("' ", "'").replace(" au moins ", " ")
    gone = _deleted(shorter.text, source.text)
    if _has_first_half(kept, gone.lower().replace("’", "'")):
        return True
    if " pas " in kept and " mais " in gone:
        return True
    return any(_names_one_side(chunk) for chunk in (*_before_attributions(shorter), shorter.chunks[-1]))


def _deleted(shorter: str, source: str) -> str:
    """What stood where the two texts part, up to where they meet again."""
    start = next(
        (place for place, (a, b) in enumerate(zip(shorter, source, strict=False)) if a != b), len(shorter)
    )
    left = len(shorter) - start
    same = next((place for place in range(left) if shorter[-1 - place] != source[-1 - place]), left)
    return f" {source[start : len(source) - same]} "


def _has_first_half(kept: str, gone: str) -> bool:
    """Whether the kept words open what only the deleted ones close: `non seulement`, `plutôt … que`."""
    if kept.count(" ni ") > 1:
        kept = kept.replace(" ni ", " ")
    if any(f" {marker} " in kept or f" {marker}'" in kept for marker in words("correlatives")):
        return True
    answers = any(f" {word}" in gone for word in ("que ", "qu'", "qui ", "autant ", "plus ", "moins "))
    return answers and any(f" {marker} " in kept for marker in words("comparatives"))


def _endings(sentence: Outline) -> list[str]:
    return [chunk.tokens[-1].text for chunk in (*_before_attributions(sentence), sentence.chunks[-1])] + [
        _last_word(sentence.chunks[-1].tokens)
    ]


def _names_one_side(chunk: Chunk) -> bool:
    """`entre la Chine`: between it, and what else?"""
    lows = [token.low for token in chunk.tokens]
    between = max((index for index, low in enumerate(lows) if low in ("entre", "parmi")), default=len(lows))
    after = lows[between:]
    return bool(after) and "et" not in after and not set(after) & words("plural-determiners")


def _ends_in_lone_subject(shorter: Outline, source: Outline) -> bool:
    """`…, mais l'Espagne.`: a joined subject whose verb was deleted."""
    end = shorter.region_end((shorter.main or 0) + 1)
    last = shorter.chunks[end - 1]
    predicates = [
        sum(chunk.role is Role.PREDICATE for chunk in outline.chunks) for outline in (shorter, source)
    ]
    is_lone = last.tokens[0].low == "mais" and _endings(shorter) != _endings(source)
    return last.coordinated and last.verb is None and (is_lone or predicates[0] < predicates[1])


def _ends_in_lone_adverb(sentence: Outline) -> bool:
    """`…, principalement.`"""
    for chunk in (*_before_attributions(sentence), sentence.chunks[-1]):
        spoken = [token.low for token in chunk.tokens if token.low[0].isalnum()]
        if (
            chunk.mark
            and len(spoken) == 1
            and (spoken[0].endswith("ment") or spoken[0] in words("verb-adverbs"))
        ):
            return True
    return False


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
