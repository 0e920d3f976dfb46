"""Where a document's files go, and that they never go anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from translate.batch.disk import Disk
from translate.batch.documents import Document
from translate.batch.journal import Entry, Journal
from translate.errors import OutputError


@dataclass(frozen=True, slots=True)
class Staged:
    """A file of a document. `partial`: where it waits before it is moved to `path`."""

    path: str
    partial: Path
    data: bytes

    @property
    def ending(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Folder:
    """The output folder of a job. `waiting`: where files stand until they are moved into it.

    `reserved`: files and folders of the job itself, which no document may have.
    """

    root: Path
    waiting: Path
    disk: Disk
    reserved: frozenset[Path] = frozenset()
    _numbers: Iterator[int] = field(default_factory=count)

    def stage(self, document: Document, files: Mapping[str, bytes], journal: Journal) -> list[Staged]:
        """All files of a document, and that they may be written. Raises OutputError, OSError."""
        staged: list[Staged] = []
        for ending, data in files.items():
            path = f"{document.place}.{ending}"
            self._make_room(path)
            there = not journal.owns(path) and (self.root / path).exists()
            if there and (self.root / path).read_bytes() != data:
                raise foreign(self.root / path)
            # In the job's own folder: nothing that a crash leaves stands among the results.
            staged.append(Staged(path, self.waiting / f"{next(self._numbers)}.partial", data))
        return staged

    def _make_room(self, path: str) -> None:
        target = self.root / path
        folder = target.parent.resolve()
        if not folder.is_relative_to(self.root.resolve()):
            raise OutputError(f"{target.parent} is a link out of the output folder")
        if not self.reserved.isdisjoint((folder / target.name, folder, *folder.parents)):
            raise OutputError(
                f"{target} is kept for the job itself",
                hint="rename the document, or use --format, --quarantine",
            )
        self.disk.folder(target.parent)
        if target.is_dir():
            raise OutputError(f"{target} is a folder")

    def save(self, staged: Sequence[Staged]) -> None:
        """All staged files flushed to the disk, where they wait."""
        self.disk.save_all((file.partial, file.data) for file in staged)

    def settle(self, staged: Sequence[Staged]) -> None:
        """All staged files in their places, for good."""
        for file in staged:
            self.disk.move(file.partial, self.root / file.path)
        for folder in dict.fromkeys((self.root / file.path).parent for file in staged):
            self.disk.sync(folder)

    def has(self, place: str, entry: Entry) -> bool:
        """True if every file of a finished document is still there, in its size."""
        try:
            sizes = ((self.root / f"{place}.{end}", size) for end, size in entry.sizes.items())
            return all(path.stat().st_size == size for path, size in sizes)
        except OSError:
            return False


def foreign(path: Path) -> OutputError:
    """What to say about a file in the way."""
    return OutputError(
        f"{path} is there, and this job did not write it",
        hint="move it away, or choose another output folder",
    )
