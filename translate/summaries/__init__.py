"""Summaries behind one small Protocol. Nothing heavy is imported here.

A summariser reads the sentences of one dispatch and gives back sentences of the same language, each with the
blocks it comes from. Our own method (`extractive`) selects and shortens, so it cannot invent; Hugging Face
sequence-to-sequence models (`abstractive`) write freely and are checked against their source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from translate.domain import Finding, Lang
from translate.errors import EngineError, RegistryError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from translate.registry.spec import ModelSpec

    Embed: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class SummaryInput:
    """What there is to summarise: block index -> its sentences, in order, in the summariser's language.

    `sentences`: how many the dispatch summary may have (0: none). `gists`: one line per block as well.
    """

    title: str | None
    paragraphs: Mapping[int, tuple[str, ...]]
    sentences: int = 2
    gists: bool = True

    def __post_init__(self) -> None:
        if self.sentences < 0:
            raise ValueError(f"a summary cannot have {self.sentences} sentences")


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """One sentence of a summary. `sources`: the blocks it comes from, ascending, never empty."""

    text: str
    sources: tuple[int, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """The dispatch summary in reading order, and block index -> gist for each block with words in it."""

    sentences: tuple[SourceSentence, ...]
    gists: Mapping[int, SourceSentence]


class Summarizer(Protocol):
    """One loaded summariser. `lang` is the language it reads and writes."""

    @property
    def name(self) -> str: ...

    @property
    def lang(self) -> Lang: ...

    def summarize(self, document: SummaryInput) -> SourceSummary:
        """The summary of one dispatch. Same input, same output. Raises EngineError."""
        ...


def load(spec: ModelSpec, directory: Path | None, embed: Embed, device: str = "auto") -> Summarizer:
    """The summariser that `spec` describes, ready to use.

    `directory` holds the files of a Hugging Face model (not needed for our own method); `embed` gives one
    vector per sentence. Raises RegistryError, WeightsError or EngineError.
    """
    if spec.builtin is not None:
        return _builtin(spec, embed)
    if directory is None:
        raise RegistryError(
            f"{spec.id}: no local directory with the model's files",
            hint=f"translate models fetch {spec.id}",
        )
    return _abstractive(spec, directory, embed, device)


def _builtin(spec: ModelSpec, embed: Embed) -> Summarizer:
    if spec.builtin != EXTRACTIVE:
        raise RegistryError(
            f"{spec.id}: unknown built-in summariser {spec.builtin!r}", hint=f"known: {EXTRACTIVE}"
        )
    from translate.summaries.extractive import ExtractiveSummarizer
    from translate.summaries.remembered import Remembered

    return ExtractiveSummarizer(Remembered(embed), lang=spec.source)


def _abstractive(spec: ModelSpec, directory: Path, embed: Embed, device: str) -> Summarizer:
    try:
        from translate.summaries.abstractive import AbstractiveSummarizer
    except ModuleNotFoundError as err:
        raise EngineError(f"{spec.id}: {err.name} is not installed", hint=f"pip install {err.name}") from err
    return AbstractiveSummarizer.load(spec, directory, embed, device)
