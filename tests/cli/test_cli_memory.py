"""`translate memory`: what people type, what they are told, and what is left on disk."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from translate.cli import voice
from translate.domain import Lang
from translate.memory import Memory, default_path

RECIPE = "m:tiny@1a2b3c4d|e:ct2|b:4"
OLD = datetime.now(UTC) - timedelta(days=200)

AGENCY = """<tmx version="1.4"><header srclang="fr"/><body>
<tu><tuv xml:lang="fr-FR"><seg>Il pleut.</seg></tuv><tuv xml:lang="en-GB"><seg>It rains.</seg></tuv>
<tuv xml:lang="zh-CN"><seg>下雨了。</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Il neige.</seg></tuv><tuv xml:lang="zh-TW"><seg>下雪了。</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Es regnet.</seg></tuv><tuv xml:lang="en"><seg>It rains.</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Il vente.</seg></tuv><tuv xml:lang="en"><seg></seg></tuv></tu>
</body></tmx>
"""


@pytest.fixture
def agency() -> Path:
    path = Path("agency.tmx")
    path.write_text(AGENCY, encoding="utf-8")
    return path


@pytest.fixture
def stocked() -> Path:
    """Ten translations by a machine, half of them old, and one by people."""
    with Memory.open(default_path()) as memory:
        memory.store([(f"Vieille phrase {each}.", "Old.") for each in range(5)], Lang.EN, RECIPE, created=OLD)
        memory.store([(f"Nouvelle phrase {each}.", "New.") for each in range(5)], Lang.ZH, RECIPE + "|g:1")
        memory.store([("Il pleut.", "It rains.")], Lang.EN, None, human=True, created=OLD)
    return default_path()


def held(path: Path) -> tuple[int, int]:
    with Memory.open(path, readonly=True) as memory:
        stats = memory.stats()
    return stats.human, stats.machine


def test_stats(run: Run, stocked: Path) -> None:
    result = run("memory", "stats")
    assert (result.exit_code, result.stderr) == (0, "")
    facts, table = result.stdout.split("\n\n")
    assert dict(line.split("  ", 1) for line in facts.splitlines())["memory"].strip() == str(stocked)
    assert [line.split() for line in table.splitlines()] == [
        ["INTO", "ENTRIES", "OLDEST", "NEWEST", "MADE", "BY"],
        ["en", "1", str(OLD.date()), str(OLD.date()), "people"],
        ["en", "5", str(OLD.date()), str(OLD.date()), RECIPE],
        ["zh", "5", *[str(datetime.now(UTC).date())] * 2, RECIPE + "|g:1"],
    ]


def test_stats_as_json(run: Run, stocked: Path) -> None:
    stats = json.loads(run("memory", "stats", "--json").stdout)
    assert (stats["path"], stats["human"], stats["machine"], stats["sources"]) == (str(stocked), 1, 10, 11)
    assert stats["holdings"][0]["recipe"] is None
    assert datetime.fromisoformat(stats["holdings"][0]["oldest"]) == OLD.replace(microsecond=0)


@pytest.mark.parametrize("command", [["stats"], ["export"], ["prune", "--all"], ["prune", "--all", "--yes"]])
def test_without_a_memory_nothing_is_made(run: Run, command: list[str]) -> None:
    result = run("memory", *command)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no translation memory" in result.stderr and "translate memory import" in result.stderr
    assert not default_path().exists()


def test_import_says_what_came_in_and_what_did_not(run: Run, agency: Path) -> None:
    result = run("memory", "import", agency)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "agency.tmx: 4 units: 2 new translations, 0 changed, 0 known",
        "note: agency.tmx: 1 unit without French and English or Chinese: left out",
        "note: agency.tmx: 1 translation with an empty side: left out",
        "note: agency.tmx: 1 translation in traditional characters: left out",
    ]
    assert held(default_path()) == (2, 0)
    again = run("memory", "import", agency, "--quiet")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")


def test_import_as_json_into_another_file(run: Run, agency: Path) -> None:
    result = run("memory", "import", agency, "--memory-file", "other.sqlite", "--json")
    (done,) = json.loads(result.stdout)
    assert done == {
        "file": "agency.tmx",
        "units": 4,
        "stored": {"added": 2, "changed": 0, "same": 0},
        "foreign": 1,
        "empty": 1,
        "traditional": 1,
    }
    assert held(Path("other.sqlite")) == (2, 0)
    assert not default_path().exists()


def test_the_memory_can_be_named_by_a_variable(
    run: Run, agency: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSLATE_MEMORY_FILE", "named.sqlite")
    assert run("memory", "import", agency).exit_code == 0
    assert held(Path("named.sqlite")) == (2, 0)


def test_a_file_that_is_not_there_is_told_before_anything_happens(run: Run, agency: Path) -> None:
    result = run("memory", "import", agency, "none.tmx")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "none.tmx: no such file" in result.stderr
    assert not default_path().exists()


def test_a_broken_file(run: Run) -> None:
    Path("bad.tmx").write_text("<tmx><body>", encoding="utf-8")
    result = run("memory", "import", "bad.tmx")
    assert result.exit_code == 3 and "bad.tmx:1: not well-formed XML" in result.stderr


def test_a_damaged_memory(run: Run, agency: Path) -> None:
    Path("bad.sqlite").write_bytes(b"no database " * 1000)
    for command in (["stats"], ["import", agency], ["export"], ["prune", "--all", "--yes"]):
        result = run("memory", *command, "--memory-file", "bad.sqlite")
        assert result.exit_code == 1 and "bad.sqlite: not a translation memory" in result.stderr


def test_export_to_standard_output_and_to_a_file(run: Run, stocked: Path) -> None:
    result = run("memory", "export")
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(list(ElementTree.fromstring(result.stdout).iter("tu"))) == 11
    result = run("memory", "export", "-o", "all.tmx")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "all.tmx: 11 translations\n")
    assert run("memory", "import", "all.tmx", "--memory-file", "copy.sqlite").exit_code == 0
    copy = run("memory", "export", "--memory-file", "copy.sqlite").stdout
    assert copy == Path("all.tmx").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "number"),
    [
        (["--to", "en"], 6),
        (["-t", "zh"], 5),
        (["--to", "zh", "--to", "en"], 11),
        (["--only", "human"], 1),
        (["--only", "machine"], 10),
        (["--to", "zh", "--only", "human"], 0),
    ],
)
def test_export_a_part(run: Run, stocked: Path, options: list[str], number: int) -> None:
    assert run("memory", "export", *options).stdout.count("</tu>") == number


@pytest.mark.parametrize(
    ("options", "word"),
    [(["--to", "fr"], "--to"), (["--only", "humans"], "human"), (["--older", "3"], "No such")],
)
def test_export_what_is_not_understood(run: Run, stocked: Path, options: list[str], word: str) -> None:
    result = run("memory", "export", *options)
    assert result.exit_code == 2 and word in result.stderr


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--all"], (1, 0)),
        (["--all", "--human"], (0, 0)),
        (["--older", "6m"], (1, 5)),
        (["--older", "6m", "--human"], (0, 5)),
        (["--older", "1y"], (1, 10)),
        (["--older", "28w"], (1, 5)),
        (["--keep", "7"], (1, 7)),
        (["--keep", "0"], (1, 0)),
        (["--recipe", RECIPE], (1, 5)),
        (["--recipe", RECIPE, "--keep", "2"], (1, 7)),
        (["--recipe", RECIPE + "|g:1", "--older", "6m"], (1, 10)),
    ],
)
def test_prune_forgets_what_all_options_apply_to(
    run: Run, stocked: Path, options: list[str], left: tuple[int, int]
) -> None:
    gone = 11 - sum(left)
    dry = run("memory", "prune", *options, "--dry-run")
    assert (dry.exit_code, dry.stderr.split()[0]) == (0, str(gone))
    assert held(stocked) == (1, 10)
    result = run("memory", "prune", *options, "--yes")
    assert (result.exit_code, result.stdout, result.stderr.split()[0]) == (0, "", str(gone))
    assert held(stocked) == left


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ([], "--older"),
        (["--yes"], "--older"),
        (["--older", "soon"], "90d"),
        (["--keep", "-1"], "--keep"),
        (["--recipe", "m:none"], RECIPE),
        (["--all"], "--yes"),
    ],
)
def test_prune_asks_for_what_it_needs(run: Run, stocked: Path, options: list[str], word: str) -> None:
    result = run("memory", "prune", *options)
    assert result.exit_code == 2 and word in result.stderr
    assert held(stocked) == (1, 10)


@pytest.mark.parametrize(("answer", "left"), [("y\n", (1, 0)), ("n\n", (1, 10)), ("\n", (1, 10))])
def test_prune_asks_before_it_forgets(
    run: Run, stocked: Path, monkeypatch: pytest.MonkeyPatch, answer: str, left: tuple[int, int]
) -> None:
    monkeypatch.setattr(voice, "is_typed", lambda: True)
    result = run("memory", "prune", "--all", input=answer)
    assert "Forget 10 machine translations?" in result.stderr
    assert result.exit_code == (0 if left == (1, 0) else 1)
    assert held(stocked) == left


def test_pruning_gives_the_space_back(run: Run, stocked: Path) -> None:
    with Memory.open(stocked) as memory:
        memory.store([(f"Phrase {each} " * 20, "x" * 200) for each in range(3000)], Lang.EN, RECIPE)
    before = stocked.stat().st_size
    assert run("memory", "prune", "--all", "--yes").exit_code == 0
    assert stocked.stat().st_size < before / 20
