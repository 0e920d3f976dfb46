"""A French sentence made shorter by rule: a grammatical clause of the source's own words.

Words are only deleted; the first letter may become a capital and the final mark is kept. Each rule
proposes deletions in order of preference, `soundness` judges the result, and rules are applied from
the safest to the boldest until the wanted ratio is reached. Who said it stays: an attribution goes
only where the paper itself vouches (`a-t-on appris`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from translate.text.compression import cuts, deletions, frames, phrases, speech
from translate.text.compression.outline import Outline, outline
from translate.text.compression.soundness import is_sound
from translate.text.segment import segment

_Rule = Callable[[Outline], Iterator[str]]

# From the safest to the boldest.
_RULES: tuple[_Rule, ...] = (
    deletions.brackets,
    deletions.dashes,
    deletions.connectors,
    cuts.second_sentence,
    deletions.asides,
    deletions.after_attribution,
    cuts.tails,
    cuts.lists,
    deletions.scene_setters,
    cuts.adjuncts,
    cuts.second_verbs,
    deletions.factive_attribution,
    cuts.results,
    cuts.explanations,
    deletions.inner_adverbs,
)
# For a sentence of which those leave nearly all.
_BOLDER: tuple[_Rule, ...] = (
    speech.speaking_places,
    frames.frames,
    frames.inner_frames,
    phrases.second_clauses,
    phrases.modifiers,
    phrases.circumstances,
    speech.quotation_halves,
)
_LAST: tuple[_Rule, ...] = (phrases.subjects, phrases.topics, frames.days)
_LITTLE, _LEAST = 0.9, 0.95  # above these ratios a sentence has hardly become shorter
_SHORT = 70  # characters below which the bolder rules have nothing to win
_FEWEST_WORDS = 4
_MOST_CHARACTERS, _MOST_CHUNKS = 2000, 50  # beyond any sentence; the rules compare chunks with each other
_WORD = re.compile(r"\w+")


def compress(sentence: str, *, max_ratio: float = 0.75) -> str:
    """`sentence` cut down to `max_ratio` of its characters if that is safe, else as near as is safe.

    Deterministic. The words of the result stand in the source, in the same order. A sentence from
    which nothing can go safely, or of more than 2,000 characters or 50 chunks, is returned unchanged.
    A text of several sentences comes back with each of them compressed.
    """
    shorter, end = [], 0
    for part in segment(sentence):
        shorter += [sentence[end : part.start], _compressed(part.text, max_ratio)]
        end = part.end
    return "".join((*shorter, sentence[end:]))


def _compressed(source: str, max_ratio: float) -> str:
    if len(source) > _MOST_CHARACTERS or len(outline(source).chunks) > _MOST_CHUNKS:
        return source
    text = _by(_RULES, source, max_ratio * len(source))
    if len(source) < _SHORT:
        return text
    for rules, little in ((_BOLDER, _LITTLE), (_LAST, _LEAST)):
        if len(text) > little * len(source):
            text = _by(rules, text, max_ratio * len(source))
    return text


def _by(rules: Sequence[_Rule], text: str, goal: float) -> str:
    """`text` shortened by each rule in turn, as often as it finds something, until `goal` is reached."""
    for rule in rules:
        while len(text) > goal:
            shorter = _first_sound(rule, text)
            if shorter is None:
                break
            text = shorter
    return text


def _first_sound(rule: _Rule, text: str) -> str | None:
    before = outline(text)
    for candidate in rule(before):
        is_long_enough = len(_WORD.findall(candidate)) >= _FEWEST_WORDS
        keeps_mark = text[-1:].isalnum() or candidate[-1:] == text[-1:]
        is_shorter = len(candidate) < len(text) and is_long_enough and keeps_mark
        if is_shorter and is_sound(outline(candidate), before):
            return candidate
    return None
