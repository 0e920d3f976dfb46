"""Our own summariser: it selects sentences of the dispatch and shortens them, so it cannot invent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from translate.domain import Finding, Lang, Severity
from translate.errors import EngineError
from translate.summaries import EXTRACTIVE, SourceSentence, SourceSummary, SummaryInput
from translate.summaries.scoring import score
from translate.summaries.selection import rank
from translate.summaries.traits import Traits, same_text, traits_of
from translate.summaries.vectors import Floats
from translate.summaries.words import words_of
from translate.text.compress import compress

if TYPE_CHECKING:
    from translate.summaries import Embed

GIST_RATIO = 0.75  # a gist has at most three quarters of its sentence, where grammar allows
GIST_WORDS = 12  # a sentence chosen out of several is short enough as it is up to here
LONG_WORDS = 40  # a summary sentence above this is shortened too
PARAGRAPH_OPENING = 4.0  # points for the first sentence of a paragraph when its gist is chosen
EMBED_BLOCK = 4096  # sentences given to the encoder at a time: bounds memory, not the document

_WHOLE = Finding("whole", Severity.NOTE, "the gist is the whole paragraph: nothing of it can go")


@dataclass(frozen=True, slots=True)
class _Sentence:
    block: int
    text: str
    traits: Traits


class ExtractiveSummarizer:
    """Selects by centrality, coverage, position, title, length and redundancy; shortens by deleting words.

    `embed` gives one vector per sentence (mean-pooled encoder states); `None`: character n-grams alone.
    """

    name = EXTRACTIVE

    def __init__(self, embed: Embed | None, *, lang: Lang = Lang.FR) -> None:
        self._embed = embed
        self.lang = lang

    def summarize(self, document: SummaryInput) -> SourceSummary:
        """The summary and gists of one dispatch; both are empty if it has no sentence with a word in it."""
        sentences = self._sentences(document)
        if not sentences:
            return SourceSummary((), {})
        points = self._score(sentences, document.title)
        return SourceSummary(
            sentences=self._summary(sentences, points, document.sentences),
            gists=self._gists(sentences, points) if document.gists else {},
        )

    def _sentences(self, document: SummaryInput) -> list[_Sentence]:
        words = words_of(self.lang)
        read = (
            _Sentence(block, text.strip(), traits_of(text.strip(), words))
            for block, texts in sorted(document.paragraphs.items())
            for text in texts
        )
        return [sentence for sentence in read if sentence.traits.word_count]

    def _score(self, sentences: Sequence[_Sentence], title: str | None) -> Floats:
        texts = [sentence.text for sentence in sentences]
        traits = [sentence.traits for sentence in sentences]
        return score(texts, traits, title, self._vectors(texts))

    def _vectors(self, texts: Sequence[str]) -> Floats | None:
        """One row per text; equal texts are embedded once. `None` where there is nothing to compare."""
        if self._embed is None or len(texts) < 3:
            return None
        unique = list(dict.fromkeys(texts))
        blocks = [unique[start : start + EMBED_BLOCK] for start in range(0, len(unique), EMBED_BLOCK)]
        rows = np.concatenate([np.asarray(self._embed(block), dtype=np.float32) for block in blocks])
        if rows.ndim != 2 or len(rows) != len(unique):
            raise EngineError(f"the encoder gave vectors of shape {rows.shape} for {len(unique)} sentences")
        row_of = {text: row for row, text in enumerate(unique)}
        return np.asarray(rows[[row_of[text] for text in texts]], dtype=np.float32)

    def _summary(
        self, sentences: Sequence[_Sentence], points: Floats, wanted: int
    ) -> tuple[SourceSentence, ...]:
        """The best sentences in reading order; never the whole dispatch, unless it is one sentence."""
        count = min(wanted, max(len(sentences) - 1, 1))
        stems = [frozenset(sentence.traits.stems) for sentence in sentences]
        chosen = sorted(rank(points, stems, count))
        return tuple(
            self._summary_sentence(sentences, index, reads_on=index - 1 in chosen) for index in chosen
        )

    def _summary_sentence(
        self, sentences: Sequence[_Sentence], index: int, *, reads_on: bool
    ) -> SourceSentence:
        """Sentence `index` with its blocks; `reads_on`: the sentence before it is in the summary too."""
        chosen = sentences[index]
        key = same_text(chosen.text)
        sources = {s.block for s in sentences if s.text == chosen.text or same_text(s.text) == key}
        lone = len(sentences) == 1
        text = self._shorten(chosen) if lone or chosen.traits.word_count > LONG_WORDS else chosen.text
        findings = () if lone or reads_on else _findings(chosen.traits)
        return SourceSentence(text, tuple(sorted(sources)), findings)

    def _gists(self, sentences: Sequence[_Sentence], points: Floats) -> dict[int, SourceSentence]:
        members: dict[int, list[int]] = {}
        for index, sentence in enumerate(sentences):
            members.setdefault(sentence.block, []).append(index)
        return {
            block: self._gist_of([sentences[i] for i in own], points[own]) for block, own in members.items()
        }

    def _gist_of(self, paragraph: Sequence[_Sentence], points: Floats) -> SourceSentence:
        """The gist of one paragraph, with a note where it is all of it."""
        text = self._gist(paragraph, points)
        is_whole = len(paragraph) == 1 and text == paragraph[0].text and self.lang is Lang.FR
        return SourceSentence(text, (paragraph[0].block,), (_WHOLE,) if is_whole else ())

    def _gist(self, paragraph: Sequence[_Sentence], points: Floats) -> str:
        opening = np.zeros(len(paragraph))
        opening[0] = PARAGRAPH_OPENING
        best = paragraph[int(np.argmax(points + opening))]
        if len(paragraph) > 1 and best.traits.word_count <= GIST_WORDS:
            return best.text
        return self._shorten(best)

    def _shorten(self, sentence: _Sentence) -> str:
        """The sentence with words deleted; as it is in a language whose grammar we have no rules for."""
        return _shortened(sentence.text) if self.lang is Lang.FR else sentence.text


@lru_cache(maxsize=4096)  # a wire repeats itself, and a summary sentence is often a gist too
def _shortened(text: str) -> str:
    return compress(text, max_ratio=GIST_RATIO)


def _findings(traits: Traits) -> tuple[Finding, ...]:
    """A note for a summary sentence that may not be understood alone (nothing better was there)."""
    if not traits.leans_back:
        return ()
    message = "opens with a word that refers to an earlier sentence"
    return (Finding("context", Severity.NOTE, message),)
