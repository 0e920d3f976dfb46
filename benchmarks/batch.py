"""What a batch job costs on top of its engine, and how much memory it takes.

    python -m benchmarks.batch DISPATCHES --documents 10000 [--processes N] [--no-summary] [--json FILE]

Makes dispatches of real size from a folder of real ones: each takes its head from one and its
paragraphs from several, with other figures. As on a real wire, one in six is an earlier one with a paragraph
added (an update) and one in twelve an earlier one with one figure changed (a correction). `--fresh 0.1` makes
nine tenths of the paragraphs ones that were sent before, so that a long job can be measured in a short time.
It runs a job over them, and counts what passes in the engine: translating, second tries, sentence vectors for
the summaries. Then the engine alone translates the same distinct sentences, in one call for each language: as
fast as it can. The overhead is what the job takes beyond its engine: reading, parsing, summaries, checks,
rendering, flushing, journal. Both are given in wall time and in processor time of all threads; on a machine
that does other things only the second says much. Loading the models is in neither.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

import translate
from translate.batch import Plan, Processes, run_batch, seats
from translate.domain import Hypothesis, Lang
from translate.engines import Engine, Link, Progress
from translate.summaries.extractive import ExtractiveSummarizer
from translate.text.reading import read_text

T = TypeVar("T")

UPDATES = 1 / 6
CORRECTIONS = 1 / 12
SEED = 20


@dataclass(frozen=True)
class Load:
    """One measurement. Times in seconds, memory in MiB. `engine_…`: inside the job; `raw_…`: alone."""

    documents: int
    processes: int
    failed: int
    words: int
    sentences: int
    translated: int
    job_wall_s: float
    job_cpu_s: float
    peak_mib: float
    why: str = ""
    engine_wall_s: float | None = None
    engine_cpu_s: float | None = None
    vectors_cpu_s: float | None = None
    retries_cpu_s: float | None = None
    raw_wall_s: float | None = None
    raw_cpu_s: float | None = None


@dataclass
class Meter:
    """An engine that counts its time, and keeps what it translates."""

    engine: Engine
    asked: dict[Lang, dict[str, None]] = field(default_factory=dict)
    wall_s: float = 0.0
    cpu_s: float = 0.0
    vectors_cpu_s: float = 0.0
    retries_cpu_s: float = 0.0

    @property
    def targets(self) -> tuple[Lang, ...]:
        return self.engine.targets

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self.asked.setdefault(target, {}).update(dict.fromkeys(sentences))
        return self._timed(lambda: self.engine.translate(sentences, target, progress))

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        before = self.cpu_s
        several = self._timed(lambda: self.engine.candidates(sentences, target, count))
        self.retries_cpu_s += self.cpu_s - before
        return several

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        return self._timed(lambda: self.engine.align(pairs, target))

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        before = self.cpu_s
        vectors = self._timed(lambda: self.engine.embed(sentences))
        self.vectors_cpu_s += self.cpu_s - before
        return vectors

    def _timed(self, work: Callable[[], T]) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            return work()
        finally:
            self.wall_s += time.perf_counter() - wall
            self.cpu_s += time.process_time() - cpu


def recombined(folder: Path, documents: int, fresh: float) -> Iterator[str]:
    """Dispatches as long as the real ones in `folder`, made of their heads and paragraphs."""
    dice = random.Random(SEED)
    real = [
        [block for block in read_text(path.read_bytes(), path.name).text.split("\n\n") if block.strip()]
        for path in sorted(folder.glob("*.txt"))
    ]
    paragraphs = [block for blocks in real for block in blocks[1:] if len(block) > 80]
    known = list(paragraphs)
    sent: list[list[str]] = []
    for _ in range(documents):
        turn = dice.random()
        if sent and turn < UPDATES:
            blocks = [*dice.choice(sent), dice.choice(paragraphs)]
        elif sent and turn < UPDATES + CORRECTIONS:
            blocks = list(dice.choice(sent))
            place = dice.randrange(len(blocks))
            blocks[place] = _varied(blocks[place], dice)
        else:
            model = dice.choice(real)
            new = [
                _varied(dice.choice(paragraphs), dice) if dice.random() < fresh else dice.choice(known)
                for _ in model[1:]
            ]
            known = [*known, *new][-5000:]
            blocks = [model[0], *new]
        sent = [*sent[-200:], blocks]
        yield "\n\n".join(blocks)


def _varied(paragraph: str, dice: random.Random) -> str:
    """The paragraph with other figures, and one more of its own, so that it is another one, as news is."""
    digits = (str(dice.randint(1, 9)) if char.isdigit() else char for char in paragraph)
    return f"{''.join(digits).rstrip()} Ils sont {dice.randint(1000, 9_999_999)} selon la police."


def measure(wire: Path, output: Path, arguments: argparse.Namespace) -> Load:
    """A job in this process, then its engine alone."""
    pipeline = translate.load(
        model=arguments.model or (),
        beam=arguments.beam,
        summarizer=None if arguments.no_summary else "extractive",
    )
    meters = {id(engine): Meter(engine) for engine in pipeline.engines.values()}
    metered = {lang: meters[id(engine)] for lang, engine in pipeline.engines.items()}
    first = next(iter(metered.values()))
    summarizer = None if arguments.no_summary else ExtractiveSummarizer(first.embed)
    before, cpu = time.perf_counter(), time.process_time()
    report = run_batch([wire], output, replace(pipeline, engines=metered, summarizer=summarizer))
    wall, used = time.perf_counter() - before, time.process_time() - cpu
    found = _load(report, arguments, wall, used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    found = replace(
        found,
        engine_wall_s=sum(meter.wall_s for meter in meters.values()),
        engine_cpu_s=sum(meter.cpu_s for meter in meters.values()),
        vectors_cpu_s=sum(meter.vectors_cpu_s for meter in meters.values()),
        retries_cpu_s=sum(meter.retries_cpu_s for meter in meters.values()),
    )
    if arguments.no_raw:
        return found
    before, cpu = time.perf_counter(), time.process_time()
    for meter in meters.values():
        for target, sentences in meter.asked.items():
            meter.engine.translate(list(sentences), target)
    return replace(found, raw_wall_s=time.perf_counter() - before, raw_cpu_s=time.process_time() - cpu)


def measure_processes(wire: Path, output: Path, arguments: argparse.Namespace) -> Load:
    """A job in several processes; their processor time and peak memory are summed up."""
    plan = Plan.of(
        model=arguments.model or (),
        beam=arguments.beam,
        summarizer=None if arguments.no_summary else "extractive",
    )
    with Processes(plan, seats("cpu", arguments.processes)) as crew:
        before, cpu = time.perf_counter(), time.process_time()
        loaded = sum(map(_cpu_of, crew.pids))
        report = run_batch([wire], output, crew)
        wall, used = time.perf_counter() - before, time.process_time() - cpu
        used += sum(map(_cpu_of, crew.pids)) - loaded
        peak = sum(map(_peak_of, crew.pids)) + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _load(report, arguments, wall, used, peak)


def _cpu_of(pid: int) -> float:
    """Seconds of processor time of a process so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _peak_of(pid: int) -> int:
    """Most memory that a process has had, in KiB (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _load(
    report: translate.batch.Report, arguments: argparse.Namespace, wall: float, cpu: float, peak_kib: int
) -> Load:
    return Load(
        documents=arguments.documents,
        processes=arguments.processes or 1,
        failed=report.failed,
        words=report.words,
        sentences=report.asked,
        translated=report.translated,
        job_wall_s=wall,
        job_cpu_s=cpu,
        peak_mib=peak_kib / 1024,
        why=f": {report.failures[0].reason}" if report.failures else "",
    )


def load(arguments: argparse.Namespace) -> None:
    """Measure and print one size."""
    room = Path(tempfile.mkdtemp(dir=arguments.room))
    try:
        for number, text in enumerate(recombined(arguments.dispatches, arguments.documents, arguments.fresh)):
            folder = room / "wire" / f"{number // 1000:03}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        work = measure_processes if arguments.processes else measure
        found = work(room / "wire", room / "out", arguments)
    finally:
        shutil.rmtree(room)
    show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(found), indent=2) + "\n", encoding="utf-8")


def show(found: Load) -> None:
    print(f"{found.documents:,} dispatches, {found.words:,} words, {found.failed:,} failed{found.why}")
    print(f"{found.sentences:,} sentences asked for, {found.translated:,} translated")
    per_s = found.documents / found.job_wall_s
    print(f"{per_s:.1f} documents/s, peak memory {found.peak_mib:,.0f} MiB, {found.processes} process(es)")
    print(_row("job", found.words, found.job_wall_s, found.job_cpu_s))
    if found.engine_wall_s is not None and found.engine_cpu_s is not None:
        print(_row("its engine", found.words, found.engine_wall_s, found.engine_cpu_s))
        parts = f"sentence vectors {found.vectors_cpu_s:.1f} s, second tries {found.retries_cpu_s:.1f} s"
        print(f"  of which {parts} of CPU")
        cpu, wall = found.job_cpu_s / found.engine_cpu_s - 1, found.job_wall_s / found.engine_wall_s - 1
        print(f"overhead {cpu:.1%} of processor time, {wall:.1%} of wall time")
        each = (found.job_cpu_s - found.engine_cpu_s) / found.documents * 1000
        print(f"overhead {each:.1f} ms of processor time for each document")
    if found.raw_wall_s is not None and found.raw_cpu_s is not None:
        print(_row("raw engine", found.words, found.raw_wall_s, found.raw_cpu_s))


def _row(what: str, words: int, wall: float, cpu: float) -> str:
    return f"{what:<12}{words / wall:8,.0f} words/s  {wall:8.1f} s  {cpu:8.1f} s of CPU"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dispatches", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--fresh", type=float, default=1.0, help="share of paragraphs never sent before")
    parser.add_argument("--processes", type=int, help="work with so many processes")
    parser.add_argument("--model")
    parser.add_argument("--beam", type=int)
    parser.add_argument("--no-summary", action="store_true")
    parser.add_argument("--no-raw", action="store_true", help="do not run the engine alone")
    parser.add_argument("--room", type=Path, help="where the folders are made")
    parser.add_argument("--json", type=Path)
    load(parser.parse_args())


if __name__ == "__main__":
    main()
