"""The speed benchmark's table of a device, and the bound that a machine sets."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from safetensors.numpy import load_file

from benchmarks.speed import __main__ as commands
from benchmarks.speed import card, gpu, limit, models, processes, report
from benchmarks.speed.systems import ours
from tests.engines.both import Both
from tests.engines.tape import Tape
from translate.engines.search import Decoding

PEAK = card.Peak(2.0, 200.0, 5.0, None)  # far above what steps of a tiny model come to


def of_base(room: Path, minutes: float = 3.0, only: tuple[str, ...] = ()) -> gpu.Work:
    return gpu.Work("cpu", minutes, 16, room, only, ("base",))


class TestDeviceTable:
    """The table for a GPU, rehearsed on a CPU with one system."""

    @pytest.fixture(autouse=True)
    def one_system(self, small: models.Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
        first = next(one for one in gpu._systems("cpu", "cpu") if "ct2" in one[0].name)
        monkeypatch.setattr(gpu, "prepare", lambda name, room: small)
        monkeypatch.setattr(gpu, "_systems", lambda device, kind: iter([first]))
        monkeypatch.setattr(card, "measured", lambda device, limit_s: PEAK)

    def test_a_row_for_each_setting(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")  # no nvidia-smi, whatever this machine has
        kept: list[Any] = []
        found = gpu.run(of_base(tmp_path), save=lambda known: kept.append(known["cells"]))
        assert found["left_out"] == [] and [len(each) for each in kept] == [1, 2]
        table, best = report.device(found)
        assert [row[0] for row in best.rows] == [
            f"shape of opus-mt-fr-en, {how}" for how in ("greedy", "beam 4")
        ]
        assert all(0 < float(row[-1].rstrip("%")) < 100 for row in best.rows)
        assert [row[:3] for row in table.rows] == [["base, translate, ct2", beam, "its own"] for beam in "14"]
        assert all(float(row[3].replace(",", "")) > 0 and row[4:6] == ["–", "–"] for row in table.rows)

    def test_systems_can_be_chosen_by_their_names(self, tmp_path: Path) -> None:
        others, ours = (
            gpu.run(of_base(tmp_path, only=("generate", name))) for name in ("CTranslate2", "ct2")
        )
        assert others["cells"] == [] and ours["cells"] != []

    def test_what_no_longer_fits_is_told(self, tmp_path: Path) -> None:
        found = gpu.run(of_base(tmp_path, minutes=0.1))
        assert found["cells"] == []
        assert found["left_out"] == [{"what": "base: translate, ct2", "why": "out of time"}]

    def test_a_row_that_fails_is_one_line_and_the_next_is_measured(
        self, small: models.Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wrong = gpu.Setting(4, "none", {"beam": 4, "engine": "abacus"})
        absent = processes.System("absent", "no_such_system", {})
        system, (first, _) = next(one for one in gpu._systems("cpu", "cpu") if "ct2" in one[0].name)
        lineup = [(system, [wrong, first]), (absent, [first, first])]
        monkeypatch.setattr(gpu, "_systems", lambda device, kind: iter(lineup))
        found = gpu.run(of_base(tmp_path))
        table, _, missing = report.device(found)
        assert [row[:3] for row in table.rows] == [["base, translate, ct2", "1", "its own"]]
        assert [row[0] for row in missing.rows] == ["base: translate, ct2, beam 4, none", "base: absent"]
        assert "unknown engine 'abacus'" in missing.rows[0][1] and "no_such_system" in missing.rows[1][1]

    def test_a_model_that_cannot_be_made_leaves_the_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(name: str, room: Path) -> None:
            raise OSError("no space left on device\nmore")

        monkeypatch.setattr(gpu, "prepare", broken)
        found = gpu.run(gpu.Work("cpu", 3.0, 16, tmp_path))
        why = "cannot be made: no space left on device"
        assert found["left_out"] == [{"what": name, "why": why} for name in ("embedded", "base")]

    def test_table_and_json_are_there_even_if_it_is_cut_short(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(gpu, "machine", SimpleNamespace(card=str, processor=str, described=dict))
        monkeypatch.setattr(card, "measured", unmeasured)

        def cut(rows: Any, settings: Any) -> None:
            rows.table.add(gpu.Cell("base", "ours", 4, "its own", 16, 1234.5, 250.0, 900))
            raise KeyboardInterrupt

        monkeypatch.setattr(gpu._Rows, "measure", cut)
        options = commands.parser().parse_args(["gpu", "--device", "cpu", "--output", str(tmp_path)])
        with pytest.raises(KeyboardInterrupt):
            options.work(options)
        written = (tmp_path / "device-cpu.md").read_text(encoding="utf-8")
        assert "| base, ours | 4 | its own | 1,234 | 4.9 | 250 | 16 |" in written
        assert json.loads((tmp_path / "device-cpu.json").read_text("utf-8"))["cells"][0]["watts"] == 250.0
        assert "1,234" in capsys.readouterr().out

    def test_a_table_can_be_made_in_several_calls(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def call(*options: str) -> dict[str, Any]:
            command = ["gpu", "--device", "cpu", "--output", str(tmp_path), "--sentences", "16", *options]
            chosen = commands.parser().parse_args(command)
            chosen.work(chosen)
            found: dict[str, Any] = json.loads((tmp_path / "device-cpu.json").read_text(encoding="utf-8"))
            return found

        first = call("--minutes", "0.1")
        assert [each["what"] for each in first["left_out"]] == [
            f"{name}: translate, ct2" for name in models.NAMES
        ]
        path = tmp_path / "device-cpu.json"  # a row that another call had no time for is no longer left out
        row = {"what": "base: translate, ct2, beam 4, its own", "why": "out of time"}
        path.write_text(json.dumps(first | {"left_out": [*first["left_out"], row]}), encoding="utf-8")
        second = call("--model", "base", "--more")
        assert [cell["beam"] for cell in second["cells"]] == [1, 4]
        assert [each["what"] for each in second["left_out"]] == ["embedded: translate, ct2"]
        cells = call("--minutes", "0.1", "--model", "base", "--more")["cells"]
        assert cells == second["cells"]
        monkeypatch.setattr(gpu, "machine", SimpleNamespace(processor=lambda: "another", described=dict))
        assert call("--minutes", "0.1", "--model", "base", "--more")["cells"] == []


def unmeasured(device: str, limit_s: float) -> card.Peak:
    raise processes.SystemFailed("no such device")


class TestStep:
    """What a card allows for one step."""

    SHAPE = limit.Shape(512, 2048, 59_514, 6, 6)

    def test_peaks_are_measured_in_a_process_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        found = card.measured("cpu")
        assert min(found.tflops, found.read_gbs, found.launch_us) > 0 and found.played_us is None
        monkeypatch.setattr(sys, "executable", "false")
        with pytest.raises(processes.SystemFailed, match="it said nothing"):
            card.measured("cpu")

    def test_the_bound_is_the_slower_of_products_and_reading(self) -> None:
        load = limit.Load(1.8, 1.2, 50, 31, 4, 160)
        fast, slow = card.Peak(1000, 1, 5, 1.5), card.Peak(0.001, 3000, 5, None)
        by_reading, by_products = card.step(self.SHAPE, load, fast), card.step(self.SHAPE, load, slow)
        words = card.ROWS / 4 / 1.2
        assert by_reading.words_per_s == pytest.approx(1e6 * words / by_reading.reading_us, rel=2e-3)
        assert by_products.words_per_s == pytest.approx(1e6 * words / by_products.products_us, abs=1)
        assert by_reading.played_us == pytest.approx(by_reading.launches_us * 1.5 / 5)
        assert by_products.played_us is None

    def test_few_answers_cost_as_much_reading_of_weights_as_many(self) -> None:
        load, peak = limit.Load(1.8, 1.2, 50, 31, 1, 40), card.Peak(1000, 1000, 5, 1.5)
        one = card.step(self.SHAPE, load, peak, rows=1)
        assert one.reading_us == pytest.approx(2 * self.SHAPE.step_weights / 1000e3, rel=0.02)
        assert one.words_per_s < card.step(self.SHAPE, load, peak, rows=64).words_per_s / 30

    def test_operations_are_those_that_are_recorded(self, small: models.Prepared) -> None:
        """Of a decoder of two layers."""
        both = Both(small.folder / "hf")
        for how, beside in ((Decoding(), card.GREEDY), (Decoding(beam=4), card.BEAM)):
            tape = Tape()
            both.on_boards(both.asked(["Le ministre a parlé."], how, most=2), both.boards(tape))
            assert tape.recorded == [beside + 2 * card.LAYER]


def test_the_lineup_has_every_engine_batch_and_beam() -> None:
    rows = [
        (one.name, setting.beam) for one, several in gpu._systems("cuda:0", "cuda") for setting in several
    ]
    assert len(rows) == 28
    for beam in gpu.BEAMS:
        for name in ("CTranslate2, float16", "generate, bfloat16", "translate, torch, bfloat16, graphs"):
            assert rows.count((name, beam)) == 3
        assert rows.count(("translate, ct2", beam)) == 4 and ("translate, torch, bfloat16", beam) in rows


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
        table, bias = tensors["model.shared.weight"], tensors["final_logits_bias"][0]
        heard = int((bias == 0).sum()) - 2  # nor <unk> and <pad>
        assert len(bias) * 0.5 < heard < len(bias) * 0.6
        assert small.shape.step_weights == read + heard * table.shape[1]
        assert (
            small.shape.written(0, 0) == small.shape.step_weights
        )  # a product for each weight, and nothing to look at

    def test_products_of_a_read_piece(self, small: models.Prepared) -> None:
        tensors = load_file(small.folder / "hf/model.safetensors")
        encoder = sum(v.size for name, v in tensors.items() if "encoder.layers" in name and v.ndim == 2)
        crossed = sum(v.size for name, v in tensors.items() if "encoder_attn.k_proj.weight" in name) * 2
        assert small.shape.read(0) == encoder + crossed

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
