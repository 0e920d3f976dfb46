"""One scheduler for the sentences of many dispatches.

Dispatches are prepared until a window is full; then each distinct sentence of the window is asked for in one
call per language, so that batches are full and well sorted. Answers are kept for later windows: news repeats.
Neither changes a result: an engine's answer does not depend on what else it is asked. Where an engine can be
asked by several threads, more than one window is under way: while one is checked, another is decoded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from translate.batch.answers import Answers, Found, Key
from translate.domain import Dispatch, Lang, TranslatedDispatch
from translate.engines import Progress
from translate.errors import EngineError, TranslateError
from translate.pipeline import Draft, Pipeline
from translate.together import Aside

T = TypeVar("T")

WINDOW_SENTENCES = 1024
AHEAD: Final = 2
"""Windows that are translated while the next one is read. One alone leaves cores idle while it is checked, or
few of its sentences are looked at again; a third gains next to nothing (`docs/performance.md`)."""
_WINDOW_CHARACTERS = 4_000_000
_WINDOW_DOCUMENTS = 1024


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """The results of a window, in order.

    `asked`, `translated`: sentences, over all languages; a repeat is asked for and not translated.
    """

    results: tuple[tuple[T, TranslatedDispatch | TranslateError], ...]
    asked: int
    translated: int


@dataclass(slots=True)
class _Window(Generic[T]):
    """Items that are translated together, each with its draft."""

    items: list[tuple[T, Draft | TranslateError]] = field(default_factory=list)
    sentences: int = 0
    characters: int = 0

    def add(self, item: T, draft: Draft | TranslateError) -> None:
        self.items.append((item, draft))
        if isinstance(draft, Draft):
            self.sentences += max(map(len, draft.asked.values()))
            self.characters += sum(len(block.text) for block in draft.sheet.dispatch.blocks)

    def is_full(self, sentences: int) -> bool:
        enough = self.sentences >= sentences or self.characters >= _WINDOW_CHARACTERS
        return enough or len(self.items) >= _WINDOW_DOCUMENTS

    @property
    def drafts(self) -> list[Draft]:
        return [draft for _, draft in self.items if isinstance(draft, Draft)]


@dataclass(frozen=True, slots=True)
class _Asking(Generic[T]):
    """A window that is being translated.

    `found`: the answers that are there; `lent`: whose answer it will be, where a window under way was asked
    for the sentence before; `fresh`: the others, which `answers` will have.
    """

    window: _Window[T]
    found: Found
    lent: dict[Key, _Asking[T]]
    fresh: tuple[Key, ...]
    answers: Future[Found | TranslateError]


class Pool:
    """Translates many dispatches with one pipeline.

    `ahead`: as many windows are under way while the next is read, if the pipeline allows it; with 0, each is
    done before more is read.
    """

    def __init__(self, pipeline: Pipeline, progress: Progress | None = None, *, ahead: int = 0) -> None:
        self._pipeline = pipeline
        self._progress = progress
        self._ahead = ahead if pipeline.together else 0
        self._answers = Answers()

    def finished(
        self, items: Iterable[tuple[T, Callable[[], Dispatch]]], sentences_each: int = WINDOW_SENTENCES
    ) -> Generator[Finished[T], None, None]:
        """Every item with its result, in windows of so many sentences. A bad one does no harm."""
        waiting: deque[_Asking[T]] = deque()
        window = _Window[T]()
        with Aside(self._ahead, self._progress) as aside:
            for item, read in items:
                while waiting and waiting[0].answers.done():  # the next item may be long in coming
                    yield self._finish(waiting.popleft(), aside)
                window.add(item, attempt(lambda read=read: self._pipeline.prepare(read())))  # type: ignore[misc]
                if window.is_full(sentences_each):
                    waiting.append(self._begin(window, waiting, aside))
                    window = _Window()
                while len(waiting) > self._ahead:
                    yield self._finish(waiting.popleft(), aside)
            if window.items:
                waiting.append(self._begin(window, waiting, aside))
            while waiting:
                yield self._finish(waiting.popleft(), aside)

    def _begin(self, window: _Window[T], waiting: Iterable[_Asking[T]], aside: Aside) -> _Asking[T]:
        """What of its sentences is neither known nor asked for already is asked for."""
        coming = {key: other for other in waiting for key in other.fresh}
        found: Found = {}
        lent: dict[Key, _Asking[T]] = {}
        fresh: list[Key] = []
        for key in dict.fromkeys(key for draft in window.drafts for key in _keys(draft)):
            if (answer := self._answers.get(key)) is not None:
                found[key] = answer
            elif key in coming:
                lent[key] = coming[key]
            else:
                fresh.append(key)
        return _Asking(window, found, lent, tuple(fresh), self._ask(fresh, aside))

    def _ask(self, keys: Iterable[Key], aside: Aside) -> Future[Found | TranslateError]:
        """The answer to each sentence, or why there is none."""
        texts: dict[Lang, list[str]] = {}
        for target, text in keys:
            texts.setdefault(target, []).append(text)

        def ask(tell: Progress) -> Found:
            answers = self._pipeline.ask_all(texts, tell)
            return {
                (target, text): answer
                for target, asked in texts.items()
                for text, answer in zip(asked, answers[target], strict=True)
            }

        return aside.begin(lambda tell: attempt(lambda: ask(tell)))

    def _finish(self, asking: _Asking[T], aside: Aside) -> Finished[T]:
        """The results of a window. If the whole cannot be translated, each is tried alone, so that only those
        fail that have to."""
        found = asking.found
        found |= {key: other.found[key] for key, other in asking.lent.items() if key in other.found}
        asking.lent.clear()  # or each window would keep all those before it
        before = len(found)
        answers = asking.answers.result()
        if not isinstance(answers, TranslateError):
            self._keep(answers, found)

        def result(draft: Draft) -> TranslatedDispatch:
            if missing := [key for key in _keys(draft) if key not in found]:
                alone = self._ask(missing, aside).result()
                if isinstance(alone, TranslateError):
                    raise alone
                self._keep(alone, found)
            given = {target: [found[target, text] for text in texts] for target, texts in draft.asked.items()}
            return self._pipeline.finish(draft, given)

        results = tuple(
            (item, draft if isinstance(draft, TranslateError) else attempt(lambda draft=draft: result(draft)))  # type: ignore[misc]
            for item, draft in asking.window.items
        )
        asked = sum(1 for draft in asking.window.drafts for _ in _keys(draft))
        return Finished(results, asked, len(found) - before)

    def _keep(self, answers: Found, found: Found) -> None:
        found |= answers
        for key, answer in answers.items():
            self._answers.keep(key, answer)


def _keys(draft: Draft) -> Iterator[Key]:
    """Everything that is asked for it."""
    return ((target, text) for target, texts in draft.asked.items() for text in texts)


def attempt(work: Callable[[], T]) -> T | TranslateError:
    """What `work` gives, or the error that it ends with: a bad document must not end the job."""
    try:
        return work()
    except TranslateError as err:
        return err
    except MemoryError:
        return EngineError("out of memory", hint="use a smaller model or a smaller window")
    except Exception as err:
        return TranslateError(f"unexpected {type(err).__name__}: {err}", hint="please report it")
