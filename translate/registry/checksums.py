"""Digests of files, and a memory of them so that a model is not hashed at every start.

A digest is written `sha256:…` (our lock, SHA256SUMS, large files on the hub) or `git:…` (the SHA-1 of
a git blob: how the hub names its small files).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.errors import WeightsError
from translate.registry import places

_CHUNK = 1 << 20
_MAX_HEADER = 100_000_000  # bytes of a safetensors header; the format's own limit


def digest(path: Path, kind: str = "sha256") -> str:
    """The digest of the whole file, e.g. `sha256:9f86d0…`."""
    if kind == "git":
        state = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    else:
        state = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            state.update(chunk)
    return f"{kind}:{state.hexdigest()}"


def read_sums(path: Path) -> dict[str, str]:
    """File name -> `sha256:…` as a `SHA256SUMS` file states them. Raises WeightsError if malformed."""
    sums: dict[str, str] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise WeightsError(f"{path}: cannot be read: {err}") from err
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        value, _, name = line.partition(" ")
        name = name.strip().removeprefix("*").removeprefix("./")
        if len(value) != 64 or not set(value.lower()) <= set("0123456789abcdef") or not name:
            raise WeightsError(f"{path}:{number}: not a line of the form `<sha256>  <file>`")
        sums[name] = f"sha256:{value.lower()}"
    return sums


def write_atomically(path: Path, text: str) -> None:
    """Write beside, then rename: readers see the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    partial = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def safetensors_fault(path: Path) -> str | None:
    """Why the file cannot be a whole safetensors file, or None. Reads the header only.

    A copy that broke off is noticed here, without reading hundreds of megabytes.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or not 2 <= length <= min(size - 8, _MAX_HEADER):
            return "is no safetensors file, or broken off"
        raw = file.read(length)
    try:
        header = json.loads(raw)
        ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        expected = 8 + length + max(ends, default=0)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return "has a damaged header"
    return None if expected == size else f"has {size:,} bytes where its header says {expected:,}"


@dataclass(slots=True)
class Stamps:
    """Digests of one directory, valid while size and times of a file stay the same.

    The change time is part of it: unlike the modification time, no program can set it back.
    """

    directory: Path
    file: Path
    known: dict[str, list[Any]]
    changed: bool = False

    @classmethod
    def of(cls, directory: Path, env: Mapping[str, str]) -> Stamps:
        """The remembered stamps of `directory`; empty when there are none or they are unreadable."""
        key = hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:24]
        file = places.store(env) / "stamps" / f"{key}.json"
        try:
            known = json.loads(file.read_text("utf-8"))["files"]
        except (OSError, ValueError, KeyError, TypeError):
            known = {}
        return cls(directory, file, known if isinstance(known, dict) else {})

    def digest(self, name: str, kind: str = "sha256") -> str:
        """The digest of `directory/name`, computed only if the file may have changed."""
        path = self.directory / name
        stat = path.stat()
        stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
        remembered = self.known.get(f"{kind}/{name}")
        if isinstance(remembered, list) and remembered[:3] == stamp and len(remembered) == 4:
            return str(remembered[3])
        value = digest(path, kind)
        self.known[f"{kind}/{name}"] = [*stamp, value]
        self.changed = True
        return value

    def save(self) -> None:
        """Remember what was computed. A read-only disk only means that hashing is done again."""
        if self.changed:
            text = json.dumps({"directory": str(self.directory), "files": self.known}, indent=1)
            with contextlib.suppress(OSError):
                write_atomically(self.file, text)
