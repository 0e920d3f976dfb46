"""`translate models` and `translate doctor`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from translate.engines import ct2_cublas, ct2_machine
from translate.registry import Registry


def test_list_names_every_model_and_its_state(run: Run, tiny: Path) -> None:
    result = run("models", "list", "--models", tiny)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["MODEL", "TASK", "INTO", "SIZE", "LICENCE", "STATE", "DEFAULT"]
    assert [line.split()[0] for line in lines[1:]] == [spec.id for spec in Registry.load(tiny).models]
    mine = next(line for line in lines if line.startswith("tiny "))
    assert "here (path)" in mine and mine.endswith("en zh")
    assert any(line.startswith("opus-mt-fr-en ") and "not here" in line for line in lines)


def test_list_as_json(run: Run, tiny: Path) -> None:
    entries = json.loads(run("models", "list", "--json", "--models", tiny).stdout)
    mine = next(entry for entry in entries if entry["id"] == "tiny")
    assert mine["present"] is True
    assert mine["default_for"] == ["en", "zh"]
    assert mine["where"] == str(tiny.parent / "marian")


def test_show(run: Run) -> None:
    result = run("models", "show", "fr-en")
    assert result.exit_code == 0
    facts = dict(line.split("  ", 1) for line in result.stdout.splitlines())
    assert facts["model"].strip() == "opus-mt-fr-en"
    assert facts["hub"].strip() == "Helsinki-NLP/opus-mt-fr-en"


def test_show_as_json(run: Run) -> None:
    assert (
        json.loads(run("models", "show", "fr-en", "--json").stdout)["spec"]["hub"]
        == "Helsinki-NLP/opus-mt-fr-en"
    )


@pytest.mark.parametrize("command", ["show", "fetch", "verify", "path"])
def test_an_unknown_model(run: Run, command: str) -> None:
    result = run("models", command, "embeded")
    assert result.exit_code == 4
    assert "did you mean embedded?" in result.stderr


def test_path_is_fit_for_a_script(run: Run, tiny: Path) -> None:
    assert run("models", "path", "tiny", "--models", tiny).stdout == f"{tiny.parent / 'marian'}\n"


def test_path_of_a_model_that_is_not_here(run: Run) -> None:
    result = run("models", "path", "opus-mt-fr-en")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "translate models fetch opus-mt-fr-en" in result.stderr


def test_verify(run: Run, tiny: Path) -> None:
    result = run("models", "verify", "tiny", "--models", tiny)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[:2] == ["tiny", "ok"]


def test_verify_finds_a_damaged_file_and_dispatch_refuses_it(run: Run, tiny: Path, brief: Path) -> None:
    import shutil

    copy = Path("copy")
    shutil.copytree(tiny.parent, copy)
    weights = copy / "marian" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    result = run("models", "verify", "tiny", "--models", copy / "models.yaml")
    assert result.exit_code == 4
    assert "model.safetensors" in result.stdout and "tiny" in result.stderr
    refused = run("dispatch", brief, "--models", copy / "models.yaml", "--to", "en")
    assert (refused.exit_code, refused.stdout) == (4, "")
    assert "model.safetensors" in refused.stderr


def test_fetch_of_a_model_that_has_nothing_to_fetch(run: Run) -> None:
    result = run("models", "fetch", "extractive")
    assert result.exit_code == 4
    assert "nothing to fetch" in result.stderr


def test_fetch_offline(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_OFFLINE", "1")
    result = run("models", "fetch", "opus-mt-fr-en")
    assert result.exit_code == 4
    assert "offline" in result.stderr


def test_doctor_translates_with_every_model_that_is_here(run: Run, tiny: Path) -> None:
    result = run("doctor", "--models", tiny)
    assert result.exit_code == 0, result.stderr
    assert "torch " in result.stdout and "cpu:" in result.stdout
    assert "tiny: loaded in" in result.stdout


def test_doctor_as_json(run: Run, tiny: Path) -> None:
    report = json.loads(run("doctor", "--json", "--models", tiny).stdout)
    assert report["lacking"] == []
    assert "tiny" in [probe["model"] for probe in report["probes"]]
    assert report["versions"]["torch"]


@pytest.mark.parametrize(("is_there", "told"), [(True, "ct2: 2\n"), (False, "pip install nvidia-cublas")])
def test_doctor_says_whether_ct2_can_use_a_card(
    is_there: bool, told: str, run: Run, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ct2_machine, "cuda_cards", lambda: 2)
    monkeypatch.setattr(ct2_cublas, "is_there", lambda: is_there)
    assert told in run("doctor", "--device", "cpu", "--models", tiny).stdout


def test_doctor_says_what_does_not_work(run: Run, tiny: Path) -> None:
    import shutil

    shutil.copytree(tiny.parent, "copy")
    weights = Path("copy/marian/model.safetensors")
    weights.write_bytes(weights.read_bytes()[:1000])
    result = run("doctor", "--models", "copy/models.yaml")
    assert result.exit_code == 4
    assert "tiny: FAILED" in result.stdout
    assert "tiny does not work" in result.stderr
