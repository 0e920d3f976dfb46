"""A job: many documents into one folder, in bounded memory, with everything that is done journaled."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate.batch.crew import Crew
from translate.batch.desk import Delivery, Made, Order, Refused
from translate.batch.discover import Inputs
from translate.batch.disk import Disk, is_hopeless, told
from translate.batch.documents import Document
from translate.batch.journal import Entry, Journal
from translate.batch.lines import Writer, writer
from translate.batch.outputs import Folder, Staged, foreign
from translate.batch.quarantine import Quarantine
from translate.batch.report import Failure, Report, Tally, Watcher, to_json
from translate.batch.settings import Settings
from translate.errors import EngineError, InputError, OutputError, TranslateError
from translate.registry.mutex import Busy, exclusive

STATE = ".translate"
"""The folder in the output folder with all that a job has to remember."""

_MOST_STRIKES = 10  # documents in a row on which the engine fails: the next million would fail as well
_REMEMBERED_FAILURES = 1000


@dataclass(frozen=True, slots=True)
class _Item:
    """A document that has its turn. `key`: what its content and the recipe amount to."""

    document: Document
    turn: int
    key: bytes = b""


@dataclass(slots=True)
class Job:
    """One run of a job. `disk`: what the tests replace to let it die at every step."""

    inputs: Inputs
    crew: Crew
    settings: Settings
    watcher: Watcher | None = None
    disk: Disk = field(default_factory=Disk)
    tally: Tally = field(default_factory=Tally)
    _open: dict[int, _Item] = field(default_factory=dict)  # ordered and not yet delivered, by turn
    _asked: int = 0
    _translated: int = 0
    _strikes: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> Report:
        """The report, when every document is done, skipped or failed.

        Raises InputError for a job that cannot begin, OutputError for one that cannot go on (a full disk,
        another process at work in the folder), EngineError if the device is lost.
        """
        self.inputs.check()
        writers = [writer(path) for path in self.settings.combined]
        state = self.settings.output / STATE / self.settings.shard.name
        with told(self.settings.output):
            self.disk.folder(state / "waiting")
            try:
                with exclusive(state / "lock", wait_s=0), Journal(state / "journal.db", self.disk) as journal:
                    return self._run(journal, state / "waiting", writers)
            except Busy as err:
                raise OutputError(
                    f"another process is at work in {self.settings.output}",
                    hint="wait for its end, or choose another output folder",
                ) from err

    def _run(self, journal: Journal, waiting: Path, writers: Sequence[Writer]) -> Report:
        for leftover in waiting.iterdir():
            leftover.unlink()
        folder = self._folder(journal, waiting)
        self.tally.total = self._survey(journal)
        self._changed()
        orders = self._orders(journal, folder)
        with closing(self.crew.work(orders, self.settings.wanted, self._count)) as deliveries:
            for delivery in deliveries:
                self._finish(delivery, journal, folder)
                self._changed()
        if self._open:
            raise EngineError(f"{len(self._open):,} documents were never delivered", hint="run it again")
        if self.settings.quarantine:
            aside = Quarantine(self.settings.quarantine.resolve(), self.disk, journal, self.settings.shard)
            aside.update(self.inputs.paths)
        for path, pieces in zip(self.settings.wholes, writers, strict=True):
            self._publish(path, pieces(journal.lines()))
        report = self._report(journal)
        self._publish(self.settings.report, to_json(report, journal.failures()))
        return report

    def _folder(self, journal: Journal, waiting: Path) -> Folder:
        """The output folder, the job's own files reserved in it. Raises OutputError if one is in the way."""
        own = [path.parent.resolve() / path.name for path in self.settings.own_files]
        for path in own:
            if not path.parent.is_dir():
                raise OutputError(f"there is no folder {path.parent}")
            if path.exists() and not journal.owns(str(path)):
                raise foreign(path)
        journal.begin(map(str, own))
        aside = [self.settings.quarantine.resolve()] if self.settings.quarantine else []
        return Folder(self.settings.output, waiting, self.disk, reserved=frozenset([*own, *aside]))

    def _survey(self, journal: Journal) -> int | None:
        """How many documents there are, if that can be known.

        Raises InputError if there is none, or two files would have one output."""
        if not self.inputs.countable:
            return None
        total = found = 0
        for document in self.inputs:
            found += 1
            other = None if document.fault else journal.claim(document)
            if other and document.path:
                raise InputError(
                    f"{other} and {document.path} would both be written to {document.place}",
                    hint="name the folder above both, or run them with different output folders",
                )
            total += document.id in self.settings.shard
        if not found:
            raise InputError("no documents in it", path=", ".join(self.inputs.paths))
        return total

    def _orders(self, journal: Journal, folder: Folder) -> Iterator[Order]:
        """Every document of this shard that is not done yet."""
        recipe = self.crew.conditions.digest(self.settings.wanted)
        for turn, document in enumerate(self.inputs, start=1):
            if document.id not in self.settings.shard:
                continue
            item = _Item(document, turn)
            try:
                data = self._read(item, journal)
            except TranslateError as err:
                self._fail(item, err, journal)
                continue
            if data is None:
                continue  # named twice
            item = replace(item, key=document.digest(data, recipe))
            if not self._is_done(item, journal, folder):
                self._open[turn] = item
                yield Order(turn, document.name, data, document.columns)

    def _read(self, item: _Item, journal: Journal) -> bytes | None:
        """The document's bytes; None if it had its turn already."""
        if item.document.fault:
            raise item.document.fault
        if other := journal.claim(item.document):
            raise InputError(
                f"{item.document.name} and {other} would both be written to {item.document.place}"
            )
        if not journal.take_turn(item.document, item.turn):
            if item.document.path is None:
                raise InputError(f"{item.document.name}: another row has this id")
            self.tally.total = self.tally.total and self.tally.total - 1
            return None
        return item.document.read(self.crew.conditions.options.limits.max_bytes)

    def _is_done(self, item: _Item, journal: Journal, folder: Folder) -> bool:
        entry = journal.entry(item.document.id)
        if entry is None or entry.key != item.key or not folder.has(item.document.place, entry):
            return False
        journal.is_made(item.document, item.turn)
        self.tally.skipped += 1
        self.tally.findings.update(entry.findings)
        self._changed()
        return True

    def _finish(self, delivery: Delivery, journal: Journal, folder: Folder) -> None:
        """Documents that were made together, written and journaled together."""
        self._asked += delivery.asked
        self._translated += delivery.translated
        staged: list[Staged] = []
        made: list[tuple[_Item, Entry]] = []
        for document in delivery.documents:
            item = self._open.pop(document.turn)
            try:
                if isinstance(document, Refused):
                    raise document.error
                staged += folder.stage(item.document, document.files, journal)
                made.append((item, _entry(item, document)))
                self._strikes = 0
            except (TranslateError, OSError) as err:
                self._endure(item, err, journal)
        folder.save(staged)
        journal.begin(file.path for file in staged)
        folder.settle(staged)
        journal.finish(entry for _, entry in made)
        for item, entry in made:
            journal.is_made(item.document, item.turn)
            self.tally.done += 1
            self.tally.words += entry.words
            self.tally.findings.update(entry.findings)

    def _endure(self, item: _Item, error: TranslateError | OSError, journal: Journal) -> None:
        """Note what is wrong with one document; raise if it is wrong with all of them."""
        if isinstance(error, OSError):
            if is_hopeless(error):
                raise error
            error = OutputError(f"{item.document.name}: {error.strerror or type(error).__name__}")
        if isinstance(error, EngineError):
            self._strikes += 1
            if self._strikes >= _MOST_STRIKES:
                raise error
        self._fail(item, error, journal)

    def _fail(self, item: _Item, error: TranslateError, journal: Journal) -> None:
        journal.has_failed(item.document, item.turn, error)
        self.tally.failed += 1
        self._changed()

    def _report(self, journal: Journal) -> Report:
        tally = self.tally
        failures = (
            Failure(each["id"], each["reason"], each["hint"])
            for each, _ in zip(journal.failures(), range(_REMEMBERED_FAILURES), strict=False)
        )
        return Report(
            done=tally.done,
            skipped=tally.skipped,
            failed=tally.failed,
            words=tally.words,
            asked=self._asked,
            translated=self._translated,
            elapsed_s=tally.elapsed_s,
            findings=dict(tally.findings),
            recipes={str(lang): str(recipe) for lang, recipe in self.crew.conditions.recipes.items()},
            failures=tuple(failures),
            quarantine=self.settings.quarantine if tally.failed else None,
        )

    def _publish(self, path: Path, pieces: Iterable[bytes]) -> None:
        """A file as a whole, or as it was."""
        partial = path.with_name(f".{path.name}.partial")
        self.disk.save(partial, pieces)
        self.disk.move(partial, path)
        self.disk.sync(path.parent)

    def _count(self, sentences: int) -> None:
        self.tally.sentences += sentences
        self._changed()

    def _changed(self) -> None:
        if self.watcher:
            with self._turn:  # sentences are counted in other threads
                self.watcher.changed(self.tally)


def _entry(item: _Item, made: Made) -> Entry:
    sizes = {ending: len(data) for ending, data in made.files.items()}
    return Entry(item.document.id, item.key, sizes, made.words, made.findings, made.line)
