"""Documents that failed, set aside where people find them, with what is wrong with them.

    why.jsonl              a line for each: what, why, what to do, and which of the files below has it
    documents/soir/x.txt   a file that failed: a second name for it (a hard link), or a copy on another disk
    rows/news.csv.jsonl    the rows of a table that failed, with all their columns

It is made when a job is at its end, of the failures of that run; what is done by then is taken away again.
Nothing that somebody else put there or changed is overwritten or taken away. Killed at any moment, the next
run does the same again: a place is recorded while no file is in it, so no mark stands for another file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, count, islice
from pathlib import Path

from translate.batch.disk import Disk, is_hopeless
from translate.batch.journal import Aside, Bad, Journal, Kind
from translate.batch.lines import writable
from translate.batch.shard import Shard

NAME = "quarantine"
"""Its folder in the output folder, if no other was named."""

_COPIED_BYTES = 2**30  # in one run: a link costs nothing, but copies may fill a disk
_TOGETHER = 500  # files that are recorded in one commit


class _Refused(Exception):
    """A document that cannot be kept. Its line in `why.jsonl` says so."""


@dataclass(slots=True)
class Quarantine:
    """The quarantine in the folder `root`."""

    root: Path
    disk: Disk
    journal: Journal
    shard: Shard
    _copied: int = 0
    _numbers: Iterator[int] = field(default_factory=count)

    def update(self, inputs: Sequence[str]) -> None:
        """Set aside what has failed in this run, and let go what it has done.

        `inputs`: the paths of the job. If one of them leads here, nothing is let go: what it names may be
        all there is."""
        self._clear()
        self._keep_documents()
        for table in self.journal.bad_tables():
            lines = (bad.row for bad in self.journal.bad_rows(table) if bad.row)
            self._keep_lines(self._rows(table), Kind.ROWS, table, lines)
        self._keep_lines(self._why_file, Kind.WHY, "", map(self._why, self.journal.bad()))
        if not any(Path(path).resolve().is_relative_to(self.root) for path in inputs):
            self._let_go()
        self._clear()

    @property
    def _waiting(self) -> Path:
        """Where files stand until they are moved; on the disk of the quarantine, which may be another one."""
        return self.root / f".waiting-{self.shard.name}"

    @property
    def _why_file(self) -> str:
        return str(self.shard.named(Path("why.jsonl")))

    def _rows(self, table: str) -> str:
        return f"rows/{self.shard.named(Path(f'{_file_name(table)}.jsonl'))}"

    def _why(self, bad: Bad) -> str:
        """The line of a document."""
        path = self._rows(bad.table) if bad.table else f"documents/{bad.id}"
        kept = bad.row if bad.table else os.path.lexists(self.root / path)
        known = {"id": bad.name, "error": bad.kind, "reason": bad.reason, "hint": bad.hint}
        known["kept"] = path if kept and self.journal.mark_of(path) else None
        return writable(json.dumps(known, ensure_ascii=False))

    # ── In ───────────────────────────────────────────────────────────────────────────────────────────

    def _keep_documents(self) -> None:
        wanted = ((bad.id, Path(bad.path)) for bad in self.journal.bad() if bad.path)
        while group := list(islice(wanted, _TOGETHER)):
            kept: list[tuple[Path, Aside]] = []
            for id, source in group:
                with suppress(_Refused):
                    path = f"documents/{id}"
                    partial = self._partial(source, self.root / path)
                    kept.append((partial, Aside(path, Kind.DOCUMENT, id, _mark(partial))))
            self._settle(kept)

    def _partial(self, source: Path, place: Path) -> Path:
        """A second name for a document, or a copy of it, on its way to `place`. Raises _Refused."""
        try:
            readable = source.is_file() and os.access(source, os.R_OK)  # no pipe, folder or secret
            if not readable or source.resolve() == place or not self._is_free(place, source):
                raise _Refused
            partial = self._next_partial()
            try:
                os.link(source.resolve(), partial)
            except OSError:
                self._copy(source, partial)
        except OSError as err:
            if is_hopeless(err):
                raise
            raise _Refused from err
        return partial

    def _copy(self, source: Path, partial: Path) -> None:
        self._copied += source.stat().st_size
        if self._copied > _COPIED_BYTES:
            raise _Refused
        with source.open("rb") as file:
            self.disk.save(partial, iter(lambda: file.read(1 << 20), b""))

    def _keep_lines(self, path: str, kind: Kind, id: str, lines: Iterator[str]) -> None:
        """A file of these lines; none if there are none, or if another one is in the way."""
        first = next(lines, None)
        if first is None or not self._is_free(self.root / path):
            return
        partial = self._next_partial()
        self.disk.save(partial, (f"{line}\n".encode() for line in chain([first], lines)))
        self._settle([(partial, Aside(path, kind, id, _mark(partial)))])

    def _next_partial(self) -> Path:
        self.disk.folder(self._waiting)
        return self._waiting / str(next(self._numbers))

    def _is_free(self, place: Path, source: Path | None = None) -> bool:
        """True if a file may be put there, in a folder that there is now: nothing is there, or the job's own
        file, or the document itself."""
        try:
            if not place.parent.resolve().is_relative_to(self.root):
                return False
            self.disk.folder(place.parent)
            if not os.path.lexists(place):
                return True
            return self._is_ours(place) or (source is not None and place.samefile(source))
        except OSError as err:
            if is_hopeless(err):
                raise
            return False

    def _is_ours(self, place: Path) -> bool:
        """True if the file is the one that was put there, unchanged, or one that has another name too."""
        mark = self.journal.mark_of(str(place.relative_to(self.root)))
        if mark is None or mark.partition(":")[0] != _mark(place).partition(":")[0]:
            return False
        return mark == _mark(place) or place.lstat().st_nlink > 1

    def _settle(self, kept: Sequence[tuple[Path, Aside]]) -> None:
        for _, aside in kept:
            (self.root / aside.path).unlink(missing_ok=True)
        self.journal.set_aside(aside for _, aside in kept)
        for partial, aside in kept:
            self.disk.move(partial, self.root / aside.path)
        for folder in dict.fromkeys((self.root / aside.path).parent for _, aside in kept):
            self.disk.sync(folder)

    # ── Out ──────────────────────────────────────────────────────────────────────────────────────────

    def _let_go(self) -> None:
        while paths := self.journal.aside_no_more(_TOGETHER):
            for path in paths:
                with suppress(OSError):  # it is gone
                    if self._is_ours(self.root / path):
                        (self.root / path).unlink()
                        self._remove_empty((self.root / path).parent)
            self.journal.forget_aside(paths)

    def _clear(self) -> None:
        """Nothing is left of what a crash left waiting."""
        with suppress(OSError):
            for leftover in self._waiting.iterdir():
                leftover.unlink()
        self._remove_empty(self._waiting)

    def _remove_empty(self, folder: Path) -> None:
        """Remove a folder and those above it, up to the quarantine itself, if nothing is in them."""
        with suppress(OSError):
            while folder.is_relative_to(self.root):
                folder.rmdir()
                folder = folder.parent


def _file_name(table: str) -> str:
    return "stdin" if table == "-" else table


def _mark(path: Path) -> str:
    """What a file is known by. A rename does not change it."""
    status = path.lstat()
    return f"{status.st_ino}:{status.st_size}:{status.st_mtime_ns}"
