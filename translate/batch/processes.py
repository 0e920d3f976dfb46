"""Several desks on one machine, each in a process of its own: one for each GPU, or for a few cores each.

A process that dies is replaced, and what it was doing is done again; what kills a process a second time is
halved, until the one document that does it fails alone.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from translate.batch.crew import portions
from translate.batch.desk import Conditions, Deliveries, Delivery, Order, Refused, Wanted
from translate.batch.plan import Plan
from translate.engines import Progress
from translate.errors import EngineError, TranslateError

WORKER: tuple[str, ...] = ("translate.batch.worker",)
"""The module that a process runs, and its arguments. The benchmark puts one there that measures."""

_LIVES = 2  # processes that one portion may cost before it is halved


class Died(Exception):
    """A process ended without an answer."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one process works: variables that show it its own device or cores."""

    variables: Mapping[str, str] = field(default_factory=dict)


class Processes:
    """As many processes as there are seats, working by one plan. To be closed, or used in a `with`."""

    def __init__(self, plan: Plan, seats: Sequence[Seat]) -> None:
        self._workers = [_Worker(plan, seat) for seat in seats]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        try:
            with ThreadPoolExecutor(len(seats)) as starting:
                self.conditions, *others = starting.map(_Worker.start, self._workers)
            if any(conditions != self.conditions for conditions in others):
                raise EngineError(
                    "the processes would make different results", hint="name --engine and --device"
                )
        except BaseException:
            self.close()
            raise
        for worker in self._workers:
            self._idle.put(worker)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that are alive now."""
        return tuple(worker.pid for worker in self._workers if worker.pid is not None)

    def work(self, orders: Iterator[Order], wanted: Wanted, progress: Progress) -> Deliveries:
        """Deliveries as they are finished. Twice as many portions are drawn as there are processes, so that
        none waits while the job writes."""
        rest = portions(orders, wanted)
        at_work: set[Future[Delivery]] = set()
        threads = ThreadPoolExecutor(len(self._workers))
        try:
            while True:
                while len(at_work) < 2 * len(self._workers) and (portion := next(rest, None)):
                    at_work.add(threads.submit(self.do, portion, wanted))
                if not at_work:
                    return
                done, at_work = wait(at_work, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in at_work:
                future.cancel()
            if at_work:  # left early: nobody waits for what is still being done
                self.close()
            threads.shutdown()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def do(self, portion: tuple[Order, ...], wanted: Wanted) -> Delivery:
        """What becomes of a portion, by the next process that is idle."""
        worker = self._idle.get()
        try:
            return _insist(worker, portion, wanted)
        finally:
            self._idle.put(worker)


def _insist(worker: _Worker, portion: tuple[Order, ...], wanted: Wanted) -> Delivery:
    """The delivery of a portion, whatever processes it costs."""
    for _ in range(_LIVES):
        try:
            return worker.ask(portion, wanted)
        except Died as err:
            why = str(err)
            worker.start()
    if len(portion) == 1:
        error = EngineError(f"{portion[0].name}: {_LIVES} processes died on it ({why})")
        return Delivery((Refused(portion[0].turn, error),))
    middle = len(portion) // 2
    first, second = (_insist(worker, half, wanted) for half in (portion[:middle], portion[middle:]))
    return Delivery(
        first.documents + second.documents, first.asked + second.asked, first.translated + second.translated
    )


class _Worker:
    """One process after the other, at one seat."""

    def __init__(self, plan: Plan, seat: Seat) -> None:
        self._plan = plan
        self._seat = seat
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> Conditions:
        """A process with its models loaded, in place of one that is gone. Raises what loading raises."""
        self._stop()
        if self._closed:
            raise EngineError("the job has ended")
        # The same interpreter, which finds the same modules.
        found = os.pathsep.join(filter(None, sys.path))
        self._process = subprocess.Popen(
            [sys.executable, "-m", *WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": found, **self._seat.variables},
            start_new_session=True,  # Ctrl-C is for the job, which ends its processes
        )
        try:
            conditions = self._answer(self._plan)
        except Died as err:
            raise EngineError(f"a process died while it loaded the models ({err})") from err
        assert isinstance(conditions, Conditions)
        return conditions

    def ask(self, portion: tuple[Order, ...], wanted: Wanted) -> Delivery:
        """What becomes of a portion. Raises Died."""
        delivery = self._answer((portion, wanted))
        assert isinstance(delivery, Delivery)
        return delivery

    def end(self) -> None:
        """End the process, for good."""
        self._closed = True
        self._stop()

    def _answer(self, question: Any) -> Any:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise Died("not started")
        try:
            pickle.dump(question, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as err:
            raise Died(_fate(process)) from err
        if isinstance(answer, TranslateError):
            raise answer
        return answer

    def _stop(self) -> None:
        if (process := self._process) is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):  # what could not be sent any more
                if pipe:
                    pipe.close()


def _fate(process: subprocess.Popen[bytes]) -> str:
    """How a process ended: `signal 9`, `exit code 1`."""
    try:
        code = process.wait(5)
    except subprocess.TimeoutExpired:
        return "it does not answer"
    return f"signal {-code}" if code < 0 else f"exit code {code}"
