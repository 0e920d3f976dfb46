"""One pipeline at work for a job: documents in, their finished outputs out.

The same desk works in this process, in a process of its own for each device, and on the nodes of a cluster.
Orders and what is made of them are plain data that travels; models do not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from translate.batch.lines import json_line
from translate.batch.pool import AHEAD, WINDOW_SENTENCES, Pool, attempt
from translate.domain import Dispatch, Lang, Recipe, TranslatedDispatch
from translate.engines import Progress
from translate.errors import TranslateError
from translate.outputs import Format, render
from translate.pipeline import Pipeline
from translate.settings import Options
from translate.sources import read_dispatch


@dataclass(frozen=True, slots=True)
class Order:
    """A document that has to be done. `turn`: its place in the job; `columns`: a row's other columns."""

    turn: int
    name: str
    data: bytes
    columns: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make of every document: a file of each format, and a line for the job's one file."""

    formats: tuple[Format, ...] = (Format.JSON,)
    line: bool = False
    window_sentences: int = WINDOW_SENTENCES


@dataclass(frozen=True, slots=True)
class Made:
    """What a document became. `files`: bytes by ending; `findings`: how many, by code."""

    turn: int
    files: Mapping[str, bytes]
    words: int
    findings: Mapping[str, int]
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a document became nothing."""

    turn: int
    error: TranslateError


@dataclass(frozen=True, slots=True)
class Delivery:
    """Documents that are finished together.

    `asked`, `translated`: sentences over all languages; a repeat is asked for and not translated.
    """

    documents: tuple[Made | Refused, ...]
    asked: int = 0
    translated: int = 0


Deliveries = Generator[Delivery, None, None]
"""As they are finished. Whoever closes them ends the work."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What makes results differ apart from the text."""

    recipes: Mapping[Lang, Recipe]
    summarizer: str | None
    options: Options

    @classmethod
    def of(cls, pipeline: Pipeline) -> Conditions:
        summarizer = pipeline.summarizer.name if pipeline.summarizer else None
        return cls(dict(pipeline.recipes), summarizer, pipeline.options)

    def digest(self, wanted: Wanted) -> bytes:
        """The same for the same results. Which of several like devices was used makes no difference."""
        recipes = {
            lang: {**asdict(recipe), "device": re.sub(r":\d+$", "", recipe.device)}
            for lang, recipe in self.recipes.items()
        }
        made = {
            "recipes": recipes,
            "summarizer": self.summarizer,
            "options": asdict(self.options),
            "formats": sorted(wanted.formats),
            "line": wanted.line,
        }
        return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).digest()


class Desk:
    """Works with one pipeline, and keeps its answers for documents to come."""

    def __init__(self, pipeline: Pipeline, progress: Progress | None = None) -> None:
        self._options = pipeline.options
        self._pool = Pool(pipeline, progress, ahead=AHEAD)
        self.conditions = Conditions.of(pipeline)

    def work(self, orders: Iterable[Order], wanted: Wanted) -> Deliveries:
        """Every order, a window at a time, in their sequence. A bad document is refused alone."""
        options = self._options

        def read(order: Order) -> Dispatch:
            return read_dispatch(order.data, name=order.name, force=options.force, limits=options.limits)

        items = ((order, lambda order=order: read(order)) for order in orders)
        for window in self._pool.finished(items, wanted.window_sentences):
            documents = tuple(_document(order, result, wanted) for order, result in window.results)
            yield Delivery(documents, window.asked, window.translated)


def _document(order: Order, result: TranslatedDispatch | TranslateError, wanted: Wanted) -> Made | Refused:
    made = result if isinstance(result, TranslateError) else attempt(lambda: _made(order, result, wanted))
    return Refused(order.turn, made) if isinstance(made, TranslateError) else made


def _made(order: Order, result: TranslatedDispatch, wanted: Wanted) -> Made:
    return Made(
        turn=order.turn,
        files={str(form): render(result, form).encode() for form in wanted.formats},
        words=sum(len(block.text.split()) for block in result.dispatch.blocks),
        findings=Counter(finding.code for _, _, finding in result.findings),
        line=json_line(order.name, order.columns, result) if wanted.line else None,
    )
