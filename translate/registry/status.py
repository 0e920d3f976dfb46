"""What `translate models list` and `doctor` say about one model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from translate.domain import Lang
from translate.registry import files
from translate.registry.files import Origin
from translate.registry.lock import locked
from translate.registry.spec import ModelSpec, Task


class LockState(StrEnum):
    """How far the files are pinned."""

    LOCKED = "locked"  # fetched, and the lock holds for it
    MISSING = "missing"  # locked, but files are gone: fetch brings back the same ones
    OUTDATED = "outdated"  # the registry pins another revision than was fetched
    NONE = "none"  # not fetched by us


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """One model as it is on this machine now. `size`: bytes on disk if present, else as announced
    by the registry (rounded), else None. `where` is None for pivots and built-in methods."""

    id: str
    task: Task
    source: Lang
    targets: tuple[Lang, ...]
    present: bool
    origin: Origin | None
    where: Path | None
    size: int | None
    licence: str | None
    lock: LockState
    revision: str | None
    rank: int
    aliases: tuple[str, ...] = ()
    parts: tuple[ModelStatus, ...] = ()


def describe(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> ModelStatus:
    """The state of one model. Reads directory listings and the lock, never the network."""
    parts = tuple(describe(part, env=env) for part in spec.parts)
    found = files.find(spec, env)
    present = files.is_present(spec, env=env)
    return ModelStatus(
        id=spec.id,
        task=spec.task,
        source=spec.source,
        targets=tuple(spec.targets),
        present=present,
        origin=_origin(spec, found),
        where=found.directory if found else None,
        size=_size(spec, found, parts),
        licence=spec.licence,
        lock=_lock_state(spec, found, parts, env),
        revision=files.revision_of(spec, env=env) if present and not spec.path else None,
        rank=spec.rank,
        aliases=spec.aliases,
        parts=parts,
    )


def _origin(spec: ModelSpec, found: files.Found | None) -> Origin | None:
    if spec.parts:
        return Origin.PIVOT
    return Origin.BUILTIN if spec.builtin else found.origin if found else None


def _size(spec: ModelSpec, found: files.Found | None, parts: tuple[ModelStatus, ...]) -> int | None:
    if parts:
        sizes = [part.size for part in parts]
        return None if None in sizes else sum(size for size in sizes if size is not None)
    if found:
        return sum(path.stat().st_size for path in found.directory.iterdir() if path.is_file())
    return spec.size_mb * 1_000_000 if spec.size_mb is not None else None


def _lock_state(
    spec: ModelSpec, found: files.Found | None, parts: tuple[ModelStatus, ...], env: Mapping[str, str]
) -> LockState:
    if parts:
        states = {part.lock for part in parts}
        return next((state for state in reversed(LockState) if state in states), LockState.NONE)
    if not spec.hub or (entry := locked(spec, env)) is None:
        return LockState.NONE
    if spec.revision not in (None, entry.requested, entry.revision):
        return LockState.OUTDATED
    return LockState.LOCKED if found and found.origin is Origin.STORE else LockState.MISSING
