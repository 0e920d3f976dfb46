"""`translate glossary`: what it says about files and terms, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ROWS = "OMC\tWTO\t世贸组织\nChine\tChina\t中国\n"


@pytest.fixture
def desk() -> Path:
    path = Path("desk.tsv")
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_check_of_a_sound_file(run: Run, desk: Path) -> None:
    result = run("glossary", "check", desk)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "note: 2 terms in 1 file: nothing to remark\n"


def test_check_tells_line_by_line_and_ends_as_bad_input(run: Run, desk: Path) -> None:
    desk.write_text(ROWS + "omc; OMC\tTrade Body\nseul\n[bold]x[/bold]\t[red]y\n", encoding="utf-8")
    result = run("glossary", "check", desk)
    assert result.exit_code == 3
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["where", "kind", "term", "remark"]
    assert lines[1].split("  ")[0] == "desk.tsv:3"
    assert "conflict" in lines[1] and "Trade Body, but WTO in line 1" in lines[1]
    assert "desk.tsv:4" in lines[2] and "1 column; expected are french, english, chinese" in lines[2]
    assert "\x1b" not in result.stdout
    assert "2 entries to mend" in result.stderr


def test_check_as_json(run: Run, desk: Path) -> None:
    desk.write_text(ROWS + "seul\n", encoding="utf-8")
    result = run("glossary", "check", desk, "--json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert (report["files"], report["terms"]) == (["desk.tsv"], 2)
    (remark,) = report["remarks"]
    assert (remark["kind"], remark["severity"], remark["line"]) == ("unusable", "error", 3)
    assert (remark["path"], remark["term"]) == ("desk.tsv", None)


def test_check_against_texts(run: Run, desk: Path) -> None:
    Path("a.txt").write_text("Selon l’OMC, rien.\n", encoding="utf-8")
    result = run("glossary", "check", desk, "--text", "a.txt")
    assert result.exit_code == 0
    (_, line) = result.stdout.splitlines()
    assert line.split()[:3] == ["desk.tsv:2", "unmatched", "Chine"]


@pytest.mark.parametrize("arguments", [["gone.tsv"], ["desk.tsv", "--text", "gone.txt"], ["desk.doc"]])
def test_check_of_what_cannot_be_read(run: Run, desk: Path, arguments: list[str]) -> None:
    result = run("glossary", "check", *arguments)
    assert (result.exit_code, result.stdout) == (3, "")


def test_check_needs_a_file(run: Run) -> None:
    assert run("glossary", "check").exit_code == 2


def test_show_a_term_whatever_its_capitals(run: Run) -> None:
    result = run("glossary", "show", "otan")
    assert (result.exit_code, result.stderr) == (0, "")
    facts = dict(line.split("  ", 1) for line in result.stdout.splitlines())
    assert facts["French"].strip() == "OTAN"
    assert facts["English"].startswith("NATO") or facts["English"].strip().startswith("NATO")
    assert "北约" in facts["Chinese"]
    assert facts["from"].strip() == "the package"


def test_show_a_part_in_any_language(run: Run) -> None:
    for part in ("affaires etrangeres", "foreign ministry", "外交部"):
        result = run("glossary", "show", part)
        assert result.exit_code == 0
        assert "ministère chinois des Affaires étrangères" in result.stdout


def test_show_all_with_files_of_mine(run: Run, desk: Path) -> None:
    desk.write_text("OMC\tTrade Body\nMaison\tHouse; Home\n", encoding="utf-8")
    result = run("glossary", "show", "--glossary", desk)
    lines = {line.split("  ")[0]: line for line in result.stdout.splitlines()}
    assert "Trade Body" in lines["OMC"] and "世贸组织" in lines["OMC"] and lines["OMC"].endswith("desk.tsv:1")
    assert "House +1" in lines["Maison"]
    assert len(lines) > 2000


def test_show_as_json(run: Run) -> None:
    (entry,) = json.loads(run("glossary", "show", "OTAN", "--json").stdout)
    assert (entry["french"], entry["forms"]["en"][0], entry["part"]) == ("OTAN", "NATO", "organisation")


def test_an_unknown_term_names_the_nearest(run: Run) -> None:
    result = run("glossary", "show", "Otam")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "did you mean OTAN?" in result.stderr


def test_show_with_a_file_that_cannot_be_used(run: Run, desk: Path) -> None:
    desk.write_text("seul\n", encoding="utf-8")
    result = run("glossary", "show", "-g", desk)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "desk.tsv:1: 1 column" in result.stderr
