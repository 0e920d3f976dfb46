"""Judging what a model wrote: which sentences of it may be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from translate.domain import Finding, Lang, Severity
from translate.summaries.faithful import Source
from translate.summaries.seq2seq import Candidate
from translate.summaries.words import WORD
from translate.text.segment import segment
from translate.text.shape import longest_loop

_ENGLISH_END = re.compile(r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<=[.!?][\s\"”])\s*(?=[\"“]?[A-Z])")
_SHOWN = 5  # inventions that a message names


@dataclass(frozen=True, slots=True)
class Draft:
    """A written sentence and what is wrong with it (nothing, if `finding` is `None`)."""

    text: str
    finding: Finding | None


def best_draft(candidates: Sequence[Candidate], source: Source, count: int) -> list[Draft]:
    """The first candidate without a fault in its first `count` sentences, else the one with fewest faults.

    Beams below the first are a retry that costs nothing: they were written anyway.
    """
    drafts = [_draft(candidate, source, count) for candidate in candidates]
    return min(drafts, key=lambda draft: (not draft, sum(s.finding is not None for s in draft)), default=[])


def _draft(candidate: Candidate, source: Source, count: int) -> list[Draft]:
    sentences = split(candidate.text, source.lang)
    judged = [Draft(text, _fault(text, source)) for text in sentences]
    if not candidate.complete and judged:
        cut = Finding("truncation", Severity.WARNING, "the model's sentence was cut at the length limit")
        judged[-1] = Draft(judged[-1].text, cut)
    return judged[:count]


def _fault(text: str, source: Source) -> Finding | None:
    loop, repeats = longest_loop(WORD.findall(text.casefold()))
    if loop:
        return Finding("repetition", Severity.WARNING, f"the model wrote “{' '.join(loop)}” {repeats} times")
    invented = source.inventions(text)
    if not invented:
        return None
    shown = ", ".join(invented[:_SHOWN]) + (" …" if len(invented) > _SHOWN else "")
    return Finding("unfaithful", Severity.WARNING, f"the model wrote what the source does not say: {shown}")


def split(text: str, lang: Lang) -> list[str]:
    """The sentences of a written text."""
    if lang is Lang.FR:
        return [sentence.text for sentence in segment(text)]
    return [part for part in (raw.strip() for raw in _ENGLISH_END.split(text)) if part]
