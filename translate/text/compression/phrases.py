"""Phrases inside a chunk that no comma sets off: place, time, purpose, participles, complements.

These rules are bolder than the cuts at commas: `compress` asks them only where those found little.
Each function proposes shorter texts, the best first; `soundness` has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from translate.text.compression.chunks import Role
from translate.text.compression.cuts import LOOSE, is_limit
from translate.text.compression.finite import is_finite_verb, is_governor, main_verb
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_Opens = Callable[[Sequence[Token], int], bool]
_FEWEST_BEFORE = 5  # tokens kept at least where no main verb was recognised
_SUBJECT_LENGTH = 8  # tokens the subject of a second clause may have
_LOOSELY_TIED = frozenset({Role.NOMINAL, Role.RELATIVE})
_REACH = 7  # words a superlative or a determiner may stand before the complement it governs


def circumstances(sentence: Outline) -> Iterator[str]:
    """Without a trailing phrase of place, time, means or purpose: `… dans huit districts du sud`."""
    yield from _cuts_at(sentence, opens_circumstance)


def modifiers(sentence: Outline) -> Iterator[str]:
    """Without a trailing participle or relative that describes a noun: `visant…`, `menée contre…`."""
    yield from _cuts_at(sentence, _opens_modifier)


def topics(sentence: Outline) -> Iterator[str]:
    """Without what a noun is about or whose it is, at the end: `un accord sur…`, `des cours du cacao`."""
    yield from _cuts_at(sentence, _opens_topic)


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
        if is_open and not is_list and _opens_modifier(chunk.tokens, place):
            yield (
                sentence.text[: chunk.tokens[place - 1].end] + " " + sentence.text[chunk.tokens[verb].start :]
            )


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
    begins = after.low in words("determiners") | words("pronouns") or after.text[0].isdigit() or after.is_name
    verb = main_verb(tokens, place + 1)
    if not begins or verb is None or verb > place + _SUBJECT_LENGTH:
        return False
    return not any(is_governor(tokens, index) for index in range(place + 1, verb))


def _cuts_at(sentence: Outline, opens: _Opens) -> Iterator[str]:
    if sentence.is_question() or (sentence.main is None and sentence.attributions):
        return
    if sentence.main is None and any(chunk.mark == ":" for chunk in sentence.chunks):
        return
    main = sentence.main or 0
    end = sentence.region_end(main + 1)
    for index in range(end - 1, main - 1, -1):
        chunk = sentence.chunks[index]
        first = 1 if index > main else (chunk.verb or 0) + 1 if sentence.main is not None else _FEWEST_BEFORE
        for place in range(len(chunk.tokens) - 1, first, -1):
            if not opens(chunk.tokens, place) or _narrows(sentence, index, place):
                continue
            if any(token.low in words("conditions") and not token.hidden for token in chunk.tokens[place:]):
                continue
            shorter = _without_rest(sentence, index, chunk.tokens[place].start)
            if shorter is not None:
                yield shorter


def _without_rest(sentence: Outline, index: int, start: int) -> str | None:
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


def _narrows(sentence: Outline, index: int, place: int) -> bool:
    """Whether without the rest more would be claimed: after a negation, `tous les`, a superlative."""
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
    near = before[-_REACH:]
    return any(
        token.low in words("superlatives")
        and not (token.is_name and position)
        and not (position and near[position - 1].low in words("dates"))  # la semaine dernière
        for position, token in enumerate(near)
    )


def _follows_noun(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word before can end a noun phrase."""
    before = tokens[place - 1]
    if before.hidden:
        return True
    low = before.low
    return not (
        not low[0].isalnum()
        or low in words("never-last")
        or low in words("determiners")
        or low in words("governors")
        or low in words("prepositions")
        or low in words("verb-adverbs") - words("weekdays")
        or (low in verb_forms().infinitives and low not in words("intransitive"))
        or low in verb_forms().present_participles
        or is_finite_verb(tokens, place - 1)
    )


def opens_circumstance(tokens: Sequence[Token], place: int) -> bool:
    """Whether a phrase of place, time, means or purpose begins at `place` that its verb can do without."""
    token = tokens[place]
    if (
        token.hidden
        or token.text[0].isupper()
        or (token.low == "durant" and tokens[place - 1].low in words("dates"))
    ):
        return False
    rest = tokens[place : place + 6]
    if len(rest) < 2:
        return False
    if not (
        begins_with(rest, "circumstances") or _is_named_place(tokens, place) or _is_purpose(tokens, place)
    ):
        return False
    if tokens[place - 1].low in verb_forms().past_participles and not tokens[place - 1].hidden:
        if not _is_passive(tokens, place - 1):
            return False
    elif not _follows_noun(tokens, place):
        return False
    return not _is_needed(tokens, place) and not begins_with(rest, "fixed-phrases")


def _is_named_place(tokens: Sequence[Token], place: int) -> bool:
    """`à Bruxelles`, `en Italie`, `en 2024`, `en trois ans`, `le 31 mai`; not `de Paris à Lyon`."""
    low, after = tokens[place].low, tokens[place + 1]
    if low in ("à", "au", "aux"):
        from_there = any(
            token.low in ("de", "d'", "du", "entre") for token in tokens[max(0, place - 4) : place]
        )
        return after.is_name and not after.hidden and not from_there
    later = tokens[place + 2].low if place + 2 < len(tokens) else ""
    if low == "en":
        return (after.is_name and not after.hidden) or after.low in words("dates") or later in words("dates")
    return low == "le" and after.text.isdigit() and later in words("dates")


def _is_purpose(tokens: Sequence[Token], place: int) -> bool:
    """`pour venir en aide à…`, but not `trop tard pour…`, `assez pour…`."""
    if tokens[place].low != "pour":
        return False
    verb = place + 1
    while verb < len(tokens) - 1 and tokens[verb].low in words("clitics"):
        verb += 1
    enough = {token.low for token in tokens[:place]} & words("measured-purpose")
    return tokens[verb].low in verb_forms().infinitives and not enough


def _is_passive(tokens: Sequence[Token], place: int) -> bool:
    """`a été signé`, `sont arrivés`: a participle with être is complete without more."""
    lemma = verb_forms().lemma
    return any(
        token.low == "été" or lemma.get(token.low) == "être" for token in tokens[max(0, place - 4) : place]
    )


def _is_needed(tokens: Sequence[Token], place: int) -> bool:
    """`se tiendra à Paris`, `plonger le pays dans le noir`: the first place after such a verb stays."""
    forms = verb_forms()
    for index in range(place - 1, -1, -1):
        low = tokens[index].low
        if tokens[index].hidden:
            continue
        if low in words("place-prepositions") and index < place:
            return False
        is_verb = (
            is_finite_verb(tokens, index)
            or low in forms.infinitives
            or (
                low in forms.lemma
                and (low in forms.past_participles or low in forms.present_participles)
                and tokens[index - 1].low not in words("determiners")
            )
        )
        if is_verb and low not in words("auxiliaries"):
            return forms.lemma.get(low, low) in words("needs-place")
    return False


def _opens_modifier(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.hidden or place + 1 >= len(tokens) or not _follows_noun(tokens, place):
        return False
    if token.low in ("qui", "dont", "où", "que", "qu'"):
        return _opens_relative(tokens, place)
    forms = verb_forms()
    before = tokens[place - 1]
    if token.is_name or before.text[0].isdigit():
        return False
    if before.low in forms.past_participles or before.low in words("fore-adjectives"):
        return False
    after = tokens[place + 1]
    if _judges(tokens[:place]):
        return False
    if token.low in forms.present_participles:
        return token.low not in words("prepositions") and (
            after.hidden
            or after.text[0].isdigit()
            or after.low in words("determiners") | words("prepositions") | {"que", "qu'"}
        )
    is_adjective = token.low in forms.past_participles and token.low not in words("bare-participles")
    has_auxiliary = any(word.low in words("auxiliaries") for word in tokens[max(0, place - 3) : place])
    leads_on = after.low in words("prepositions") | words("verb-adverbs") or after.text[0].isdigit()
    return is_adjective and not has_auxiliary and leads_on


def _opens_relative(tokens: Sequence[Token], place: int) -> bool:
    """A relative behind an indefinite noun: `un agriculteur qui…`, not `les pays qui…`, `celui qui…`."""
    if tokens[place].low in ("que", "qu'"):
        return False
    for token in reversed(tokens[max(0, place - _REACH) : place]):
        if token.low in ("un", "une", "des", "plusieurs", "quelques") or token.text[0].isdigit():
            return True
        if token.low in words("determiners") | words("pronouns") | words("governors"):
            return False
    return False


def _judges(tokens: Sequence[Token]) -> bool:
    """`juge l'accord fondé sur…`: what such a verb says of its object is the claim itself."""
    lemma = verb_forms().lemma
    return any(lemma.get(token.low, token.low) in words("judging") for token in tokens if not token.hidden)


def _opens_topic(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.hidden or place + 1 >= len(tokens) or not _follows_noun(tokens, place):
        return False
    if any(word.text[0].isdigit() or word.low in words("figures") for word in tokens[place : place + 4]):
        return False
    before = tokens[place - 1]
    if before.low in verb_forms().past_participles:
        return False
    if token.low in ("sur", "contre", "avec", "entre", "par", "envers"):
        return not _is_needed(tokens, place) and not begins_with(tokens[place:], "fixed-phrases")
    if before.is_name:  # l'Union des comédiens
        return False
    is_complement = token.low in ("du", "des") or (
        token.low in ("de", "d'")
        and (tokens[place + 1].low in words("determiners") or tokens[place + 1].is_name)
    )
    return is_complement and _is_second_complement(tokens, place)


def _is_second_complement(tokens: Sequence[Token], place: int) -> bool:
    """`la construction du siège | de la banque`: the noun before already completes another one."""
    near = tokens[max(0, place - 4) : place - 1]
    links = [token.low for token in near if token.low in ("de", "d'", "du", "des", "à", "au", "aux")]
    return bool(links) and tokens[place - 1].low not in words("measure-nouns")
