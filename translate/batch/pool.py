"""One scheduler for the sentences of many dispatches.

Dispatches are prepared until a window is full; then each distinct sentence of the window is asked for in one
call per language, so that batches are full and well sorted. Answers are kept for later windows: news repeats.
Neither changes a result: an engine's answer does not depend on what else it is asked.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from translate.domain import Dispatch, Hypothesis, Lang, TranslatedDispatch
from translate.engines import Progress
from translate.errors import EngineError, TranslateError
from translate.pipeline import Draft, Pipeline

T = TypeVar("T")

WINDOW_SENTENCES = 1024
_WINDOW_CHARACTERS = 4_000_000
_WINDOW_DOCUMENTS = 1024
_KEPT_CHARACTERS = 20_000_000


class Answers:
    """Hypotheses by language and sentence; the longest unused are forgotten first."""

    def __init__(self, characters: int = _KEPT_CHARACTERS) -> None:
        self._room = characters
        self._known: OrderedDict[tuple[Lang, str], Hypothesis] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, target: Lang, sentence: str) -> Hypothesis | None:
        key = target, sentence
        if (answer := self._known.get(key)) is not None:
            self._known.move_to_end(key)
        return answer

    def keep(self, target: Lang, sentence: str, answer: Hypothesis) -> None:
        if (target, sentence) not in self._known:
            self._room -= len(sentence) + len(answer.text)
        self._known[target, sentence] = answer
        while self._room < 0 and self._known:
            (_, old), forgotten = self._known.popitem(last=False)
            self._room += len(old) + len(forgotten.text)


class Pool:
    """Translates many dispatches with one pipeline.

    `asked`, `translated`: sentences so far, over all languages; a repeat is asked for and not translated.
    """

    def __init__(self, pipeline: Pipeline, progress: Progress | None = None) -> None:
        self._pipeline = pipeline
        self._progress = progress
        self._answers = Answers()
        self.asked = 0
        self.translated = 0

    def windows(
        self, items: Iterable[tuple[T, Callable[[], Dispatch]]], sentences_each: int = WINDOW_SENTENCES
    ) -> Iterator[list[tuple[T, Draft | TranslateError]]]:
        """The items with their drafts, as many at a time as share batches. A bad one does no harm."""
        window: list[tuple[T, Draft | TranslateError]] = []
        sentences = characters = 0
        for item, read in items:
            draft = attempt(lambda read=read: self._pipeline.prepare(read()))  # type: ignore[misc]
            window.append((item, draft))
            if isinstance(draft, Draft):
                sentences += max(map(len, draft.asked.values()))
                characters += sum(len(block.text) for block in draft.sheet.dispatch.blocks)
            full = sentences >= sentences_each or characters >= _WINDOW_CHARACTERS
            if full or len(window) >= _WINDOW_DOCUMENTS:
                yield window
                window, sentences, characters = [], 0, 0
        if window:
            yield window

    def results(
        self, window: Sequence[tuple[T, Draft | TranslateError]]
    ) -> Iterator[tuple[T, TranslatedDispatch | TranslateError]]:
        """Every item of a window with its result, one at a time. If the whole cannot be translated, each is
        tried alone, so that only those fail that have to."""
        drafts = [draft for _, draft in window if isinstance(draft, Draft)]
        whole = attempt(lambda: self._ask(drafts)) if drafts else {}
        for item, draft in window:
            if isinstance(draft, TranslateError):
                yield item, draft
            elif isinstance(whole, TranslateError):
                yield item, attempt(lambda draft=draft: self._finish(draft, self._ask([draft])))  # type: ignore[misc]
            else:
                yield item, attempt(lambda draft=draft: self._finish(draft, whole))  # type: ignore[misc]

    def _ask(self, drafts: Sequence[Draft]) -> dict[tuple[Lang, str], Hypothesis]:
        """The answer to each sentence of the drafts."""
        found: dict[tuple[Lang, str], Hypothesis] = {}
        missing: dict[Lang, list[str]] = {}
        for target in self._pipeline.targets:
            texts = dict.fromkeys(text for draft in drafts for text in draft.asked[target])
            known = {text: self._answers.get(target, text) for text in texts}
            found |= {(target, text): answer for text, answer in known.items() if answer is not None}
            missing[target] = [text for text, answer in known.items() if answer is None]
            self.asked += sum(len(draft.asked[target]) for draft in drafts)
        wanted = {target: texts for target, texts in missing.items() if texts}
        for target, fresh in self._pipeline.ask_all(wanted, self._progress).items():
            for text, answer in zip(missing[target], fresh, strict=True):
                found[target, text] = answer
                self._answers.keep(target, text, answer)
            self.translated += len(fresh)
        return found

    def _finish(self, draft: Draft, found: dict[tuple[Lang, str], Hypothesis]) -> TranslatedDispatch:
        given = {target: [found[target, text] for text in texts] for target, texts in draft.asked.items()}
        return self._pipeline.finish(draft, given)


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
