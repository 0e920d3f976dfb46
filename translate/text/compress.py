"""A French sentence made shorter by rule: a grammatical clause of the source's own words.

Words are only deleted; the first letter may become a capital, the final mark is kept, and `[…]` stands
where a quotation lost words. Each rule proposes deletions in order of preference, `soundness` judges the
result, and rules are applied from the safest to the boldest until the wanted ratio is reached. Who said
it stays: an attribution goes only where the paper itself vouches (`a-t-on appris`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from translate.text.compression import (
    adjuncts,
    asides,
    concessions,
    cuts,
    deletions,
    frames,
    headings,
    links,
    omissions,
    pairs,
    phrases,
    speakers,
    speech,
    titles,
)
from translate.text.compression.outline import Outline, outline
from translate.text.compression.soundness import is_no_worse, is_sound, same_balance
from translate.text.segment import segment

_Rule = Callable[[Outline], Iterator[str]]
_Judge = Callable[[Outline, Outline], bool]

# From the safest to the boldest.
_SAFE: tuple[_Rule, ...] = (
    deletions.dashes,
    deletions.connectors,
    cuts.second_sentence,
    deletions.asides,
    deletions.after_attribution,
    cuts.tails,
    cuts.lists,
    frames.scene_setters,
    adjuncts.adjuncts,
    adjuncts.second_verbs,
    deletions.factive_attribution,
    cuts.results,
    cuts.explanations,
)
# None of these touches a verb or what belongs to it.
_LINKS: tuple[_Rule, ...] = (
    links.leading_links,
    links.inner_links,
    deletions.inner_adverbs,
)
_BOLDER: tuple[_Rule, ...] = (
    speech.speaking_places,
    frames.frames,
    frames.inner_frames,
    phrases.second_clauses,
    phrases.modifiers,
    phrases.circumstances,
    speech.quotation_halves,
)
_DETAILS: tuple[_Rule, ...] = (
    asides.inner_asides,
    asides.examples,
    speakers.source_details,
    speakers.inner_places,
    speakers.speaker_asides,
    speakers.speaker_details,
    phrases.definite_modifiers,
    pairs.second_items,
    adjuncts.second_participles,
)
_LAST: tuple[_Rule, ...] = (phrases.subjects, phrases.topics, frames.days)
# For a sentence that our map of it does not account for: only what is loose on any reading.
_LOOSE: tuple[_Rule, ...] = (
    deletions.dashes,
    deletions.asides,
    deletions.after_attribution,
    cuts.tails,
    frames.scene_setters,
    frames.frames,
    frames.inner_frames,
    phrases.second_clauses,
    phrases.modifiers,
    phrases.circumstances,
    asides.loose_ends,
)
# For a sentence that still has hardly become shorter. Who speaks is told more briefly, never left out.
_SPARE: tuple[_Rule, ...] = (
    headings.semicolons,
    headings.emphasis,
    titles.names,
    titles.apposed,
    speech.inner_circumstances,
    speech.second_quotations,
    speech.behind_quotations,
    speech.quoted_asides,
    concessions.concessions,
    concessions.since,
    pairs.last_modifiers,
    pairs.second_adjectives,
    phrases.agents,
    headings.appositions,
    titles.subjects,
    titles.houses,
)


@dataclass(frozen=True, slots=True)
class _Stage:
    """Rules that are asked where more than `above` of the sentence is left, and who judges them.

    They stop at the wanted ratio, or earlier where `enough` is reached.
    """

    rules: tuple[_Rule, ...]
    above: float
    judge: _Judge
    enough: float = 0.0


_LITTLE, _LEAST = 0.9, 0.95  # above these ratios a sentence has hardly become shorter
_STAGES = (
    _Stage((deletions.brackets,), 0.0, same_balance),
    _Stage(_SAFE, 0.0, is_sound),
    _Stage(_LINKS, 0.0, same_balance),
    _Stage(_BOLDER, _LITTLE, is_sound),
    _Stage(_DETAILS, _LITTLE, is_sound, enough=_LITTLE),
    _Stage(_LAST, _LEAST, is_sound, enough=_LITTLE),
    _Stage(_LOOSE, _LITTLE, is_no_worse, enough=_LITTLE),
    _Stage(_SPARE, _LITTLE, same_balance, enough=_LITTLE),
    _Stage((omissions.quotations,), _LITTLE, same_balance, enough=_LITTLE),
)
_SHORT = 45  # characters below which the bolder rules have nothing to win
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
    text = source
    for stage in _STAGES:
        is_worth_it = len(source) >= _SHORT or not stage.above
        if is_worth_it and len(text) > stage.above * len(source):
            text = _by(stage, text, max(max_ratio, stage.enough) * len(source))
    return text


def _by(stage: _Stage, text: str, goal: float) -> str:
    """`text` shortened by each rule in turn, as often as it finds something, until `goal` is reached."""
    for rule in stage.rules:
        while len(text) > goal:
            shorter = _first_sound(rule, stage.judge, text)
            if shorter is None:
                break
            text = shorter
    return text


def _first_sound(rule: _Rule, judge: _Judge, text: str) -> str | None:
    before = outline(text)
    for candidate in rule(before):
        is_long_enough = len(_WORD.findall(candidate)) >= _FEWEST_WORDS
        keeps_mark = text[-1:].isalnum() or candidate[-1:] == text[-1:]
        is_shorter = len(candidate) < len(text) and is_long_enough and keeps_mark
        if is_shorter and judge(outline(candidate), before):
            return candidate
    return None
