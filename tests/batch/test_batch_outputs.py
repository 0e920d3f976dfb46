"""One file for all documents: JSON Lines and Parquet say the same, whole and in the order of the input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.batch.wire import job, tree
from tests.fakes import LeadSummarizer, pipeline
from translate.batch import Shard
from translate.errors import OutputError

pq: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
PAGE = Path(__file__).parents[2] / "docs/batch.md"


@pytest.fixture
def both(wire: Path, room: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines and the rows of one job with real checks."""
    used = pipeline(summarizer=LeadSummarizer())
    job([wire], room / "out", used=used, formats=(), combined=[room / "all.jsonl", room / "all.parquet"])
    assert not tree(room / "out")
    lines = [json.loads(line) for line in (room / "all.jsonl").read_text("utf-8").splitlines()]
    return lines, pq.read_table(room / "all.parquet").to_pylist()


def test_a_row_says_what_a_line_says(both: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    lines, rows = both
    assert len(lines) == len(rows) == 8
    for line, row in zip(lines, rows, strict=True):
        for same in ("id", "name", "source", "targets", "notices", "summarizer"):
            assert row[same] == line[same]
        assert json.loads(row["columns"]) == line["columns"]
        assert [{k: v for k, v in each.items() if k != "lang"} for each in row["recipes"]] == list(
            line["recipes"].values()
        )
        assert [each["texts"] for each in row["summary"]] == [each["texts"] for each in line["summary"]]
        for block, told in zip(row["blocks"], line["blocks"], strict=True):
            assert block["texts"]["fr"] == told["text"] and block["parts"] == told["parts"]
            for lang, translation in told["translations"].items():
                assert block["texts"][lang] == translation["text"]
        told_segments = [
            (block["index"], lang, each["source"], each["target"], each["origin"], len(each["findings"]))
            for block in line["blocks"]
            for lang, translation in block["translations"].items()
            for each in translation["segments"]
        ]
        assert told_segments == [
            (s["block"], s["lang"], s["source"], s["target"], s["origin"], len(s["findings"]))
            for s in row["segments"]
        ]
        assert sum(count for _, count in row["flags"]) == sum(found for *_, found in told_segments) > 0


def test_the_documented_schema_is_the_one_that_is_written(wire: Path, room: Path) -> None:
    job([wire], room / "out", combined=[room / "all.parquet"])
    schema = pq.read_schema(room / "all.parquet")
    section = PAGE.read_text("utf-8").partition("### The schema of the Parquet file")[2]
    documented = re.findall(r"^\| `(\w+)` \|", section.partition("##")[0], re.MULTILINE)
    assert documented == schema.names
    assert schema.metadata[b"schema"] == b"translate-batch/1" and b"`translate-batch/1`" in section.encode()


def test_it_is_read_again_as_input(wire: Path, room: Path) -> None:
    """What one job writes, another can begin with: the French of the first block, for example."""
    import pyarrow

    job([wire], room / "out", combined=[room / "all.parquet"])
    rows = pq.read_table(room / "all.parquet").to_pylist()
    texts = [row["blocks"][0]["texts"]["fr"] for row in rows]
    table = pyarrow.table({"id": [row["id"] for row in rows], "corps": texts, "n": range(len(rows))})
    pq.write_table(table, room / "in.parquet")
    report = job(
        [room / "in.parquet"], room / "again", text_column="corps", combined=[room / "again.parquet"]
    )
    assert (report.done, report.failed) == (8, 0)
    again = pq.read_table(room / "again.parquet").to_pylist()
    assert [json.loads(row["columns"])["n"] for row in again] == list(range(8))
    assert again[0]["id"] == "in.parquet#matin/brief01.txt"


def test_many_row_groups_and_the_same_bytes_each_time(
    wire: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translate.batch.parquet._ROWS", 3)
    for name in ("a", "b"):
        job([wire], room / name, combined=[room / f"{name}.parquet"])
    assert (room / "a.parquet").read_bytes() == (room / "b.parquet").read_bytes()
    assert pq.ParquetFile(room / "a.parquet").metadata.num_row_groups == 3
    assert pq.read_table(room / "a.parquet").num_rows == 8


def test_no_document_is_an_empty_table(room: Path) -> None:
    (room / "empty.txt").write_bytes(b"")
    report = job([room / "empty.txt"], room / "out", combined=[room / "all.parquet"])
    assert report.failed == 1 and pq.read_table(room / "all.parquet").num_rows == 0


def test_half_of_a_surrogate_pair(room: Path) -> None:
    """In a column it stays; in an id it is written out."""
    text = "Le ministre a parlé mercredi de la paix dans le pays."
    row = json.dumps({"id": "\ud800", "text": text, "tag": "\udc00"})
    (room / "t.jsonl").write_text(f"{row}\n")
    report = job([room / "t.jsonl"], room / "out", combined=[room / "all.parquet", room / "all.jsonl"])
    assert (report.done, report.failed) == (1, 0)
    (found,) = pq.read_table(room / "all.parquet").to_pylist()
    assert found["id"] == "t.jsonl#\\ud800" and json.loads(found["columns"])["tag"] == "\udc00"


def test_shards_have_files_of_their_own(wire: Path, room: Path) -> None:
    reports = [job([wire], room / "out", shard=Shard(n, 2), combined=[room / "all.parquet"]) for n in (1, 2)]
    rows = [pq.read_table(room / f"all-{n}-of-2.parquet").num_rows for n in (1, 2)]
    assert rows == [report.done for report in reports] and sum(rows) == 8


def test_a_parquet_file_that_is_not_ours_stays(wire: Path, room: Path) -> None:
    (room / "all.parquet").write_bytes(b"mine")
    with pytest.raises(OutputError, match="did not write it"):
        job([wire], room / "out", combined=[room / "all.parquet"])
    assert (room / "all.parquet").read_bytes() == b"mine"
