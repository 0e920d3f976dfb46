"""Who people and houses are, told more briefly: `le président américain Donald Trump` -> `Donald Trump`.

Only determiners, roles, adjectives and complements of a role go; a name never does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.chunks import Role
from translate.text.compression.deletions import capitalized
from translate.text.compression.finite import after_verb_group, is_finite_verb
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, words
from translate.text.compression.verbs import verb_forms

_ARTICLES = frozenset({"le", "la", "l'"})
_LINKS = frozenset({"de", "d'", "du", "des"})
_ELIDING = frozenset({"de", "que", "lorsque", "puisque", "jusque", "ne", "si"})
_VOWELS = frozenset("aeiouyhàâéèêëîïôœûAEIOUYHÀÂÉÈÊËÎÏÔŒÛ")
_LONGEST_NAME = 4
_MOST_ADJECTIVES = 3
_FINAL = frozenset(".!?…")


def names(sentence: Outline) -> Iterator[str]:
    """Without the complement of a role before a name, then without the role."""
    tokens = sentence.tokens
    for index in range(len(tokens) - 2):
        if not _opens_role(tokens, index):
            continue
        complement = _past_adjectives(tokens, index + 2)
        name = _past_complements(tokens, complement)
        if not _is_full_name(tokens, name) or not _is_portfolio(tokens, complement, name):
            continue
        if name > complement and tokens[index + 1].low in words("houses"):
            yield _without(sentence, complement, name)
        yield from _without_role(sentence, index, name)


def _without_role(sentence: Outline, index: int, name: int) -> Iterator[str]:
    tokens = sentence.tokens
    before = tokens[index - 1].low if index else ""
    if before in _ELIDING and tokens[name].text[0] in _VOWELS:
        return  # de la ministre Agnès Roy
    if index == 0:
        yield capitalized(sentence.text[tokens[name].start :])
    elif before != "et" and before not in words("determiners"):
        yield _without(sentence, index, name)


def houses(sentence: Outline) -> Iterator[str]:
    """Without the house of a speaker or source: `a dit le porte-parole adjoint | du secrétaire général`."""
    for index in reversed(sentence.attributions):
        chunk = sentence.chunks[index]
        tokens = [token for token in chunk.tokens if token.text not in _FINAL]
        place = after_verb_group(tokens, chunk.verb) if chunk.verb is not None else 1
        if place + 3 >= len(tokens) or not _opens_house(tokens, place):
            continue
        complement = _past_adjectives(tokens, place + 2)
        first = place + 2 if tokens[place + 1].low == "source" else complement
        if _past_complements(tokens, complement) == len(tokens) > complement:
            yield sentence.text[: tokens[first - 1].end] + sentence.text[tokens[-1].end :]


def subjects(sentence: Outline) -> Iterator[str]:
    """Without the office of a subject that an adjective tells apart: `Le ministre turc | de l'Economie`."""
    tokens = sentence.tokens
    if not _opens_role(tokens, 0):
        return
    complement = _past_adjectives(tokens, 2)
    verb = _past_complements(tokens, complement)
    ends = verb < len(tokens) and (is_finite_verb(tokens, verb) or tokens[verb].low in words("clitics"))
    if complement > 2 and verb > complement and ends:
        yield _without(sentence, complement, verb)


def apposed(sentence: Outline) -> Iterator[str]:
    """With the name alone of a subject that has a role too: `Le secrétaire d'Etat, Jean Roy, a prévenu…`."""
    if len(sentence.chunks) < 3 or not _opens_role(sentence.tokens, 0):
        return
    role, name, after = sentence.chunks[:3]
    apart = name.mark == after.mark == "," and not after.coordinated
    is_name = 2 <= len(name.tokens) <= _LONGEST_NAME and all(
        token.is_name and token.text.isalpha() and not token.hidden for token in name.tokens
    )
    if apart and is_name and role.role is Role.NOMINAL and after.role is Role.PREDICATE:
        yield sentence.text[name.start : name.end] + " " + sentence.text[after.start :]


def _opens_role(tokens: Sequence[Token], index: int) -> bool:
    opens = tokens[index].low in _ARTICLES and not tokens[index].hidden
    return opens and index + 2 < len(tokens) and tokens[index + 1].low in words("speaking-roles")


def _opens_house(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].low in _ARTICLES and tokens[index + 1].text in words("houses")


def _past_adjectives(tokens: Sequence[Token], place: int) -> int:
    """Behind the adjectives that follow a role: `général adjoint`, `américain`."""
    last = min(place + _MOST_ADJECTIVES, len(tokens))
    while place < last and _is_plain(tokens, place):
        place += 1
    return place


def _past_complements(tokens: Sequence[Token], place: int) -> int:
    """Behind the complements that begin at `place`: `du ministère des Affaires étrangères`."""
    while place + 1 < len(tokens) and not tokens[place].hidden:
        place += place + 2 < len(tokens) and tokens[place].low == "et" and tokens[place + 1].low in _LINKS
        if tokens[place].low not in _LINKS:
            break
        plural = tokens[place].low == "des"
        place += 1
        place += tokens[place].low in _ARTICLES
        if place >= len(tokens) or not tokens[place].text[0].isalpha() or tokens[place].hidden:
            return place
        place += 1
        if plural and place < len(tokens) and tokens[place].is_name and tokens[place].low.endswith("s"):
            place += 1  # des Nations Unies
        while place < len(tokens) and (_is_plain(tokens, place) or _is_acronym(tokens[place])):
            place += 1
    return place


def _is_portfolio(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the name behind the complement is that of the role: `ministre de l'Economie | Jean Roy`.

    In `le fils de la ministre Agnès Roy`, `le porte-parole de Jean Paul Roy` it is not.
    """
    if first == last:
        return True
    if any(token.low in words("speaking-roles") for token in tokens[first:last]):
        return False
    if tokens[first - 1].low in words("kin"):
        return False
    link = max(place for place in range(first, last) if tokens[place].low in _LINKS)
    noun = link + 1 + (tokens[link + 1].low in _ARTICLES)
    has_article = noun > link + 1 or tokens[link].low in ("du", "des")
    is_house = tokens[noun].is_name or tokens[noun].low in words("houses")
    return has_article and (tokens[link].low == "des" or is_house)


def _is_acronym(token: Token) -> bool:
    """`des sénateurs LR Bruno Retailleau`"""
    return len(token.text) > 1 and token.text.isupper() and not token.hidden


def _is_plain(tokens: Sequence[Token], place: int) -> bool:
    """A word in small letters that is neither a verb nor opens a phrase: an adjective, a second noun."""
    token = tokens[place]
    small = token.text[0].isalpha() and not token.is_name and not token.hidden
    opens = words("prepositions") | words("determiners") | words("governors") | words("clitics")
    closed = opens | words("coordinators") | words("verb-adverbs") | words("auxiliaries")
    is_verb = is_finite_verb(tokens, place) or token.low in verb_forms().present_participles
    return small and token.low not in closed and not is_verb


def _is_full_name(tokens: Sequence[Token], place: int) -> bool:
    """Two capitals side by side: a first name and a surname."""
    pair = tokens[place : place + 2]
    return len(pair) == 2 and all(
        token.is_name and token.text.isalpha() and not token.hidden for token in pair
    )


def _without(sentence: Outline, first: int, last: int) -> str:
    """Without the tokens `first` to `last` (exclusive)."""
    before, after = sentence.tokens[first - 1], sentence.tokens[last]
    gap = "" if before.text.endswith(("'", "’")) else " "
    return sentence.text[: before.end] + gap + sentence.text[after.start :]
