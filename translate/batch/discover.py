"""From the paths of a job to its documents: files, folders, globs, tables, standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.batch.documents import Document, unreadable
from translate.batch.tables import ENDINGS, Table
from translate.errors import InputError
from translate.sources import STDIN
from translate.text.reading import TextLimits


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where a job's documents come from. Iterating gives them in a fixed order, one at a time.

    `skip`: folders that are never searched, because the job writes there.
    """

    paths: Sequence[str]
    text_column: str | None = None
    id_column: str | None = None
    skip: Sequence[Path] = ()
    limits: TextLimits = field(default_factory=TextLimits)

    def check(self) -> None:
        """Raises InputError for a path that leads nowhere, before any work is done."""
        if not self.paths:
            raise InputError("no documents were named", hint="name files, folders or - for standard input")
        for path in self.paths:
            if _is_glob(path):
                if not _matches(path):
                    raise InputError("no file matches", path=path)
            elif path != str(STDIN) and not os.path.lexists(path):
                raise InputError("no such file or folder", path=path)
            elif (found := _folder_identity(Path(path))) and self._is_skipped(found):
                raise InputError("this is the output folder too", path=path, hint="choose another one")

    @property
    def countable(self) -> bool:
        """True if the documents can be listed twice: standard input cannot."""
        return str(STDIN) not in self.paths

    def __iter__(self) -> Iterator[Document]:
        for path in self.paths:
            if path == str(STDIN):
                yield from self._table(None, "-")
            elif _is_glob(path):
                for match, below in _matches(path):
                    yield from self._file(match, below)
            elif Path(path).is_dir():
                yield from self._folder(Path(path))
            else:
                yield from self._file(Path(path), Path(path).name)

    def _file(self, path: Path, id: str) -> Iterator[Document]:
        place = str(Path(id).with_suffix("")) if Path(id).name else id
        if fault := unreadable(path):
            yield Document(id, place, path, fault=fault)
        elif path.suffix.lower() in ENDINGS:
            yield from self._table(path, id)
        else:
            yield Document(id, place, path)

    def _table(self, path: Path | None, id: str) -> Iterator[Document]:
        return Table(path, id, self.text_column, self.id_column, self.limits.max_bytes).documents()

    def _folder(self, root: Path) -> Iterator[Document]:
        """Every file below `root` that is not hidden, in the order of the names. Links are followed."""
        open_folders = [(root, "", iter([""]), frozenset[_Identity]())]
        while open_folders:
            folder, prefix, names, above = open_folders[-1]
            if (name := next(names, None)) is None:
                open_folders.pop()
                continue
            path = folder / name
            id = f"{prefix}{name}" or root.name
            identity = _folder_identity(path)
            if identity is None:
                yield from self._file(path, id)
            elif identity in above:
                loop = InputError("this link leads back to a folder above it", path=path)
                yield Document(id, id, path, fault=loop)
            elif not self._is_skipped(identity):
                try:
                    below = f"{id}/" if name else ""
                    open_folders.append((path, below, iter(_names(path)), above | {identity}))
                except OSError as err:
                    fault = InputError(f"cannot be searched: {err.strerror or err}", path=path)
                    yield Document(id, id, path, fault=fault)

    def _is_skipped(self, identity: _Identity) -> bool:
        return any(identity == _folder_identity(folder) for folder in self.skip)


_Identity = tuple[int, int]


def _names(folder: Path) -> list[str]:
    """The names in a folder that are not hidden, in order; names alone, for there may be a million."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.name[0] != ".")


def _folder_identity(path: Path) -> _Identity | None:
    """What a folder is whatever way leads to it; None if `path` is no folder."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISDIR(status.st_mode) else None


def _is_glob(path: str) -> bool:
    return glob.has_magic(path) and not os.path.lexists(path)


def _matches(pattern: str) -> list[tuple[Path, str]]:
    """Files and their paths below the first folder with a wildcard; not folders, not what is hidden."""
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    found = ((path, path.relative_to(base)) for path in base.glob(str(Path(*parts[fixed:]))))
    return sorted(
        (path, str(below))
        for path, below in found
        if not any(part[0] == "." for part in below.parts) and _folder_identity(path) is None
    )
