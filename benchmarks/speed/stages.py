"""Where the time of a large job goes: processor time of all threads, stage by stage.

Processor time, because a wall clock cannot tell our own work from that of others on a busy machine, and
because stages that run side by side would be counted twice. What the threads of the model's library do while
Python waits for it is decoding (or sentence vectors, which the summary is made from).
"""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import translate
from translate.engines import safety
from translate.engines.pieces import Pieces
from translate.outputs import Format, render
from translate.pipeline import Pipeline
from translate.sheet import Sheet

ORDER = (
    ("parse", "bytes to lines of a kind, language check"),
    ("split", "prose to sentences"),
    ("select", "summary and gists chosen, without their vectors"),
    ("vectors", "the model's encoder, for the summary"),
    ("tokenise", "sentences to pieces, and answers back"),
    ("decode", "the model: every translation"),
    ("again", "the model again, for what a check or a term objects to"),
    ("schedule", "order, batches, answers put back, safety net"),
    ("check", "numbers, names, terms and the rest compared; repairs"),
    ("render", "JSON"),
)


_METHODS = {"translate": "schedule", "embed": "vectors"}
_METHODS |= dict.fromkeys(("candidates", "align", "lead", "avoid"), "again")


@dataclass
class Clock:
    """Seconds by stage. `own`: of the thread that asks; `others`: of all other threads meanwhile."""

    own: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    others: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _open: list[str] = field(default_factory=lambda: [""])
    _last: tuple[float, float] = field(default_factory=lambda: _now())

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is inside belongs to `name`, except for the stages inside it."""
        self._note()
        self._open.append(name)
        try:
            yield
        finally:
            self._note()
            self._open.pop()

    def _note(self) -> None:
        now = _now()
        own, everyone = now[0] - self._last[0], now[1] - self._last[1]
        self.own[self._open[-1]] += own
        self.others[self._open[-1]] += everyone - own
        self._last = now

    @contextlib.contextmanager
    def watching(self, owner: Any, name: str, stage: str) -> Iterator[None]:
        """Every call of `owner.name` belongs to a stage."""
        real: Callable[..., Any] = getattr(owner, name)

        def watched(*args: Any, **options: Any) -> Any:
            with self.stage(stage):
                return real(*args, **options)

        setattr(owner, name, watched)
        try:
            yield
        finally:
            setattr(owner, name, real)


def _now() -> tuple[float, float]:
    return time.thread_time(), time.process_time()


@dataclass(frozen=True)
class Stages:
    """Processor seconds of each stage of one job, and of everything."""

    dispatches: int
    words: int
    sentences: int
    wall_s: float
    seconds: dict[str, float]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())

    def share(self, name: str) -> float:
        return self.seconds[name] / self.total


def measure(pipeline: Pipeline, texts: Sequence[str]) -> Stages:
    """A job over `texts`, asked for in one go for each target, rendered as JSON, timed by stage."""
    clock, started = Clock(), time.perf_counter()
    engines = {id(engine): engine for engine in pipeline.engines.values()}.values()
    with contextlib.ExitStack() as watches:
        watches.enter_context(_split_watched(clock))
        for method in ("encode", "decode"):
            watches.enter_context(clock.watching(Pieces, method, "tokenise"))
        watches.enter_context(clock.watching(safety, "judge", "schedule"))
        for engine in engines:
            for method, stage in _METHODS.items():
                if not hasattr(engine, method):
                    continue
                watches.enter_context(clock.watching(engine, method, stage))
        words, asked = _job(pipeline, texts, clock)
    seconds = {name: clock.own[name] for name, _ in ORDER}
    seconds["decode"] = clock.others["schedule"] + clock.others["tokenise"]
    seconds["again"] += clock.others["again"] + clock.others["check"]
    seconds["vectors"] += clock.others["vectors"] + clock.others["select"]
    wall = time.perf_counter() - started
    return Stages(
        len(texts), words, asked, round(wall, 3), {key: round(one, 4) for key, one in seconds.items()}
    )


def _job(pipeline: Pipeline, texts: Sequence[str], clock: Clock) -> tuple[int, int]:
    """Words of the source, and distinct sentences asked for in all targets."""
    words, drafts = 0, []
    for text in texts:
        with clock.stage("parse"):
            dispatch = translate.read_dispatch(text, force=True)
        words += len(text.split())
        with clock.stage("select"):
            drafts.append(pipeline.prepare(dispatch))
    found = {}
    for target in pipeline.targets:
        wanted = list(dict.fromkeys(one for draft in drafts for one in draft.asked[target]))
        with clock.stage("check"):
            found[target] = dict(zip(wanted, pipeline.ask(wanted, target), strict=True))
    for draft in drafts:
        with clock.stage("check"):
            given = {target: [found[target][one] for one in asked] for target, asked in draft.asked.items()}
            result = pipeline.finish(draft, given)
        with clock.stage("render"):
            render(result, Format.JSON)
    return words, sum(map(len, found.values()))


@contextlib.contextmanager
def _split_watched(clock: Clock) -> Iterator[None]:
    """`Sheet.of` is a class method: it takes another way to be replaced."""
    real = Sheet.__dict__["of"]
    setattr(Sheet, "of", classmethod(lambda cls, dispatch: _within(clock, real, cls, dispatch)))  # noqa: B010
    try:
        yield
    finally:
        setattr(Sheet, "of", real)  # noqa: B010


def _within(clock: Clock, real: Any, cls: type, dispatch: Any) -> Any:
    with clock.stage("split"):
        return real.__func__(cls, dispatch)
