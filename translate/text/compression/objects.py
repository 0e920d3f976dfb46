"""Whether a verb has the object it needs: at the end of a sentence, in it, or apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from translate.text.compression.chunks import Role
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_ONE_WORD = 3  # tokens of a quoted word, its marks included
_CLITICS = frozenset({"se", "s'", "l'", "les", "en", "y", "lui", "leur"})  # s'engager, en apporter


def wants_object(tokens: Sequence[Token]) -> bool:
    """`a proposé de former gratuitement`: an infinitive at the end that needs an object."""
    spoken = [token for token in tokens if token.low[0].isalnum() and not token.low.endswith("ment")]
    while spoken and spoken[-1].low in words("verb-adverbs"):
        spoken.pop()
    if len(spoken) > 1 and spoken[-2].low in ("avoir", "ayant") and not spoken[-1].hidden:
        lemma = verb_forms().lemma.get(spoken[-1].low)
        return lemma in words("needs-object") | words("transitive")
    if not spoken or spoken[-1].hidden or (len(spoken) > 1 and spoken[-2].low in _CLITICS):
        return False
    if len(spoken) > 1 and f"{spoken[-2].low} {spoken[-1].low}" in words("saying-phrases"):
        return False
    if spoken[-1].low in verb_forms().infinitives:
        return spoken[-1].low not in words("intransitive")
    return _participle_lacks_object(spoken) or _infinitive_lacks_object(tokens)


def _participle_lacks_object(spoken: Sequence[Token]) -> bool:
    """`a fait des milliers de morts et provoqué`: an active participle at the end that needs an object."""
    lemma = verb_forms().lemma
    last = spoken[-1].low
    if last not in verb_forms().past_participles or lemma.get(last) not in words("transitive"):
        return False
    place = len(spoken) - 2
    while place > 0 and spoken[place].low in words("verb-adverbs"):
        place -= 1
    if place < 1:
        return False
    if spoken[place].low in words("having"):
        return spoken[place - 1].low not in ("l'", "les", "y", "que", "qu'")
    lows = {token.low for token in spoken[:place]}
    is_verb = last not in words("adjective-participles")
    return is_verb and spoken[place].low == "et" and bool(lows & words("having")) and "été" not in lows


def _infinitive_lacks_object(tokens: Sequence[Token]) -> bool:
    """`pour effectuer lors de sa tournée`: only a time or a place follows the last infinitive."""
    infinitives = verb_forms().infinitives
    last = next(
        (i for i in range(len(tokens) - 1, -1, -1) if tokens[i].low in infinitives and not tokens[i].hidden),
        None,
    )
    if not last or tokens[last].low not in words("transitive") or tokens[last - 1].low in _CLITICS:
        return False
    following = [token for token in tokens[last + 1 :] if token.low[0].isalnum() or token.hidden]
    return (
        bool(following)
        and following[0].low in words("place-prepositions") - {"à", "en", "pour"}
        and not any(_begins_object(before, token) for before, token in pairwise(following))
    )


def object_stands_apart(sentence: Outline) -> bool:
    """`a inauguré jeudi à Kourou, en Guyane, un pas de tir`: the object follows a place between commas."""
    main = sentence.main or 0
    parts = sentence.chunks[main + 1 : sentence.region_end(main + 1)]
    return any(
        before.role is Role.PREPOSITIONAL
        and chunk.role is Role.NOMINAL
        and chunk.tokens[0].low in words("determiners")
        for before, chunk in pairwise(parts)
    )


def has_needed_object(tokens: Sequence[Token], verb: int, rest: int) -> bool:
    following = [token for token in tokens[rest:] if token.low[0].isalnum() or token.hidden]
    lemma, passive = _lemma(tokens, verb, rest)
    if not following:
        if tokens[verb - 1].low in ("se", "s'") and verb:
            return lemma not in words("reflexive-needs-complement")
        if lemma in ("devenir", "rester", "demeurer", "être"):
            return False
        return passive or lemma not in words("needs-object") | words("transitive")
    if lemma in ("juger", "considérer", "trouver") and len(following) <= _ONE_WORD and following[-1].hidden:
        return passive  # jugent « indignes »: what?
    if lemma in words("saying") and lemma in words("needs-object") and not passive:
        first = following[0]
        return (
            first.hidden
            or first.low in words("object-starts")
            or first.text[0].isdigit()
            or any(token.low in ("que", "qu'") or token.hidden for token in following)
            or any(token.low in verb_forms().infinitives for token in following)
            or _object_comes_later(following)
        )
    if verb and tokens[verb - 1].low in ("l'", "le", "la", "les", "se", "s'"):  # l'a mené en Tanzanie
        return True
    if lemma in ("juger", "considérer", "trouver") and not passive:  # jugent « indignes » les thèses
        starts = words("object-starts") | words("determiners")
        opens = any(token.low in starts or token.is_name for token in following[:3])
        return opens or _object_comes_later(following)
    if lemma in words("transitive") and not passive and _names_no_object(following):
        return False
    if lemma in ("pouvoir", "devoir", "vouloir", "falloir", "aller", "faire"):
        return len(following) >= 2 or following[0].low in words("intransitive")
    return True


def _names_no_object(following: Sequence[Token]) -> bool:
    """`a réussi à Kourou`, `ont prorogé de douze mois`: a place, a time or a measure, but no object."""
    first = following[0].low
    if _object_comes_later(following) or begins_with(following[:2], "counted-objects"):
        return False
    if begins_with(following[:3], "fixed-phrases"):  # met en avant plusieurs éléments
        return len(following) < 3
    return first in words("place-prepositions") or (
        first in ("de", "d'") and len(following) > 1 and following[1].low in words("determiners")
    )


def _object_comes_later(following: Sequence[Token]) -> bool:
    """`ont approuvé à une large majorité le texte`: a determiner or figure that no preposition governs."""
    return any(
        _begins_object(before, token) and not _is_time(following[place : place + 3])
        for place, (before, token) in enumerate(pairwise(following), 1)
    )


def _is_time(phrase: Sequence[Token]) -> bool:
    """`avait reconnu à demi-mot | quelques heures plus tôt`: a determiner that begins no object."""
    lows = [token.low for token in phrase]
    if lows[0] == "plus":
        return len(lows) > 1 and lows[1] in ("tôt", "tard")
    return len(lows) > 2 and lows[1] in words("dates") and lows[2] in ("plus", "après", "avant", "auparavant")


def _begins_object(before: Token, token: Token) -> bool:
    if before.low in ("de", "d'", "à") and token.low in verb_forms().infinitives:
        return True  # a permis à 47 marins de rentrer
    if before.hidden or before.low in words("prepositions") | words("never-last") | words("determiners"):
        return False
    if token.low in ("des", "du"):
        return before.is_name or before.low in words("dates") or before.text[0].isdigit()
    counts = token.low in ("plus", "près", "quelque", "environ")
    return counts or token.low in words("determiners") or (token.text[0].isdigit() and before.text.isalpha())


def _lemma(tokens: Sequence[Token], verb: int, rest: int) -> tuple[str, bool]:
    """The infinitive of the verb group, and whether its auxiliary is être (passive, reflexive, motion)."""
    lemma = verb_forms().lemma
    auxiliary = tokens[verb].low
    participle = next(
        (
            token.low
            for token in reversed(tokens[verb + 1 : rest])
            if token.low in verb_forms().past_participles
        ),
        None,
    )
    if auxiliary in words("auxiliaries") and participle is not None:
        with_be = lemma.get(auxiliary) == "être" or any(token.low == "été" for token in tokens[verb:rest])
        return lemma.get(participle, participle), with_be
    return lemma.get(auxiliary, auxiliary), False
