"""Model files on this machine: where they are, whether they are whole, whether they are unchanged.

Nothing here reaches the network. A model is present if all files that loading needs are there:
in our own store as the lock file says, in the cache of the hub's own tools, or at the entry's `path`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from translate.errors import WeightsError
from translate.registry import layout, places
from translate.registry.checksums import Stamps, read_sums, safetensors_fault
from translate.registry.lock import LockEntry, locked
from translate.registry.spec import ModelSpec

SUMS = "SHA256SUMS"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_BLOB = {40: "git", 64: "sha256"}  # the hub's cache names each blob by its digest


class Origin(StrEnum):
    """Where a present model comes from."""

    STORE = "store"  # fetched by us, locked
    HUB_CACHE = "hub-cache"  # downloaded by another program
    PATH = "path"  # a directory the registry names
    BUILTIN = "builtin"  # our own method, no files
    PIVOT = "pivot"  # two other models


@dataclass(frozen=True, slots=True)
class Found:
    """A present model's directory; `entry` is its lock, `revision` the commit if there is one."""

    directory: Path
    origin: Origin
    revision: str | None = None
    entry: LockEntry | None = None


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Every file compared with what it should be. `against` says with what: the lock file,
    `SHA256SUMS`, the names in the hub's cache, or None where nothing states the digests
    (then only the structure of the weight files is checked)."""

    id: str
    directory: Path | None
    against: str | None
    checked: int = 0
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not (self.missing or self.changed or self.extra)


def find(spec: ModelSpec, env: Mapping[str, str]) -> Found | None:
    """The present, complete files of `spec`; None if there are none or it has no files of its own."""
    if spec.path is not None:
        return Found(spec.path, Origin.PATH) if not layout.lacking(_names(spec.path)) else None
    if spec.hub is None:
        return None
    entry = locked(spec, env)
    if entry and _fits(spec, entry):
        directory = entry_directory(entry, env)
        if set(entry.files) <= set(_names(directory)):
            return Found(directory, Origin.STORE, entry.revision, entry)
    return _in_hub_cache(spec, entry, env)


def locate(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> Path | None:
    """Directory of the model if it is present, else None. Pivots and built-in methods have none."""
    found = find(spec, env)
    return found.directory if found else None


def is_present(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> bool:
    """True if the model can be loaded now: its files are there, or those of both parts of a pivot."""
    if spec.parts:
        return all(is_present(part, env=env) for part in spec.parts)
    return spec.builtin is not None or find(spec, env) is not None


def require(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> Path:
    """Directory of the model. Raises WeightsError saying what is missing and how to get it."""
    if directory := locate(spec, env=env):
        return directory
    if spec.parts or spec.builtin:
        raise WeightsError(f"{spec.id} has no files of its own: it is {_nature(spec)}")
    if spec.path is not None:
        if not spec.path.is_dir():
            raise WeightsError(f"{spec.id}: no such directory: {spec.path}")
        names = _names(spec.path)
        hint = None
        if layout.WEIGHTS in (faults := layout.lacking(names)) and layout.pickled(names):
            hint = f"only safetensors are loaded, not {', '.join(layout.pickled(names))} (docs/models.md)"
        raise WeightsError(f"{spec.id}: {spec.path} lacks {', '.join(faults)}", hint=hint)
    entry = locked(spec, env)
    if entry and not _fits(spec, entry):
        raise WeightsError(
            f"{spec.id}: the registry asks for revision {spec.revision}, fetched is {entry.requested} "
            f"({entry.revision[:8]})",
            hint=f"translate models fetch {spec.id}",
        )
    raise WeightsError(f"{spec.id}: its files are not here", hint=f"translate models fetch {spec.id}")


def check(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> None:
    """Raises WeightsError unless the files are present and what they should be. Meant for every load.

    Cheap: a file is hashed again only if its size or times changed since the last time.
    """
    for part in spec.parts:
        check(part, env=env)
    if spec.parts or spec.builtin:
        return
    require(spec, env=env)
    report = _compared(spec, env, full=False)
    if not (report.missing or report.changed):
        return
    fault = f"{report.changed[0]} is changed or damaged" if report.changed else f"lacks {report.missing[0]}"
    verb = "fetch" if spec.hub else "verify"
    raise WeightsError(f"{spec.id}: {fault} ({report.directory})", hint=f"translate models {verb} {spec.id}")


def verify(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> VerifyReport:
    """Every byte of every file compared with its digest. Raises WeightsError if the model is absent."""
    if spec.parts:
        reports = [(part.id, verify(part, env=env)) for part in spec.parts]
        return VerifyReport(
            spec.id,
            None,
            " + ".join(dict.fromkeys(str(report.against) for _, report in reports)),
            sum(report.checked for _, report in reports),
            tuple(f"{name}/{file}" for name, report in reports for file in report.missing),
            tuple(f"{name}/{file}" for name, report in reports for file in report.changed),
            tuple(f"{name}/{file}" for name, report in reports for file in report.extra),
        )
    if spec.builtin:
        return VerifyReport(spec.id, None, None)
    if not (spec.hub and locked(spec, env)):  # a locked model is compared even when files are missing
        require(spec, env=env)
    return _compared(spec, env, full=True)


def revision_of(spec: ModelSpec, *, env: Mapping[str, str] = os.environ) -> str:
    """What identifies the weights: the commit, else the SHA-256 of the weight files.

    A pivot gives both (`8 digits+8 digits`), a built-in method its name. Raises WeightsError if absent.
    """
    if spec.parts:
        return "+".join(revision_of(part, env=env)[:8] for part in spec.parts)
    if spec.builtin:
        return spec.builtin
    directory = require(spec, env=env)
    found = find(spec, env)
    if found and found.revision:
        return found.revision
    stamps = Stamps.of(directory, env)
    hashes = [
        stamps.digest(name).partition(":")[2]
        for name in layout.needed(_names(directory))
        if name.endswith(".safetensors")
    ]
    stamps.save()
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def entry_directory(entry: LockEntry, env: Mapping[str, str]) -> Path:
    """Where the files of a lock entry are: `<store>/models/<id>/<commit>`."""
    return places.store(env) / "models" / entry.id / entry.revision


def _compared(spec: ModelSpec, env: Mapping[str, str], *, full: bool) -> VerifyReport:
    found = find(spec, env)
    if found is None:  # locked, with files missing
        entry = locked(spec, env)
        assert entry is not None
        found = Found(entry_directory(entry, env), Origin.STORE, entry.revision, entry)
    expected, against = _expected(found)
    names = set(_names(found.directory))
    stamps = Stamps.of(found.directory, env)
    if full:
        stamps.known.clear()
    changed = []
    for name in sorted(names & set(expected)):
        value = expected[name]
        if value is None:
            wrong = name.endswith(".safetensors") and safetensors_fault(found.directory / name) is not None
        else:
            wrong = _differs(found, name, value, stamps)
        if wrong:
            changed.append(name)
    stamps.save()
    extra = tuple(sorted(names - set(expected) - {SUMS})) if against in (SUMS, "lock") else ()
    missing = tuple(sorted(set(expected) - names))
    return VerifyReport(spec.id, found.directory, against, len(expected), missing, tuple(changed), extra)


def _differs(found: Found, name: str, value: str, stamps: Stamps) -> bool:
    size = found.entry.files[name].size if found.entry else None
    if size is not None and (found.directory / name).stat().st_size != size:
        return True
    return stamps.digest(name, value.partition(":")[0]) != value


def _expected(found: Found) -> tuple[dict[str, str | None], str | None]:
    """Digest of each file that must be there (None: unknown), and what says so."""
    if found.entry:
        return {name: f"sha256:{file.sha256}" for name, file in found.entry.files.items()}, "lock"
    needed = layout.needed(_names(found.directory))
    if found.origin is Origin.PATH and (found.directory / SUMS).is_file():
        return {**dict.fromkeys(needed), **read_sums(found.directory / SUMS)}, SUMS
    if found.origin is Origin.HUB_CACHE:
        blobs = {name: (found.directory / name).resolve().name for name in needed}
        return {
            name: f"{_BLOB[len(blob)]}:{blob}" if len(blob) in _BLOB and blob.isalnum() else None
            for name, blob in blobs.items()
        }, "hub cache"
    return dict.fromkeys(needed), None


def _fits(spec: ModelSpec, entry: LockEntry) -> bool:
    """A pin in the registry must be the one the files were fetched for."""
    return spec.revision is None or spec.revision in (entry.requested, entry.revision)


def _in_hub_cache(spec: ModelSpec, entry: LockEntry | None, env: Mapping[str, str]) -> Found | None:
    """A complete snapshot in the hub's cache, of the pinned or locked revision, else of `main`."""
    assert spec.hub is not None
    repo = places.hub_cache(env) / f"models--{spec.hub.replace('/', '--')}"
    wanted = spec.revision or (entry.revision if entry else "main")
    commit = wanted if _COMMIT.fullmatch(wanted) else _read_ref(repo / "refs" / wanted)
    if commit is None:
        return None
    directory = repo / "snapshots" / commit
    if layout.lacking(_names(directory)):
        return None
    return Found(directory, Origin.HUB_CACHE, commit)


def _read_ref(path: Path) -> str | None:
    try:
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if _COMMIT.fullmatch(text) else None


def _names(directory: Path) -> tuple[str, ...]:
    """Names of the files in `directory`, hidden ones left out; none if it cannot be listed."""
    return tuple(_files_in(directory))


def _files_in(directory: Path) -> Iterator[str]:
    try:
        for path in directory.iterdir():
            if not path.name.startswith(".") and path.is_file():
                yield path.name
    except OSError:
        return


def _nature(spec: ModelSpec) -> str:
    if spec.parts:
        return f"the chain {' → '.join(part.id for part in spec.parts)}"
    return f"the built-in method {spec.builtin}"
