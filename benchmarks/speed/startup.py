"""How long a command takes from nothing to its end, and what its imports cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.speed.processes import ROOT

EXAMPLE = ROOT / "examples/xinhua_oim.fr.txt"
COMMANDS = {
    "translate --help": ("--help",),
    "translate dispatch FILE": ("dispatch", str(EXAMPLE)),
    "translate dispatch FILE --to en --no-summary": ("dispatch", str(EXAMPLE), "--to", "en", "--no-summary"),
    "translate dispatch FILE --engine torch": ("dispatch", str(EXAMPLE), "--engine", "torch"),
}


@dataclass(frozen=True)
class Start:
    """One command, a new process each time, after one that warmed the caches. Seconds."""

    command: str
    runs: int
    wall_s: float
    best_s: float
    cpu_s: float
    peak_mib: float


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
    command = [sys.executable, "-m", "translate", *arguments]
    before = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment(), cwd=ROOT
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - before
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), command)
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024)
    return wall, usage.ru_utime + usage.ru_stime, peak


def _environment() -> dict[str, str]:
    """All cores; modules compiled once, as those of an installed package are."""
    unwanted = ("OMP_", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    env = {key: value for key, value in os.environ.items() if not key.startswith(unwanted)}
    return env | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "translate-bench/pycache")}


def imports(arguments: Sequence[str], runs: int = 5) -> dict[str, float]:
    """Processor seconds that each module of a command takes by itself: the least of several runs."""
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as room:
        report = Path(room) / "imports.json"
        command = [sys.executable, "-m", "benchmarks.speed.importing", str(report), *arguments]
        for _ in range(runs + 1):  # the first compiles
            subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=_environment())
            for name, seconds in json.loads(report.read_text("utf-8")).items():
                best[name] = min(seconds, best.get(name, seconds))
    return best


def packages(found: Mapping[str, float]) -> list[tuple[str, float, int]]:
    """Milliseconds by top-level package, and how many of its modules were imported; the costliest first."""
    spent: dict[str, float] = {}
    count: dict[str, int] = {}
    for module, seconds in found.items():
        top = module.partition(".")[0]
        name = top if top not in sys.stdlib_module_names else "standard library"
        spent[name] = spent.get(name, 0.0) + 1000 * seconds
        count[name] = count.get(name, 0) + 1
    return sorted(((name, ms, count[name]) for name, ms in spent.items()), key=lambda row: -row[1])
