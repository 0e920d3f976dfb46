"""What a batch job costs on top of its engine, and how much memory it takes, on a long wire.

    python -m benchmarks.batch DISPATCHES --more PARAGRAPHS… --room ROOM [--documents 10000] [--json FILE]

Makes dispatches of real size from real ones (`benchmarks.wire`) in ROOM, and runs `translate batch` over
them with the embedded model, in a process of its own whose engines have a meter. Then the engine alone
translates a sample of the very sentences that the job asked for, in one call for each language: no revision,
no summaries, no files. What is given:

- the job's words a second, those of its documents;
- the raw engine's, for each distinct sentence once, and for every sentence however often it comes (both
  extrapolated from the sample);
- the share of the job outside of engine calls, peak memory, the share of repeats.

Loading the models is in none of the times. Killed at any moment, the same command goes on where it was: the
times of all attempts are summed up. `--json FILE` is written every minute, with "state": "running" until the
end. The progress line has the time left. Memory and time of several `--processes` are summed up.

Code that is edited while a job runs makes its documents fail: measure in a copy of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import translate
from benchmarks import batch_metered
from benchmarks.batch_metered import CALLS
from benchmarks.wire import SEED, Texts, recombined
from translate.domain import Lang

_SAVED_EVERY_S = 60.0
_WARM_UP = 64  # sentences


@dataclass(frozen=True, slots=True)
class Load:
    """One measurement, in seconds and MiB; `raw_…`: the engine alone.

    `engine_wall_s`: engine calls were under way in the job. `calls_s`: how long they took, by name, two at a
    time counted twice. `outside_cpu_s`: processor time of the job outside of them.

    `asked`, `translated`: sentences over all languages; a repeat is asked for and not translated.
    `raw_wall_s`, `raw_cpu_s`: for `raw_sentences` with `raw_words`, a sample of the `distinct_words` in
    all distinct sentences. `attempts`: more than one if the job was killed and gone on with.
    """

    state: str
    documents: int
    words: int
    failed: int
    failures: Sequence[str]
    targets: Sequence[str]
    processes: int
    attempts: int
    asked: int
    translated: int
    wall_s: float
    cpu_s: float
    engine_wall_s: float
    outside_cpu_s: float
    calls_s: dict[str, float]
    peak_mib: float
    distinct_words: int = 0
    raw_sentences: int = 0
    raw_words: int = 0
    raw_wall_s: float = 0.0
    raw_cpu_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """The folder of one measurement, with all that a later attempt has to know."""

    path: Path

    @property
    def wire(self) -> Path:
        return self.path / "wire"

    @property
    def output(self) -> Path:
        return self.path / "out"

    @property
    def meters(self) -> Path:
        return self.path / "meters"

    @property
    def job(self) -> Path:
        """The job's report, when it is done."""
        return self.path / "job.json"

    @property
    def raw(self) -> Path:
        """What was measured of the engine alone."""
        return self.path / "raw.json"


def prepare(room: Room, arguments: argparse.Namespace) -> None:
    """The wire, made once; another one in the same room is an error."""
    asked = {
        "dispatches": str(arguments.dispatches),
        "more": list(map(str, arguments.more)),
        "documents": arguments.documents,
        "to": arguments.to,
        "processes": arguments.processes,
        "options": arguments.options,
    }
    mark = room.path / "asked.json"
    if mark.exists():
        if json.loads(mark.read_text("utf-8")) != asked:
            raise SystemExit(f"{room.path} holds another measurement; choose another --room")
        return
    texts = Texts.read(arguments.dispatches, arguments.more)
    for number, text in enumerate(recombined(texts, arguments.documents)):
        folder = room.wire / f"{number // 1000:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    room.meters.mkdir(exist_ok=True)
    mark.write_text(json.dumps(asked), encoding="utf-8")


def run_job(room: Room, arguments: argparse.Namespace) -> None:
    """The job, to its end. Raises SystemExit if it does not get there."""
    if room.job.exists():
        return
    targets = [option for target in arguments.to for option in ("--to", target)]
    crowd = ["--processes", str(arguments.processes)] if arguments.processes else []
    job = ["batch", str(room.wire), "-o", str(room.output), "--no-memory", "--offline"]
    command = [sys.executable, "-m", "benchmarks.batch_metered", *job, *targets, *crowd, *arguments.options]
    print(f"translate {' '.join(command[3:])}", file=sys.stderr)
    environment = {**os.environ, batch_metered.FOLDER: str(room.meters.resolve())}
    with subprocess.Popen(command, env=environment) as running:
        while running.poll() is None:
            try:
                running.wait(_SAVED_EVERY_S)
            except subprocess.TimeoutExpired:
                keep(known(room, arguments, "running"), arguments.json)
            except KeyboardInterrupt:
                running.wait()
                raise
    if running.returncode not in (0, 6):  # 6: some documents failed
        keep(known(room, arguments, "stopped"), arguments.json)
        raise SystemExit(f"the job ended with {running.returncode}; the same command goes on from here")
    room.job.write_bytes((room.output / "report.json").read_bytes())


def run_raw(room: Room, arguments: argparse.Namespace) -> None:
    """The engine alone, on a sample of what the job asked for."""
    if room.raw.exists():
        return
    pipeline = translate.load(arguments.to, summarizer=None)
    found: dict[str, Any] = dict.fromkeys(
        ("distinct_words", "raw_sentences", "raw_words", "raw_wall_s", "raw_cpu_s"), 0
    )
    for target, engine in pipeline.engines.items():
        distinct = sorted(set(_sentences(room, target)))
        sample = random.Random(SEED).sample(distinct, min(arguments.sample, len(distinct)))
        engine.translate(distinct[:_WARM_UP], target)
        wall, cpu = time.perf_counter(), time.process_time()
        engine.translate(sample, target)
        found["raw_wall_s"] += time.perf_counter() - wall
        found["raw_cpu_s"] += time.process_time() - cpu
        found["raw_sentences"] += len(sample)
        found["raw_words"] += _words(sample)
        found["distinct_words"] += _words(distinct)
    room.raw.write_text(json.dumps(found), encoding="utf-8")


def _sentences(room: Room, target: Lang) -> Iterator[str]:
    for path in room.meters.glob(f"*.{target}"):
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.endswith("\n"))


def _words(sentences: Sequence[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def known(room: Room, arguments: argparse.Namespace, state: str) -> Load:
    """Everything that was measured so far."""
    meters = [json.loads(path.read_text("utf-8")) for path in sorted(room.meters.glob("*.json"))]
    jobs = [meter for meter in meters if meter["job"]]
    report = json.loads(room.job.read_text("utf-8")) if room.job.exists() else {}
    raw = json.loads(room.raw.read_text("utf-8")) if room.raw.exists() else {}
    documents, words = _journaled(room)
    return Load(
        state=state,
        documents=documents,
        words=words,
        failed=report.get("failed", 0),
        failures=[each["reason"] for each in report.get("failures", [])[:5]],
        targets=arguments.to,
        processes=arguments.processes or 1,
        attempts=len(jobs),
        asked=sum(meter["asked"] for meter in meters),
        translated=sum(meter["translated"] for meter in meters),
        wall_s=sum(meter["wall_s"] for meter in jobs),
        cpu_s=sum(meter["cpu_s"] for meter in meters),
        engine_wall_s=sum(meter["engine_wall_s"] for meter in meters),
        outside_cpu_s=sum(meter["outside_cpu_s"] for meter in meters),
        calls_s={call: sum(meter["calls_s"][call] for meter in meters) for call in CALLS},
        peak_mib=sum(_peaks(meters)) / 1024,
        **raw,
    )


def _peaks(meters: Sequence[dict[str, Any]]) -> Iterator[int]:
    """The highest peak of a job's own process, and of as many of its workers as there were at a time."""
    for of_job in (True, False):
        peaks = [meter["peak_kib"] for meter in meters if meter["job"] is of_job]
        attempts = max(1, sum(meter["job"] for meter in meters))
        at_a_time = 1 if of_job else -(-len(peaks) // attempts)
        yield from sorted(peaks, reverse=True)[:at_a_time]


def _journaled(room: Room) -> tuple[int, int]:
    """Documents that are done, and their words."""
    journal = room.output / ".translate/all/journal.db"
    if not journal.exists():
        return 0, 0
    try:
        with sqlite3.connect(f"file:{journal}?mode=ro", uri=True, timeout=10) as database:
            row = database.execute("SELECT count(*), coalesce(sum(words), 0) FROM documents").fetchone()
        return int(row[0]), int(row[1])
    except sqlite3.Error:  # the job is writing
        return 0, 0


def keep(load: Load, path: Path | None) -> None:
    if path:
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text(json.dumps(asdict(load), indent=2) + "\n", encoding="utf-8")
        partial.replace(path)


def show(load: Load) -> None:
    print(f"{load.documents:,} dispatches, {load.words:,} words into {', '.join(load.targets)}")
    print(f"{load.failed:,} failed")
    for reason in load.failures:
        print(f"  failed: {reason}")
    repeats = 1 - load.translated / max(1, load.asked)
    print(f"{load.asked:,} sentences asked for, {load.translated:,} translated: {repeats:.0%} were repeats")
    print(f"peak memory {load.peak_mib:,.0f} MiB, {load.processes} process(es), {load.attempts} attempt(s)")
    print(_row("job", load.words, load.wall_s, load.cpu_s))
    print(_row("its engine", load.words, load.engine_wall_s, load.cpu_s - load.outside_cpu_s))
    print(f"  calls: {', '.join(f'{name} {seconds:,.0f} s' for name, seconds in load.calls_s.items())}")
    engine, each = load.cpu_s - load.outside_cpu_s, load.outside_cpu_s / max(1, load.documents)
    print(
        f"outside of engine calls: {load.outside_cpu_s / load.cpu_s:.1%} of the job's processor time, "
        f"{load.outside_cpu_s / engine:.1%} on top of its engine's, {1000 * each:.1f} ms for each document"
    )
    if load.processes == 1:
        print(f"outside of engine calls: {1 - load.engine_wall_s / load.wall_s:.1%} of the job's wall time")
    if load.raw_words:
        _show_raw(load)


def _show_raw(load: Load) -> None:
    part = load.raw_words / load.distinct_words
    wall, cpu = load.raw_wall_s / part, load.raw_cpu_s / part
    every = load.asked / load.translated
    print(f"raw engine, measured on {load.raw_sentences:,} of the sentences, {part:.0%} of their words:")
    for what, factor in (("each distinct one once", 1.0), ("all of them, with repeats", every)):
        print(_row(f"  {what}", load.words, wall * factor, cpu * factor))
        print(
            f"    the job takes {load.wall_s / (wall * factor):.2f} times its wall time, "
            f"{load.cpu_s / (cpu * factor):.2f} times its processor time"
        )


def _row(what: str, words: int, wall: float, cpu: float) -> str:
    return f"{what:<28}{words / wall:9,.0f} words/s {wall:10,.1f} s  {cpu:10,.1f} s of CPU"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("dispatches", type=Path, help="a folder of real ones")
    parser.add_argument(
        "--more", type=Path, nargs="*", default=[], help="more paragraphs: JSONL, TSV, TSV.xz"
    )
    parser.add_argument("--room", type=Path, required=True, help="folder for wire and results; kept")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--to", action="append", help="en, zh; both if absent")
    parser.add_argument("--processes", type=int, help="work with so many processes")
    parser.add_argument(
        "--sample", type=int, default=4000, help="sentences of each language for the raw engine"
    )
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--options", nargs=argparse.REMAINDER, default=[], help="the rest is for `translate batch`"
    )
    arguments = parser.parse_args()
    arguments.to = arguments.to or [str(Lang.EN), str(Lang.ZH)]
    room = Room(arguments.room)
    room.path.mkdir(parents=True, exist_ok=True)
    prepare(room, arguments)
    run_job(room, arguments)
    run_raw(room, arguments)
    load = known(room, arguments, "done")
    keep(load, arguments.json)
    show(load)


if __name__ == "__main__":
    main()
