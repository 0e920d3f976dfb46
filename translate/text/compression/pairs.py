"""The second of two things of one kind that `et` joins without a comma: `sur un échange et sur trois points`.

Only where the first alone is true: not in a denial, nor after `entre`, nor where both together count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.chunks import Role
from translate.text.compression.finite import is_finite_verb
from translate.text.compression.outline import Outline
from translate.text.compression.phrases import narrows, without_rest
from translate.text.compression.tokens import Token, words
from translate.text.compression.verbs import verb_forms

_OPENINGS = frozenset(
    {"à", "au", "aux", "de", "d'", "du", "des", "sur", "par", "pour", "dans", "en", "contre", "plus"}
)
_ARTICLES = frozenset({"le", "la", "l'", "les", "un", "une", "des", "son", "sa", "ses", "leur", "leurs"})
_LONGEST = 14  # tokens the first item may have
_RELATIONS = ("aux", "ales", "imes", "iques", "aires", "iels", "ielles", "ains", "aines")


def second_items(sentence: Outline) -> Iterator[str]:
    """Without the last `et …` where it repeats the word that opened the item before."""
    main = sentence.main
    if main is None or sentence.is_question():
        return
    end = sentence.region_end(main + 1)
    chunk, index = sentence.chunks[end - 1], end - 1
    first = (chunk.verb or 0) + 1 if index == main else 1
    if chunk.role in (Role.SUBORDINATE, Role.QUOTATION) or (index > main and chunk.coordinated):
        return
    for place in range(len(chunk.tokens) - 2, first, -1):
        if chunk.tokens[place].low != "et" or chunk.tokens[place].hidden:
            continue
        if _is_second_item(chunk.tokens, place, first) and not narrows(
            sentence, index, place, compared=chunk.tokens[place + 1].low in ("plus", "près")
        ):
            shorter = without_rest(sentence, index, chunk.tokens[place].start)
            if shorter is not None:
                yield shorter


def _is_second_item(tokens: Sequence[Token], place: int, first: int) -> bool:
    """Whether the item behind `et` opens as one before it does, and holds no verb of its own."""
    opening = tokens[place + 1].low
    earlier = [token.low for token in tokens[max(first, place - _LONGEST) : place] if not token.hidden]
    if set(earlier) & words("paired") or any(
        is_finite_verb(tokens, index) for index in range(place + 1, len(tokens))
    ):
        return False
    if opening in _OPENINGS:
        return opening in earlier
    if tokens[place + 1].text[0].isdigit() or opening in ("près", "plus"):
        return any(low[0].isdigit() for low in earlier)
    forms = verb_forms()
    is_verb = tokens[place + 1].low in forms.past_participles and opening not in words("bare-participles")
    return not is_verb and opening in _ARTICLES and bool(_ARTICLES & set(earlier[:1]))


def second_adjectives(sentence: Outline) -> Iterator[str]:
    """Without the second of two adjectives of one plural noun: `les différends fluviaux | et maritimes`."""
    tokens = sentence.tokens
    for place in range(len(tokens) - 2, 2, -1):
        if tokens[place].low != "et" or tokens[place].hidden:
            continue
        noun, first, second = tokens[place - 2], tokens[place - 1], tokens[place + 1]
        closed = place + 2 >= len(tokens) or not tokens[place + 2].text[0].isalnum()
        plural = all(_is_lower_plural(token) for token in (noun, first, second))
        is_noun = tokens[place - 3].low in words("plural-determiners")
        if closed and plural and is_noun and _look_alike(first.low, second.low):
            yield sentence.text[: first.end] + sentence.text[second.end :]


def _is_lower_plural(token: Token) -> bool:
    return token.text.islower() and token.low.endswith(("s", "x")) and not token.hidden


def _look_alike(first: str, second: str) -> bool:
    """Adjectives of relation: `territoriaux et maritimes`, not `grands et petits`."""
    return all(low.endswith(_RELATIONS) for low in (first, second))


def last_modifiers(sentence: Outline) -> Iterator[str]:
    """Without a last participle behind the last item of a list: `et des personnes âgées | vivant seules`."""
    if sentence.main is None or sentence.is_question():
        return
    last = sentence.chunks[-1]
    forms = verb_forms()
    listed = next((i for i, token in enumerate(last.tokens) if token.low == "et" and not token.hidden), None)
    if listed is None:
        return
    said = {token.low for token in sentence.tokens if token.start < last.tokens[listed].start}
    if said & words("flat-denials") | said & {"ne", "n'", "ni", "tous", "toutes", "seuls", "seules"}:
        return
    for place in range(len(last.tokens) - 2, listed + 2, -1):
        token, before = last.tokens[place], last.tokens[place - 1]
        is_noun = before.text.isalpha() and before.low not in words("never-last") | words("clitics")
        if token.low in forms.present_participles and is_noun and before.low != "en":
            yield sentence.text[: before.end] + sentence.final
