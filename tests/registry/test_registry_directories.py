"""Models in a directory that the registry names, models without files, and which files make a model."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from tests.registry.hub_server import NEEDED, environment, flip, fr_en, marian_files, weights
from translate.domain import Lang
from translate.errors import WeightsError
from translate.registry import (
    ModelSpec,
    Task,
    check,
    describe,
    is_present,
    layout,
    locate,
    read_lock,
    require,
    revision_of,
    verify,
)

SPEC = fr_en()


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "home")


def own(directory: Path, *without: str) -> ModelSpec:
    """A model at `directory`, which gets all files but `without`."""
    directory.mkdir(parents=True, exist_ok=True)
    for name in NEEDED:
        if name not in without:
            (directory / name).write_bytes(marian_files()[name])
    return fr_en(id="own", hub=None, path=directory)


# ── directories named by the registry, and the embedded model ─────────────────────────────────────


def test_a_directory_of_ones_own(env: dict[str, str], tmp_path: Path) -> None:
    spec = own(tmp_path / "own")
    assert require(spec, env=env) == tmp_path / "own"
    check(spec, env=env)
    assert verify(spec, env=env).against is None
    assert revision_of(spec, env=env) == hashlib.sha256(weights(1)).hexdigest()
    before = revision_of(spec, env=env)
    flip(tmp_path / "own" / "model.safetensors")
    assert revision_of(spec, env=env) != before


@pytest.mark.parametrize(
    "name", ["config.json", "model.safetensors", "source.spm", "target.spm", "vocab.json"]
)
def test_each_file_is_missed(env: dict[str, str], tmp_path: Path, name: str) -> None:
    spec = own(tmp_path / "own", name)
    assert locate(spec, env=env) is None
    with pytest.raises(WeightsError, match=f"own: .*own lacks {name}"):
        check(spec, env=env)


def test_no_directory(env: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="own: no such directory"):
        require(fr_en(id="own", hub=None, path=tmp_path / "absent"), env=env)


def test_pickled_weights_in_a_directory(env: dict[str, str], tmp_path: Path) -> None:
    spec = own(tmp_path, "model.safetensors")
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80")
    with pytest.raises(WeightsError) as caught:
        require(spec, env=env)
    assert "only safetensors" in str(caught.value.hint) and "pytorch_model.bin" in str(caught.value.hint)


@pytest.mark.parametrize("size", [0, 5, 40, 200_000])
def test_a_copy_that_broke_off_is_noticed_without_digests(
    env: dict[str, str], tmp_path: Path, size: int
) -> None:
    spec = own(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(weights(1)[:size])
    with pytest.raises(WeightsError, match=r"model\.safetensors is changed or damaged"):
        check(spec, env=env)


def test_sums_beside_the_weights_are_believed(env: dict[str, str], tmp_path: Path) -> None:
    spec = own(tmp_path)
    lines = [f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}" for name in NEEDED]
    (tmp_path / "SHA256SUMS").write_text("\n".join(lines) + "\n")
    assert verify(spec, env=env).ok and verify(spec, env=env).against == "SHA256SUMS"
    (tmp_path / "README.md").write_text("unlisted")
    flip(tmp_path / "vocab.json")
    report = verify(spec, env=env)
    assert (report.changed, report.extra) == (("vocab.json",), ("README.md",))
    with pytest.raises(WeightsError, match=r"vocab\.json is changed"):
        check(spec, env=env)


def test_sums_that_are_no_sums(env: dict[str, str], tmp_path: Path) -> None:
    spec = own(tmp_path)
    (tmp_path / "SHA256SUMS").write_text("\nabc  model.safetensors\n")
    with pytest.raises(WeightsError, match="SHA256SUMS:2: not a line"):
        check(spec, env=env)


# ── models without files ──────────────────────────────────────────────────────────────────────────


def test_a_built_in_method(env: dict[str, str]) -> None:
    spec = fr_en(id="extractive", task=Task.SUMMARIZE, hub=None, builtin="extractive")
    assert is_present(spec, env=env) and locate(spec, env=env) is None
    check(spec, env=env)
    assert verify(spec, env=env).ok and revision_of(spec, env=env) == "extractive"
    with pytest.raises(WeightsError, match="built-in method"):
        require(spec, env=env)


def test_a_pivot(env: dict[str, str], tmp_path: Path) -> None:
    first, second = own(tmp_path / "a"), own(tmp_path / "b")
    spec = fr_en(id="p", targets={Lang.ZH: ""}, hub=None, via=("own", "own"), parts=(first, second))
    check(spec, env=env)
    assert describe(spec, env=env).present
    with pytest.raises(WeightsError, match="the chain own → own"):
        require(spec, env=env)
    flip(tmp_path / "b" / "config.json")
    (tmp_path / "b" / "model.safetensors").write_bytes(b"")
    assert verify(spec, env=env).changed == ("own/model.safetensors",)
    shutil.rmtree(tmp_path / "a")
    assert not describe(spec, env=env).present


def test_nothing_was_ever_fetched(env: dict[str, str]) -> None:
    assert read_lock(env) == {} and locate(SPEC, env=env) is None
    with pytest.raises(WeightsError) as caught:
        require(SPEC, env=env)
    assert caught.value.hint == "translate models fetch opus-mt-fr-en"


# ── which files make a model ──────────────────────────────────────────────────────────────────────


def test_needed_never_names_code_pickles_or_paths() -> None:
    names = [*marian_files(), "../vocab.json", "a/config.json", "onnx/model.onnx", "model-1-of-2.safetensors"]
    assert layout.needed(names) == NEEDED
    assert layout.lacking(names) == ()


@pytest.mark.parametrize(
    "tokenizer",
    [["tokenizer.json"], ["spiece.model"], ["sentencepiece.bpe.model"], ["vocab.json", "merges.txt"]],
)
def test_tokenisers_of_summarisers(tokenizer: list[str]) -> None:
    base = ["config.json", "model.safetensors"]
    assert layout.lacking(base + tokenizer) == ()
    assert set(tokenizer) <= set(layout.needed(base + tokenizer))
    assert layout.lacking(base) != ()
    assert layout.lacking([*base, "vocab.json"]) != ()


def test_whole_weights_are_preferred_to_shards() -> None:
    names = [*NEEDED, "model.safetensors.index.json", "model-00001-of-00001.safetensors"]
    assert layout.needed(names) == NEEDED
