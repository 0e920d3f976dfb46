"""What a job is given: every way to name documents, and everything that can be wrong with one."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.batch.wire import dispatch, job, tree
from translate.batch.discover import Inputs
from translate.batch.documents import Document, safe_name
from translate.batch.report import Report
from translate.batch.tables import Table
from translate.errors import InputError, OutputError
from translate.outputs import Format

FRENCH = "Le ministre a parlé mercredi de la paix dans le pays."


def ids(*paths: Path | str, skip: Path | None = None) -> list[str]:
    return [document.id for document in Inputs(tuple(map(str, paths)), skip=[skip] if skip else [])]


def rows(data: str | bytes, folder: Path, name: str = "t.jsonl", **columns: str) -> list[Document]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(Table(path, name, columns.get("text"), columns.get("id"), 1000).documents())


def faults(documents: Iterable[Document]) -> list[str]:
    return [str(document.fault) for document in documents if document.fault]


# ── Files, folders, globs ────────────────────────────────────────────────────────────────────────────


def test_a_folder_is_searched_in_order_and_hidden_files_are_not(room: Path) -> None:
    for name in ("b/z.txt", "b/a.txt", "a.txt", ".hidden.txt", ".git/x.txt", "é.txt"):
        (room / name).parent.mkdir(exist_ok=True)
        (room / name).write_text(FRENCH)
    assert ids(room) == ["a.txt", "b/a.txt", "b/z.txt", "é.txt"]
    assert ids(f"{room}/*.txt") == ["a.txt", "é.txt"]
    assert ids(f"{room}/**/*.txt") == ["a.txt", "b/a.txt", "b/z.txt", "é.txt"]
    assert ids(room / "b/z.txt") == ["z.txt"]


def test_a_name_with_a_star_in_it_is_a_name(room: Path) -> None:
    (room / "a*[b].txt").write_text(FRENCH)
    assert ids(room / "a*[b].txt") == ["a*[b].txt"]


def test_links_are_followed_and_loops_are_not(room: Path) -> None:
    (room / "in/a").mkdir(parents=True)
    (room / "in/a/x.txt").write_text(FRENCH)
    (room / "in/b").symlink_to(room / "in/a")
    (room / "in/a/loop").symlink_to(room / "in")
    (room / "in/self").symlink_to(room / "in/self")
    (room / "in/gone.txt").symlink_to(room / "nowhere")
    found = list(Inputs([str(room / "in")]))
    assert [each.id for each in found if not each.fault] == ["a/x.txt", "b/x.txt"]
    told = faults(found)
    assert len(told) == 4
    assert sum("leads back to a folder above it" in text for text in told) == 2
    assert any("no such file" in text for text in told)
    assert any("too many levels of symbolic links" in text for text in told)


def test_the_output_folder_is_not_searched(room: Path) -> None:
    (room / "a.txt").write_text(FRENCH)
    for _ in range(2):
        assert job([room], room / "out").documents == 1
    with pytest.raises(InputError, match="output folder too"):
        job([room / "out"], room / "out")


@pytest.mark.parametrize("path", ["gone", "gone/*.txt", "", "a\0b"])
def test_a_path_that_leads_nowhere(room: Path, path: str) -> None:
    with pytest.raises(InputError):
        job([path and f"{room}/{path}"], room / "out")


def test_a_folder_with_nothing_in_it(room: Path) -> None:
    (room / "in").mkdir()
    with pytest.raises(InputError, match="no documents"):
        job([room / "in"], room / "out")


def test_two_files_with_one_output_are_both_named(room: Path) -> None:
    for name in ("x/brief.txt", "y/brief.txt"):
        (room / name).parent.mkdir()
        (room / name).write_text(FRENCH)
    with pytest.raises(InputError) as caught:
        job([room / "x", room / "y"], room / "out")
    assert f"{room}/x/brief.txt and {room}/y/brief.txt would both be written to brief" in str(caught.value)
    assert not tree(room / "out")


def test_a_file_that_is_named_twice_is_done_once(room: Path) -> None:
    (room / "in").mkdir()
    (room / "in/a.txt").write_text(FRENCH)
    report = job([room / "in", room / "in/a.txt", f"{room}/in/*.txt"], room / "out")
    assert (report.done, report.documents) == (1, 1)


# ── Bad documents ────────────────────────────────────────────────────────────────────────────────────


def make_bad(folder: Path) -> dict[str, str]:
    """One file of each kind, and what has to be said of it."""
    folder.mkdir()
    plain = {
        "empty.txt": (b"", "there is no text in it"),
        "blank.txt": (b" \n\n\t", "there is no text in it"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG picture"),
        "noise.txt": (bytes(range(256)) * 4, "no"),
        "english.txt": (
            b"The minister said on Wednesday that the talks would go on. " * 4,
            "French",
        ),
        "long.txt": (b"Le mot " * 7_500_000, "more than 4,194,304 bytes"),  # a line of 50 MB
        "line.txt": (b"Le mot est grand. " * 20_000, "max_line_characters"),
        "many.txt": (b"Le mot.\n" * 10_001, "max_paragraphs"),
    }
    for name, (data, _) in plain.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    special = {
        "pipe.txt": "named pipe",
        "socket.txt": "socket",
        "loop": "leads back",
        "self.txt": "symbolic links",
        "gone.txt": "no such file",
    }
    if os.geteuid() != 0:  # nothing is forbidden to root
        (folder / "secret.txt").write_text(FRENCH)
        (folder / "secret.txt").chmod(0)
        (folder / "closed").mkdir(mode=0)
        special |= {"secret.txt": "no permission", "closed": "cannot be searched"}
    return {name: wanted for name, (_, wanted) in plain.items()} | special


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
def test_every_kind_of_bad_document_is_told_and_the_rest_is_done(room: Path) -> None:
    bad = make_bad(room / "in")
    good = ["a.txt", "nouvelle\nligne.txt", os.fsdecode("été.txt".encode("cp1252")), "z.txt"]
    for name in good:
        (room / "in" / name).write_text(FRENCH)
    (room / "in/cp1252.txt").write_bytes(
        "L'été a été beau à la frontière, a dit le ministre.".encode("cp1252")
    )
    report = job([room / "in"], room / "out")
    assert (report.done, report.failed) == (len(good) + 1, len(bad))
    for name, wanted in bad.items():
        (failure,) = (each for each in report.failures if each.id == name)
        assert wanted in f"{failure.reason} {failure.hint}", name
    assert sorted(tree(room / "out")) == sorted(
        name.removesuffix(".txt") + ".json" for name in [*good, "cp1252.txt"]
    )
    told = json.loads((room / "out/report.json").read_bytes())
    assert told["failed"] == len(told["failures"]) == len(bad)
    assert all(set(each) == {"id", "error", "reason", "hint"} for each in told["failures"])
    again = job([room / "in"], room / "out")
    assert (again.skipped, again.done, again.failed) == (len(good) + 1, 0, len(bad)), (
        "the bad are tried again"
    )


def test_ten_thousand_paragraphs_are_a_document(room: Path) -> None:
    (room / "in").mkdir()
    (room / "in/big.txt").write_text("Le mot du ministre.\n\n" * 10_000)
    report = job([room / "in"], room / "out", formats=[Format.TSV])
    assert (report.done, report.translated) == (1, 4), "each distinct sentence once, in two languages"


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────


def test_rows_of_json_lines(room: Path) -> None:
    text = '\ufeff{"id": "a/b", "text": "Un.", "n": 1}\n\n{"text": "Deux.", "n": null}\n{"text": "Trois."}'
    first, second, third = rows(text, room)
    assert (first.id, first.place, first.text, first.columns) == (
        "t.jsonl#a/b",
        "t/a%2Fb",
        "Un.",
        {"id": "a/b", "n": 1},
    )
    assert (second.id, second.place, second.columns) == ("t.jsonl#3", "t/3", {"n": None})
    assert third.id == "t.jsonl#4"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("{", "t.jsonl:2: no JSON"),
        ("[1]", "not a JSON object"),
        ('{"n": 1}', "no column 'text'"),
        ('{"text": 3}', "column 'text' holds no text"),
        ('{"text": null}', "column 'text' holds no text"),
        ('{"text": "x", "n": NaN}', "NaN is no JSON value"),
        ("[" * 100_000, "more than 8,000 bytes in one row"),
        ("[" * 5_000, "no JSON"),
        ("\xff", "no JSON"),
    ],
)
def test_a_bad_row_is_told_and_the_next_is_read(room: Path, line: str, wanted: str) -> None:
    good = b'{"text": "Bon."}\n'
    first, bad, last = rows(good + line.encode("latin-1") + b"\n" + good, room)
    assert wanted in str(bad.fault)
    assert (first.text, last.text, last.id) == ("Bon.", "Bon.", "t.jsonl#3")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_of_csv(room: Path, delimiter: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["ref", "corps", "date"])
    writer.writerow(["7", 'Il a dit "oui",\net; puis\u2028rien.', "12 mai"])
    writer.writerow(["8", "Fin.", ""])
    one, two = rows(file.getvalue(), room, "t.csv", text="corps", id="ref")
    assert (one.id, one.text) == ("t.csv#7", 'Il a dit "oui",\net; puis\u2028rien.')
    assert (one.columns, two.columns) == ({"ref": "7", "date": "12 mai"}, {"ref": "8", "date": ""})


def test_csv_that_is_wrong(room: Path) -> None:
    header, good = "id,text\n", "1,Bon.\n"
    short, after = rows(f"{header}1\n{good}", room, "t.csv")
    assert "1 cells in a table of 2 columns" in str(short.fault) and after.text == "Bon."
    first, torn = rows(f'{header}{good}2,"sans fin\n{good}', room, "t.csv")
    assert first.text == "Bon." and "t.csv:3: a quotation that does not end" in str(torn.fault)
    (wide,) = rows("id,text\n".encode("utf-16"), room, "t.csv")
    assert "UTF-16" in str(wide.fault)
    (noid,) = rows(f"{header},Bon.\n", room, "t.csv", id="id")
    assert "no id in column 'id'" in str(noid.fault)


def test_csv_in_cp1252_as_spreadsheets_write_it(room: Path) -> None:
    (row,) = rows("id;text\r\n1;L'été à Évian\r\n".encode("cp1252"), room, "t.csv")
    assert row.text == "L'été à Évian"


def test_parquet_needs_pyarrow_and_says_so(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.batch.tables.find_spec", lambda name: None)
    (only,) = rows(b"PAR1", room, "t.parquet")
    assert only.fault and only.fault.hint == "pip install 'translate-dispatch[parquet]'"


def test_rows_of_parquet(room: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table({"text": ["Un.", None], "n": [1, 2]}), room / "t.parquet")
    one, two = Table(room / "t.parquet", "t.parquet", None, None, 1000).documents()
    assert (one.text, one.columns) == ("Un.", {"n": 1}) and "holds no text" in str(two.fault)
    (bad,) = rows(b"PAR1PAR1", room, "b.parquet")
    assert "no Parquet file" in str(bad.fault)


def test_other_columns_pass_through(room: Path) -> None:
    text = json.dumps({"ref": "a", "corps": FRENCH, "tags": ["paix", "\ud800"], "n": 1.5})
    (room / "t.jsonl").write_text(f"{text}\n")
    job(
        [room / "t.jsonl"],
        room / "out",
        text_column="corps",
        id_column="ref",
        jsonl=room / "all.jsonl",
        formats=(),
    )
    line = json.loads((room / "all.jsonl").read_text("utf-8"))
    assert line["id"] == "t.jsonl#a"
    assert line["columns"] == {"ref": "a", "tags": ["paix", "\ud800"], "n": 1.5}
    assert line["schema"] == "translate-dispatch/1" and line["blocks"]
    assert not tree(room / "out")


def test_a_changed_column_is_a_change(room: Path) -> None:
    def run(n: int) -> Report:
        (room / "t.jsonl").write_text(json.dumps({"text": FRENCH, "n": n}) + "\n")
        return job([room / "t.jsonl"], room / "out", jsonl=room / "all.jsonl", formats=())

    assert [run(n).done for n in (1, 1, 2)] == [1, 0, 1]
    assert json.loads((room / "all.jsonl").read_text("utf-8"))["columns"] == {"n": 2}


def test_two_rows_with_one_id(room: Path) -> None:
    row = json.dumps({"id": "x", "text": FRENCH})
    (room / "t.jsonl").write_text(f"{row}\n{row}\n")
    report = job([room / "t.jsonl"], room / "out")
    assert (report.done, report.failed) == (1, 1)
    assert "another row has this id" in report.failures[0].reason


def test_standard_input_is_a_table(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = "".join(json.dumps({"id": n, "text": dispatch(n)}) + "\n" for n in range(3)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert job(["-"], room / "out").done == 3
    assert sorted(tree(room / "out")) == ["stdin/0.json", "stdin/1.json", "stdin/2.json"]


# ── Where outputs go ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "id",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "",
        "a\0b",
        "a\nb",
        "C:\\x",
        "é" * 500,
        "\ud800",
        " x ",
        "a/../b",
    ],
)
def test_an_id_never_leads_out_of_its_folder(room: Path, id: str) -> None:
    name = safe_name(id)
    assert "/" not in name and "\0" not in name and name not in (".", "..")
    (room / f"{name}.json").write_text("")
    assert len(list(room.iterdir())) == 1


def test_different_ids_have_different_names() -> None:
    several = ["a/b", "a%2Fb", "a_b", "a b", ".a", "%2Ea", "a.", "a%2E", "é" * 200, "é" * 201, "é" * 104]
    assert len({safe_name(id) for id in several}) == len(several)


def test_a_link_out_of_the_output_folder_is_not_followed(room: Path) -> None:
    (room / "in/a").mkdir(parents=True)
    (room / "in/a/x.txt").write_text(FRENCH)
    (room / "elsewhere").mkdir()
    (room / "out").mkdir()
    (room / "out/a").symlink_to(room / "elsewhere")
    report = job([room / "in"], room / "out")
    assert report.failed == 1 and "a link out of the output folder" in report.failures[0].reason
    assert not list((room / "elsewhere").iterdir())


def test_what_is_in_the_way_stays(room: Path) -> None:
    (room / "in").mkdir()
    for name in ("a", "b", "report", "ok"):
        (room / f"in/{name}.txt").write_text(FRENCH)
    (room / "out/b.json").mkdir(parents=True)
    (room / "out/a.json").write_text("mine")
    report = job([room / "in"], room / "out")
    reasons = " ".join(failure.reason for failure in report.failures)
    assert (report.done, report.failed) == (1, 3)
    assert "did not write it" in reasons and "is a folder" in reasons and "kept for the job itself" in reasons
    assert (room / "out/a.json").read_text() == "mine"


def test_the_input_is_never_overwritten(room: Path) -> None:
    (room / "a.txt").write_text(FRENCH)
    report = job([room / "a.txt"], room, formats=[Format.TXT])
    assert report.failed == 1 and (room / "a.txt").read_text() == FRENCH
    (room / "t.jsonl").write_text(json.dumps({"text": FRENCH}) + "\n")
    before = (room / "t.jsonl").read_text()
    with pytest.raises(OutputError, match="did not write it"):
        job([room / "t.jsonl"], room / "out", jsonl=room / "t.jsonl")
    assert (room / "t.jsonl").read_text() == before


def test_a_jsonl_file_without_a_folder(room: Path) -> None:
    (room / "a.txt").write_text(FRENCH)
    with pytest.raises(OutputError, match="there is no folder"):
        job([room / "a.txt"], room / "out", jsonl=room / "gone/all.jsonl")
