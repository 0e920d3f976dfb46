"""The speed benchmark's table of a device, and the bound that a machine sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from safetensors.numpy import load_file

from benchmarks.speed import gpu, limit, models, report


class TestDeviceTable:
    """The table for a GPU, rehearsed on a CPU with one system."""

    @pytest.fixture(autouse=True)
    def one_system(self, small: models.Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
        first = next(gpu._lineup("cpu", "cpu"))
        monkeypatch.setattr(gpu, "NAMES", ("base",))
        monkeypatch.setattr(gpu, "prepare", lambda name, room: small)
        monkeypatch.setattr(gpu, "_lineup", lambda device, kind: iter([first]))

    def test_a_row_for_each_setting(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")  # no nvidia-smi, whatever this machine has
        kept: list[Any] = []
        found = gpu.run(gpu.Work("cpu", 3.0, 16, tmp_path), save=lambda known: kept.append(known["cells"]))
        assert found["left_out"] == [] and [len(each) for each in kept] == [1]
        (row,) = report.cells(found["cells"]).rows  # type: ignore[arg-type]  # JSON
        assert row[:3] == ["base, translate, ct2", "1", "its own"]
        assert float(row[3].replace(",", "")) > 0
        assert row[4:] == ["–", "–"]

    def test_what_no_longer_fits_is_told(self, tmp_path: Path) -> None:
        found = gpu.run(gpu.Work("cpu", 0.1, 16, tmp_path))
        assert found["cells"] == [] and found["left_out"] == ["base: translate, ct2: out of time"]


def test_the_lineup_has_every_engine_batch_and_beam() -> None:
    rows = [(one.name, setting.beam) for one, several in gpu._lineup("cuda:0", "cuda") for setting in several]
    assert len(rows) == 16
    for beam in gpu.BEAMS:
        assert rows.count(("CTranslate2, float16", beam)) == rows.count(("generate, bfloat16", beam)) == 3
        assert ("translate, ct2", beam) in rows and ("translate, torch", beam) in rows


class TestLimit:
    def test_weights_of_a_step_are_those_of_the_decoder(self, small: models.Prepared) -> None:
        """Counted from the shape, and again from the tensors themselves."""
        tensors = load_file(small.folder / "hf/model.safetensors")
        read = sum(
            value.size
            for name, value in tensors.items()
            if name.startswith("model.decoder.layers")
            and value.ndim == 2
            and "encoder_attn.k_" not in name
            and "encoder_attn.v_" not in name
        )
        shape = limit.Shape.of(small.shape)
        assert shape.step_weights == read + tensors["model.shared.weight"].size
        assert shape.written(0, 0) == shape.step_weights  # a product for each weight, and nothing to look at

    def test_products_of_a_read_piece(self, small: models.Prepared) -> None:
        tensors = load_file(small.folder / "hf/model.safetensors")
        encoder = sum(v.size for name, v in tensors.items() if "encoder.layers" in name and v.ndim == 2)
        crossed = sum(v.size for name, v in tensors.items() if "encoder_attn.k_proj.weight" in name) * 2
        assert limit.Shape.of(small.shape).read(0) == encoder + crossed

    def test_the_bound_falls_with_the_beam_and_grows_with_the_machine(self) -> None:
        shape = limit.Shape(512, 2048, 59_514, 6, 6)
        peak = limit.Peak(800, 200, 20)
        wide, narrow = (
            limit.bound(shape, limit.Load(1.4, 1.3, 38, 36, beam, 50 * beam), peak) for beam in (4, 1)
        )
        assert wide.int8 < narrow.int8 < 4 * wide.int8
        assert wide.int8 == pytest.approx(4 * wide.float32)
        twice = limit.bound(shape, limit.Load(1.4, 1.3, 38, 36, 4, 200), limit.Peak(1600, 200, 20))
        assert twice.int8 == pytest.approx(2 * wide.int8)
