"""Summaries that a Hugging Face model writes, checked against their source.

A sentence with a number, name or quotation that is not in the source, with a loop, or cut at the length limit
is never shown: the model's other beams are tried, and if none is faultless the sentence is replaced by one of
the dispatch's own (our extractive method), with a finding that says what the model had written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from translate.domain import Finding, Severity
from translate.registry.spec import ModelSpec
from translate.summaries import SourceSentence, SourceSummary, SummaryInput
from translate.summaries.attribution import Attribution
from translate.summaries.chunks import chunks
from translate.summaries.drafts import Draft, best_draft, split
from translate.summaries.extractive import ExtractiveSummarizer
from translate.summaries.faithful import Source
from translate.summaries.seq2seq import Candidate, Seq2SeqWriter
from translate.summaries.words import WORD

if TYPE_CHECKING:
    from translate.summaries import Embed

SHORT_PARAGRAPH_WORDS = 20  # below, a model has nothing to condense and begins to invent
_EMPTY = Finding("empty", Severity.WARNING, "the model wrote nothing")


class Writer(Protocol):
    """What is asked of a model. `limit`: the most tokens it reads at once."""

    @property
    def limit(self) -> int: ...

    def size(self, text: str) -> int:
        """The number of tokens of `text`."""
        ...

    def write(self, texts: Sequence[str]) -> list[list[Candidate]]:
        """Candidates for each text, best first."""
        ...


class AbstractiveSummarizer:
    """Writes with `writer`; falls back on `extractive`, sentence by sentence."""

    def __init__(self, spec: ModelSpec, writer: Writer, extractive: ExtractiveSummarizer) -> None:
        self.name = spec.id
        self.lang = spec.source
        self._writer = writer
        self._extractive = extractive

    @classmethod
    def load(cls, spec: ModelSpec, directory: Path, embed: Embed, device: str) -> AbstractiveSummarizer:
        """The model in `directory`. Raises WeightsError or EngineError."""
        writer = Seq2SeqWriter.load(spec, directory, device)
        return cls(spec, writer, ExtractiveSummarizer(embed, lang=spec.source))

    def summarize(self, document: SummaryInput) -> SourceSummary:
        """The summary and gists of one dispatch."""
        own = self._extractive.summarize(document)
        paragraphs = {
            block: sentences
            for block, sentences in document.paragraphs.items()
            if WORD.search(" ".join(sentences))
        }
        if not paragraphs:
            return own
        ordered = [sentence for _, texts in sorted(paragraphs.items()) for sentence in texts]
        return SourceSummary(
            self._summary(ordered, Attribution(paragraphs, self.lang), own, document.sentences),
            self._gists(paragraphs, own) if document.gists else {},
        )

    def _summary(
        self, sentences: Sequence[str], attribution: Attribution, own: SourceSummary, count: int
    ) -> tuple[SourceSentence, ...]:
        if not count or len(WORD.findall(" ".join(sentences))) < SHORT_PARAGRAPH_WORDS:
            return own.sentences
        source = Source(" ".join(sentences), self.lang)
        draft = best_draft(self._condense(sentences), source, count)
        return _mended(draft or [Draft("", _EMPTY)], attribution, own.sentences)

    def _gists(self, paragraphs: dict[int, tuple[str, ...]], own: SourceSummary) -> dict[int, SourceSentence]:
        """A written gist for each paragraph worth condensing, an extracted one for the others."""
        gists = dict(own.gists)
        worth = [b for b, texts in sorted(paragraphs.items()) if _words(texts) >= SHORT_PARAGRAPH_WORDS]
        for block, candidates in zip(worth, self._condense_all([paragraphs[b] for b in worth]), strict=True):
            text = " ".join(paragraphs[block])
            draft = best_draft(candidates, Source(text, self.lang), 1) or [Draft("", _EMPTY)]
            gists[block] = _gist(draft[0], text, gists[block])
        return gists

    def _condense(self, sentences: Sequence[str]) -> list[Candidate]:
        return self._condense_all([sentences])[0]

    def _condense_all(self, texts: Sequence[Sequence[str]]) -> list[list[Candidate]]:
        """Candidates for each text. One too long for the model is summarised in pieces, then their summaries
        are, until all of it fits: every part is read, none is cut off.
        """
        pieces = [chunks(text, self._writer.size, self._writer.limit) for text in texts]
        while any(len(piece) > 1 for piece in pieces):
            long = [index for index, piece in enumerate(pieces) if len(piece) > 1]
            written = iter(self._writer.write([chunk for index in long for chunk in pieces[index]]))
            for index in long:
                shorter = [self._shorter(chunk, next(written)) for chunk in pieces[index]]
                pieces[index] = chunks(shorter, self._writer.size, self._writer.limit)
        return self._writer.write([piece[0] for piece in pieces])

    def _shorter(self, chunk: str, candidates: Sequence[Candidate]) -> str:
        """The faultless sentences of a chunk's summary, or extracted ones where there are none.

        At most a quarter of what the model reads at once, so that each round has a third of the chunks.
        """
        drafts = best_draft(candidates, Source(chunk, self.lang), len(chunk))
        sentences = [draft.text for draft in drafts if draft.finding is None]
        if not sentences:
            part = SummaryInput(None, {0: tuple(split(chunk, self.lang))}, gists=False)
            sentences = [sentence.text for sentence in self._extractive.summarize(part).sentences]
        return next(iter(chunks(sentences, self._writer.size, self._writer.limit // 4)), "")


def _words(sentences: Sequence[str]) -> int:
    return sum(len(WORD.findall(sentence)) for sentence in sentences)


def _mended(
    drafts: Sequence[Draft], attribution: Attribution, own: Sequence[SourceSentence]
) -> tuple[SourceSentence, ...]:
    """The drafts, each faulty one replaced by the next extracted sentence.

    A faulty draft for which no extracted sentence is left is dropped; its finding goes to the one before.
    """
    spare = iter(own)
    shown: list[SourceSentence] = []
    for draft in drafts:
        if draft.finding is None:
            shown.append(SourceSentence(draft.text, attribution.sources(draft.text)))
        elif (instead := next(spare, None)) is not None:
            shown.append(_with(instead, draft.finding))
        elif shown:
            shown[-1] = _with(shown[-1], draft.finding)
    return tuple(shown)


def _gist(draft: Draft, paragraph: str, own: SourceSentence) -> SourceSentence:
    if draft.finding is not None:
        return _with(own, draft.finding)
    if len(draft.text) >= len(paragraph):
        return _with(own, Finding("length-ratio", Severity.NOTE, "the model's gist was not shorter"))
    return SourceSentence(draft.text, own.sources)


def _with(sentence: SourceSentence, finding: Finding) -> SourceSentence:
    return SourceSentence(sentence.text, sentence.sources, (*sentence.findings, finding))
