"""The table for a GPU: every engine, precision, batch size and beam, words a second and words for each joule.

Unattended, and in under eight minutes: each cell gets a share of what is left, and cells that no longer fit
are listed as left out. `--device cpu` rehearses it where there is no GPU.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.speed import machine
from benchmarks.speed.models import NAMES, Prepared, prepare
from benchmarks.speed.processes import Process, System, SystemFailed
from benchmarks.speed.sentences import distinct, words

BEAMS = (1, 4)
BATCHES = {"cuda": (32, 128, 512), "cpu": (8, 32)}  # sentences
_LEAST_S = 20.0  # with less left no system is started
_CELL_S = 8.0  # of work for one row; loading and warming up come on top
TOKENS = {"cuda": (4096, 16384, 65536), "cpu": (512, 2048)}


@dataclass(frozen=True)
class Cell:
    """One row of the table. `joules_s`: mean power in watts while it ran, if the card tells."""

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
    change: dict[str, int]


class Meter:
    """Mean power of the card between two moments, as nvidia-smi tells it five times a second."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, float]] = []
        command = [
            "nvidia-smi",
            "--query-gpu=power.draw",
            "--format=csv,noheader,nounits",
            "-i",
            "0",
            "-lms",
            "200",
        ]
        try:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        except OSError:
            return
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):  # "[N/A]" where a card does not tell
                self._seen.append((time.monotonic(), float(line)))

    def mean(self, start: float, end: float) -> float | None:
        found = [watts for moment, watts in self._seen if start <= moment <= end]
        return round(sum(found) / len(found), 1) if found else None

    def stop(self) -> None:
        with contextlib.suppress(AttributeError):
            self._process.kill()


@dataclass(frozen=True)
class Work:
    """What is to be measured, within how many minutes; `sentences`: at most, for one row."""

    device: str
    minutes: float
    sentences: int
    room: Path

    @property
    def kind(self) -> str:
        return self.device.partition(":")[0]


def run(
    work: Work,
    tell: Callable[[str], None] = lambda line: None,
    save: Callable[[dict[str, object]], None] = lambda found: None,
) -> dict[str, object]:
    """The whole table, as JSON has it; `save` gets what there is after each system."""
    end = time.monotonic() + 60 * work.minutes
    about = {"device": machine.card() if work.kind == "cuda" else machine.processor(), **machine.described()}
    cells: list[Cell] = []
    left_out: list[str] = []
    found: dict[str, object] = {"machine": about, "cells": [], "left_out": left_out}
    meter = Meter()
    try:
        for name in NAMES:
            model = prepare(name, work.room)
            for system, settings in _lineup(work.device, work.kind):
                if time.monotonic() > end - _LEAST_S:
                    left_out.append(f"{name}: {system.name}: out of time")
                    continue
                tell(f"{name}: {system.name}, {end - time.monotonic():.0f} s left")
                try:
                    for cell in _cells(model, system, settings, work.sentences, meter, end, left_out):
                        cells.append(cell)
                except (SystemFailed, OSError) as err:
                    left_out.append(f"{name}: {system.name}: {err}")
                found["cells"] = [asdict(cell) for cell in cells]
                save(found)
    finally:
        meter.stop()
    return found


def _ready_s(end: float) -> float:
    """Seconds that one step may take: a quarter of what is left, so that one system never takes it all."""
    return max(1.0, (end - time.monotonic()) / 4)


def _lineup(device: str, kind: str) -> Iterator[tuple[System, list[Setting]]]:
    """Each system with what it is asked to do; those that can change their settings start once."""
    for engine in ("ct2", "torch"):
        for beam in BEAMS:
            options = {"engine": engine, "device": device, "beam": beam}
            yield System(f"translate, {engine}", "ours", options), [Setting(beam, "its own", {})]
    batches = [Setting(b, f"{n} sentences", {"beam": b, "batch": n}) for b in BEAMS for n in BATCHES[kind]]
    tokens = [Setting(b, f"{n:,} pieces", {"beam": b, "tokens": n}) for b in BEAMS for n in TOKENS[kind]]
    direct = {"device": device, "tuned": True}
    yield System("CTranslate2, float16" if kind == "cuda" else "CTranslate2, int8", "ct2", direct), tokens
    yield (
        System("generate, bfloat16" if kind == "cuda" else "generate", "generate", {"device": device}),
        batches,
    )


def _cells(
    model: Prepared,
    system: System,
    settings: list[Setting],
    sentences: int,
    meter: Meter,
    end: float,
    left_out: list[str],
) -> Iterator[Cell]:
    """A system's rows. A short run first tells how many sentences fit in the time of one cell."""
    process = Process(system, model, distinct(1)[0], limit_s=_ready_s(end))
    try:
        for setting in settings:
            share = min(_CELL_S, (end - time.monotonic()) / 8)
            if share < 1:
                left_out.append(
                    f"{model.name}: {system.name}, beam {setting.beam}, {setting.batch}: out of time"
                )
                continue
            few = distinct(min(sentences, 64), start=sentences)
            process.ask(few, setting.change, limit_s=_ready_s(end))  # also what a first call makes ready
            trial = process.ask(few, limit_s=_ready_s(end))
            count = min(sentences, max(16, int(share * len(few) / trial.wall_s)))
            chosen = distinct(count)
            start = time.monotonic()
            reply = process.ask(chosen, limit_s=_ready_s(end))
            watts = meter.mean(start + 0.3, time.monotonic())
            rate = round(words(chosen) / reply.wall_s, 1)
            yield Cell(
                model.name,
                system.name,
                setting.beam,
                setting.batch,
                count,
                rate,
                watts,
                round(reply.peak_mib),
            )
    finally:
        process.close()
