"""`translate models fetch`: bring a model from the hub into our store, whole and checked, or not at all."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from translate.errors import FetchError, WeightsError
from translate.registry import files, layout, places
from translate.registry.checksums import digest
from translate.registry.lock import LockedFile, LockEntry, locked, record
from translate.registry.mutex import Busy, exclusive
from translate.registry.remote import Listing, Remote, Report, disk_failure
from translate.registry.spec import ModelSpec

MAIN = "main"
_SPARE_BYTES = 50_000_000  # left free beside the model


class FetchProgress(Protocol):
    """Told how much of a file is on disk. Called with 0 for every file before the first byte comes."""

    def __call__(self, file: str, done: int, total: int | None) -> None: ...


def fetch(
    spec: ModelSpec,
    *,
    revision: str | None = None,
    update: bool = False,
    offline: bool = False,
    progress: FetchProgress | None = None,
    env: Mapping[str, str] = os.environ,
) -> LockEntry:
    """Download the model (or both parts of a pivot) and lock it; the entry says what was installed.

    Without `update` the locked commit is fetched again, and files that differ from the lock are
    refused. A model that is there and right is left alone.

    Raises:
        FetchError: offline, unreachable, refused, changed, no room, or no safetensors.
    """
    if offline or (variable := places.is_offline(env)):
        why = "--offline" if offline else f"{variable} is set"
        raise FetchError(f"{spec.id}: not fetched, working offline ({why})", hint="fetch it while online")
    if spec.parts:
        if revision:
            raise FetchError(
                f"{spec.id} is two models; give the revision to one of {', '.join(spec.via or ())}"
            )
        return _joined(spec, [fetch(part, update=update, progress=progress, env=env) for part in spec.parts])
    if not spec.hub:
        raise FetchError(f"{spec.id}: nothing to fetch, it is {'built in' if spec.builtin else spec.path}")
    home = places.store(env) / "models" / spec.id
    with _undisturbed(home):
        return _Fetch(spec, home, progress, env).run(revision or spec.revision, update=update)


class _Fetch:
    """One fetch of one repository into `home`, which holds a directory for each commit."""

    def __init__(
        self, spec: ModelSpec, home: Path, progress: FetchProgress | None, env: Mapping[str, str]
    ) -> None:
        assert spec.hub is not None
        self.spec, self.home, self.progress, self.env = spec, home, progress, env
        self.remote = Remote.of(spec.hub, env)

    def run(self, pin: str | None, *, update: bool) -> LockEntry:
        last = locked(self.spec, self.env)
        # another revision than the locked one, asked for by name, is no surprise
        binding = None if update or (last and pin not in (None, last.requested, last.revision)) else last
        installed = last is not None and self._is_installed(last)
        if binding and installed and pin in (None, binding.revision):
            return binding
        wanted = pin or (binding.revision if binding else MAIN)
        listing = self.remote.listing(wanted)
        if binding and listing.commit != binding.revision:
            raise self._moved(binding, wanted, listing.commit)
        self._refuse_unusable(listing, wanted)
        requested = binding.requested if binding else wanted
        if last and installed and listing.agrees(files.entry_directory(last, self.env), last.revision):
            entry = replace(last, requested=requested)
        else:
            entry = self._install(listing, requested, binding)
        if entry != last:
            record(entry, self.env)
        return entry

    def _is_installed(self, entry: LockEntry) -> bool:
        try:
            return (
                files.locate(self.spec, env=self.env) == files.entry_directory(entry, self.env)
                and files.verify(self.spec, env=self.env).ok
            )
        except WeightsError:
            return False

    def _install(self, listing: Listing, requested: str, old: LockEntry | None) -> LockEntry:
        """Download beside the final directory, compare with the lock, then rename."""
        final, partial = self.home / listing.commit, self.home / f".partial-{listing.commit}"
        with _disk():
            partial.mkdir(parents=True, exist_ok=True)
            if final.is_dir():  # damaged, or left by a fetch that died before it wrote the lock
                _reuse(final, partial)
        names = layout.needed(listing.files)
        self._announce(listing, names, partial)
        for name in names:
            file = listing.files[name]
            self.remote.download(file, listing.commit, partial, self._reporter(name, file.size))
        with _disk():
            locked_files = {name: _facts(partial / name) for name in names}
            self._refuse_torn_index(partial)
            if old and old.files != locked_files:
                shutil.rmtree(partial)
                raise self._tampered(old, locked_files)
            for path in partial.iterdir():
                if path.name not in names:
                    path.unlink()
            partial.rename(final)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return LockEntry(self.spec.id, self.remote.repo, listing.commit, requested, locked_files, now)

    def _announce(self, listing: Listing, names: tuple[str, ...], partial: Path) -> None:
        """Tell the sizes, and refuse at once if the disk cannot hold them."""
        for name in names:
            self._reporter(name, listing.files[name].size)(0)
        here = sum(path.stat().st_size for path in partial.iterdir())
        need = sum(listing.files[name].size or 0 for name in names) - here
        free = shutil.disk_usage(partial).free
        if need + _SPARE_BYTES > free:
            sizes = f"{need / 1e6:,.0f} MB needed, {free / 1e6:,.0f} MB free"
            raise FetchError(
                f"{self.spec.id}: no room in {self.home} ({sizes})",
                hint="make room, or set TRANSLATE_HOME to a directory on another disk",
            )

    def _reporter(self, name: str, size: int | None) -> Report:
        def report(done: int) -> None:
            if self.progress:
                self.progress(name, done, size)

        return report

    def _refuse_unusable(self, listing: Listing, wanted: str) -> None:
        faults = layout.lacking(listing.files)
        if not faults:
            return
        repo, unsafe = self.remote.repo, layout.pickled(listing.files)
        if layout.WEIGHTS not in faults or not unsafe:
            raise FetchError(f"{repo} at {wanted}: lacks {', '.join(faults)}; not a model we can load")
        raise FetchError(
            f"{repo} at {wanted} has no model.safetensors, only {', '.join(unsafe)}, "
            "which could run code when it is opened",
            hint=self._how_to_convert(),
        )

    def _how_to_convert(self) -> str:
        own = (
            f"convert it yourself: {convert_command(self.remote.repo, self.spec.id)} "
            f"and give the entry `path: ./{self.spec.id}` in your models.yaml"
        )
        number = self.remote.converted()
        if number is None:
            return own
        ready = f"translate models fetch {self.spec.id} --revision refs/pr/{number}"
        return f"the hub's converter offers safetensors: {ready}; or {own}"

    def _refuse_torn_index(self, partial: Path) -> None:
        index = partial / layout.INDEX
        if not index.exists():
            return
        try:
            shards = set(json.loads(index.read_text("utf-8"))["weight_map"].values())
        except (ValueError, KeyError, AttributeError, TypeError) as err:
            raise FetchError(f"{self.remote.repo}: {layout.INDEX} is damaged") from err
        if absent := sorted(name for name in shards if not (partial / str(name)).exists()):
            raise FetchError(f"{self.remote.repo}: {layout.INDEX} names {absent[0]}, which is not there")

    def _moved(self, old: LockEntry, wanted: str, commit: str) -> FetchError:
        return FetchError(
            f"{self.spec.id}: {wanted} of {self.remote.repo} is now {commit[:8]}, "
            f"but {old.revision[:8]} is locked",
            hint=f"translate models fetch {self.spec.id} --update takes the new one",
        )

    def _tampered(self, old: LockEntry, new: Mapping[str, LockedFile]) -> FetchError:
        names = sorted({*old.files, *new})
        changed = [name for name in names if old.files.get(name) != new.get(name)]
        return FetchError(
            f"{self.spec.id}: {changed[0]} of {self.remote.repo} at {old.revision[:8]} differs from the lock",
            hint="a commit never changes, so something is wrong with the server or the lock; "
            f"translate models fetch {self.spec.id} --update accepts what is there now",
        )


def convert_command(repo: str, directory: str) -> str:
    """A shell command that turns a repository with pickled weights into a directory we load."""
    code = (
        "from transformers import AutoModelForSeq2SeqLM as M, AutoTokenizer as T; "
        f"[c.from_pretrained('{repo}').save_pretrained('{directory}') for c in (M, T)]"
    )
    return f'python -c "{code}"'


def _facts(path: Path) -> LockedFile:
    return LockedFile(digest(path).partition(":")[2], path.stat().st_size)


def _reuse(final: Path, partial: Path) -> None:
    """Move what is in `final` back, so that right files are kept and wrong ones loaded again."""
    for path in final.iterdir():
        path.replace(partial / path.name)
    final.rmdir()


def _joined(spec: ModelSpec, entries: list[LockEntry]) -> LockEntry:
    return LockEntry(
        id=spec.id,
        repo=" + ".join(entry.repo for entry in entries),
        revision="+".join(entry.revision for entry in entries),
        requested="+".join(entry.requested for entry in entries),
        files={f"{entry.id}/{name}": file for entry in entries for name, file in entry.files.items()},
        fetched=max(entry.fetched for entry in entries),
    )


@contextmanager
def _undisturbed(home: Path) -> Iterator[None]:
    """No other process fetches the same model meanwhile."""
    try:
        with _disk(), exclusive(home / ".mutex", wait_s=1):
            yield
    except Busy as err:
        raise FetchError(f"{home.name}: another program is fetching it now") from err


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as err:
        raise disk_failure(err) from err
