"""`models fetch` against a hub on this machine: what is installed, what is locked, what is resumed."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.registry.hub_server import (
    NEEDED,
    Hub,
    fr_en,
    marian_files,
    tree,
    weights,
)
from translate.domain import Lang
from translate.errors import FetchError
from translate.registry import check, describe, fetch, is_present, locate, read_lock, require, verify
from translate.registry.status import LockState

SPEC = fr_en()

pytestmark = pytest.mark.usefixtures("online_and_impatient")


def test_installs_what_loading_needs_and_nothing_else(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    commit = hub.repo().commit(marian_files())
    entry = fetch(SPEC, env=env)
    directory = tmp_path / "store" / "models" / "opus-mt-fr-en" / commit
    assert (entry.id, entry.repo, entry.revision, entry.requested) == (SPEC.id, SPEC.hub, commit, "main")
    assert tuple(entry.files) == NEEDED
    for name in NEEDED:
        data = marian_files()[name]
        assert (directory / name).read_bytes() == data
        assert entry.files[name].sha256 == hashlib.sha256(data).hexdigest()
        assert entry.files[name].size == len(data)
    assert require(SPEC, env=env) == directory
    assert set(hub.sent) == set(NEEDED)  # no pickle, no code, no card was even asked for
    assert tree(tmp_path / "store") == {
        "models.lock.json",
        *(f"models/opus-mt-fr-en/{commit}/{name}" for name in NEEDED),
    }


def test_the_lock_file_is_plain_json_with_a_schema(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    commit = hub.repo().commit(marian_files())
    entry = fetch(SPEC, env=env)
    data = json.loads((tmp_path / "store" / "models.lock.json").read_text("utf-8"))
    assert data["schema"] == 1
    assert data["models"]["opus-mt-fr-en"]["revision"] == commit
    assert read_lock(env) == {"opus-mt-fr-en": entry}


def test_progress_tells_all_sizes_first_and_ends_whole(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    calls: list[tuple[str, int, int | None]] = []
    fetch(SPEC, env=env, progress=lambda file, done, total: calls.append((file, done, total)))
    sizes = {name: len(marian_files()[name]) for name in NEEDED}
    assert calls[: len(NEEDED)] == [(name, 0, sizes[name]) for name in NEEDED]
    assert {name: done for name, done, _ in calls} == sizes


def test_a_second_fetch_asks_nobody(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    first = fetch(SPEC, env=env)
    hub.asked.clear()
    hub.status = 500
    assert fetch(SPEC, env=env) == first
    assert not hub.asked


def test_the_lock_brings_back_the_same_commit_when_main_has_moved(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files(1))
    first = fetch(SPEC, env=env)
    hub.repo().commit(marian_files(2))
    (require(SPEC, env=env) / "model.safetensors").unlink()
    assert describe(SPEC, env=env).lock is LockState.MISSING
    hub.asked.clear()
    again = fetch(SPEC, env=env)
    assert again.files == first.files and again.revision == first.revision
    assert set(hub.sent) == {"model.safetensors"}  # only what was gone


def test_update_takes_the_new_commit_and_keeps_the_old_directory(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files(1))
    fetch(SPEC, env=env)
    old = require(SPEC, env=env)
    new = hub.repo().commit(marian_files(2))
    assert fetch(SPEC, env=env, update=True).revision == new
    assert require(SPEC, env=env).name == new != old.name
    assert (old / "model.safetensors").read_bytes() == weights(1)


def test_update_to_the_same_commit_loads_nothing(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    first = fetch(SPEC, env=env)
    hub.asked.clear()
    assert fetch(SPEC, env=env, update=True) == first
    assert not hub.asked


def test_a_pinned_name_that_moved_is_refused_until_update(hub: Hub, env: dict[str, str]) -> None:
    pinned = fr_en(revision="v1")
    hub.repo().commit(marian_files(1), "v1")
    fetch(pinned, env=env)
    new = hub.repo().commit(marian_files(2), "v1")
    with pytest.raises(FetchError, match=rf"v1 of Helsinki-NLP/opus-mt-fr-en is now {new[:8]}") as caught:
        fetch(pinned, env=env)
    assert "--update" in str(caught.value.hint)
    assert verify(pinned, env=env).ok  # what was there is untouched
    assert fetch(pinned, env=env, update=True).revision == new


def test_asking_for_another_revision_is_no_surprise(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files(1), "main")
    second = hub.repo().commit(marian_files(2), "refs/pr/7")
    fetch(SPEC, env=env)
    entry = fetch(SPEC, revision="refs/pr/7", env=env)
    assert (entry.revision, entry.requested) == (second, "refs/pr/7")
    assert fetch(SPEC, env=env) == entry  # and it stays, without naming it again


def test_a_pivot_fetches_both_halves(hub: Hub, env: dict[str, str]) -> None:
    en_zh = fr_en(id="en-zh", source=Lang.EN, targets={Lang.ZH: ">>cmn_Hans<<"}, hub="Helsinki-NLP/en-zh")
    pivot = fr_en(id="fr-zh", targets={Lang.ZH: ""}, hub=None, via=(SPEC.id, "en-zh"), parts=(SPEC, en_zh))
    commits = [hub.repo(str(spec.hub)).commit(marian_files(n)) for n, spec in enumerate((SPEC, en_zh))]
    assert not is_present(pivot, env=env)
    entry = fetch(pivot, env=env)
    assert entry.revision == "+".join(commits)
    assert f"{SPEC.id}/model.safetensors" in entry.files and "en-zh/model.safetensors" in entry.files
    assert set(read_lock(env)) == {SPEC.id, "en-zh"}
    assert is_present(pivot, env=env)
    check(pivot, env=env)
    with pytest.raises(FetchError, match="two models"):
        fetch(pivot, revision="main", env=env)


def test_sharded_weights(hub: Hub, env: dict[str, str]) -> None:
    shards = {f"model-0000{n}-of-00002.safetensors": weights(n) for n in (1, 2)}
    files = {**marian_files(), **shards}
    del files["model.safetensors"]
    index = {"weight_map": {f"layer{n}": name for n, name in enumerate(shards)}}
    files["model.safetensors.index.json"] = json.dumps(index).encode()
    hub.repo().commit(files)
    assert set(shards) < set(fetch(SPEC, env=env).files)
    check(SPEC, env=env)


# ── interrupted downloads ─────────────────────────────────────────────────────────────────────────


def test_a_broken_connection_is_continued_where_it_broke(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    hub.cuts["model.safetensors"] = [100_000, 70_000]
    fetch(SPEC, env=env)
    ranges = [wanted for _, name, wanted in hub.asked if name == "model.safetensors"]
    assert ranges == [None, "bytes=100000-", "bytes=170000-"]
    assert verify(SPEC, env=env).ok


def test_a_fetch_that_gave_up_is_continued_by_the_next(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    hub.repo().commit(marian_files())
    hub.cuts["model.safetensors"] = [100_000] + [0] * 20
    with pytest.raises(FetchError, match=r"model\.safetensors: no whole answer from http://127"):
        fetch(SPEC, env=env)
    assert locate(SPEC, env=env) is None and not read_lock(env)
    visible = {path for path in tree(tmp_path / "store" / "models") if "/.partial-" not in path}
    assert visible == set()  # nothing torn where a model could be looked for
    hub.cuts.clear()
    hub.asked.clear()
    fetch(SPEC, env=env)
    assert ("GET", "model.safetensors", "bytes=100000-") in hub.asked
    assert "config.json" not in hub.sent  # was whole already
    assert verify(SPEC, env=env).ok


def test_a_server_without_ranges_starts_again(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    hub.cuts["model.safetensors"] = [100_000]
    hub.ignore_ranges = True
    fetch(SPEC, env=env)
    assert verify(SPEC, env=env).ok


def test_a_part_with_wrong_content_is_thrown_away(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    commit = hub.repo().commit(marian_files())
    partial = tmp_path / "store" / "models" / SPEC.id / f".partial-{commit}"
    partial.mkdir(parents=True)
    (partial / "model.safetensors.part").write_bytes(b"x" * 1000)
    (partial / "source.spm").write_bytes(b"whole, but wrong")
    (partial / "stray.py").write_bytes(b"")
    fetch(SPEC, env=env)
    assert verify(SPEC, env=env).ok


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.registry.hub_server import fr_en
from translate.registry import fetch, hub
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
if {moment!r} == "before the rename":
    Path.rename = die
elif {moment!r} == "before the lock":
    hub.record = die
progress = (lambda f, done, total: done > 1000 and die()) if {moment!r} == "in a file" else None
fetch(fr_en(), env=dict(os.environ), progress=progress)
"""


@pytest.mark.parametrize("moment", ["in a file", "before the rename", "before the lock"])
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_killed_fetch_leaves_nothing_torn(
    hub: Hub, env: dict[str, str], tmp_path: Path, moment: str
) -> None:
    hub.repo().commit(marian_files())
    code = KILLED.format(root=str(Path(__file__).parents[2]), moment=moment)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **env, "HF_HUB_OFFLINE": "0"},
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert locate(SPEC, env=env) is None  # not there until the lock says so
    hub.asked.clear()
    fetch(SPEC, env=env)
    assert verify(SPEC, env=env).ok
    if moment != "in a file":
        assert not hub.asked  # everything had arrived: nothing is loaded twice
    assert not [path for path in tree(tmp_path / "store") if "partial" in path]
