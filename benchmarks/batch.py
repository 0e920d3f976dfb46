"""What a batch job costs on top of its engine, how much memory it takes, and how fast it skips.

    python -m benchmarks.batch load DISPATCHES --documents 10000 [--model NAME] [--beam N] [--json FILE]
    python -m benchmarks.batch skip --documents 100000

`load` makes dispatches of real size from a folder of real ones: each takes its head from one and its
paragraphs from several, and one in six is an earlier one with a paragraph added, as a wire sends updates. It
runs a job over them, then asks the same engine for
the very sentences that the job had asked for, window by window. The overhead is what the job took beyond
that: reading, parsing, summaries, checks, rendering, flushing, journal. Both are given in wall time and in
processor time of all threads; on a machine that does other things only the second says much. Loading the
models is in neither.

`skip` measures a job of which every document is done: journal and outputs are made beforehand.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import translate
from translate.batch import run_batch
from translate.batch.disk import Disk
from translate.batch.documents import Document
from translate.batch.journal import Entry, Journal
from translate.batch.settings import Settings, recipe_digest
from translate.domain import Hypothesis, Lang, Recipe
from translate.engines import Engine, Progress
from translate.outputs import Format
from translate.pipeline import Options, Pipeline
from translate.text.reading import read_text

UPDATES = 1 / 6
SEED = 20


@dataclass(frozen=True)
class Load:
    """One measurement. Times in seconds, memory in MiB."""

    documents: int
    failed: int
    words: int
    sentences: int
    translated: int
    job_wall_s: float
    job_cpu_s: float
    engine_wall_s: float
    engine_cpu_s: float
    peak_mib: float

    @property
    def overhead(self) -> float:
        """What the job takes beyond its engine, in processor time."""
        return self.job_cpu_s / self.engine_cpu_s - 1


class Recorder:
    """An engine that keeps what it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.targets = engine.targets
        self.asked: list[tuple[Lang, list[str]]] = []

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self.asked.append((target, list(sentences)))
        return self._engine.translate(sentences, target, progress)

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return self._engine.embed(sentences)


def recombined(folder: Path, documents: int) -> Iterator[str]:
    """Dispatches as long as the real ones in `folder`, made of their heads and paragraphs."""
    dice = random.Random(SEED)
    real = [
        [block for block in read_text(path.read_bytes(), path.name).text.split("\n\n") if block.strip()]
        for path in sorted(folder.glob("*.txt"))
    ]
    paragraphs = [block for blocks in real for block in blocks[1:] if len(block) > 80]
    sent: list[list[str]] = []
    for _ in range(documents):
        if sent and dice.random() < UPDATES:
            blocks = [*dice.choice(sent), dice.choice(paragraphs)]
        else:
            model = dice.choice(real)
            blocks = [model[0], *(_varied(dice.choice(paragraphs), dice) for _ in model[1:])]
        sent = [*sent[-200:], blocks]
        yield "\n\n".join(blocks)


def _varied(paragraph: str, dice: random.Random) -> str:
    """The paragraph with other figures, so that it is another one, as news is."""
    digits = (str(dice.randint(1, 9)) if char.isdigit() else char for char in paragraph)
    return "".join(digits)


def measure(wire: Path, output: Path, model: str | None, beam: int | None, documents: int) -> Load:
    """A job, then its engine alone."""
    pipeline = translate.load(model=model or (), beam=beam)
    recorders = {id(engine): Recorder(engine) for engine in pipeline.engines.values()}
    recorded = {lang: recorders[id(engine)] for lang, engine in pipeline.engines.items()}
    before, cpu = time.perf_counter(), time.process_time()
    report = run_batch([wire], output, replace(pipeline, engines=recorded))
    job_wall, job_cpu = time.perf_counter() - before, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    before, cpu = time.perf_counter(), time.process_time()
    for lang, engine in pipeline.engines.items():
        for target, sentences in recorded[lang].asked:
            if target is lang:
                engine.translate(sentences, target)
    return Load(
        documents=documents,
        failed=report.failed,
        words=report.words,
        sentences=report.asked,
        translated=report.translated,
        job_wall_s=job_wall,
        job_cpu_s=job_cpu,
        engine_wall_s=time.perf_counter() - before,
        engine_cpu_s=time.process_time() - cpu,
        peak_mib=peak,
    )


def load(arguments: argparse.Namespace) -> None:
    """Measure and print one size."""
    room = Path(tempfile.mkdtemp())
    try:
        wire = room / "wire"
        wire.mkdir()
        for number, text in enumerate(recombined(arguments.dispatches, arguments.documents)):
            folder = wire / f"{number // 1000:03}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
        found = measure(wire, room / "out", arguments.model, arguments.beam, arguments.documents)
    finally:
        shutil.rmtree(room)
    print(f"{found.documents:,} dispatches, {found.words:,} words, {found.failed:,} failed")
    print(f"{found.sentences:,} sentences asked for, {found.translated:,} translated")
    print(f"job     {found.words / found.job_wall_s:8,.0f} words/s   {found.job_cpu_s:8.1f} s of CPU")
    print(f"engine  {found.words / found.engine_wall_s:8,.0f} words/s   {found.engine_cpu_s:8.1f} s of CPU")
    print(f"overhead {found.overhead:.1%} of processor time, peak memory {found.peak_mib:,.0f} MiB")
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(found), indent=2) + "\n", encoding="utf-8")


class Silent:
    """An engine that is never asked."""

    targets = (Lang.EN,)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        raise AssertionError("a finished document was translated again")

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError("a finished document was read again")


def skip(arguments: argparse.Namespace) -> None:
    """Measure and print how fast finished documents are skipped."""
    room = Path(tempfile.mkdtemp(dir=arguments.room))
    try:
        recipe = Recipe("none", "0", "none", "cpu", 1, translate.__version__)
        pipeline = Pipeline({Lang.EN: Silent()}, {Lang.EN: recipe}, None, Options())
        text = ("Le ministre a parlé mercredi de la paix dans le pays. " * 40).encode()
        _finished(room, arguments.documents, text, recipe_digest(pipeline, Settings(room / "out")))
        before, cpu = time.perf_counter(), time.process_time()
        report = run_batch([room / "wire"], room / "out", pipeline)
        wall, used = time.perf_counter() - before, time.process_time() - cpu
        assert report.skipped == arguments.documents
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = (room / "out/.translate/all/journal.db").stat().st_size / 2**20
    finally:
        shutil.rmtree(room)
    each = used / arguments.documents * 1e6
    print(f"{report.skipped:,} finished documents skipped in {wall:.1f} s, {used:.1f} s of processor time")
    print(f"{each:.0f} µs each; peak memory {peak:,.0f} MiB, journal {size:,.0f} MiB")


def _finished(room: Path, documents: int, text: bytes, recipe: bytes) -> None:
    """A job's folder in which everything is done."""
    state = room / "out/.translate/all"
    state.mkdir(parents=True)
    entries = []
    for number in range(documents):
        folder = f"{number // 1000:04}"
        for place in (room / "wire" / folder, room / "out" / folder):
            place.mkdir(parents=True, exist_ok=True)
        data = text + str(number).encode()
        (room / "wire" / folder / f"{number}.txt").write_bytes(data)
        (room / "out" / folder / f"{number}.json").write_bytes(b"{}\n")
        document = Document(f"{folder}/{number}.txt", f"{folder}/{number}")
        entries.append(
            Entry(document.id, document.digest(data, recipe), {str(Format.JSON): 3}, 400, {"names": 2})
        )
    with Journal(state / "journal.db", Disk()) as journal:
        journal.finish(entries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)
    loading = commands.add_parser("load")
    loading.add_argument("dispatches", type=Path)
    loading.add_argument("--documents", type=int, default=10_000)
    loading.add_argument("--model")
    loading.add_argument("--beam", type=int)
    loading.add_argument("--json", type=Path)
    loading.set_defaults(run=load)
    skipping = commands.add_parser("skip")
    skipping.add_argument("--documents", type=int, default=100_000)
    skipping.add_argument("--room", type=Path, help="where the folders are made")
    skipping.set_defaults(run=skip)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
