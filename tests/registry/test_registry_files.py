"""Model files on disk: found without a network, whole, unchanged; and what is said when they are not."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registry.hub_server import NEEDED, environment, flip, fr_en, marian_files, running_hub
from translate.errors import WeightsError
from translate.registry import (
    LockState,
    check,
    checksums,
    describe,
    fetch,
    is_present,
    locate,
    lock,
    require,
    revision_of,
    verify,
)
from translate.registry.files import Origin

SPEC = fr_en()


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "home")


@pytest.fixture
def fetched(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The directory of a fetched model. Its hub is gone: nothing that follows may need it."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    with running_hub() as hub:
        hub.repo().commit(marian_files())
        fetch(SPEC, env={**env, "HF_ENDPOINT": hub.url})
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    yield require(SPEC, env=env)


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection can be opened and no name looked up, not even on this machine."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    for place, name in ((socket.socket, "connect"), (socket, "create_connection"), (socket, "getaddrinfo")):
        monkeypatch.setattr(place, name, refuse)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are hashed from now on."""
    names: list[str] = []
    real = checksums.digest

    def digest(path: Path, kind: str = "sha256") -> str:
        names.append(path.name)
        return real(path, kind)

    monkeypatch.setattr(checksums, "digest", digest)
    return names


# ── a fetched model ───────────────────────────────────────────────────────────────────────────────


def test_nothing_here_needs_a_network(fetched: Path, env: dict[str, str], no_sockets: None) -> None:
    assert locate(SPEC, env=env) == require(SPEC, env=env) == fetched
    assert is_present(SPEC, env=env)
    check(SPEC, env=env)
    report = verify(SPEC, env=env)
    assert report.ok and report.against == "lock" and report.checked == len(NEEDED)
    status = describe(SPEC, env=env)
    assert (status.present, status.origin, status.where) == (True, Origin.STORE, fetched)
    assert (status.lock, status.revision) == (LockState.LOCKED, fetched.name)
    assert status.size == sum(len(marian_files()[name]) for name in NEEDED)
    assert revision_of(SPEC, env=env) == fetched.name


def test_check_hashes_a_file_only_when_it_changed(
    fetched: Path, env: dict[str, str], hashed: list[str]
) -> None:
    check(SPEC, env=env)
    assert sorted(hashed) == sorted(NEEDED)
    hashed.clear()
    check(SPEC, env=env)
    assert hashed == []
    os.utime(fetched / "vocab.json")
    check(SPEC, env=env)
    assert hashed == ["vocab.json"]


@pytest.mark.parametrize("keep_time", [False, True])
def test_a_changed_byte_is_noticed(fetched: Path, env: dict[str, str], keep_time: bool) -> None:
    check(SPEC, env=env)  # remembered as right
    flip(fetched / "model.safetensors", keep_time=keep_time)
    with pytest.raises(WeightsError, match=r"model\.safetensors is changed or damaged") as caught:
        check(SPEC, env=env)
    assert caught.value.hint == "translate models fetch opus-mt-fr-en"
    report = verify(SPEC, env=env)
    assert (report.ok, report.changed, report.missing) == (False, ("model.safetensors",), ())


def test_verify_trusts_no_memory(fetched: Path, env: dict[str, str], hashed: list[str]) -> None:
    check(SPEC, env=env)
    hashed.clear()
    verify(SPEC, env=env)
    assert sorted(hashed) == sorted(NEEDED)


def test_a_missing_and_an_extra_file(fetched: Path, env: dict[str, str]) -> None:
    (fetched / "source.spm").unlink()
    (fetched / "tokenizer.json").write_text("{}")
    (fetched / ".hidden").write_text("")
    report = verify(SPEC, env=env)
    assert (report.missing, report.extra) == (("source.spm",), ("tokenizer.json",))
    assert not is_present(SPEC, env=env)
    with pytest.raises(WeightsError) as caught:
        check(SPEC, env=env)
    assert caught.value.hint == "translate models fetch opus-mt-fr-en"


def test_a_pin_that_changed_after_the_fetch(fetched: Path, env: dict[str, str]) -> None:
    pinned = fr_en(revision="v2")
    assert describe(pinned, env=env).lock is LockState.OUTDATED
    with pytest.raises(WeightsError, match=f"asks for revision v2, fetched is main .{fetched.name[:8]}"):
        require(pinned, env=env)
    check(fr_en(revision=fetched.name), env=env)  # the commit itself is the same pin


def test_another_repository_under_the_same_id_is_another_model(fetched: Path, env: dict[str, str]) -> None:
    assert not is_present(fr_en(hub="someone/else"), env=env)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schema": 1}', '{"schema": 1, "models": {"a": {}}}', '{"schema": 1, "models": []}'],
)
def test_a_damaged_lock_file(fetched: Path, env: dict[str, str], text: str) -> None:
    lock.lock_path(env).write_text(text)
    with pytest.raises(WeightsError, match=r"models\.lock\.json: damaged"):
        check(SPEC, env=env)


def test_a_lock_file_of_another_version(fetched: Path, env: dict[str, str]) -> None:
    lock.lock_path(env).write_text('{"schema": 2, "models": {}}')
    with pytest.raises(WeightsError, match="another version"):
        check(SPEC, env=env)


def test_a_lock_file_cannot_lead_out_of_the_store(fetched: Path, env: dict[str, str]) -> None:
    data = json.loads(lock.lock_path(env).read_text())
    data["models"]["opus-mt-fr-en"]["revision"] = "../../elsewhere"
    lock.lock_path(env).write_text(json.dumps(data))
    with pytest.raises(WeightsError, match="damaged"):
        locate(SPEC, env=env)


def test_a_store_that_can_only_be_read(fetched: Path, env: dict[str, str], hashed: list[str]) -> None:
    (Path(env["TRANSLATE_HOME"]) / "stamps").write_text("no directory, so nothing can be remembered")
    for _ in range(2):
        check(SPEC, env=env)
    assert sorted(hashed) == sorted(2 * NEEDED)


# ── the cache of the hub's own tools ──────────────────────────────────────────────────────────────

COMMIT = "a" * 40


def cached(cache: Path, *, without: str = "") -> Path:
    """A snapshot as `huggingface_hub` stores it: links to blobs that are named by their digest."""
    repo = cache / "models--Helsinki-NLP--opus-mt-fr-en"
    snapshot = repo / "snapshots" / COMMIT
    for directory in (snapshot, repo / "blobs", repo / "refs"):
        directory.mkdir(parents=True)
    for name, data in marian_files().items():
        git = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        blob = hashlib.sha256(data).hexdigest() if name.endswith((".safetensors", ".spm")) else git
        (repo / "blobs" / blob).write_bytes(data)
        if name != without:
            (snapshot / name).symlink_to(f"../../blobs/{blob}")
    (repo / "refs" / "main").write_text(COMMIT)
    return snapshot


@pytest.mark.parametrize(
    ("variable", "below"),
    [
        ("HF_HUB_CACHE", ""),
        ("HUGGINGFACE_HUB_CACHE", ""),
        ("HF_HOME", "hub"),
        ("XDG_CACHE_HOME", "huggingface/hub"),
        ("HOME", ".cache/huggingface/hub"),
    ],
)
@pytest.mark.usefixtures("no_sockets")
def test_a_snapshot_is_found_where_the_hub_tools_put_it(
    env: dict[str, str], tmp_path: Path, variable: str, below: str
) -> None:
    snapshot = cached(tmp_path / "cache" / below)
    env = {**env, variable: str(tmp_path / "cache")}
    assert require(SPEC, env=env) == snapshot
    status = describe(SPEC, env=env)
    assert (status.origin, status.lock, status.revision) == (Origin.HUB_CACHE, LockState.NONE, COMMIT)


def test_a_snapshot_is_checked_by_the_names_of_its_blobs(env: dict[str, str], tmp_path: Path) -> None:
    snapshot = cached(tmp_path)
    env = {**env, "HF_HUB_CACHE": str(tmp_path)}
    report = verify(SPEC, env=env)
    assert report.ok and report.against == "hub cache" and report.checked == len(NEEDED)
    for name in ("model.safetensors", "config.json"):
        flip((snapshot / name).resolve())
    assert verify(SPEC, env=env).changed == ("config.json", "model.safetensors")
    with pytest.raises(WeightsError, match="changed or damaged"):
        check(SPEC, env=env)


def test_a_snapshot_with_a_file_missing_is_no_model(env: dict[str, str], tmp_path: Path) -> None:
    cached(tmp_path, without="target.spm")
    assert locate(SPEC, env={**env, "HF_HUB_CACHE": str(tmp_path)}) is None


def test_a_pin_chooses_the_snapshot(env: dict[str, str], tmp_path: Path) -> None:
    cached(tmp_path)
    env = {**env, "HF_HUB_CACHE": str(tmp_path)}
    assert is_present(fr_en(revision=COMMIT), env=env)
    assert not is_present(fr_en(revision="b" * 40), env=env)
    assert not is_present(fr_en(revision="v1"), env=env)
    (tmp_path / "models--Helsinki-NLP--opus-mt-fr-en" / "refs" / "main").write_text("../../../../etc")
    assert not is_present(SPEC, env=env)
