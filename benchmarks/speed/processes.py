"""Systems at work: each in a process of its own, asked in turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.models import Prepared

ROOT = Path(__file__).parents[2]


class SystemFailed(Exception):
    """A system that could not be started, or died at work. The message is the end of what it said."""


class TooSlow(SystemFailed):
    """A system that was stopped because it had not answered after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done after {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True)
class System:
    """`name` as the tables have it; `module` of `benchmarks.speed.systems`; `python` to run it."""

    name: str
    module: str
    options: dict[str, Any] = field(default_factory=dict)
    python: Path = Path(sys.executable)


@dataclass(frozen=True)
class Reply:
    """What one request took: seconds of wall time and of all threads, the most memory so far."""

    wall_s: float
    cpu_s: float
    peak_mib: float
    answers: list[str]


class Process:
    """A system that has loaded its model and answered one sentence.

    `cold_s`, `cold_cpu_s`: what that took in all, by the wall clock and in processor time. `patient`: its
    threads sleep when they wait for each other, so that their processor time is work. `limit_s`: how long it
    may take to be ready.
    """

    def __init__(
        self,
        system: System,
        model: Prepared,
        first: str,
        *,
        patient: bool = False,
        limit_s: float | None = None,
    ) -> None:
        self.system = system
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        options = {"beam": model.beam, "prefix": model.prefix, **system.options}
        command = [str(system.python), "-m", "benchmarks.speed.worker", system.module, str(model.folder)]
        before = time.perf_counter()
        try:
            self._process = subprocess.Popen(
                [*command, json.dumps(options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                encoding="utf-8",
                cwd=ROOT,
                env=_environment() | ({"OMP_WAIT_POLICY": "PASSIVE"} if patient else {}),
            )
        except OSError:
            self._said.close()
            raise
        try:
            self.about = self._read(limit_s)
            self.first = self.ask([first], limit_s=limit_s)
        except BaseException:
            self.close()
            raise
        self.cold_s = time.perf_counter() - before
        self.cold_cpu_s: float = self.about["cpu_s"] + self.first.cpu_s

    def ask(
        self,
        sentences: list[str],
        change: dict[str, Any] | None = None,
        *,
        limit_s: float | None = None,
    ) -> Reply:
        """One translation for each sentence, after a `change` of options. Raises SystemFailed.

        A system that has no answer after `limit_s` seconds is ended, and cannot be asked again.
        """
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps({"sentences": sentences, "change": change}) + "\n")
            self._process.stdin.flush()
        except OSError as err:
            raise SystemFailed(self._last_words()) from err
        reply = Reply(**self._read(limit_s))
        if len(reply.answers) != len(sentences):
            raise SystemFailed(f"{len(reply.answers)} answers to {len(sentences)} sentences")
        return reply

    def _read(self, limit_s: float | None) -> dict[str, Any]:
        assert self._process.stdout
        ended = threading.Event()

        def end() -> None:
            ended.set()
            self._process.kill()

        timer = threading.Timer(limit_s or 0, end)
        if limit_s is not None:
            timer.start()
        try:
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            self._process.wait()
            if ended.is_set():
                raise TooSlow(limit_s or 0)
            raise SystemFailed(self._last_words())
        found: dict[str, Any] = json.loads(line)
        return found

    def _last_words(self) -> str:
        self._said.seek(0)
        lines = [line for line in self._said.read().splitlines() if line.strip()]
        return lines[-1][:300] if lines else f"it ended with {self._process.poll()} and said nothing"

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.communicate()
        self._said.close()


def _environment() -> dict[str, str]:
    """All cores, no network, and our own modules within reach of another environment's Python."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("OMP_", "MKL_"))}
    path = os.pathsep.join(filter(None, (str(ROOT), env.get("PYTHONPATH"))))
    return env | {"PYTHONPATH": path, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
