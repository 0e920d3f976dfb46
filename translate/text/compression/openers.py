"""Whether a phrase opens at a token: of place, time, means or purpose; a participle; a complement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.text.compression.finite import is_finite_verb
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_ADVERB = re.compile(  # médicalement | assistée; not a règlement, a département
    r"(?:al|ell|qu|am|em|iv|[eo]us|il|ièr|abl|ibl)e?ment$"
)
_SINGULAR = frozenset({"le", "la", "l'", "du", "au", "son", "sa", "cet", "cette", "ce"})
_NEAR = 3  # words between être and what it says of its subject
REACH = 7  # words a superlative or a determiner may stand before the complement it governs


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
        or low in words("governors") | words("wanting-nouns")
        or low in words("prepositions")
        or low in words("verb-adverbs") - words("weekdays")
        or (low in verb_forms().infinitives and low not in words("intransitive"))
        or low in verb_forms().present_participles
        or is_finite_verb(tokens, place - 1)
        or _ADVERB.search(low)
    )


def opens_circumstance(tokens: Sequence[Token], place: int) -> bool:
    """Whether a phrase of place, time, means or purpose begins at `place` that its verb can do without."""
    token = tokens[place]
    measured = tokens[place - 1].low in words("dates") - words("weekdays")
    if (
        token.hidden
        or token.text[0].isupper()
        or (token.low in ("durant", "après", "avant", "plus") and measured)  # trois heures après la fin
        or _is_counted_in(tokens, place)
    ):
        return False
    rest = tokens[place : place + 6]
    if len(rest) < 2:
        return False
    if not (
        begins_with(rest, "circumstances")
        or begins_with(rest, "causes")
        or _is_named_place(tokens, place)
        or _is_purpose(tokens, place)
        or _is_charge(tokens, place)
    ):
        return False
    if tokens[place - 1].low in verb_forms().past_participles and not tokens[place - 1].hidden:
        if not _is_passive(tokens, place - 1):
            return False
    elif not _follows_noun(tokens, place):
        return False
    tells_why = token.low == "pour" or begins_with(rest, "causes")
    return (tells_why or not _is_needed(tokens, place)) and not begins_with(rest, "fixed-phrases")


def _is_counted_in(tokens: Sequence[Token], place: int) -> bool:
    """A stretch of time that a percentage is counted for: `une hausse de 11 % | au premier semestre`."""
    near = {token.low for token in tokens[place : place + 5]}
    return any(token.text == "%" for token in tokens[:place]) and bool(near & words("periods"))


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
    recent = low == "ces" and after.low in ("derniers", "dernières")
    return (recent or (low == "le" and after.text.isdigit())) and later in words("dates")


def _is_purpose(tokens: Sequence[Token], place: int) -> bool:
    """`pour venir en aide à…`, but not `trop tard pour…`, `assez pour…`."""
    if tokens[place].low != "pour":
        return False
    verb = place + 1
    while verb < len(tokens) - 1 and tokens[verb].low in words("clitics"):
        verb += 1
    enough = {token.low for token in tokens[:place]} & words("measured-purpose")
    return tokens[verb].low in verb_forms().infinitives and not enough


def _is_charge(tokens: Sequence[Token], place: int) -> bool:
    """`condamnés à trois mois pour leur participation à…`"""
    lemma = verb_forms().lemma
    return tokens[place].low == "pour" and any(
        lemma.get(token.low) in words("charging") for token in tokens[:place]
    )


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


def opens_modifier(tokens: Sequence[Token], place: int, *, definite: bool = False) -> bool:
    """Whether a participle or relative that describes a noun begins at `place`.

    `definite`: a relative behind `le gendarme` counts too.
    """
    token = tokens[place]
    if token.hidden or place + 1 >= len(tokens) or not _follows_noun(tokens, place):
        return False
    if token.low in ("qui", "dont", "où", "que", "qu'"):
        return _opens_relative(tokens, place, definite=definite)
    forms = verb_forms()
    before = tokens[place - 1]
    if token.is_name or before.text[0].isdigit():
        return False
    if before.low in forms.past_participles or before.low in words("fore-adjectives") | words("hollow"):
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
    defines = token.low in words("conditional-participles") or forms.lemma.get(token.low) in words("judging")
    if defines or _is_plural_definite(tokens, place):
        return False  # deux attaques qualifiées de terroristes; les infections contractées à l'hôpital
    is_adjective = token.low in forms.past_participles and token.low not in words("bare-participles")
    has_auxiliary = any(word.low in words("auxiliaries") for word in tokens[max(0, place - 3) : place])
    dated = after.low == "le" and place + 2 < len(tokens) and tokens[place + 2].text[0].isdigit()
    leads_on = dated or after.low in words("prepositions") | words("verb-adverbs") or after.text[0].isdigit()
    return is_adjective and not has_auxiliary and leads_on


def _is_plural_definite(tokens: Sequence[Token], place: int) -> bool:
    """Behind `les` without a name: all of them would be meant if what tells them apart went."""
    for token in reversed(tokens[max(0, place - REACH) : place]):
        if token.low in ("les", "aux", "ces"):
            return True
        if token.text[0].isdigit() or token.low in words("figures"):
            continue  # les 1 600 soldats déployés à…
        if token.low in words("determiners") or token.is_name:
            return False
    return False


def _opens_relative(tokens: Sequence[Token], place: int, *, definite: bool) -> bool:
    """A relative behind an indefinite noun: `un agriculteur qui…`, not `les pays qui…`, `celui qui…`.

    `les pays qui…` never counts: without the relative all of them would be meant.
    """
    if tokens[place].low in ("que", "qu'"):
        return False
    for token in reversed(tokens[max(0, place - REACH) : place]):
        if token.low in ("un", "une", "des", "plusieurs", "quelques") or token.text[0].isdigit():
            return True
        if definite and token.low in _SINGULAR:
            return not (tokens[place].low == "qui" and _is_plural_verb(tokens, place + 1))
        if token.low in words("determiners") | words("pronouns") | words("governors"):
            return False
    return False


def opens_definite_relative(tokens: Sequence[Token], place: int) -> bool:
    """A relative behind a singular `le` or `la`, not `le seul qui`, `la première qui`."""
    if tokens[place].hidden or tokens[place].low not in ("qui", "dont", "où") or place + 1 >= len(tokens):
        return False
    near = {token.low for token in tokens[max(0, place - REACH) : place]}
    if near & (words("superlatives") | {"seul", "seule", "unique", "celui", "celle", "même"}):
        return False
    return _follows_noun(tokens, place) and _opens_relative(tokens, place, definite=True)


def _is_plural_verb(tokens: Sequence[Token], place: int) -> bool:
    while place < len(tokens) - 1 and tokens[place].low in words("clitics"):
        place += 1
    return place < len(tokens) and tokens[place].low in verb_forms().plural


def _judges(tokens: Sequence[Token]) -> bool:
    """`juge l'accord fondé sur…`: what such a verb says of its object is the claim itself."""
    lemma = verb_forms().lemma
    said = max((i + 1 for i, token in enumerate(tokens) if token.low in ("que", "qu'")), default=0)
    return any(
        lemma.get(token.low, token.low) in words("judging")
        and (lemma.get(token.low) != "être" or distance <= _NEAR)
        for distance, token in enumerate(reversed(tokens[said:]))
        if not token.hidden
    )


def opens_topic(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    if token.hidden or place + 1 >= len(tokens) or not _follows_noun(tokens, place):
        return False
    if any(word.text[0].isdigit() or word.low in words("figures") for word in tokens[place : place + 4]):
        return False
    before = tokens[place - 1]
    if before.low in verb_forms().past_participles or _is_plural_definite(tokens, place):
        return False
    if any(word.text == "%" for word in tokens[:place]):
        return False  # 60 % des besoins | de la station
    if token.low in ("sur", "contre", "avec", "entre", "par", "envers"):
        return not _is_needed(tokens, place) and not begins_with(tokens[place:], "fixed-phrases")
    if before.is_name or (token.low == "des" and tokens[place + 1].is_name):
        return False  # l'Union des comédiens, le ministère des Transports
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


def opens_complement(tokens: Sequence[Token], place: int) -> bool:
    """Whether a last complement begins that its noun can do without where a mark shows that it is gone."""
    before, rest = tokens[place - 1], tokens[place : place + 6]
    if tokens[place].hidden or before.text[0].isdigit() or not _follows_noun(tokens, place):
        return False
    if before.low in words("measure-nouns") | words("hollow") | words("bound-nouns") | words("dates"):
        return False
    if before.low in verb_forms().past_participles or tokens[place - 2].low == "en":  # mis en évidence
        return False
    opens = tokens[place].low in words("prepositions") and not begins_with(rest, "fixed-phrases")
    acts = place + 1 < len(tokens) and (
        tokens[place + 1].low in verb_forms().infinitives
        or tokens[place + 1].low in words("clitics") - _SINGULAR - {"les"}
    )  # ordonner à la police | de ne pas…
    return opens and not acts and not _is_needed(tokens, place)
