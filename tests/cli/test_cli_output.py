"""Where results go: formats, files, folders, and that a file is written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests import fakes
from tests.cli.conftest import Run
from translate import loading
from translate.cli import writing
from translate.errors import OutputError
from translate.outputs import read_json


@pytest.fixture(autouse=True)
def faked(monkeypatch: pytest.MonkeyPatch) -> list[fakes.ShoutEngine]:
    """The command line with a pipeline of fakes; these tests are about what is done with the result."""
    engines: list[fakes.ShoutEngine] = []

    def load(to: object, *, summarizer: str | None, options: object, **_: object) -> object:
        engine = fakes.ShoutEngine()
        engines.append(engine)
        summary = fakes.LeadSummarizer() if summarizer else None
        return fakes.pipeline(dict.fromkeys(to, engine), summary, options)  # type: ignore[arg-type,call-overload]

    monkeypatch.setattr("translate.loading.load", load)
    return engines


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch, faked: object) -> list[object]:
    """What the engine is given to begin with; None where it is given nothing."""
    given: list[object] = []
    load = loading.load

    def seen(*targets: Any, soon: Any, **settings: Any) -> object:
        given.append(soon() if soon else None)
        return load(*targets, **settings)

    monkeypatch.setattr("translate.loading.load", seen)
    return given


def test_the_engine_begins_with_the_sentences_of_the_text(
    run: Run, brief: Path, soon: list[object], faked: list[fakes.ShoutEngine]
) -> None:
    assert run("dispatch", brief).exit_code == 0
    (given,) = soon
    assert isinstance(given, tuple) and given
    asked = {text for engine in faked for _, texts in engine.asked for text in texts}
    assert set(given) <= asked, "nothing is translated for nothing"


def test_it_does_not_begin_where_sentences_may_be_remembered(
    run: Run, brief: Path, soon: list[object]
) -> None:
    assert run("dispatch", brief, "--memory").exit_code == 0
    assert soon == [None]


def test_it_does_not_begin_where_the_text_is_not_translated(
    run: Run, brief: Path, soon: list[object]
) -> None:
    assert run("summary", brief).exit_code == 0
    assert soon == [None]


def test_an_engine_that_waits_for_sentences_does_not_hold_up_what_is_wrong_with_the_text(
    run: Run, soon: list[object]
) -> None:
    assert run("dispatch", "gone.txt").exit_code == 3
    assert soon == []


def test_into_a_pipe_goes_plain_text(run: Run, brief: Path) -> None:
    result = run("dispatch", brief)
    assert result.exit_code == 0
    assert "LES MINISTRES ONT SIGNÉ UN ACCORD" in " ".join(result.stdout.split())
    assert not any(char in result.stdout for char in "\x1b│╭─┃")
    assert result.stdout.endswith("\n") and not result.stderr


def test_the_targets_are_columns_in_the_order_asked(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "-t", "zh", "-t", "en", "-f", "json")
    assert read_json(result.stdout).targets == ("zh", "en")


def test_without_summary(run: Run, brief: Path) -> None:
    assert read_json(run("dispatch", brief, "-f", "json").stdout).summary
    result = read_json(run("dispatch", brief, "-f", "json", "--no-summary").stdout)
    assert not result.summary and all(block.gist is None for block in result.blocks)


def test_the_length_of_the_summary(run: Run, brief: Path) -> None:
    assert len(read_json(run("dispatch", brief, "-f", "json", "--sentences", "1").stdout).summary) == 1


def test_summary_does_not_translate_the_text(run: Run, brief: Path, faked: list[fakes.ShoutEngine]) -> None:
    result = run("summary", brief, "--sentences", "1")
    assert result.exit_code == 0
    assert not any("Il entrera en vigueur en 2025." in texts for _, texts in faked[0].asked)
    assert "IL ENTRERA" not in result.stdout


@pytest.mark.parametrize("form", ["json", "jsonl", "md", "tsv", "txt"])
def test_the_ending_gives_the_format(run: Run, brief: Path, form: str) -> None:
    to_stdout = run("dispatch", brief, "--format", form)
    result = run("dispatch", brief, "--output", f"out.{form}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(f"out.{form}").read_text("utf-8") == to_stdout.stdout
    assert f"note: wrote out.{form}" in result.stderr


def test_a_format_goes_before_an_ending(run: Run, brief: Path) -> None:
    run("dispatch", brief, "-o", "out.txt", "-f", "json")
    json.loads(Path("out.txt").read_text("utf-8"))


def test_a_folder_takes_the_name_of_the_input(run: Run, brief: Path) -> None:
    Path("out").mkdir()
    run("dispatch", brief, "-o", "out", "-f", "md", "-f", "tsv")
    run("dispatch", "-", "-o", "out", input=brief.read_bytes())
    assert sorted(path.name for path in Path("out").iterdir()) == ["brief.md", "brief.tsv", "dispatch.txt"]


@pytest.mark.parametrize("stem", ["result", "result.json", "result.md"])
def test_several_formats_take_a_stem(run: Run, brief: Path, stem: str) -> None:
    assert run("dispatch", brief, "-o", stem, "-f", "json", "-f", "txt").exit_code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["brief.txt", "result.json", "result.txt"]


def test_a_stem_with_a_dot_keeps_it(run: Run, brief: Path) -> None:
    run("dispatch", brief, "-o", "v1.2", "-f", "json", "-f", "txt")
    assert Path("v1.2.json").exists() and Path("v1.2.txt").exists()


def test_a_stem_never_hits_the_input(run: Run, brief: Path) -> None:
    before = brief.read_bytes()
    assert run("dispatch", brief, "-o", "brief", "-f", "json", "-f", "txt").exit_code == 2
    assert brief.read_bytes() == before and not Path("brief.json").exists()


def test_quiet_says_nothing(run: Run, brief: Path) -> None:
    Path("latin.txt").write_bytes(brief.read_text("utf-8").encode("latin-1"))
    assert "note:" in run("dispatch", "latin.txt", "-o", "out.txt").stderr
    assert run("dispatch", "latin.txt", "-o", "out.txt", "--quiet").stderr == ""


def test_a_file_is_replaced_and_keeps_its_mode(run: Run, brief: Path) -> None:
    out = Path("out.txt")
    out.write_text("old", encoding="utf-8")
    out.chmod(0o640)
    run("dispatch", brief, "-o", out)
    assert out.read_text("utf-8") != "old"
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_a_new_file_has_the_mode_of_any_new_file(run: Run, brief: Path) -> None:
    Path("other").touch()
    run("dispatch", brief, "-o", "out.txt")
    assert Path("out.txt").stat().st_mode == Path("other").stat().st_mode


def test_a_link_stays_a_link(run: Run, brief: Path) -> None:
    Path("real.txt").write_text("old", encoding="utf-8")
    Path("link.txt").symlink_to("real.txt")
    run("dispatch", brief, "-o", "link.txt")
    assert Path("link.txt").is_symlink() and Path("real.txt").read_text("utf-8") != "old"


def test_a_device_is_written_to_and_not_replaced(run: Run, brief: Path) -> None:
    assert run("dispatch", brief, "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_a_full_device(run: Run, brief: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    result = run("dispatch", brief, "-o", full)
    assert result.exit_code == 1
    assert "error: /dev/full: no space left" in result.stderr


@pytest.mark.parametrize("failing", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    run: Run, brief: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = Path("out.txt")
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(failing, full)
    result = run("dispatch", brief, "-o", out)
    assert result.exit_code == 1
    assert "error: out.txt: no space left" in result.stderr
    assert out.read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["brief.txt", "out.txt"]


def test_interrupted_while_writing_leaves_the_old_file(
    run: Run, brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    out = Path("out.txt")
    out.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", stop)
    result = run("dispatch", brief, "-o", out)
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "interrupted\n")
    assert out.read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["brief.txt", "out.txt"]


def test_an_unexpected_error_is_one_line_and_a_hint(
    run: Run, brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("[red]no[/red]")

    monkeypatch.setattr("translate.loading.load", broken)
    result = run("dispatch", brief)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "error: unexpected ZeroDivisionError: [red]no[/red]",
        " hint: --debug shows where; please report it",
    ]


def test_debug_shows_the_traceback(brief: Path) -> None:
    from typer.testing import CliRunner

    from translate.cli.app import app

    result = CliRunner().invoke(app, ["dispatch", "gone.txt", "--debug"])
    assert result.exit_code == 3
    assert "Traceback" in result.stderr and "error: gone.txt: no such file" in result.stderr


def test_out_of_memory_is_told(run: Run, brief: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("translate.loading.load", broken)
    result = run("dispatch", brief)
    assert result.exit_code == 1
    assert "out of memory" in result.stderr


def test_the_same_command_gives_the_same_bytes(run: Run, brief: Path) -> None:
    assert (
        run("dispatch", brief, "-f", "json").stdout_bytes == run("dispatch", brief, "-f", "json").stdout_bytes
    )


def test_a_folder_that_goes_away_meanwhile_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        writing.to_file(tmp_path / "gone" / "out.txt", b"text")
