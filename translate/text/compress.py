"""A French sentence made shorter by rule: a grammatical clause of the source's own words.

Words are only deleted; the first letter may become a capital and the final mark is kept. Each rule
proposes deletions in order of preference, `soundness` judges the result, and rules are applied from
the safest to the boldest until the wanted ratio is reached. Who said it stays: an attribution goes
only where the paper itself vouches (`a-t-on appris`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from translate.text import deletions
from translate.text.outline import Outline, outline
from translate.text.soundness import is_sound

_Rule = Callable[[Outline], Iterator[str]]

# From the safest to the boldest.
_RULES: tuple[_Rule, ...] = (
    deletions.brackets,
    deletions.dashes,
    deletions.connectors,
    deletions.second_sentence,
    deletions.after_attribution,
    deletions.asides,
    deletions.tails,
    deletions.lists,
    deletions.scene_setters,
    deletions.adjuncts,
    deletions.second_verbs,
    deletions.results,
    deletions.explanations,
    deletions.inner_adverbs,
    deletions.factive_attribution,
)
_FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")


def compress(sentence: str, *, max_ratio: float = 0.75) -> str:
    """`sentence` cut down to `max_ratio` of its characters if that is safe, else as near as is safe.

    Deterministic. The words of the result stand in the source, in the same order. A sentence from
    which nothing can go safely is returned unchanged.
    """
    source = sentence.strip()
    text = source
    for rule in _RULES:
        while len(text) > max_ratio * len(source):
            shorter = _first_sound(rule, source, text)
            if shorter is None:
                break
            text = shorter
    return text if text != source else sentence


def _first_sound(rule: _Rule, source: str, text: str) -> str | None:
    before = outline(text)
    for candidate in rule(before):
        if len(candidate) < len(text) and len(_WORD.findall(candidate)) >= _FEWEST_WORDS:
            if is_sound(outline(candidate), before):
                return candidate
    return None
