"""The speed benchmark's table of a device, and the bound that a machine sets."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from safetensors.numpy import load_file

from benchmarks.speed import __main__ as commands
from benchmarks.speed import gpu, limit, models, processes, report
from benchmarks.speed.systems import ours


class TestDeviceTable:
    """The table for a GPU, rehearsed on a CPU with one system."""

    @pytest.fixture(autouse=True)
    def one_system(self, small: models.Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
        first = next(one for one in gpu._lineup("cpu", "cpu") if "ct2" in one[0].name)
        monkeypatch.setattr(gpu, "NAMES", ("base",))
        monkeypatch.setattr(gpu, "prepare", lambda name, room: small)
        monkeypatch.setattr(gpu, "_lineup", lambda device, kind: iter([first]))

    def test_a_row_for_each_setting(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")  # no nvidia-smi, whatever this machine has
        kept: list[Any] = []
        found = gpu.run(gpu.Work("cpu", 3.0, 16, tmp_path), save=lambda known: kept.append(known["cells"]))
        assert found["left_out"] == [] and [len(each) for each in kept] == [1, 2]
        (table,) = report.device(found)
        assert [row[:3] for row in table.rows] == [["base, translate, ct2", beam, "its own"] for beam in "14"]
        assert all(float(row[3].replace(",", "")) > 0 and row[4:] == ["–", "–"] for row in table.rows)

    def test_what_no_longer_fits_is_told(self, tmp_path: Path) -> None:
        found = gpu.run(gpu.Work("cpu", 0.1, 16, tmp_path))
        assert found["cells"] == []
        assert found["left_out"] == [{"what": "base: translate, ct2", "why": "out of time"}]

    def test_a_row_that_fails_is_one_line_and_the_next_is_measured(
        self, small: models.Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrong = gpu.Setting(4, "none", {"beam": 4, "engine": "abacus"})
        absent = processes.System("absent", "no_such_system", {})
        system, (first, _) = next(one for one in gpu._lineup("cpu", "cpu") if "ct2" in one[0].name)
        lineup = [(system, [wrong, first]), (absent, [first, first])]
        monkeypatch.setattr(gpu, "_lineup", lambda device, kind: iter(lineup))
        found = gpu.run(gpu.Work("cpu", 3.0, 16, tmp_path))
        table, missing = report.device(found)
        assert [row[:3] for row in table.rows] == [["base, translate, ct2", "1", "its own"]]
        assert [row[0] for row in missing.rows] == ["base: translate, ct2, beam 4, none", "base: absent"]
        assert "unknown engine 'abacus'" in missing.rows[0][1] and "no_such_system" in missing.rows[1][1]

    def test_a_model_that_cannot_be_made_leaves_the_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(name: str, room: Path) -> None:
            raise OSError("no space left on device\nmore")

        monkeypatch.setattr(gpu, "prepare", broken)
        monkeypatch.setattr(gpu, "NAMES", ("embedded", "base"))
        found = gpu.run(gpu.Work("cpu", 3.0, 16, tmp_path))
        why = "cannot be made: no space left on device"
        assert found["left_out"] == [{"what": name, "why": why} for name in ("embedded", "base")]

    def test_table_and_json_are_there_even_if_it_is_cut_short(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(gpu, "machine", SimpleNamespace(card=str, processor=str, described=dict))

        def cut(rows: Any, settings: Any) -> None:
            rows.table.add(gpu.Cell("base", "ours", 4, "its own", 16, 1234.5, 250.0, 900))
            raise KeyboardInterrupt

        monkeypatch.setattr(gpu._Rows, "measure", cut)
        options = commands.parser().parse_args(["gpu", "--device", "cpu", "--output", str(tmp_path)])
        with pytest.raises(KeyboardInterrupt):
            options.work(options)
        written = (tmp_path / "device-cpu.md").read_text(encoding="utf-8")
        assert "| base, ours | 4 | its own | 1,234 | 4.9 | 250 |" in written
        assert json.loads((tmp_path / "device-cpu.json").read_text("utf-8"))["cells"][0]["watts"] == 250.0
        assert "1,234" in capsys.readouterr().out


def test_the_lineup_has_every_engine_batch_and_beam() -> None:
    rows = [(one.name, setting.beam) for one, several in gpu._lineup("cuda:0", "cuda") for setting in several]
    assert len(rows) == 22
    for beam in gpu.BEAMS:
        for name in ("CTranslate2, float16", "generate, bfloat16", "translate, torch, bfloat16, graphs"):
            assert rows.count((name, beam)) == 3
        assert ("translate, ct2", beam) in rows and ("translate, torch, bfloat16", beam) in rows


def test_a_row_with_graphs_is_none_without_them(small: models.Prepared) -> None:
    """What was given up must not be measured under its name."""
    options = {"device": "cpu", "beam": 1, "engine": "torch", "prefix": "", "graphs": True}
    system = ours.load(small.folder, options)
    assert len(system.translate(["Le ministre a parlé."])) == 1
    system._engine.notices = ("steps are not recorded",)  # type: ignore[misc]  # as if it had been given up
    with pytest.raises(RuntimeError, match="steps are not recorded"):
        system.translate(["Le ministre a parlé."])


@pytest.mark.parametrize(
    ("device", "visible", "card"),
    [
        ("cuda", "", "0"),
        ("cuda:2", "", "2"),
        ("cuda:1", "5,GPU-ab", "GPU-ab"),
        ("cuda", "3", "3"),
        ("cpu", "3", "3"),
    ],
)
def test_the_card_whose_power_is_read(
    device: str, visible: str, card: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert gpu.Work(device, 1, 1, tmp_path).card == card


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
