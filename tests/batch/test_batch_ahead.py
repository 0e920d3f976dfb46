"""Windows under way beside each other: more of them at a time, each sentence once, and nothing changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.batch.wire import QUICK, dispatch, job, tree
from tests.fakes import LeadSummarizer, ShoutEngine, pipeline
from translate.batch import pool, results
from translate.batch.pool import Pool
from translate.domain import Dispatch, Hypothesis, Lang, TranslatedDispatch
from translate.engines import Progress
from translate.errors import EngineError
from translate.outputs import Format, render
from translate.pipeline import Pipeline
from translate.sources import read_dispatch
from translate.together import Aside, Stopped, Tell

WAIT_S = 20.0  # until a test gives up; none waits that long
EACH = 2  # sentences of a window: those of one document


def beside(engine: ShoutEngine) -> Pipeline:
    """A pipeline that several threads may ask."""
    return replace(pipeline({Lang.EN: engine}, options=QUICK), together=True)


def items(numbers: Sequence[int]) -> Iterator[tuple[int, Callable[[], Dispatch]]]:
    return ((n, lambda n=n: read_dispatch(dispatch(n).encode(), name=f"{n}")) for n in numbers)  # type: ignore[misc]


class Meeting(ShoutEngine):
    """Answers two calls at a time, and none alone."""

    def __init__(self) -> None:
        super().__init__()
        self._both = threading.Barrier(2, timeout=WAIT_S)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self._both.wait()
        return super().translate(sentences, target, progress)


def test_two_windows_are_translated_at_the_same_time() -> None:
    done = list(Pool(beside(Meeting()), ahead=2).finished(items(range(8)), EACH))
    assert [number for window in done for number, _ in window.results] == [*range(8)]


def test_an_engine_for_one_thread_is_asked_for_one_window_at_a_time() -> None:
    engine = ShoutEngine()
    alone = pipeline({Lang.EN: engine}, options=QUICK)
    for number, _ in enumerate(Pool(alone, ahead=2).finished(items(range(5)), EACH), start=1):
        assert len(engine.asked) == number


def test_a_sentence_that_is_under_way_is_not_asked_for_again() -> None:
    engine = Meeting()
    done = list(Pool(beside(engine), ahead=2).finished(items(range(8)), EACH))
    asked = [text for _, texts in engine.asked for text in texts]
    assert len(asked) == len(set(asked)) == 9, "eight of their own, one of all"
    assert [(window.asked, window.translated) for window in done] == [(2, 2)] + [(2, 1)] * 7


@pytest.mark.parametrize("window", [1, 5, 1000])
def test_results_are_those_of_one_window_after_the_other(wire: Path, room: Path, window: int) -> None:
    used = pipeline(summarizer=LeadSummarizer())
    one = job([wire], room / "out", used=used, formats=[*Format], window=window)
    several = job([wire], room / "ahead", used=replace(used, together=True), formats=[*Format], window=window)
    assert tree(room / "out") == tree(room / "ahead")
    assert (one.asked, one.translated) == (several.asked, several.translated)


class Poisoned(ShoutEngine):
    """Fails for a whole call that holds one sentence, once another call has begun."""

    def __init__(self) -> None:
        super().__init__()
        self._another = threading.Event()

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        if any("accord 0 " in sentence for sentence in sentences):
            self._another.wait(WAIT_S)
            raise EngineError("out of memory, even for one sentence")
        self._another.set()
        return super().translate(sentences, target, progress)


def test_what_a_window_fails_to_lend_is_asked_for_by_the_others() -> None:
    done = list(Pool(beside(Poisoned()), ahead=2).finished(items(range(3)), EACH))
    (_, first), (_, second), (_, third) = (window.results[0] for window in done)
    assert isinstance(first, EngineError)
    for result, number in ((second, 1), (third, 2)):
        single = pipeline({Lang.EN: ShoutEngine()}, options=QUICK).run(dict(items([number]))[number]())
        assert isinstance(result, TranslatedDispatch)
        assert render(result, Format.TXT) == render(single, Format.TXT)


def test_from_python_a_list_is_read_ahead_and_what_comes_one_by_one_is_not() -> None:
    texts = [dispatch(n) for n in range(8)]
    outcomes = list(results(texts, beside(Meeting()), window_sentences=EACH))
    assert [outcome.source for outcome in outcomes if outcome.result] == texts
    engine = ShoutEngine()
    for number, _ in enumerate(results(iter(texts), beside(engine), window_sentences=EACH), start=1):
        assert len(engine.asked) == number


def test_no_more_is_read_than_can_soon_be_translated() -> None:
    read = 0

    def counted() -> Iterator[tuple[int, Callable[[], Dispatch]]]:
        nonlocal read
        for item in items(range(20)):
            read += 1
            yield item

    for number, _ in enumerate(Pool(beside(ShoutEngine()), ahead=2).finished(counted(), EACH), start=1):
        assert read <= number + 3, "two under way, one that waits, and the next document"


class Soon(Aside):
    """Is done as soon as it has begun."""

    def begin(self, work: Callable[[Tell], pool.T]) -> Future[pool.T]:
        done: Future[pool.T] = Future()
        done.set_result(work(lambda count: None))
        return done


def test_a_window_that_is_done_does_not_wait_for_the_next_to_be_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Aside", Soon)
    feed = items(range(100))
    first = next(Pool(beside(ShoutEngine()), ahead=2).finished(feed, 3 * EACH))
    assert [number for number, _ in first.results] == [0, 1, 2]
    assert next(feed)[0] == 4, "the document after it was read, and no other"


class Waited(Future[pool.T]):
    """Is done when it is waited for."""

    def __init__(self, work: Callable[[Tell], pool.T]) -> None:
        super().__init__()
        self._work = work

    def result(self, timeout: float | None = None) -> pool.T:
        return self._work(lambda count: None)


class Late(Aside):
    """Puts everything off."""

    def begin(self, work: Callable[[Tell], pool.T]) -> Future[pool.T]:
        return Waited(work)


class Counted(pool._Asking[int]):
    """Knows how many of it there are."""

    alive = 0

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)  # type: ignore[arg-type]
        Counted.alive += 1

    def __del__(self) -> None:
        Counted.alive -= 1


def test_windows_that_are_done_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has a sentence of the one before, which lends it."""
    monkeypatch.setattr(pool, "_Asking", Counted)
    monkeypatch.setattr(pool, "Aside", Late)
    first = [dispatch(n).splitlines()[0] for n in range(31)]
    texts = [f"{one}\n\n{other}" for one, other in pairwise(first)]
    following = ((n, lambda text=text: read_dispatch(text.encode())) for n, text in enumerate(texts))
    done = 0
    for window in Pool(beside(ShoutEngine()), ahead=2).finished(following, EACH):
        assert Counted.alive <= 4, "two under way, one that waits, and one that is done and has lent to them"
        done += window.translated
    assert done == 31 and Counted.alive == 0


class Endless(ShoutEngine):
    """Goes on until it is told to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.ended = threading.Event(), threading.Event()

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        if any("accord 0 " in sentence for sentence in sentences):
            assert self.begun.wait(WAIT_S)
            return super().translate(sentences, target, progress)
        self.begun.set()
        try:
            while progress:
                progress(1)
        except Stopped:
            self.ended.set()
            raise
        return []


def test_whoever_leaves_early_ends_what_is_under_way() -> None:
    engine = Endless()
    windows = Pool(beside(engine), ahead=2).finished(items(range(9)), EACH)
    next(windows)
    windows.close()
    assert engine.ended.wait(WAIT_S)
