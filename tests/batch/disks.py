"""Disks that die, are full, or remember what they were asked for."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from translate.batch.disk import Disk


class Killed(BaseException):
    """The process is gone: nothing that comes after may clean up."""


class SerialDisk(Disk):
    """Saves one file after the other, so that steps can be counted."""

    def save_all(self, files: Iterable[tuple[Path, bytes]]) -> None:
        for path, data in files:
            self.save(path, [data])


class MortalDisk(SerialDisk):
    """Dies after so many steps. A step is each half of a write, each rename, flush and commit."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.taken = 0

    def _step(self) -> None:
        if self.taken == self.steps:
            raise Killed
        self.taken += 1

    def save(self, path: Path, pieces: Iterable[bytes]) -> None:
        self._step()
        data = b"".join(pieces)
        path.write_bytes(data[: len(data) // 2])
        self._step()
        super().save(path, [data])
        self._step()

    def move(self, source: Path, target: Path) -> None:
        self._step()
        super().move(source, target)
        self._step()

    def sync(self, folder: Path) -> None:
        self._step()
        super().sync(folder)

    def folder(self, path: Path) -> None:
        if not path.is_dir():
            self._step()
        super().folder(path)

    def commit(self, database: sqlite3.Connection) -> None:
        self._step()
        super().commit(database)
        self._step()


class FullDisk(SerialDisk):
    """Has room for so many files, then for half of one."""

    def __init__(self, files: int) -> None:
        self.files = files

    def save(self, path: Path, pieces: Iterable[bytes]) -> None:
        self.files -= 1
        if self.files < 0:
            path.write_bytes(b"".join(pieces)[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        super().save(path, pieces)


class FullJournal(SerialDisk):
    """Has no room for a commit."""

    def commit(self, database: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")


class WitnessDisk(SerialDisk):
    """Remembers the steps: `(what, path)`."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Path]] = []

    def save(self, path: Path, pieces: Iterable[bytes]) -> None:
        super().save(path, pieces)
        self.seen.append(("save", path))

    def move(self, source: Path, target: Path) -> None:
        super().move(source, target)
        self.seen += [("from", source), ("to", target)]

    def sync(self, folder: Path) -> None:
        super().sync(folder)
        self.seen.append(("sync", folder))

    def commit(self, database: sqlite3.Connection) -> None:
        super().commit(database)
        self.seen.append(("commit", Path()))
