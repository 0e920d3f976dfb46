"""How long a command takes from nothing to its end, and what its imports cost."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.speed.processes import ROOT

EXAMPLE = ROOT / "examples/xinhua_oim.fr.txt"
COMMANDS = {
    "translate --help": ("--help",),
    "translate dispatch FILE": ("dispatch", str(EXAMPLE)),
    "translate dispatch FILE --to en --no-summary": ("dispatch", str(EXAMPLE), "--to", "en", "--no-summary"),
    "translate dispatch FILE --engine torch": ("dispatch", str(EXAMPLE), "--engine", "torch"),
}
_LINE = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


@dataclass(frozen=True)
class Start:
    """One command, a new process each time, after one that warmed the caches. Seconds."""

    command: str
    runs: int
    wall_s: float
    best_s: float
    cpu_s: float
    peak_mib: float


@dataclass(frozen=True)
class Import:
    """A module, with everything that it brings: milliseconds in all and on its own account."""

    module: str
    total_ms: float
    own_ms: float


def measure(runs: int, commands: Sequence[str] = tuple(COMMANDS)) -> list[Start]:
    """Each command `runs` times, in turns."""
    took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name in commands:
            found = _once(COMMANDS[name])
            if turn:  # the first fills the caches
                took[name].append(found)
    return [
        Start(
            name,
            runs,
            round(median(wall for wall, _, _ in each), 3),
            round(min(wall for wall, _, _ in each), 3),
            round(median(cpu for _, cpu, _ in each), 3),
            round(max(peak for _, _, peak in each)),
        )
        for name, each in took.items()
    ]


def _once(arguments: Sequence[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory of one process. Raises CalledProcessError."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("OMP_")}
    command = [sys.executable, "-m", "translate", *arguments]
    before = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    return wall, usage.ru_utime + usage.ru_stime, _peak(usage)


def _peak(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)


def imports(arguments: Sequence[str], runs: int = 5) -> list[Import]:
    """Every module that a command imports, the costliest first; of several runs each module's fastest."""
    best: dict[str, Import] = {}
    for _ in range(runs):
        command = [sys.executable, "-X", "importtime", "-m", "translate", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        for own, total, _, module in _LINE.findall(done.stderr):
            found = Import(module, int(total) / 1000, int(own) / 1000)
            if module not in best or found.total_ms < best[module].total_ms:
                best[module] = found
    return sorted(best.values(), key=lambda one: -one.total_ms)


def packages(found: Sequence[Import]) -> list[tuple[str, float, int]]:
    """Own time by top-level package, and how many of its modules were imported; the costliest first."""
    spent: dict[str, float] = {}
    count: dict[str, int] = {}
    for one in found:
        top = one.module.partition(".")[0]
        name = top if top not in sys.stdlib_module_names else "standard library"
        spent[name] = spent.get(name, 0.0) + one.own_ms
        count[name] = count.get(name, 0) + 1
    return sorted(((name, ms, count[name]) for name, ms in spent.items()), key=lambda row: -row[1])
