"""Batches fit in the memory that is free: what is read of a machine, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Lang
from translate.engines import budget
from translate.registry.spec import ModelSpec, Task

OPUS: Mapping[str, int] = {"d_model": 512, "decoder_layers": 6, "encoder_ffn_dim": 2048, "vocab_size": 59_514}
GIB = 2**30


def test_a_machine_with_room_takes_the_fastest_size() -> None:
    assert budget.padded(8192, OPUS, 24 * GIB, workers=2) == 8192
    assert budget.padded(8192, OPUS, None) == 8192  # nobody can tell


def test_little_memory_means_small_batches_and_never_none() -> None:
    one = budget.piece_bytes(OPUS)
    assert budget.padded(8192, OPUS, 200 * one) == 100  # half of it
    assert budget.padded(8192, OPUS, 200 * one, workers=4) == 25  # each worker has a batch
    assert budget.padded(8192, OPUS, 0) == 1


def test_a_piece_needs_what_the_shape_says() -> None:
    states = 8 * 6 * 512 + 2 * 6 * 512 + 2048
    assert budget.piece_bytes(OPUS) == 4 * (states + 3 * 59_514 // 16)
    own = {**OPUS, "decoder_vocab_size": 100}  # logits are of the pieces that are written
    assert budget.piece_bytes(own) == 4 * (states + 3 * 100 // 16)


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_an_engine_asks_for_free_memory_and_answers_the_same(
    engine: str, marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, {Lang.EN: ""})

    def loaded() -> engines.LoadedEngine:
        return engines.load(spec, marian, device="cpu", beam=2, engine=engine)

    wide = loaded()
    monkeypatch.setattr(budget, "_free_here", lambda: 100_000)
    narrow = loaded()
    assert 1 <= narrow._limits.budget < wide._limits.budget  # type: ignore[attr-defined]
    expected = [each.text for each in wide.translate(tiny.FRENCH, Lang.EN)]
    assert len(set(expected)) > 5
    assert [each.text for each in narrow.translate(tiny.FRENCH, Lang.EN)] == expected


# --- what a machine says --------------------------------------------------------------------------


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/meminfo").write_text("MemTotal: 9000000 kB\nMemAvailable:    4000000 kB\n")
    return tmp_path / "proc"


def limited(folder: Path, limit: str, used: int, stat: str = "inactive_file 0\n") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.max").write_text(f"{limit}\n")
    (folder / "memory.current").write_text(f"{used}\n")
    (folder / "memory.stat").write_text(stat)


def test_the_system_and_each_group_around_us_set_a_limit(proc: Path, tmp_path: Path) -> None:
    groups = tmp_path / "cgroup"
    assert budget._free_here(proc, groups) == 4_000_000 * 1024
    (proc / "self/cgroup").write_text("0::/user/job\n")
    assert budget._free_here(proc, groups) == 4_000_000 * 1024  # a group without files: no limit
    limited(groups / "user/job", "max", 5)
    limited(groups / "user", "3000", 1000, "anon 900\ninactive_file 400\n")
    assert budget._free_here(proc, groups) == 3000 - 600
    limited(groups / "user/job", "1000", 1200)
    assert budget._free_here(proc, groups) == 0


def test_the_older_groups(proc: Path, tmp_path: Path) -> None:
    (proc / "self/cgroup").write_text("7:memory:/box\n3:cpu,cpuacct:/box\n0::/\n")
    folder = tmp_path / "cgroup/memory/box"
    folder.mkdir(parents=True)
    (folder / "memory.limit_in_bytes").write_text("9000")
    (folder / "memory.usage_in_bytes").write_text("2000")
    (folder / "memory.stat").write_text("inactive_file 1\ntotal_inactive_file 500\n")
    assert budget._free_here(proc, tmp_path / "cgroup") == 9000 - 1500
    (folder / "memory.limit_in_bytes").write_text(str(2**63 - 4096))  # how it says that there is none
    assert budget._free_here(proc, tmp_path / "cgroup") == 4_000_000 * 1024


def test_where_nothing_is_said(tmp_path: Path) -> None:
    assert budget._free_here(tmp_path, tmp_path) is None


def test_a_card_that_is_not_there_says_nothing() -> None:
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        assert (budget.free_bytes("cuda") or 0) > 0
    else:
        assert budget.free_bytes("cuda") is None
