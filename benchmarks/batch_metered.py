"""The command `translate`, or a process that it starts for a job, with a meter on its engines.

    TRANSLATE_METER=FOLDER python -m benchmarks.batch_metered batch wire/ -o out

`benchmarks.batch` runs a job with it. The meter changes nothing that is made. It leaves in FOLDER a file for
each process with what it has counted, anew every few seconds (so that a killed process has left one too), and
the sentences that its pipeline was asked for.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import translate.batch
from translate.batch import processes, worker
from translate.batch.desk import Delivery, Desk, Made, Order, Wanted
from translate.cli import app
from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.engines.model import ModelEngine
from translate.pipeline import Pipeline

FOLDER = "TRANSLATE_METER"
CALLS = tuple(
    name
    for name in ("translate", "candidates", "lead", "avoid", "align", "embed")
    if hasattr(ModelEngine, name)
)
_EVERY_S = 5.0


@dataclass
class Meter:
    """What one process has done since its models were loaded. In seconds.

    `engine_wall_s`: at least one engine call was under way. `calls_s`: what they took, by name; there may be
    two at a time. `outside_cpu_s`: processor time of our own threads outside of them.
    """

    job: bool
    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_kib: int = 0
    documents: int = 0
    asked: int = 0
    translated: int = 0
    engine_wall_s: float = 0.0
    outside_cpu_s: float = 0.0
    calls_s: dict[str, float] = field(default_factory=lambda: dict.fromkeys(CALLS, 0.0))


class Metered:
    """A meter at work in this process."""

    def __init__(self, folder: Path, *, job: bool) -> None:
        self.meter = Meter(job)
        self._name = folder / f"{time.time_ns()}-{os.getpid()}"
        self._begun: tuple[float, float, float] | None = None
        self._parent = os.getppid()
        self._main = threading.get_ident()
        self._lock = threading.Lock()
        self._inside = threading.local()  # per thread: an engine call is under way
        self._under_way = 0
        self._since = 0.0
        self._asking_cpu_s = 0.0  # of threads that end, outside of engine calls
        self._main_inside_cpu_s = 0.0

    def install(self) -> None:
        """Put the meter where the work passes, and write it down from time to time."""
        for name in CALLS:
            setattr(ModelEngine, name, self._timed(name, getattr(ModelEngine, name)))
        self._notice_sentences()
        self._notice_deliveries()
        if self.meter.job:
            translate.batch.run_batch = self._beginning(translate.batch.run_batch)
        atexit.register(self.save)
        threading.Thread(target=self._keep_saving, daemon=True).start()

    def begin(self) -> None:
        self._begun = self._begun or (time.perf_counter(), time.process_time(), self._main_cpu_s())

    def _main_cpu_s(self) -> float:
        """Processor time of the main thread, asked from whatever thread."""
        return time.clock_gettime(time.pthread_getcpuclockid(self._main))

    def save(self) -> None:
        """The file of this process, as things are now."""
        if self._begun is None:
            return
        wall, cpu, main = self._begun
        self.meter.wall_s, self.meter.cpu_s = time.perf_counter() - wall, time.process_time() - cpu
        self.meter.outside_cpu_s = self.meter.cpu_s
        if self.meter.engine_wall_s:  # a process without an engine is outside with all its threads
            self.meter.outside_cpu_s = (
                self._main_cpu_s() - main - self._main_inside_cpu_s + self._asking_cpu_s
            )
        self.meter.peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        partial = self._name.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self.meter)), encoding="utf-8")
        partial.replace(self._name.with_suffix(".json"))

    def _keep_saving(self) -> None:
        while True:
            time.sleep(_EVERY_S)
            self.save()
            if os.getppid() != self._parent:  # whoever measures is gone: nothing may go on unseen
                os._exit(1)

    def _timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed(*given: Any, **named: Any) -> Any:
            if getattr(self._inside, "call", False):  # an engine that asks another one
                return call(*given, **named)
            self._inside.call = True
            begun, cpu = self._enter(), time.thread_time()
            try:
                return call(*given, **named)
            finally:
                self._leave(name, begun, time.thread_time() - cpu)
                self._inside.call = False

        return timed

    def _enter(self) -> float:
        now = time.perf_counter()
        with self._lock:
            self._since = now if self._under_way == 0 else self._since
            self._under_way += 1
        return now

    def _leave(self, name: str, begun: float, cpu: float) -> None:
        now = time.perf_counter()
        with self._lock:
            self._under_way -= 1
            self.meter.engine_wall_s += now - self._since if self._under_way == 0 else 0.0
            self.meter.calls_s[name] += now - begun
            if threading.get_ident() == self._main:
                self._main_inside_cpu_s += cpu
            else:
                self._asking_cpu_s -= cpu

    def _notice_sentences(self) -> None:
        ask = Pipeline.ask

        @wraps(ask)
        def noticed(
            pipeline: Pipeline, sentences: Sequence[str], target: Lang, progress: Progress | None = None
        ) -> list[Hypothesis]:
            cpu = time.thread_time()
            answers = ask(pipeline, sentences, target, progress)
            if threading.get_ident() != self._main:
                with self._lock:
                    self._asking_cpu_s += time.thread_time() - cpu
            with self._name.with_suffix(f".{target}").open("a", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(sentence)}\n" for sentence in sentences)
            return answers

        Pipeline.ask = noticed  # type: ignore[method-assign, assignment]

    def _notice_deliveries(self) -> None:
        work = Desk.work

        @wraps(work)
        def noticed(desk: Desk, orders: Iterable[Order], wanted: Wanted) -> Iterator[Delivery]:
            self.begin()
            for delivery in work(desk, orders, wanted):
                self.meter.asked += delivery.asked
                self.meter.translated += delivery.translated
                self.meter.documents += sum(isinstance(each, Made) for each in delivery.documents)
                self.save()  # a worker is killed when the job is done
                yield delivery

        Desk.work = noticed  # type: ignore[method-assign, assignment]

    def _beginning(self, run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def begun(*given: Any, **named: Any) -> Any:
            self.begin()
            try:
                return run(*given, **named)
            finally:
                self.save()

        return begun


def main() -> None:
    as_worker = sys.argv[1:] == ["worker"]
    Metered(Path(os.environ[FOLDER]), job=not as_worker).install()
    if as_worker:
        worker.main()
    else:
        processes.WORKER = "benchmarks.batch_metered", "worker"
        app.main()


if __name__ == "__main__":
    main()
