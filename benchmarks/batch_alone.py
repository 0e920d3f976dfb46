"""A batch job without a model: its peak memory, and how fast it skips what is done.

    python -m benchmarks.batch_alone memory --documents 10000
    python -m benchmarks.batch_alone skip --documents 100000

`memory` runs a job over short dispatches, all different, with an engine that gives each sentence back: what a
model needs comes on top, and does not grow with the job.

`skip` runs a job of which every document is done: journal and outputs are made beforehand.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import translate
from translate.batch import desk, run_batch
from translate.batch.disk import Disk
from translate.batch.documents import Document
from translate.batch.journal import Entry, Journal
from translate.domain import Hypothesis, Lang, Recipe
from translate.engines import Link, Progress, Unwanted, Wanted
from translate.outputs import Format
from translate.pipeline import Pipeline
from translate.revision import Revision
from translate.settings import Options

_TOGETHER = 1000


class Echo:
    """An engine that gives back what it is asked."""

    targets = (Lang.EN, Lang.ZH)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return [Hypothesis(sentence) for sentence in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        return [(Hypothesis(sentence),) for sentence in sentences]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        return [None for _ in wanted]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        return [None for _ in unwanted]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        return [() for _ in pairs]

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(sentences), 8), dtype=np.float32)


def memory(arguments: argparse.Namespace) -> None:
    """Measure and print the peak memory of a job without a model."""
    room = Path(tempfile.mkdtemp(dir=arguments.room))
    try:
        for number in range(arguments.documents):
            folder = room / "wire" / f"{number // 1000:04}"
            folder.mkdir(parents=True, exist_ok=True)
            text = (
                f"Le ministre a signé mercredi l'accord {number} sur le climat, a-t-il dit à Paris.\n\n" * 3
            )
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        recipe = Recipe("echo", "0", "echo", "cpu", 1, translate.__version__)
        quick = Options(revision=Revision(checks=False, repair=False, retry=False))
        echo = Echo()
        pipeline = Pipeline({Lang.EN: echo, Lang.ZH: echo}, {Lang.EN: recipe, Lang.ZH: recipe}, None, quick)
        cpu = time.process_time()
        report = run_batch([room / "wire"], room / "out", pipeline, combined=[room / "all.jsonl"])
        used = time.process_time() - cpu
    finally:
        shutil.rmtree(room)
    assert report.done == arguments.documents, report.failures[:1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = used / report.done * 1000
    print(f"{report.done:,} documents: peak memory {peak:,.0f} MiB, {each:.1f} ms of processor time each")


class Silent:
    """An engine that is never asked."""

    targets = (Lang.EN,)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        raise AssertionError("a finished document was translated again")

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        raise AssertionError("a finished document was translated again")

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        raise AssertionError("a finished document was translated again")

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        raise AssertionError("a finished document was translated again")

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
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
        _finished(room, arguments.documents, text, desk.Conditions.of(pipeline).digest(desk.Wanted()))
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
    with Journal(state / "journal.db", Disk()) as journal:
        for first in range(0, documents, _TOGETHER):  # a list of all would count as the job's memory
            numbers = range(first, min(first + _TOGETHER, documents))
            journal.finish([_done(room, number, text, recipe) for number in numbers])


def _done(room: Path, number: int, text: bytes, recipe: bytes) -> Entry:
    """What the journal has of a document, which is there with its output."""
    folder = f"{number // 1000:04}"
    for place in (room / "wire" / folder, room / "out" / folder):
        place.mkdir(parents=True, exist_ok=True)
    data = text + str(number).encode()
    (room / "wire" / folder / f"{number}.txt").write_bytes(data)
    (room / "out" / folder / f"{number}.json").write_bytes(b"{}\n")
    document = Document(f"{folder}/{number}.txt", f"{folder}/{number}")
    return Entry(document.id, document.digest(data, recipe), {str(Format.JSON): 3}, 400, {"names": 2})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for name, run, documents in (("memory", memory, 10_000), ("skip", skip, 100_000)):
        command = commands.add_parser(name)
        command.add_argument("--documents", type=int, default=documents)
        command.add_argument("--room", type=Path, help="where the folders are made")
        command.set_defaults(run=run)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
