"""Documents that fail are set aside, and why; when they are good again they are taken away."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.batch.disks import Killed, MortalDisk
from tests.batch.wire import dispatch, job, tree, write_wire
from translate.batch import run_batch
from translate.batch.report import Report
from translate.batch.shard import Shard
from translate.errors import InputError

BINARY = b"\x00\x01\x02\xff" * 40


@pytest.fixture
def bad_wire(room: Path) -> Path:
    """Four good documents and some that are not."""
    wire = room / "wire"
    write_wire(wire, 4)
    (wire / "soir/image.txt").write_bytes(BINARY)
    (wire / "vide.txt").write_bytes(b"")
    os.mkfifo(wire / "pipe.txt")
    (wire / os.fsdecode(b"caf\xe9.txt")).write_bytes(BINARY)
    return wire


def run(room: Path, *paths: Path | str, **options: Any) -> Report:
    return job(paths or (room / "wire",), room / "out", quarantine=room / "out/quarantine", **options)


def aside(room: Path) -> dict[str, bytes]:
    return tree(room / "out/quarantine")


def why(room: Path) -> list[dict[str, Any]]:
    text = (room / "out/quarantine/why.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_what_failed_stands_there_and_why(room: Path, bad_wire: Path) -> None:
    report = run(room)
    assert (report.done, report.failed) == (4, 4)
    assert report.quarantine == room / "out/quarantine"
    found = aside(room)
    del found["why.jsonl"]
    name = os.fsdecode(b"caf\xe9.txt")
    assert found == {
        f"documents/{name}": BINARY,
        "documents/soir/image.txt": BINARY,
        "documents/vide.txt": b"",
    }
    lines = {line["id"]: line for line in why(room)}
    assert set(lines) == {"caf\\udce9.txt", "soir/image.txt", "vide.txt", "pipe.txt"}
    assert lines["pipe.txt"]["kept"] is None and "named pipe" in lines["pipe.txt"]["reason"]
    assert lines["soir/image.txt"]["kept"] == "documents/soir/image.txt"
    assert lines["vide.txt"]["error"] == "InputError" and lines["vide.txt"]["reason"]
    assert json.loads((room / "out/report.json").read_text("utf-8"))["quarantine"] == str(report.quarantine)
    source, second = bad_wire / "vide.txt", room / "out/quarantine/documents/vide.txt"
    assert source.samefile(second), "it costs no room"


def test_it_is_taken_away_when_the_document_is_done(room: Path, bad_wire: Path) -> None:
    run(room)
    (bad_wire / "pipe.txt").unlink()
    (bad_wire / "vide.txt").write_text(dispatch(7), encoding="utf-8")  # in place, as editors do
    (bad_wire / "new").write_text(dispatch(8), encoding="utf-8")
    (bad_wire / "new").replace(bad_wire / "soir/image.txt")  # beside, as others do
    report = run(room)
    assert (report.done, report.failed) == (2, 1)
    assert [line["id"] for line in why(room)] == ["caf\\udce9.txt"]
    assert len(aside(room)) == 2 and not (room / "out/quarantine/documents/soir").exists()
    (bad_wire / os.fsdecode(b"caf\xe9.txt")).write_text(dispatch(9), encoding="utf-8")
    assert run(room).quarantine is None
    assert not (room / "out/quarantine").exists()
    assert run(room).skipped == 7


def test_what_left_the_input_stays_in_quarantine(room: Path, bad_wire: Path) -> None:
    run(room)
    shutil.rmtree(bad_wire)
    write_wire(bad_wire, 4)
    run(room)
    assert aside(room)["documents/vide.txt"] == b"", "it may be the last one"
    assert "why.jsonl" not in aside(room)


def test_rows_of_tables(room: Path) -> None:
    rows = [{"id": "a", "text": dispatch(1)}, {"id": "b", "text": "", "desk": "Étranger"}, {"id": "c"}]
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in rows]
    table = room / "news.jsonl"
    table.write_bytes(b"\n".join([*lines, b'{"id": "d", "te\xe9', b"[1]"]) + b"\n")
    csv = room / "more.csv"
    csv.write_text(f'ref;corps\n1;"{dispatch(2)}"\n2;zu;viel\n', encoding="utf-8")
    report = run(room, table)
    assert (report.done, report.failed) == (1, 4)
    kept = aside(room)["rows/news.jsonl.jsonl"].decode().splitlines()
    assert [json.loads(line) for line in kept] == [
        rows[1],
        rows[2],
        {"line": '{"id": "d", "te\udce9\n'},
        {"line": "[1]\n"},
    ]
    assert {line["kept"] for line in why(room)} == {"rows/news.jsonl.jsonl"}
    assert run(room, csv, text_column="corps", id_column="ref").failed == 1
    found = aside(room)
    assert json.loads(found["rows/more.csv.jsonl"]) == {"line": "2;zu;viel\n"}
    assert "rows/news.jsonl.jsonl" in found, "that table was not in this run"
    table.write_text(json.dumps({"id": "b", "text": dispatch(3)}), encoding="utf-8")
    run(room, table)
    assert set(aside(room)) == {"rows/more.csv.jsonl"}


def test_kept_rows_are_a_table_again(room: Path) -> None:
    (room / "news.csv").write_text("id,text\n1,\n2,\n", encoding="utf-8")
    run(room, room / "news.csv")
    again = job([room / "out/quarantine/rows"], room / "second")
    assert [failure.id for failure in again.failures] == ["news.csv.jsonl#1", "news.csv.jsonl#2"]


def test_a_table_that_cannot_be_read(room: Path) -> None:
    (room / "news.parquet").write_bytes(b"PAR1 is not enough")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    run(room, room / "news.parquet")
    assert aside(room)["documents/news.parquet"] == b"PAR1 is not enough"


def test_what_somebody_changed_or_put_there_stays(room: Path, bad_wire: Path) -> None:
    folder = room / "out/quarantine/documents"
    folder.mkdir(parents=True)
    (folder / "vide.txt").write_text("mine")
    run(room)
    lines = {line["id"]: line for line in why(room)}
    assert lines["vide.txt"]["kept"] is None and lines["soir/image.txt"]["kept"]
    (folder / "soir/image.txt").unlink()
    (folder / "soir/image.txt").write_text("mended by hand")
    run(room)
    (bad_wire / "soir/image.txt").write_text(dispatch(8), encoding="utf-8")
    (bad_wire / "vide.txt").write_text(dispatch(9), encoding="utf-8")
    assert run(room).failed == 2
    assert (folder / "vide.txt").read_text() == "mine"
    assert (folder / "soir/image.txt").read_text() == "mended by hand"


def test_a_document_that_is_given_from_the_quarantine_is_not_taken_away(room: Path, bad_wire: Path) -> None:
    run(room)
    shutil.rmtree(bad_wire)
    given = room / "out/quarantine/documents"
    (given / "vide.txt").write_text(dispatch(1), encoding="utf-8")
    report = run(room, given)
    assert (report.done, report.failed) == (1, 2)
    assert (given / "vide.txt").read_text("utf-8") == dispatch(1)
    assert (given / "soir/image.txt").read_bytes() == BINARY


def test_on_another_disk_it_is_a_copy(room: Path, bad_wire: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*asked: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    run(room)
    second = room / "out/quarantine/documents/soir/image.txt"
    assert second.read_bytes() == BINARY and second.stat().st_nlink == 1
    (bad_wire / "soir/image.txt").write_text(dispatch(8), encoding="utf-8")
    run(room)
    assert not second.exists()
    monkeypatch.setattr("translate.batch.quarantine._COPIED_BYTES", 100)
    (room / "out/quarantine/documents" / os.fsdecode(b"caf\xe9.txt")).unlink()
    run(room)
    assert {line["id"]: line["kept"] for line in why(room)}["caf\\udce9.txt"] is None, (
        "that would be too much"
    )


@pytest.mark.parametrize("paths", [["out/quarantine"], ["wire", "out"]])
def test_it_is_never_an_input_by_accident(room: Path, bad_wire: Path, paths: Sequence[str]) -> None:
    run(room)
    with pytest.raises(InputError, match="output folder"):
        run(room, *(room / path for path in paths))


def test_inside_of_the_input_it_is_left_out(room: Path, bad_wire: Path) -> None:
    for done in (4, 0):
        report = run_quarantined_in(bad_wire / "bad", room)
        assert (report.done, report.failed) == (done, 4)


def run_quarantined_in(folder: Path, room: Path) -> Report:
    return job([room / "wire"], room / "out", quarantine=folder)


def test_no_document_is_written_into_it(room: Path) -> None:
    write_wire(room / "wire/quarantine/documents", 1)
    write_wire(room / "wire", 1)
    report = run(room)
    assert (report.done, report.failed) == (1, 1)
    assert "kept for the job itself" in report.failures[0].reason


def test_shards_keep_their_own_list(room: Path, bad_wire: Path) -> None:
    failed = [run(room, shard=Shard(number, 2)).failed for number in (1, 2)]
    assert sum(failed) == 4 and all(failed)
    lists = [(room / f"out/quarantine/why-{number}-of-2.jsonl").read_text("utf-8") for number in (1, 2)]
    assert [text.count("\n") for text in lists] == failed
    assert len(aside(room)) == 5


def test_it_can_be_switched_off_or_be_elsewhere(room: Path, bad_wire: Path) -> None:
    from tests.batch.wire import QUICK
    from tests.fakes import pipeline

    used = pipeline(options=QUICK)
    assert run_batch([bad_wire], room / "none", used, quarantine=False).quarantine is None
    assert not (room / "none/quarantine").exists()
    run_batch([bad_wire], room / "there", used, quarantine=room / "else/where")
    assert (room / "else/where/why.jsonl").exists() and not (room / "there/quarantine").exists()
    run_batch([bad_wire], room / "here", used)
    assert (room / "here/quarantine/why.jsonl").exists()


@pytest.mark.parametrize("first", [True, False], ids=["when it is filled", "when something leaves it"])
def test_killed_at_any_step_it_is_as_if_nothing_had_happened(room: Path, bad_wire: Path, first: bool) -> None:
    whole = MortalDisk(steps=1_000_000)
    before(room, first)
    run(room, disk=whole)
    expected = tree(room / "out")
    assert whole.taken > 20
    for step in range(whole.taken):
        before(room, first)
        with pytest.raises(Killed):
            run(room, disk=MortalDisk(step))
        run(room)
        assert tree(room / "out") == expected


def before(room: Path, first: bool) -> None:
    """Nothing was done yet; or everything, and since then a document was mended."""
    shutil.rmtree(room / "out", ignore_errors=True)
    image = room / "wire/soir/image.txt"
    image.write_bytes(BINARY)
    if not first:
        run(room)
        image.write_text(dispatch(8), encoding="utf-8")
