"""Several processes and threads at one file, and processes that die in the middle of it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from translate.domain import Lang
from translate.memory import Memory

RECIPE = "m:tiny|b:4"

# Stores sentences for ever, some of its own and some that the others store too, and says what is safe.
WRITER = """
import sys
from itertools import count
from pathlib import Path
from translate.domain import Lang
from translate.memory import Memory

place, name, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Memory.open(place) as memory:
    for number in count() if rounds < 0 else range(rounds):
        pairs = [(f"Phrase {name} {number} {place}.", f"{name} {number} {place}") for place in range(20)]
        pairs += [(f"Phrase commune {number}.", f"common {number}")]
        memory.store(pairs, Lang.EN, "m:tiny|b:4")
        assert memory.lookup([pairs[0][0]], Lang.EN, "m:tiny|b:4")
        print(number, flush=True)
"""


def start(place: Path, name: str, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(place), name, str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def sound(place: Path) -> bool:
    """True if SQLite and its word index find nothing wrong with the file."""
    db = sqlite3.connect(place)
    try:
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        return bool(db.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    finally:
        db.close()


def test_processes_write_one_new_file_at_once(place: Path) -> None:
    rounds = 15
    writers = [start(place, name, rounds) for name in ("un", "deux", "trois", "quatre")]
    for writer in writers:
        _, complaint = writer.communicate(timeout=100)
        assert (writer.returncode, complaint) == (0, "")
    with Memory.open(place) as memory:
        assert memory.stats().machine == rounds * (4 * 20 + 1)
        assert memory.suggest("Phrase quatre 14 18.", Lang.EN)[0].entry.target == "quatre 14 18"
    assert sound(place)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_in_the_middle_nothing_told_is_lost_and_nothing_is_half(place: Path) -> None:
    for turn in range(3):
        writer = start(place, f"tour {turn}", -1)
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(3 + turn)]
        writer.send_signal(signal.SIGKILL)
        told += [int(line) for line in writer.stdout if line.endswith("\n")]
        writer.communicate(timeout=30)
        with Memory.open(place) as memory:
            for number in told:
                texts = [f"Phrase tour {turn} {number} {each}." for each in range(20)]
                assert len(memory.lookup(texts, Lang.EN, RECIPE)) == 20
            later = [f"Phrase tour {turn} {told[-1] + 1} {each}." for each in range(20)]
            assert len(memory.lookup(later, Lang.EN, RECIPE)) in (0, 20)
    assert sound(place)


def test_readers_do_not_wait_for_a_writer(place: Path) -> None:
    with Memory.open(place) as memory:
        memory.store([("Un", "one")], Lang.EN, RECIPE)
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM entries")
        assert memory.lookup(["Un"], Lang.EN, RECIPE)["Un"].target == "one"
        with Memory.open(place, readonly=True) as reader:
            assert reader.stats().machine == 1
        other.close()


def test_threads_share_one_object(memory: Memory) -> None:
    def work(name: int) -> int:
        for number in range(20):
            memory.store([(f"Fil {name} phrase {number}", f"{name} {number}")], Lang.EN, RECIPE)
        return len(memory.lookup([f"Fil {name} phrase {each}" for each in range(20)], Lang.EN, RECIPE))

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(work, range(6))) == [20] * 6
    assert memory.stats().machine == 120


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_a_connection_of_its_own(memory: Memory, place: Path) -> None:
    memory.store([("Un", "one")], Lang.EN, RECIPE)
    child = os.fork()
    if child == 0:  # pragma: no cover
        try:
            memory.store([("Deux", "two")], Lang.EN, RECIPE)
            known = memory.lookup(["Un", "Deux"], Lang.EN, RECIPE)
            memory.close()
            os._exit(0 if len(known) == 2 else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    memory.store([("Trois", "three")], Lang.EN, RECIPE)
    assert len(memory.lookup(["Un", "Deux", "Trois"], Lang.EN, RECIPE)) == 3
    assert sound(place)


def test_a_new_file_is_looked_at_in_one_moment(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can make tables between the questions whose file it is and what is in it."""

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql.endswith("FROM sqlite_master"):
                with closing(connect(place, timeout=0)) as other, suppress(sqlite3.OperationalError):
                    other.execute("CREATE TABLE another (number)")
            return super().execute(sql, *values)

    connect = sqlite3.connect
    monkeypatch.setattr(
        "translate.memory.database.sqlite3.connect", lambda name, **how: connect(name, factory=Watched, **how)
    )
    with Memory.open(place) as memory:
        assert memory.stats().machine == 0


def test_writing_while_reading_every_entry(memory: Memory) -> None:
    memory.store([(f"Phrase {each}", "x") for each in range(3000)], Lang.EN, RECIPE)
    seen = 0
    for seen, entry in enumerate(memory.entries(), start=1):
        if seen % 500 == 0:
            memory.store([(f"Nouvelle {seen}", entry.target)], Lang.EN, RECIPE)
    assert 3000 <= seen <= 3006
    assert memory.stats().machine == 3006
