"""Old files are brought up to date, in steps that happen wholly or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from translate.domain import Lang
from translate.errors import RecallError
from translate.memory import Memory, database

RECIPE = "m:tiny|b:4"

# Released steps. Never change one: files that have it behind them would differ from new ones. Append.
PINNED = ("b7e56638e660ac28",)

ADD_NOTES = ("ALTER TABLE entries ADD COLUMN note TEXT", "UPDATE entries SET note = 'old'")


def version(path: Path) -> int:
    db = sqlite3.connect(path)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    finally:
        db.close()


def test_released_steps_are_as_they_were() -> None:
    digests = [hashlib.sha256("\n".join(step).encode()).hexdigest()[:16] for step in database.MIGRATIONS]
    assert tuple(digests) == PINNED


def test_a_new_file_has_seen_every_step(memory: Memory, place: Path) -> None:
    assert version(place) == len(database.MIGRATIONS)


def test_an_older_file_is_brought_up_to_date_with_all_that_is_in_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Memory.open(place) as memory:
        memory.store([("Un", "one")], Lang.EN, RECIPE)
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, ADD_NOTES))
    with pytest.raises(RecallError, match="earlier version") as caught:
        Memory.open(place, readonly=True)
    assert caught.value.hint
    with Memory.open(place) as memory:
        assert memory.lookup(["Un"], Lang.EN, RECIPE)["Un"].target == "one"
        assert memory._db.execute("SELECT note FROM entries").fetchall() == [("old",)]
    assert version(place) == len(database.MIGRATIONS)
    with Memory.open(place, readonly=True) as memory:
        assert memory.stats().machine == 1


def test_a_step_that_fails_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Memory.open(place) as memory:
        memory.store([("Un", "one")], Lang.EN, RECIPE)
    before = version(place)
    bad = (*ADD_NOTES, "DROP TABLE sources", "SELECT nonsense")
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, bad))
        with pytest.raises(RecallError, match="nonsense"):
            Memory.open(place)
    assert version(place) == before
    with Memory.open(place) as memory:
        assert memory.lookup(["Un"], Lang.EN, RECIPE)["Un"].target == "one"
        assert "note" not in [row[1] for row in memory._db.execute("PRAGMA table_info(entries)")]


def test_keys_can_be_made_again_when_folding_changes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Memory.open(place) as memory:
        memory.store([("L’été", "summer")], Lang.EN, None, human=True)
        memory._db.execute("UPDATE sources SET key = 0")
        assert memory.lookup(["L'été"], Lang.EN, RECIPE) == {}
    again = ("UPDATE sources SET key = fold_key(text)",)
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, again))
    with Memory.open(place) as memory:
        assert memory.lookup(["L'été"], Lang.EN, RECIPE)["L'été"].target == "summer"
