"""Which weights a model directory holds: the commit it was fetched at, or a hash of the files."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from translate.errors import WeightsError
from translate.registry.checksums import Stamps

SINGLE = "model.safetensors"
INDEX = "model.safetensors.index.json"
_COMMIT = re.compile(r"[0-9a-f]{40}")


def weight_files(directory: Path) -> tuple[Path, ...]:
    """The safetensors files of a model, one or several shards. Raises WeightsError if there are none."""
    if (single := directory / SINGLE).is_file():
        return (single,)
    index = directory / INDEX
    if not index.is_file():
        raise WeightsError(f"{directory}: {SINGLE} is missing", hint=_hint(directory))
    try:
        names = sorted(set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()))
    except (ValueError, KeyError, AttributeError, TypeError) as err:
        raise WeightsError(f"{index}: not a list of weight files") from err
    files = tuple(directory / str(name) for name in names)
    for file in files:
        if file.parent != directory or not file.is_file():
            raise WeightsError(f"{directory}: {file.name} is missing", hint=f"it is listed in {INDEX}")
    return files


def _hint(directory: Path) -> str:
    if any(directory.glob("*.bin")):
        return "only safetensors are read: a .bin file can run code; convert it with save_pretrained"
    return "fetch the model again: translate models fetch"


def revision(directory: Path, pinned: str | None = None) -> str:
    """The commit `directory` is named after, else `pinned`, else the SHA-256 of its weights."""
    if _COMMIT.fullmatch(directory.name):
        return directory.name
    if pinned is not None:
        return pinned
    files = weight_files(directory)
    if len(files) == 1:
        return digests(directory)[files[0].name].partition(":")[2]
    return _digest(tuple((file, file.stat().st_size, file.stat().st_mtime_ns) for file in files))


def digests(directory: Path, env: Mapping[str, str] = os.environ) -> dict[str, str]:
    """`sha256:…` of each weight file, by its name. A file is hashed again only if it may have changed."""
    stamps = Stamps.of(directory, env)
    found = {file.name: stamps.digest(file.name) for file in weight_files(directory)}
    stamps.save()
    return found


@lru_cache(maxsize=32)
def _digest(files: tuple[tuple[Path, int, int], ...]) -> str:
    """SHA-256 over the files in order. Size and time are in the cache key: a changed file is read again."""
    total = hashlib.sha256()
    for path, _, _ in files:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                total.update(block)
    return total.hexdigest()
