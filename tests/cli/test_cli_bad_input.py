"""Bad input through the command line: a clear message, the right exit code, nothing written."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.cli.conftest import BRIEF, Run

ENGLISH = (
    "The ministers signed an agreement on climate on Tuesday. It will be in force from next year, and the "
    "president of the conference said that it was an important step for all of the countries in the region."
)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\u200b\u00a0".encode()])
def test_nothing_in_it(run: Run, data: bytes) -> None:
    Path("empty.txt").write_bytes(data)
    result = run("dispatch", "empty.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "empty.txt" in result.stderr and "no text" in result.stderr


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + os.urandom(3000), b"PK\x03\x04" + bytes(2000)]
)
def test_binary_file(run: Run, data: bytes) -> None:
    Path("photo.png").write_bytes(data)
    result = run("dispatch", "photo.png")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "photo.png" in result.stderr


def test_missing_file(run: Run) -> None:
    result = run("dispatch", "gone.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "error: gone.txt: no such file" in result.stderr


def test_folder(run: Run) -> None:
    Path("folder").mkdir()
    result = run("summary", "folder")
    assert result.exit_code == 3
    assert "this is a folder" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(run: Run, brief: Path) -> None:
    brief.chmod(0)
    result = run("dispatch", brief)
    assert result.exit_code == 3
    assert "no permission" in result.stderr


def test_name_that_no_file_system_takes(run: Run) -> None:
    assert run("dispatch", "x" * 5000).exit_code == 3


def test_file_name_with_escape_codes_is_written_out(run: Run) -> None:
    result = run("dispatch", "\x1b[31mred\u202e.txt")
    assert result.exit_code == 3
    assert "\\x1b[31mred\\u202e.txt: no such file" in result.stderr


def test_file_name_with_markup_prints_as_itself(run: Run) -> None:
    assert "[bold]x[/bold].txt: no such file" in run("dispatch", "[bold]x[/bold].txt").stderr


def test_not_french(run: Run) -> None:
    Path("english.txt").write_text(ENGLISH, encoding="utf-8")
    result = run("dispatch", "english.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "French" in result.stderr and "--force" in result.stderr


def test_not_french_but_wanted(run: Run, tiny: Path) -> None:
    Path("english.txt").write_text(ENGLISH, encoding="utf-8")
    assert run("dispatch", "english.txt", "--force", "--models", tiny, "--to", "en").exit_code == 0


def test_a_hundred_megabytes_in_one_line(run: Run) -> None:
    """Refused before it is in memory."""
    with Path("huge.txt").open("wb") as file:
        file.truncate(100_000_000)
    result = run("dispatch", "huge.txt")
    assert result.exit_code == 3
    assert "limit" in result.stderr and "huge.txt" in result.stderr


def test_a_line_over_the_limit_and_a_higher_limit(run: Run) -> None:
    Path("long.txt").write_text("Le ministre a parlé de la paix dans le monde. " * 6000, encoding="utf-8")
    result = run("dispatch", "long.txt")
    assert result.exit_code == 3
    assert "long.txt:1:" in result.stderr and "max_line_characters" in result.stderr


def test_a_lower_limit(run: Run, brief: Path) -> None:
    result = run("dispatch", brief, "--limit", "max_bytes=10")
    assert result.exit_code == 3
    assert "more than 10 bytes" in result.stderr


@pytest.mark.parametrize(
    "setting", ["max_byte=5", "max_bytes", "max_bytes=", "max_bytes=-1", "max_bytes=0", "x=1"]
)
def test_a_limit_that_is_none(run: Run, brief: Path, setting: str) -> None:
    result = run("dispatch", brief, "--limit", setting)
    assert result.exit_code == 2
    assert "max_bytes" in result.stderr


def test_standard_input_is_named_in_messages(run: Run) -> None:
    assert "standard input" in run("dispatch", "-", input=b"").stderr


def test_a_named_pipe_is_as_good_as_a_file(run: Run, tiny: Path) -> None:
    os.mkfifo("pipe")
    writer = threading.Thread(target=lambda: Path("pipe").write_text(BRIEF, encoding="utf-8"))
    writer.start()
    result = run("dispatch", "pipe", "--models", tiny, "--to", "en")
    writer.join()
    assert result.exit_code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_other_encodings_are_read(run: Run, tiny: Path, encoding: str) -> None:
    Path("brief.txt").write_bytes(BRIEF.encode(encoding))
    result = run("dispatch", "brief.txt", "--models", tiny, "--to", "en", "--format", "json")
    assert result.exit_code == 0
    assert "président de la conférence" in result.stdout
    if encoding in ("cp1252", "latin-1"):
        assert "note:" in result.stderr and "1252" in result.stderr.replace("windows-", "cp")


def test_controls_and_bidi_tricks_never_come_out(run: Run, tiny: Path) -> None:
    text = BRIEF.replace("climat", "cli\x07mat\x1b[31m").replace("salué", "sal\u202eué")
    Path("trick.txt").write_text(text, encoding="utf-8")
    for form in ("txt", "json", "md", "tsv"):
        result = run("dispatch", "trick.txt", "--models", tiny, "--to", "en", "--format", form)
        assert result.exit_code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout)
    assert "note:" in result.stderr


def test_markup_in_the_text_prints_as_itself(run: Run, tiny: Path) -> None:
    Path("markup.txt").write_text(
        BRIEF.replace("salué", "salué [bold]enfin[/bold] [/] [link=x]"), encoding="utf-8"
    )
    result = run("dispatch", "markup.txt", "--models", tiny, "--to", "en")
    assert result.exit_code == 0
    assert "[bold]enfin[/bold] [/] [link=x]" in " ".join(result.stdout.split())
