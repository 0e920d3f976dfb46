"""Tokens and checkpoints on disk, whole and in parts; what is missing or damaged is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from training import store
from training.carry import pack, unpack
from training.parts import join, split, split_slim
from training.store import TokenPairs, is_stored, stored
from translate.errors import WeightsError


def some_pairs(size: int) -> TokenPairs:
    rng = np.random.default_rng(7)
    rows = [
        [rng.integers(0, 16_000, rng.integers(1, 30)).astype(np.uint16) for _ in range(size)] for _ in "ab"
    ]
    bare = TokenPairs.from_lists(*rows)
    links = rng.integers(0, 255, len(bare.target)).astype(np.uint8)
    return TokenPairs(bare.source, bare.target, bare.source_ends, bare.target_ends, links)


def equal(one: TokenPairs, other: TokenPairs) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in TokenPairs.__slots__)


PAIRS = some_pairs(500)


def test_a_set_in_parts_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "news.fr-en.npz"
    PAIRS.save(path, max_bytes=8000)
    files = sorted(tmp_path.iterdir())
    assert len(files) > 3
    assert all(file.stat().st_size <= 8000 for file in files)
    assert {file.name for file in files} == {
        f"news.fr-en.{number}-of-{len(files)}.npz" for number in range(1, len(files) + 1)
    }
    assert equal(TokenPairs.load(path), PAIRS)
    assert is_stored(path)
    assert stored(tmp_path) == [path]
    assert stored(tmp_path, "news.*.npz") == [path]
    assert stored(tmp_path, "new.*.npz") == []


def test_a_small_set_is_one_file_of_the_same_format_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "news.fr-en.npz"
    PAIRS.save(path)
    assert [file.name for file in tmp_path.iterdir()] == ["news.fr-en.npz"]
    with np.load(path) as arrays:
        assert sorted(arrays) == sorted(TokenPairs.__slots__)
    assert equal(TokenPairs.load(path), PAIRS)


@pytest.mark.parametrize(("first", "second"), [(8000, 10**9), (10**9, 8000), (8000, 16000)])
def test_another_division_takes_the_place_of_the_first(tmp_path: Path, first: int, second: int) -> None:
    path = tmp_path / "news.fr-en.npz"
    some_pairs(300).save(path, max_bytes=first)
    PAIRS.save(path, max_bytes=second)
    assert equal(TokenPairs.load(path), PAIRS)
    fresh = tmp_path / "fresh" / path.name
    PAIRS.save(fresh, max_bytes=second)
    names = {file.name for file in tmp_path.iterdir() if file.is_file()}
    assert names == {file.name for file in fresh.parent.iterdir()}


def test_sets_are_cut_where_they_are_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    PAIRS.save(tmp_path / "news.fr-en.npz")
    some_pairs(20).save(tmp_path / "small.fr-en.npz")
    monkeypatch.setattr("sys.argv", ["store", str(tmp_path), "--max-mib", str(9000 / 2**20)])
    assert store.main() == 0
    assert "news.fr-en.npz: " in (shown := capsys.readouterr().out) and "small" not in shown
    assert max(path.stat().st_size for path in tmp_path.iterdir()) <= 9000
    assert equal(TokenPairs.load(tmp_path / "news.fr-en.npz"), PAIRS)


def test_a_missing_or_damaged_part_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "news.fr-en.npz"
    PAIRS.save(path, max_bytes=20_000)
    second = sorted(tmp_path.iterdir())[1]
    whole = second.read_bytes()
    second.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WeightsError, match=f"{second.name} is damaged"):
        TokenPairs.load(path)
    second.unlink()
    assert not is_stored(path)
    with pytest.raises(WeightsError, match="parts 2 of"):
        TokenPairs.load(path)
    with pytest.raises(WeightsError, match="no tokens at"):
        TokenPairs.load(tmp_path / "other.fr-en.npz")


def test_pairs_between_two_numbers(tmp_path: Path) -> None:
    cuts = [PAIRS.between(0, 0), PAIRS.between(0, 100), PAIRS.between(100, 101), PAIRS.between(101, 500)]
    assert [len(cut) for cut in cuts] == [0, 100, 1, 399]
    assert equal(TokenPairs.joined(cuts), PAIRS)


def test_a_file_in_parts_is_joined_byte_by_byte(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.pt"
    file.write_bytes(bytes(range(256)) * 100)
    index = split(file, tmp_path / "parts", 10_000)
    sizes = [part.stat().st_size for part in sorted((tmp_path / "parts").glob("*.0*"))]
    assert sizes == [10_000, 10_000, 5_600]
    assert join(index, tmp_path / "back").read_bytes() == file.read_bytes()


def test_new_parts_take_the_place_of_old_ones(tmp_path: Path) -> None:
    file, parts = tmp_path / "checkpoint.pt", tmp_path / "parts"
    for content in (b"a" * 300, b"b" * 100):
        file.write_bytes(content)
        index = split(file, parts, 50)
    assert len(list(parts.iterdir())) == 3
    assert join(index, tmp_path / "back").read_bytes() == b"b" * 100


def test_a_part_that_is_missing_or_changed_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    file, parts = tmp_path / "checkpoint.pt", tmp_path / "parts"
    file.write_bytes(b"weights" * 30)
    index = split(file, parts, 100)
    second = sorted(parts.glob("*.001"))[0]
    second.write_bytes(b"x" * 100)
    with pytest.raises(WeightsError, match=f"{second.name} is not what was split"):
        join(index, tmp_path / "back")
    second.unlink()
    with pytest.raises(WeightsError, match=f"{second.name} is missing"):
        join(index, tmp_path / "back")
    assert list((tmp_path / "back").iterdir()) == []
    index.write_text(json.dumps({"file": "checkpoint.pt"}))
    with pytest.raises(WeightsError, match="no index"):
        join(index, tmp_path / "back")


def test_an_index_cannot_reach_out_of_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.pt"
    file.write_bytes(b"weights")
    index = split(file, tmp_path / "parts")
    content = json.loads(index.read_text())
    index.write_text(json.dumps({**content, "file": "../../escaped.pt"}))
    assert join(index, tmp_path / "back") == tmp_path / "back" / "escaped.pt"


def test_a_slim_checkpoint_has_the_weights_and_counters_alone(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.pt"
    weights = torch.randn(1000)
    torch.save({"weights": weights, "optimizer": {"m": torch.zeros(2000)}, "step": 7}, file)
    index = split_slim(file, tmp_path / "parts", "small.pt")
    state = torch.load(join(index, tmp_path / "back"), weights_only=True)
    assert sorted(state) == ["step", "weights"]
    torch.testing.assert_close(state["weights"].float(), weights, atol=2e-3, rtol=1e-3)
    assert index.name == "small.pt.json"


def test_a_run_is_carried_to_an_empty_folder_and_never_over_a_newer_one(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    torch.save({"weights": torch.ones(3), "step": 5}, here / "checkpoint.pt")
    (here / "log.jsonl").write_text('{"step": 5}\n')
    pack(here, tmp_path / "carry", here / "checkpoint.pt")
    unpack(tmp_path / "carry", there)
    assert torch.load(there / "checkpoint.pt", weights_only=True)["step"] == 5
    assert (there / "log.jsonl").read_text() == '{"step": 5}\n'
    torch.save({"weights": torch.ones(3), "step": 9}, there / "checkpoint.pt")
    (there / "log.jsonl").write_text('{"step": 9}\n')
    unpack(tmp_path / "carry", there)
    assert torch.load(there / "checkpoint.pt", weights_only=True)["step"] == 9
    assert (there / "log.jsonl").read_text() == '{"step": 9}\n'
