"""Options: what is understood, what is refused, and what the refusal says."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.cli.conftest import Run
from translate.cli.app import app


def words(text: str) -> str:
    """A message without the box and the line breaks that Typer puts around it."""
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "zn"], "did you mean zh?"),
        (["--to", "english"], "did you mean en?"),
        (["--to", "fr"], "fr is the source"),
        (["--to", "xx"], "Choose from en, zh"),
        (["--format", "jsno"], "did you mean json?"),
        (["--format", "docx"], "Choose from json, jsonl, md, tsv, txt"),
        (["--format", "json", "--format", "md"], "several formats need --output"),
        (["--engine", "trch"], "did you mean torch?"),
        (["--beam", "0"], "--beam"),
        (["--sentences", "0"], "--sentences"),
        (["--width", "5"], "--width"),
        (["--output", "gone/out.json"], "there is no folder gone"),
        (["--output", "out.docx"], "no format ends like out.docx"),
        (["--output", "brief.txt"], "is the input"),
        (["--output", "./brief.txt", "--format", "json"], "is the input"),
        (["--unknown"], "No such option"),
    ],
)
def test_a_refused_option(run: Run, brief: Path, arguments: list[str], message: str) -> None:
    before = brief.read_bytes()
    result = run("dispatch", brief, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in words(result.stderr)
    assert brief.read_bytes() == before


def test_an_output_that_is_a_link_to_the_input(run: Run, brief: Path) -> None:
    Path("link.txt").symlink_to(brief)
    assert run("dispatch", brief, "-o", "link.txt").exit_code == 2


def test_an_unknown_command_names_the_nearest(run: Run) -> None:
    result = run("dispach")
    assert result.exit_code == 2
    assert "'dispatch'" in result.stderr


def test_an_unknown_model_names_the_nearest(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "--model", "opus-mt-fr-em")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "did you mean opus-mt-fr-en?" in result.stderr


def test_a_model_that_is_not_here_says_how_to_get_it(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "--model", "opus-mt-fr-en", "--to", "en")
    assert result.exit_code == 4
    assert "translate models fetch opus-mt-fr-en" in result.stderr


def test_a_model_that_does_not_write_the_language(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "--model", "opus-mt-fr-en", "--to", "zh")
    assert result.exit_code == 4
    assert "opus-mt-fr-en writes en, not zh" in result.stderr


def test_a_model_that_does_not_read_french(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "--model", "opus-mt-en-zh", "--to", "zh")
    assert result.exit_code == 4
    assert "reads en, not fr" in result.stderr


def test_a_translator_is_no_summarizer(run: Run, brief: Path, tiny: Path) -> None:
    result = run("dispatch", brief, "--models", tiny, "--summarizer", "tiny")
    assert result.exit_code == 4
    assert "summarize" in result.stderr


def test_a_registry_file_that_is_not_there(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "--models", "gone.yaml")
    assert result.exit_code == 4
    assert "gone.yaml: no such file" in result.stderr


def test_an_unknown_device(run: Run, brief: Path, tiny: Path) -> None:
    result = run("dispatch", brief, "--models", tiny, "--device", "gpu")
    assert result.exit_code == 5
    assert "choose one of auto, cpu, cuda" in result.stderr


def test_options_come_from_the_environment(
    run: Run, brief: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSLATE_MODELS", str(tiny))
    monkeypatch.setenv("TRANSLATE_TO", "zh en")
    monkeypatch.setenv("TRANSLATE_FORMAT", "json")
    result = run("dispatch", brief)
    assert result.exit_code == 0
    assert '"targets": ["zh", "en"]' in " ".join(result.stdout.split()).replace("[ ", "[").replace(" ]", "]")


def test_an_option_goes_before_its_variable(run: Run, brief: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_TO", "zh")
    result = run("dispatch", brief, "--to", "xx")
    assert result.exit_code == 2


def test_a_bad_variable_is_a_usage_error(run: Run, brief: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_BEAM", "many")
    assert run("dispatch", brief).exit_code == 2


def test_targets_may_be_separated_by_commas(run: Run, brief: Path, tiny: Path) -> None:
    result = run("dispatch", brief, "--models", tiny, "--to", "en,zh", "--to", "EN", "--format", "tsv")
    assert result.exit_code == 0


def complete(line: str) -> list[str]:
    """What a shell is offered for `line`, which ends where the cursor is."""
    environment = {
        "_TRANSLATE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
    }
    result = CliRunner().invoke(app, [], prog_name="translate", env=environment)
    return result.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("translate dispatch --to ", ["en", "zh"]),
        ("translate dispatch --format j", ["json", "jsonl"]),
        ("translate dispatch --model tc-", ["tc-big-fr-en", "tc-bible-big-fr-zh"]),
        (
            "translate summary --summarizer bart",
            ["barthez-orangesum-abstract", "barthez", "bart-large-cnn", "bart-cnn"],
        ),
        ("translate models show opus-mt-fr-en", ["opus-mt-fr-en", "opus-mt-fr-en-zh"]),
        ("translate dispatch --device c", ["cpu", "cuda", "cuda:0"]),
        ("translate dispatch --limit max_b", ["max_bytes="]),
        ("translate mod", ["models"]),
    ],
)
def test_the_shell_completes(line: str, offered: list[str]) -> None:
    assert complete(line) == offered


def test_completion_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_MODELS", "gone.yaml")
    assert complete("translate dispatch --model ") == []
