"""`models.lock.json`: exactly which files were fetched for each model, so that every load can check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.errors import FetchError, WeightsError
from translate.registry import places
from translate.registry.checksums import write_atomically
from translate.registry.mutex import Busy, exclusive
from translate.registry.spec import ModelSpec

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class LockedFile:
    """One fetched file: lower-case hex SHA-256, and size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class LockEntry:
    """What was fetched for model `id`.

    `revision` is the commit; `requested` the branch, tag or commit that was asked for. `fetched` is
    UTC, ISO 8601. For a pivot, files are those of both models, each under `<id of the part>/`.
    """

    id: str
    repo: str
    revision: str
    requested: str
    files: Mapping[str, LockedFile]
    fetched: str

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files.values())


def lock_path(env: Mapping[str, str]) -> Path:
    return places.store(env) / "models.lock.json"


def read_lock(env: Mapping[str, str]) -> dict[str, LockEntry]:
    """All entries by model id; empty if nothing was ever fetched. Raises WeightsError if damaged."""
    path = lock_path(env)
    hint = f"move {path} away and fetch the models again; files that are still right are not loaded twice"
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as err:
        raise WeightsError(f"{path}: cannot be read: {err.strerror}") from err
    except ValueError as err:
        raise WeightsError(f"{path}: damaged: {err}", hint=hint) from err
    try:
        if data["schema"] != SCHEMA:
            raise WeightsError(f"{path}: written by another version (schema {data['schema']})", hint=hint)
        return {name: _entry(name, value) for name, value in data["models"].items()}
    except (KeyError, TypeError, AttributeError, ValueError) as err:
        raise WeightsError(f"{path}: damaged: {type(err).__name__} {err}", hint=hint) from err


def locked(spec: ModelSpec, env: Mapping[str, str]) -> LockEntry | None:
    """The entry that holds for `spec`: same repository as the registry names now."""
    entry = read_lock(env).get(spec.id)
    return entry if entry and entry.repo == spec.hub else None


def record(entry: LockEntry, env: Mapping[str, str]) -> None:
    """Put `entry` into the lock file, keeping all others, even those another process adds now."""
    path = lock_path(env)
    try:
        with exclusive(path.with_suffix(".mutex"), wait_s=20):
            entries = {**read_lock(env), entry.id: entry}
            models = {name: _plain(entries[name]) for name in sorted(entries)}
            text = json.dumps({"schema": SCHEMA, "models": models}, indent=2, ensure_ascii=False)
            write_atomically(path, text + "\n")
    except Busy as err:
        raise FetchError(f"{path}: another program keeps it locked") from err


def _entry(name: str, value: Mapping[str, Any]) -> LockEntry:
    revision = str(value["revision"])
    if not revision.isalnum():  # it becomes a directory name
        raise ValueError(f"revision {revision!r}")
    files = {
        str(file): LockedFile(str(facts["sha256"]), int(facts["size"]))
        for file, facts in value["files"].items()
    }
    return LockEntry(
        name, str(value["repo"]), revision, str(value["requested"]), files, str(value["fetched"])
    )


def _plain(entry: LockEntry) -> dict[str, object]:
    files = {name: {"sha256": file.sha256, "size": file.size} for name, file in sorted(entry.files.items())}
    return {
        "repo": entry.repo,
        "revision": entry.revision,
        "requested": entry.requested,
        "fetched": entry.fetched,
        "files": files,
    }
