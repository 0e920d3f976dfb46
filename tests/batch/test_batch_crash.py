"""A job may end at any moment. Run again, it ends with what it would have ended with: byte for byte."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.disks import FullDisk, FullJournal, Killed, MortalDisk, WitnessDisk
from tests.batch.wire import dispatch, job, tree
from translate.batch.disk import Disk
from translate.batch.report import Report
from translate.errors import OutputError
from translate.outputs import Format
from translate.registry.mutex import exclusive

FORMATS = (Format.JSON, Format.TSV)
CRASHES = 50


@pytest.fixture
def run(wire: Path, room: Path) -> Callable[..., Report]:
    """The same job, in a folder of one's choice."""

    def again(output: str, disk: Disk | None = None) -> Report:
        lines = room / output / "all.jsonl"
        return job([wire], room / output, disk=disk, formats=FORMATS, jsonl=lines)

    return again


def test_killed_at_fifty_points(run: Callable[..., Report], room: Path) -> None:
    """Nothing lost, nothing twice, nothing torn; what was journaled is not done again."""
    whole = MortalDisk(steps=1_000_000)
    run("undisturbed", whole)
    expected = tree(room / "undisturbed")
    assert len(expected) == 8 * len(FORMATS) + 1
    assert whole.taken > 2 * CRASHES, "fewer steps than crashes would prove less than it says"
    progress = set()
    for crash in range(CRASHES):
        output = f"crash{crash}"
        with pytest.raises(Killed):
            run(output, MortalDisk(crash * whole.taken // CRASHES))
        assert_nothing_torn(tree(room / output), expected)
        if crash % 3 == 0:  # and again, on the way back
            with pytest.raises(Killed):
                run(output, MortalDisk(9))
        report = run(output)
        assert (report.documents, report.failed) == (8, 0)
        assert tree(room / output) == expected
        progress.add(report.skipped)
    assert {0, 8} <= progress and len(progress) >= 4, "crashes before, between and after the windows"


def assert_nothing_torn(found: dict[str, bytes], expected: dict[str, bytes]) -> None:
    for name, data in found.items():
        if not name.endswith(".partial"):  # only the files of the job itself are made beside their place
            assert data == expected[name]
        else:
            assert name in (".all.jsonl.partial", ".report.json.partial")


SCRIPT = """
import sys, time
from pathlib import Path
from tests.batch.wire import QUICK, job
from tests.fakes import LeadSummarizer, ShoutEngine, pipeline
from translate.domain import Lang
from translate.outputs import Format

class Slow(ShoutEngine):
    def translate(self, sentences, target, progress=None):
        time.sleep(0.3)  # so long that a job never ends between two kills
        return super().translate(sentences, target, progress)

engine = Slow()
used = pipeline({Lang.EN: engine, Lang.ZH: engine}, LeadSummarizer(), QUICK)
output = Path(sys.argv[2])
job([sys.argv[1]], output, used=used, formats=(Format.JSON, Format.TSV), jsonl=output / "all.jsonl", window=2)
"""


def test_killed_for_real(wire: Path, room: Path, run: Callable[..., Report]) -> None:
    run("undisturbed")
    expected = tree(room / "undisturbed")
    command = [sys.executable, "-c", SCRIPT, str(wire), str(room / "killed")]
    dice = random.Random(7)
    kills = 0
    for _ in range(6):
        process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2])
        journal = room / "killed/.translate/all/journal.db"
        give_up = time.monotonic() + 60
        while not journal.exists() and process.poll() is None and time.monotonic() < give_up:
            time.sleep(0.005)
        time.sleep(dice.uniform(0.0, 0.25) + (0.3 if kills else 0))  # later starts find the journal there
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
        assert_nothing_torn(tree(room / "killed"), expected)
    assert kills >= 5
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    assert tree(room / "killed") == expected


def test_the_order_that_outlasts_a_power_cut(wire: Path, room: Path) -> None:
    """Data before names, names before the journal: it never says what is not on the medium."""
    disk = WitnessDisk()
    job([wire], room / "out", disk=disk, formats=FORMATS)
    saved: set[Path] = set()
    unsynced: set[Path] = set()
    commits = moves = 0
    for what, path in disk.seen:
        if what == "save":
            saved.add(path)
        elif what == "from":
            assert path in saved, "flushed before it gets its name"
            assert commits, "the place was ours before"
        elif what == "to":
            moves += 1
            unsynced.add(path.parent)
        elif what == "sync":
            unsynced.discard(path)
        else:
            commits += 1
            assert not unsynced, "no document is done before its name is on the medium"
    assert moves == 8 * len(FORMATS) + 1 and commits > 4


def test_saving_flushes(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    Disk().save(room / "a", [b"12", b"345"])
    Disk().sync(room)
    assert flushed[0] == 5 and len(flushed) == 2


@pytest.mark.parametrize("files", [0, 1, 7, 17])
def test_a_full_disk(run: Callable[..., Report], room: Path, files: int) -> None:
    run("undisturbed")
    with pytest.raises(OutputError, match="no space left") as caught:
        run("full", FullDisk(files))
    assert caught.value.hint and "goes on where it stopped" in caught.value.hint
    run("full")
    assert tree(room / "full") == tree(room / "undisturbed")


def test_a_full_disk_under_the_journal(run: Callable[..., Report], room: Path) -> None:
    with pytest.raises(OutputError, match="disk is full"):
        run("full", FullJournal())
    assert run("full").done == 8


def test_a_second_process_is_refused_and_harms_nothing(run: Callable[..., Report], room: Path) -> None:
    run("out")
    before = tree(room / "out")
    with exclusive(room / "out/.translate/all/lock", wait_s=0), pytest.raises(OutputError, match="another"):
        run("out")
    assert tree(room / "out") == before
    assert run("out").skipped == 8, "the lock went with its holder"


def test_a_damaged_journal_is_told(run: Callable[..., Report], room: Path) -> None:
    run("out")
    (room / "out/.translate/all/journal.db").write_bytes(b"no database" * 100)
    with pytest.raises(OutputError, match="not a database"):
        run("out")


def test_without_its_journal_a_job_takes_back_what_is_its_own(run: Callable[..., Report], room: Path) -> None:
    """Equal bytes are the same result, whoever wrote them; others are never overwritten."""
    run("out")
    before = tree(room / "out")
    for name in ("journal.db", "lock"):
        (room / "out/.translate/all" / name).unlink()
    (room / "out/report.json").unlink()
    (room / "out/all.jsonl").unlink()
    (room / "out/soir/brief00.json").write_text("mine")
    report = run("out")
    assert (report.done, report.failed) == (7, 1)
    assert "this job did not write it" in report.failures[0].reason
    assert (room / "out/soir/brief00.json").read_text() == "mine"
    after = tree(room / "out")
    assert {name: after[name] for name in before if name.startswith("matin")} == {
        name: before[name] for name in before if name.startswith("matin")
    }


def test_changed_added_and_removed_documents(run: Callable[..., Report], wire: Path, room: Path) -> None:
    run("out")
    (wire / "soir/brief00.txt").write_text(dispatch(77), encoding="utf-8")
    (wire / "soir/brief02.txt").unlink()
    (wire / "soir/nouveau.txt").write_text(dispatch(99), encoding="utf-8")
    (room / "out/matin/brief01.json").unlink()
    (room / "out/matin/brief03.tsv").write_text("torn")
    report = run("out")
    assert (report.done, report.skipped, report.failed) == (4, 4, 0)
    run("fresh")
    changed, fresh = tree(room / "out"), tree(room / "fresh")
    assert {name: changed[name] for name in fresh} == fresh
    assert set(changed) - set(fresh) == {"soir/brief02.json", "soir/brief02.tsv"}, (
        "results are not taken away"
    )
    ids = [json.loads(line)["id"] for line in (room / "out/all.jsonl").read_text("utf-8").splitlines()]
    assert len(ids) == len(set(ids)) == 8 and "soir/brief02.txt" not in ids
