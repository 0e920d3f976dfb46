"""Fakes that record what they were asked. They are in `tests/`, so no product code can ever use one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from translate.domain import Hypothesis, Lang, Recipe
from translate.engines import Link, Progress, Unwanted, Wanted
from translate.pipeline import Pipeline
from translate.settings import Options
from translate.summaries import SourceSentence, SourceSummary, Summarizer, SummaryInput


def shout(sentence: str, target: Lang) -> str:
    """What `ShoutEngine` makes of a sentence: capitals, and for Chinese in Chinese brackets."""
    return sentence.upper() if target is Lang.EN else f"「{sentence.upper()}」"


class ShoutEngine:
    """Answers in capitals."""

    name = "shout"
    device = "cpu"
    beam = 1
    revision = "0123456789abcdef"
    notices = ()

    def __init__(self, targets: Sequence[Lang] = (Lang.EN, Lang.ZH)) -> None:
        self.targets = tuple(targets)
        self.asked: list[tuple[Lang, list[str]]] = []

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self.asked.append((target, list(sentences)))
        if progress:
            progress(len(sentences))
        return [Hypothesis(shout(sentence, target), score=-0.5) for sentence in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """The capitals, then the same in small letters."""
        loud = [shout(sentence, target) for sentence in sentences]
        both = [dict.fromkeys((text, text.lower())) for text in loud]
        return [tuple(Hypothesis(text, -0.5) for text in list(texts)[:count]) for texts in both]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        return [None] * len(unwanted)

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Says nothing it did not say before."""
        return [None for _ in wanted]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Word by word, in order."""
        return [
            tuple(
                Link(one.span(), other.span(), 1.0)
                for one, other in zip(re.finditer(r"\w+", source), re.finditer(r"\w+", said), strict=False)
            )
            for source, said in pairs
        ]

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """How often each letter stands in a sentence. Shape (N, 26)."""
        counts = [[text.lower().count(chr(97 + letter)) for letter in range(26)] for text in sentences]
        return np.array(counts, dtype=np.float32).reshape(len(sentences), 26)


class ForgetfulEngine(ShoutEngine):
    """Breaks the contract: the last sentence gets no answer."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return super().translate(sentences, target, progress)[:-1]


@dataclass
class LeadSummarizer:
    """The first sentence of each paragraph, as far as asked; a gist is its first three words."""

    lang: Lang = Lang.FR
    name: str = "lead"
    asked: list[SummaryInput] = field(default_factory=list)

    def summarize(self, document: SummaryInput) -> SourceSummary:
        self.asked.append(document)
        first = [SourceSentence(texts[0], (block,)) for block, texts in document.paragraphs.items()]
        gists = {
            block: SourceSentence(" ".join(texts[0].split()[:3]) + ".", (block,))
            for block, texts in document.paragraphs.items()
        }
        return SourceSummary(tuple(first[: document.sentences]), gists if document.gists else {})


def pipeline(
    engines: Mapping[Lang, ShoutEngine] | None = None,
    summarizer: Summarizer | None = None,
    options: Options | None = None,
) -> Pipeline:
    """A pipeline of fakes; one engine for both targets if none is given."""
    one = ShoutEngine()
    used = engines or {Lang.EN: one, Lang.ZH: one}
    recipes = {
        lang: Recipe("shout", engine.revision, engine.name, engine.device, engine.beam, "0")
        for lang, engine in used.items()
    }
    return Pipeline(dict(used), recipes, summarizer, options or Options())
