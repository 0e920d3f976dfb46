"""Files that are damaged, locked, full, not to be written, or not ours: told, and never made worse."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from translate.domain import Lang
from translate.errors import RecallError, TranslateError
from translate.memory import Memory, database

RECIPE = "m:tiny|b:4"


@pytest.fixture
def filled(place: Path) -> Path:
    with Memory.open(place) as memory:
        pairs = ((f"Le ministre numéro {each} a parlé.", f"Minister {each} spoke.") for each in range(500))
        memory.store(pairs, Lang.EN, RECIPE)
    return place


def fails(action: Callable[[], object], *words: str) -> RecallError:
    with pytest.raises(RecallError) as caught:
        action()
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert caught.value.exit_code == TranslateError.exit_code
    return caught.value


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("readonly", [True, False])
def test_a_file_that_is_no_database(place: Path, readonly: bool) -> None:
    place.write_text("Ceci n'est pas une base de données. " * 100, encoding="utf-8")
    before = digest(place)
    fails(lambda: Memory.open(place, readonly=readonly), str(place), "not a translation memory")
    assert digest(place) == before


@pytest.mark.parametrize("readonly", [True, False])
def test_a_database_of_another_program(place: Path, readonly: bool) -> None:
    db = sqlite3.connect(place)
    db.executescript("CREATE TABLE entries (a); INSERT INTO entries VALUES (1)")
    db.close()
    before = digest(place)
    fails(lambda: Memory.open(place, readonly=readonly), "another program")
    assert digest(place) == before


@pytest.mark.parametrize("readonly", [True, False])
def test_a_memory_of_a_later_version(filled: Path, readonly: bool) -> None:
    db = sqlite3.connect(filled)
    db.execute("PRAGMA user_version = 99")
    db.close()
    error = fails(lambda: Memory.open(filled, readonly=readonly), "later version", "99")
    assert error.hint and "update" in error.hint


def test_an_empty_file_becomes_a_memory(place: Path) -> None:
    place.touch()
    with Memory.open(place) as memory:
        assert memory.stats().sources == 0


def test_damage_anywhere_is_told_and_never_a_traceback(filled: Path, tmp_path: Path) -> None:
    """Whatever bytes are lost: an error of ours, or an answer."""
    chance = random.Random(5)
    texts = [f"Le ministre numéro {each} a parlé." for each in range(500)]
    told = 0
    for turn in range(40):
        copy = tmp_path / f"copy{turn}.sqlite"
        shutil.copy(filled, copy)
        data = bytearray(copy.read_bytes())
        for _ in range(chance.choice([1, 30])):
            start = chance.randrange(100, len(data) - 2000)
            data[start : start + 1000] = chance.randbytes(1000)
        copy.write_bytes(data[: chance.choice([len(data), len(data) // 2])])
        try:
            with Memory.open(copy) as memory:
                memory.lookup(texts, Lang.EN, RECIPE)
                memory.suggest(texts[7] + " Oui.", Lang.EN)
                list(memory.entries())
                memory.stats()
                memory.store([("Nouvelle phrase.", "New sentence.")], Lang.EN, RECIPE)
                memory.prune(keep=10)
        except RecallError as err:
            told += 1
            assert str(copy) in str(err)
    assert told > 20


@pytest.mark.parametrize(
    "spoilt",
    [
        "findings = '[{]'",
        "findings = '[[1]]'",
        "findings = '[{}]'",
        "terms = '7'",
        "score = 'x'",
        "created = 1e30",
    ],
)
def test_an_entry_that_makes_no_sense(filled: Path, spoilt: str) -> None:
    db = sqlite3.connect(filled)
    db.execute(f"UPDATE entries SET {spoilt}")
    db.commit()
    db.close()
    with Memory.open(filled) as memory:
        fails(lambda: memory.lookup(["Le ministre numéro 1 a parlé."], Lang.EN, RECIPE), str(filled), "entry")


def test_another_writer_is_waited_for_but_not_for_ever(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_S", 0.1)
    with Memory.open(filled) as memory:
        other = sqlite3.connect(filled, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        error = fails(lambda: memory.store([("Un", "one")], Lang.EN, RECIPE), str(filled), "another program")
        assert error.hint == "try again when it has finished"
        other.execute("COMMIT")
        other.close()
        assert memory.store([("Un", "one")], Lang.EN, RECIPE).added == 1


def test_a_full_disk_leaves_what_was_there(filled: Path) -> None:
    with Memory.open(filled) as memory:
        before = memory.stats()
        # As far as SQLite is concerned, this is a disk with no room for another page.
        memory._db.execute(f"PRAGMA max_page_count = {before.size_bytes // 4096}")
        new = [(f"Une toute autre phrase, la {each}e.", "Another one.") for each in range(3000)]
        error = fails(lambda: memory.store(new, Lang.EN, RECIPE), str(filled), "no space left")
        assert error.hint and "prune" in error.hint
        assert memory.stats() == before
        assert len(memory.lookup(["Le ministre numéro 1 a parlé."], Lang.EN, RECIPE)) == 1
        memory._db.execute("PRAGMA max_page_count = 1000000")
        assert memory.store(new, Lang.EN, RECIPE).added == 3000


def test_a_folder_that_cannot_be_made_and_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    fails(lambda: Memory.open(tmp_path / "file" / "memory.sqlite"), "memory.sqlite")
    fails(lambda: Memory.open(tmp_path), str(tmp_path), "cannot be opened")


def test_reading_only(filled: Path, tmp_path: Path) -> None:
    before = digest(filled)
    with Memory.open(filled, readonly=True) as memory:
        assert memory.stats().machine == 500
        assert memory.suggest("Le ministre numéro 1 a parlé !", Lang.EN)
        for action in (lambda: memory.store([("Un", "one")], Lang.EN, RECIPE), lambda: memory.prune(keep=0)):
            fails(action, "reading only")
        assert memory.prune(keep=0, dry_run=True) == 500
    assert digest(filled) == before
    error = fails(lambda: Memory.open(tmp_path / "none.sqlite", readonly=True), "no translation memory")
    assert error.hint and not (tmp_path / "none.sqlite").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_medium_that_cannot_be_written(filled: Path, tmp_path: Path) -> None:
    """Read as anybody else, in a folder where SQLite cannot make its own files beside the memory."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "memory.sqlite"
        shutil.copy(filled, copy)
        copy.chmod(0o444)
        folder.chmod(0o555)
        child = os.fork()
        if child == 0:  # pragma: no cover
            os._exit(_read_as_nobody(copy))
        assert os.waitpid(child, 0)[1] == 0
        folder.chmod(0o755)
        assert [path.name for path in folder.iterdir()] == ["memory.sqlite"]


def _read_as_nobody(path: Path) -> int:  # pragma: no cover
    try:
        if os.geteuid() == 0:
            os.setuid(65534)
        with Memory.open(path, readonly=True) as memory:
            read = memory.stats().machine
        try:
            with Memory.open(path) as memory:
                memory.store([("Un", "one")], Lang.EN, RECIPE)
        except RecallError as err:
            return 0 if read == 500 and "no permission" in str(err) else 3
        return 1
    except BaseException:
        return 2
