"""Whether a shortened sentence is still one: complete, closed, and no other claim than its source."""

from __future__ import annotations

from collections.abc import Sequence

from translate.text.clause_map import Chunk, Role, Token, after_verb_group, is_finite_verb, words
from translate.text.outline import Outline
from translate.text.verbs import verb_forms

_OBJECT_STARTS = frozenset(
    "que qu' de d' du des le la les l' un une son sa ses leur leurs ce cet cette ces avoir être ne plusieurs : « \" “".split()
)


def is_sound(shorter: Outline, source: Outline) -> bool:
    """Judges `shorter`, made from `source` by one deletion."""
    return (
        _same_balance(shorter.text, source.text)
        and _ends_well(shorter)
        and (source.main is None or _is_complete(shorter))
        and _attributions_are_whole(shorter)
        and not _waits_for_more(shorter, source)
        and not _has_open_list(shorter)
    )


def _same_balance(shorter: str, source: str) -> bool:
    """Quotation marks and brackets are as balanced as they were."""
    pairs = ("«»", "“”", "()", "[]")
    return all(
        shorter.count(left) - shorter.count(right) == source.count(left) - source.count(right) for left, right in pairs
    ) and shorter.count('"') % 2 == source.count('"') % 2


def _ends_well(sentence: Outline) -> bool:
    return all(
        _last_word(chunk.tokens) not in words("never-last") for chunk in (*_before_attributions(sentence), sentence.chunks[-1])
    )


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
    return _has_needed_object(main.tokens, main.verb, rest) and not _governor_is_open(sentence)


def _has_needed_object(tokens: Sequence[Token], verb: int, rest: int) -> bool:
    following = [token for token in tokens[rest:] if token.low[0].isalnum() or token.hidden]
    lemma, passive = _lemma(tokens, verb, rest)
    if not following:
        return passive or lemma not in words("needs-object")
    if lemma in words("saying") and lemma in words("needs-object") and not passive:
        first = following[0]
        return (
            first.hidden
            or first.low in _OBJECT_STARTS
            or first.text[0].isdigit()
            or any(token.low in ("que", "qu'") or token.hidden for token in following)
            or first.low in verb_forms().infinitives
        )
    if lemma in ("pouvoir", "devoir", "vouloir", "falloir", "aller", "faire"):
        return len(following) >= 2
    return True


def _lemma(tokens: Sequence[Token], verb: int, rest: int) -> tuple[str, bool]:
    """The infinitive of the verb group, and whether its auxiliary is être (passive, reflexive, motion)."""
    lemma = verb_forms().lemma
    auxiliary = tokens[verb].low
    participle = next(
        (token.low for token in reversed(tokens[verb + 1 : rest]) if token.low in verb_forms().past_participles), None
    )
    if auxiliary in words("auxiliaries") and participle is not None:
        with_be = lemma.get(auxiliary) == "être" or any(token.low == "été" for token in tokens[verb:rest])
        return lemma.get(participle, participle), with_be
    return lemma.get(auxiliary, auxiliary), False


def _governor_is_open(sentence: Outline) -> bool:
    """`a estimé que la Chine.`: a conjunction or relative pronoun that no finite verb follows."""
    main = sentence.main or 0
    end = sentence.region_end(main + 1)
    tokens = [token for chunk in sentence.chunks[main:end] for token in chunk.tokens]
    waiting = 0
    for index, token in enumerate(tokens):
        if token.hidden:
            waiting = 0
        elif token.low in words("governors"):
            waiting += 1
        elif waiting and is_finite_verb(tokens, index):
            waiting -= 1
    return waiting > 0


def _attributions_are_whole(sentence: Outline) -> bool:
    """A verb of saying with its subject turned behind it keeps that subject."""
    for place in sentence.attributions:
        chunk = sentence.chunks[place]
        if chunk.verb is None:
            if len([token for token in chunk.tokens if token.low[0].isalnum()]) < 2:
                return False
            continue
        if "-" in chunk.tokens[chunk.verb].low:
            continue
        rest = after_verb_group(chunk.tokens, chunk.verb)
        if rest >= len(chunk.tokens) or not chunk.tokens[rest].low[0].isalnum():
            return False
    return True


def _waits_for_more(shorter: Outline, source: Outline) -> bool:
    """`non seulement…`, `entre…`, `ni…` without their second half; a denial without its `mais`."""
    if len(shorter.chunks) == len(source.chunks) and shorter.text.endswith(source.text[-20:]):
        return False
    kept = " " + " ".join(token.low for token in shorter.tokens if not token.hidden) + " "
    kept = kept.replace("' ", "'")
    if any(f" {marker} " in kept or f" {marker}'" in kept for marker in words("correlatives")):
        return True
    gone = source.text[len(shorter.text) - len(shorter.final) :]
    if " pas " in kept and " mais " in gone:
        return True
    last = [token.low for token in shorter.chunks[-1].tokens]
    between = max((index for index, low in enumerate(last) if low in ("entre", "parmi")), default=None)
    return between is not None and "et" not in last[between:] and not set(last[between:]) & words("plural-determiners")


def _has_open_list(sentence: Outline) -> bool:
    """`doit protéger A, défendre B.`: the last of several verbs is not joined by `et`."""
    main = sentence.main
    if main is None:
        return False
    end = sentence.region_end(main + 1)
    listed = [chunk for chunk in sentence.chunks[main + 1 : end] if chunk.role in (Role.INFINITIVE, Role.PREDICATE)]
    if not listed:
        return False
    last = listed[-1]
    return not last.coordinated and not any(token.low in ("et", "ou") for token in last.tokens)
