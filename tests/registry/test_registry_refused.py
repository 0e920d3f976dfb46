"""Downloads that must not succeed: one clear message each, and nothing installed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.registry.hub_server import Hub, fr_en, marian_files, weights
from translate.errors import FetchError
from translate.registry import check, fetch, locate, read_lock, verify
from translate.registry.mutex import exclusive

SPEC = fr_en()

pytestmark = pytest.mark.usefixtures("online_and_impatient")


def refused(env: dict[str, str], match: str, **options: Any) -> str:
    """The hint of the error that `fetch` must raise; nothing may be installed."""
    with pytest.raises(FetchError, match=match) as caught:
        fetch(options.pop("spec", SPEC), env=env, **options)
    assert locate(SPEC, env=env) is None
    assert SPEC.id not in read_lock(env)
    assert "\n" not in str(caught.value)
    return caught.value.hint or ""


@pytest.mark.parametrize("variable", ["TRANSLATE_OFFLINE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_offline_asks_nobody(hub: Hub, env: dict[str, str], variable: str) -> None:
    refused({**env, variable: "1"}, f"offline .{variable} is set")
    refused(env, "offline .--offline", offline=True)
    assert not hub.asked


def test_offline_set_to_no_is_online(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    fetch(SPEC, env={**env, "TRANSLATE_OFFLINE": "0"})


def test_no_network(env: dict[str, str]) -> None:
    hint = refused({**env, "HF_ENDPOINT": "http://127.0.0.1:9"}, r"cannot reach http://127\.0\.0\.1:9")
    assert "network" in hint


@pytest.mark.parametrize("endpoint", ["huggingface.co", "ftp://hub", "http://", "http://hub:notaport"])
def test_an_endpoint_that_is_no_address(env: dict[str, str], endpoint: str) -> None:
    refused({**env, "HF_ENDPOINT": endpoint}, "HF_ENDPOINT is no web address")


@pytest.mark.parametrize(
    ("status", "match", "hint"),
    [
        (401, r"no such repository, or it is private \(401\)", "hf auth login"),
        (403, r"no such repository, or it is private \(403\)", "hf auth login"),
        (404, "not found", "hub:"),
        (429, "too many requests", "again"),
        (500, "error 500", "later"),
        (503, "error 503", "later"),
    ],
)
def test_error_answers(hub: Hub, env: dict[str, str], status: int, match: str, hint: str) -> None:
    hub.status = status
    assert hint in refused(env, match)


def test_a_repository_that_does_not_exist(env: dict[str, str]) -> None:
    refused(env, "no such repository")  # the hub says 401, as for a private one


def test_a_gated_repository(hub: Hub, env: dict[str, str]) -> None:
    hub.status, hub.headers = 403, {"X-Error-Code": "GatedRepo"}
    assert "hf auth login" in refused(env, "accept terms")


def test_a_revision_that_does_not_exist(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    refused(env, "no revision 'v9'", revision="v9")


def test_a_server_fault_that_passes_is_survived(
    hub: Hub, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repo().commit(marian_files())
    hub.status = 503
    monkeypatch.setattr(time, "sleep", lambda _: setattr(hub, "status", None))
    fetch(SPEC, env=env)


def test_a_page_in_place_of_the_hub(hub: Hub, env: dict[str, str]) -> None:
    hub.html = True
    assert "proxy" in refused(env, "does not answer like a model hub")


def test_a_commit_that_would_be_a_path(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    hub.repo().commit(marian_files())
    hub.sha = "../../../../evil"
    refused(env, "does not answer like a model hub")
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("lie", [b"short", weights(9), weights(1, size=400_000), b""])
def test_content_that_is_not_what_was_announced(hub: Hub, env: dict[str, str], lie: bytes) -> None:
    hub.repo().commit(marian_files())
    hub.lie["model.safetensors"] = lie
    refused(env, r"model\.safetensors is not what")


def test_a_small_file_is_checked_too(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit(marian_files())
    hub.lie["config.json"] = b'{"model_type": "MARIAN"}'  # same size
    refused(env, r"config\.json is not what")


def test_a_commit_whose_content_changed_under_the_lock(hub: Hub, env: dict[str, str]) -> None:
    commit = hub.repo().commit(marian_files(1))
    entry = fetch(SPEC, env=env)
    directory = locate(SPEC, env=env)
    assert directory is not None
    shutil.rmtree(directory)
    hub.repo().commits[commit] = marian_files(2)  # a rewritten history: same commit, other files
    with pytest.raises(FetchError, match=r"model\.safetensors .* differs from the lock") as caught:
        fetch(SPEC, env=env)
    assert "--update" in str(caught.value.hint)
    assert read_lock(env) == {SPEC.id: entry} and locate(SPEC, env=env) is None
    assert fetch(SPEC, env=env, update=True).files != entry.files
    check(SPEC, env=env)


def test_a_locked_commit_that_is_gone(hub: Hub, env: dict[str, str]) -> None:
    commit = hub.repo().commit(marian_files(1))
    fetch(SPEC, env=env)
    shutil.rmtree(str(locate(SPEC, env=env)))
    hub.repo().commit(marian_files(2))
    del hub.repo().commits[commit]
    with pytest.raises(FetchError, match=f"no revision '{commit}'"):
        fetch(SPEC, env=env)


def test_pickled_weights_are_refused_with_the_way_out(hub: Hub, env: dict[str, str]) -> None:
    files = marian_files()
    del files["model.safetensors"]
    hub.repo().commit(files)
    hint = refused(env, r"no model\.safetensors, only pytorch_model\.bin, tf_model\.h5")
    assert "from_pretrained('Helsinki-NLP/opus-mt-fr-en')" in hint and "path: ./opus-mt-fr-en" in hint
    assert not hub.asked  # not one byte of it was loaded
    hub.discussions = [{"num": 4, "title": "Adding `safetensors` variant of this model"}]
    assert "translate models fetch opus-mt-fr-en --revision refs/pr/4" in refused(env, "only pytorch_model")


def test_a_repository_that_is_no_model(hub: Hub, env: dict[str, str]) -> None:
    hub.repo().commit({"README.md": b"data"})
    refused(env, r"lacks config\.json, model\.safetensors, a tokeniser")


def test_a_missing_shard_or_tokeniser_part(hub: Hub, env: dict[str, str]) -> None:
    files = marian_files()
    del files["target.spm"]
    hub.repo().commit(files)
    refused(env, r"lacks target\.spm")
    files = marian_files()
    del files["model.safetensors"], files["pytorch_model.bin"], files["tf_model.h5"]
    files["model.safetensors.index.json"] = b"{}"
    files["model-00001-of-00002.safetensors"] = weights(1)
    hub.repo().commit(files)
    refused(env, r"lacks model-00002-of-00002\.safetensors")


@pytest.mark.parametrize("index", [b"no json", b"[]", json.dumps({"weight_map": {"a": "b.bin"}}).encode()])
def test_a_damaged_index(hub: Hub, env: dict[str, str], index: bytes) -> None:
    files = {**marian_files(), "model.safetensors.index.json": index}
    del files["model.safetensors"]
    files["model-00001-of-00001.safetensors"] = weights(1)
    hub.repo().commit(files)
    refused(env, r"index\.json (is damaged|names b\.bin)")


def test_no_room_is_said_before_anything_is_loaded(
    hub: Hub, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.repo().commit(marian_files())
    usage = shutil.disk_usage(env["HOME"])._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert "TRANSLATE_HOME" in refused(env, "no room")
    assert not hub.asked


def test_a_disk_that_fills_up_meanwhile(
    hub: Hub, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    hub.repo().commit(marian_files())
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        refused(env, "the disk is full")
    fetch(SPEC, env=env)
    assert verify(SPEC, env=env).ok


def test_a_store_that_cannot_be_written(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    hub.repo().commit(marian_files())
    (tmp_path / "store").write_text("a file where the directory should be")
    with pytest.raises(FetchError, match="store"):
        fetch(SPEC, env=env)


def test_two_fetches_of_one_model_at_a_time(hub: Hub, env: dict[str, str], tmp_path: Path) -> None:
    hub.repo().commit(marian_files())
    with exclusive(tmp_path / "store" / "models" / SPEC.id / ".mutex", wait_s=0):
        refused(env, "another program is fetching it")
    fetch(SPEC, env=env)


def test_nothing_to_fetch(env: dict[str, str], tmp_path: Path) -> None:
    refused(env, "nothing to fetch", spec=fr_en(id="own", hub=None, path=tmp_path))
    refused(env, "built in", spec=fr_en(id="extractive", hub=None, builtin="extractive"))
