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
