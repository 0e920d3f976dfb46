"""What a sentence grants before it speaks, and since when something is no more: neither makes it true.

`S'ils étaient moins nombreux, beaucoup pensent…` concedes; `S'ils étaient plus nombreux, ils gagneraient`
is a condition and stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.cuts import is_limit
from translate.text.compression.deletions import capitalized
from translate.text.compression.finite import is_finite_verb
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import words
from translate.text.compression.verbs import verb_forms

_UNREAL = ("ait", "aient")  # imperfect and conditional
_PAST = frozenset({"a", "ont", "est", "sont"})


def concessions(sentence: Outline) -> Iterator[str]:
    """Without a leading `si…` that concedes: a past or present fact against another one."""
    if sentence.main != 1 or sentence.is_question():
        return
    first, head = sentence.chunks[:2]
    opens = first.role is Role.SUBORDINATE and first.tokens[0].low in ("si", "s'")
    if not opens or head.mark != "," or head.role is not Role.CLAUSE:
        return
    if head.tokens[0].low in words("personal") or head.tokens[0].hidden or is_limit(head):
        return
    if _concedes(first, head):
        yield capitalized(sentence.text[head.start :])


def _concedes(first: Chunk, head: Chunk) -> bool:
    granted = next((token.low for i, token in enumerate(first.tokens) if is_finite_verb(first.tokens, i)), "")
    stated = head.tokens[head.verb or 0].low
    if not granted or stated.endswith(_UNREAL):
        return False
    if granted.endswith(_UNREAL):
        return not stated.endswith(("ra", "ront"))
    later = {token.low for token in head.tokens[(head.verb or 0) + 1 :]}
    return stated in _PAST and bool(later & verb_forms().past_participles)


def since(sentence: Outline) -> Iterator[str]:
    """Without since when something is no more so: `ne participe plus qu'à des réunions | depuis avril`."""
    lows = [token.low for token in sentence.tokens]
    if not {"plus"} < set(lows) or not {"ne", "n'"} & set(lows) or sentence.is_question():
        return
    last = sentence.chunks[-1]
    for place in range(len(last.tokens) - 2, 3, -1):
        if last.tokens[place].low == "depuis" and not last.tokens[place].hidden:
            yield sentence.text[: last.tokens[place].start].rstrip() + sentence.final
