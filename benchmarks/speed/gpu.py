"""The table for a GPU: every engine, precision, batch size and beam, words a second and words for each joule.

Unattended, and in under eight minutes: each system gets a share of what is left, by the number of its rows.
Rows that no longer fit, or fail, are listed with the reason. `--device cpu` rehearses it without a GPU.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed import card, limit, machine
from benchmarks.speed.models import NAMES, Prepared, prepare
from benchmarks.speed.processes import Process, System, SystemFailed
from benchmarks.speed.sentences import distinct, words

BEAMS = (1, 4)
BATCHES = {"cuda": (32, 128, 512), "cpu": (8, 32)}  # sentences
TOKENS = {"cuda": (4096, 16384, 65536), "cpu": (512, 2048)}
ROWS = {"cuda": (256, 4096), "cpu": ()}  # answers on a board of the torch engine, beside its own
# Pieces of a chunk of the ct2 engine and workers that take one each, beside its own.
CHUNKS = {"cuda": ((32768, 1), (131072, 1), (8192, 8)), "cpu": ()}
# What tells the rows of each part of a table apart.
_NAMED = {"cells": ("model", "system", "beam", "batch"), "steps": ("model", "beam"), "left_out": ("what",)}
_LEAST_S = 10.0  # with less left no system is started
_START_ROWS = 4  # starting a system takes its time as so many rows do
_GROWTH = 16.0  # of a row's sentences from one request to the next, at most
_ROW_S = (0.5, 6.0)  # of work for one row, least and most; loading and warming up come on top


@dataclass(frozen=True)
class Cell:
    """One row of the table. `watts`: mean power of the card while it ran, if it tells."""

    model: str
    system: str
    beam: int
    batch: str
    sentences: int
    words_per_s: float
    watts: float | None
    peak_mib: float

    @property
    def words_per_joule(self) -> float | None:
        """Words a second for each watt."""
        return self.words_per_s / self.watts if self.watts else None


@dataclass(frozen=True)
class Setting:
    """What one request asks for; `change` goes to a system that is running already."""

    beam: int
    batch: str
    change: dict[str, Any]


class Meter:
    """Mean power of a card between two moments, as nvidia-smi tells it five times a second."""

    def __init__(self, card: str) -> None:
        self._seen: list[tuple[float, float]] = []
        self._process: subprocess.Popen[str] | None = None
        asked = ["--query-gpu=power.draw", "--format=csv,noheader,nounits", "-i", card, "-lms", "200"]
        try:
            self._process = subprocess.Popen(
                ["nvidia-smi", *asked], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        except OSError:
            return
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()

    def _read(self, lines: Iterable[str]) -> None:
        for line in lines:
            with contextlib.suppress(ValueError):  # "[N/A]" where a card does not tell
                self._seen.append((time.monotonic(), float(line)))

    def mean(self, start: float, end: float) -> float | None:
        found = [watts for moment, watts in self._seen if start <= moment <= end]
        return round(sum(found) / len(found), 1) if found else None

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True)
class Work:
    """What is to be measured, within how many minutes; `sentences`: at most, for one row.

    `only`: parts of the names of systems; all if empty. `models`: those of `models.NAMES` that are asked.
    """

    device: str
    minutes: float
    sentences: int
    room: Path
    only: tuple[str, ...] = ()
    models: tuple[str, ...] = NAMES

    @property
    def kind(self) -> str:
        return self.device.partition(":")[0]

    @property
    def card(self) -> str:
        """As nvidia-smi knows it: a number or an id."""
        number = int(self.device.partition(":")[2] or 0)
        visible = [one for one in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if one]
        return visible[number] if number < len(visible) else str(number)


@dataclass
class Table:
    """What is known so far; `save` gets all of it, as JSON has it, after each row."""

    about: dict[str, object]
    save: Callable[[dict[str, object]], None]
    peak: card.Peak | None = None
    cells: list[Cell] = field(default_factory=list)
    steps: list[dict[str, object]] = field(default_factory=list)  # at best, of each model and beam
    left_out: list[dict[str, str]] = field(default_factory=list)

    def add(self, cell: Cell) -> None:
        self.cells.append(cell)
        self.save(self.as_json())

    def leave_out(self, what: str, why: object) -> None:
        self.left_out.append({"what": what, "why": str(why)})
        self.save(self.as_json())

    def as_json(self) -> dict[str, object]:
        peak = asdict(self.peak) if self.peak else None
        rows = {"cells": [asdict(cell) for cell in self.cells], "left_out": list(self.left_out)}
        return {"machine": self.about, "peak": peak, "steps": list(self.steps), **rows}

    def bound(self, model: Prepared) -> None:
        """What the card's peaks allow for a model."""
        if not self.peak:
            return
        for beam in BEAMS:
            load = limit.load(model.folder / "hf", model.name, beam)
            found = card.step(model.shape, load, self.peak)
            self.steps.append({"model": model.name, "beam": beam, **asdict(found)})


def run(
    work: Work,
    tell: Callable[[str], None] = lambda line: None,
    save: Callable[[dict[str, object]], None] = lambda found: None,
) -> dict[str, object]:
    """The whole table, as JSON has it. Each model gets its share of the time, what goes wrong a line."""
    end = time.monotonic() + 60 * work.minutes
    device = machine.card(work.card) if work.kind == "cuda" else machine.processor()
    table = Table({"device": device, **machine.described()}, save)
    meter = Meter(work.card)
    try:
        try:
            table.peak = card.measured(work.device, limit_s=60 * work.minutes / 8)
        except (SystemFailed, OSError) as err:
            table.leave_out("peaks of the device", err)
        for number, name in enumerate(work.models):
            now = time.monotonic()
            until = now + (end - now) / (len(work.models) - number)
            try:
                model = prepare(name, work.room)
                table.bound(model)
            except Exception as err:  # whatever the libraries that make it say
                table.leave_out(name, f"cannot be made: {_line(err)}")
                continue
            lineup = list(_lineup(work))
            for place, (system, settings) in enumerate(lineup):
                left = until - time.monotonic()
                if left < _LEAST_S:
                    table.leave_out(f"{name}: {system.name}", "out of time")
                    continue
                tell(f"{name}: {system.name}, {left:.0f} s left")
                shares = [len(each) + _START_ROWS for _, each in lineup[place:]]
                system_end = until - left * (1 - shares[0] / sum(shares))
                _Rows(model, system, work.sentences, meter, system_end, table).measure(settings)
    finally:
        meter.stop()
    return table.as_json()


def joined(earlier: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """A table with the rows of an earlier one that it has not itself. Of another device nothing is taken."""
    if earlier["machine"]["device"] != known["machine"]["device"]:
        return known
    both = dict(known)
    for part, names in _NAMED.items():
        new = {tuple(row[name] for name in names) for row in known[part]}
        old = [row for row in earlier[part] if tuple(row[name] for name in names) not in new]
        both[part] = [*old, *known[part]]
    systems = {f"{cell['model']}: {cell['system']}" for cell in both["cells"]}
    rows = {
        _row_name(f"{cell['model']}: {cell['system']}", cell["beam"], cell["batch"]) for cell in both["cells"]
    }
    both["left_out"] = [row for row in both["left_out"] if row["what"] not in systems | rows]
    return both | {"peak": known["peak"] or earlier["peak"]}


def _lineup(work: Work) -> Iterator[tuple[System, list[Setting]]]:
    """Each system that is wanted, the most important first, with what it is asked to do; each starts once."""
    for system, settings in _systems(work.device, work.kind):
        if not work.only or any(part in system.name for part in work.only):
            yield system, settings


def _systems(device: str, kind: str) -> Iterator[tuple[System, list[Setting]]]:
    on_cuda = kind == "cuda"
    bits = ", bfloat16" if on_cuda else ""
    ours = {"device": device, "beam": BEAMS[0]}
    own = [Setting(beam, "its own", {"beam": beam}) for beam in BEAMS]
    chunks = [
        Setting(beam, f"{n:,} pieces, {workers} at once", {"beam": beam, "chunk": n, "workers": workers})
        for n, workers in CHUNKS[kind]
        for beam in BEAMS
    ]
    yield System("translate, ct2", "ours", {"engine": "ct2", **ours}), [*own, *chunks]
    direct = {"device": device, "tuned": True}
    tokens = _settings("tokens", "pieces", TOKENS[kind])
    yield System("CTranslate2, float16" if on_cuda else "CTranslate2, int8", "ct2", direct), tokens
    if on_cuda:
        boards = _settings("rows", "answers", ROWS[kind])
        graphs = {"engine": "torch", **ours, "graphs": True}
        yield System("translate, torch, bfloat16, graphs", "ours", graphs), [*own, *boards]
    batches = _settings("batch", "sentences", BATCHES[kind])
    yield System(f"generate{bits}", "generate", {"device": device}), batches
    yield System(f"translate, torch{bits}", "ours", {"engine": "torch", **ours, "graphs": False}), own


def _settings(option: str, unit: str, sizes: Sequence[int]) -> list[Setting]:
    """Every size of what a system works on at a time, with each beam."""
    return [Setting(beam, f"{n:,} {unit}", {"beam": beam, option: n}) for n in sizes for beam in BEAMS]


@dataclass
class _Rows:
    """A system's rows, one after the other; a process that dies at one of them is started anew."""

    model: Prepared
    system: System
    sentences: int
    meter: Meter
    end: float
    table: Table
    process: Process | None = None

    def measure(self, settings: Sequence[Setting]) -> None:
        name = f"{self.model.name}: {self.system.name}"
        try:
            for number, setting in enumerate(settings):
                try:
                    self.process = self.process or self._started()
                except (SystemFailed, OSError) as err:
                    self.table.leave_out(name, err)
                    return
                self._row(setting, _row_name(name, setting.beam, setting.batch), len(settings) - number)
        finally:
            self._stop()

    def _row(self, setting: Setting, name: str, left: int) -> None:
        """One row, or the line that says why there is none. A third of its time is for what is measured."""
        least, most = _ROW_S
        share = min(most, (self.end - time.monotonic()) / (3 * left))
        if share < least:
            self.table.leave_out(name, "out of time")
            return
        try:
            self.table.add(self._measured(setting, share))
        except (SystemFailed, OSError) as err:
            self.table.leave_out(name, err)
            self._stop()

    def _measured(self, setting: Setting, seconds: float) -> Cell:
        """Ever more sentences, until a request takes half of `seconds`: a card is slow with few."""
        assert self.process
        few = distinct(min(self.sentences, 64), start=self.sentences)
        self.process.ask(few, setting.change, limit_s=self._patience)  # also what a first call makes ready
        took, count = self.process.ask(few, limit_s=self._patience).wall_s, len(few)
        while True:
            count = min(self.sentences, max(16, int(count * min(seconds / took, _GROWTH))))
            chosen = distinct(count)
            start = time.monotonic()
            reply = self.process.ask(chosen, limit_s=self._patience)
            took = reply.wall_s
            if took > seconds / 2 or count == self.sentences or 2 * seconds > self.end - time.monotonic():
                break
        watts = self.meter.mean(start + 0.3, time.monotonic())
        rate, peak = round(words(chosen) / reply.wall_s, 1), round(reply.peak_mib)
        where = self.model.name, self.system.name, setting.beam, setting.batch
        return Cell(*where, count, rate, watts, peak)

    def _started(self) -> Process:
        """It has the time of all its rows to be ready: without it there are none."""
        limit = max(1.0, self.end - time.monotonic())
        return Process(self.system, self.model, distinct(1)[0], limit_s=limit)

    def _stop(self) -> None:
        if self.process:
            self.process.close()
        self.process = None

    @property
    def _patience(self) -> float:
        """Seconds for one step: half of what the system has left, so that one row never takes it all."""
        return max(1.0, (self.end - time.monotonic()) / 2)


def _row_name(system: str, beam: int, batch: str) -> str:
    """What a row is called where it is left out. `system`: with its model."""
    return f"{system}, beam {beam}, {batch}"


def _line(err: Exception) -> str:
    return (str(err).strip().splitlines() or [type(err).__name__])[0][:200]
