"""`translate batch`: what it says, where it says it, and how it ends."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import BRIEF, Run, start
from translate.cli.boundary import INTERRUPTED


@pytest.fixture
def wire() -> Path:
    folder = Path("wire")
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(BRIEF, encoding="utf-8")
    return folder


def test_a_job_and_the_same_job_again(run: Run, wire: Path, tiny: Path) -> None:
    (wire / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    arguments = ["batch", wire, "-o", "out", "--models", tiny, "-f", "json", "-f", "txt", "--to", "en"]
    first = run(*arguments, "--jsonl", "all.jsonl", "--beam", "1")
    assert (first.exit_code, first.stdout) == (6, "")
    assert "3 documents: 2 done, 0 skipped, 1 failed" in first.stderr
    assert "failed: bad.txt: " in first.stderr and "a PNG picture" in first.stderr
    assert "error: 1 of 3 documents failed" in first.stderr and "hint: out/report.json" in first.stderr
    assert sorted(path.name for path in Path("out").iterdir() if path.name[0] != ".") == [
        "a.json",
        "a.txt",
        "b.json",
        "b.txt",
        "quarantine",
        "report.json",
    ]
    assert "they are in out/quarantine" in " ".join(first.stderr.split())
    assert [json.loads(line)["id"] for line in Path("all.jsonl").read_text("utf-8").splitlines()] == [
        "a.txt",
        "b.txt",
    ]
    assert Path("out/quarantine/documents/bad.txt").read_bytes() == b"\x89PNG\r\n\x1a\n"
    (wire / "bad.txt").unlink()
    again = run(*arguments, "--jsonl", "all.jsonl", "--beam", "1", "--quiet")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")
    assert json.loads(Path("out/report.json").read_bytes())["skipped"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["wire"], 2, "--output"),
        (["-o", "out"], 2, "PATH"),
        (["wire", "-o", "out", "--shard", "3"], 2, "write 3/8"),
        (["wire", "-o", "out", "--shard", "9/8"], 2, "there is no shard 9 of 8"),
        (["wire", "-o", "out", "--format", "jsno"], 2, "did you mean json?"),
        (["wire", "-o", "out", "--parquet", "all.jsonl"], 2, "its name ends with .parquet"),
        (["wire", "-o", "out", "--jsonl", "all.parquet"], 2, "use --parquet"),
        (["wire", "-o", "out", "--processes", "0"], 2, "write 4, or 1:4"),
        (["wire", "-o", "out", "--processes", "4:1", "--cluster", "local"], 2, "write 4, or 1:4"),
        (["wire", "-o", "out", "--processes", "1:4"], 2, "a range is for --cluster"),
        (["wire", "-o", "out", "--quarantine", "q", "--no-quarantine"], 2, "one or the other"),
        (["wire", "-o", "out", "--fetch"], 2, "this is for --cluster"),
        (["wire", "-o", "out", "--cluster", "local", "--memory"], 2, "no memory in common"),
    ],
)
def test_a_job_that_is_not_understood(
    run: Run, wire: Path, arguments: list[str], code: int, message: str
) -> None:
    result = run("batch", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert not Path("out").exists()


def test_a_job_that_cannot_begin(run: Run, wire: Path, tiny: Path) -> None:
    result = run("batch", "gone", "-o", "out", "--models", tiny, "--to", "en")
    assert (result.exit_code, result.stderr) == (3, "error: gone: no such file or folder\n")
    Path("file").write_text("")
    result = run("batch", wire, "-o", "file", "--models", tiny, "--to", "en")
    assert result.exit_code == 1 and result.stderr.startswith("error: file: ")


def test_one_file_for_all_with_two_processes(run: Run, wire: Path, tiny: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    options = ["--models", tiny, "--to", "en", "--beam", "1"]
    result = run("batch", wire, "-o", "out", *options, "--parquet", "all.parquet", "--processes", "2")
    assert (result.exit_code, result.stdout) == (0, "")
    rows = parquet.read_table("all.parquet").to_pylist()
    assert [row["id"] for row in rows] == ["a.txt", "b.txt"]
    assert not list(Path("out").glob("*.txt")) and not list(Path("out").glob("a.*"))
    alone = run("batch", wire, "-o", "alone", *options, "--parquet", "alone.parquet")
    assert alone.exit_code == 0
    assert Path("alone.parquet").read_bytes() == Path("all.parquet").read_bytes()


@pytest.mark.parametrize(
    ("options", "hidden", "extra"),
    [
        (["--parquet", "all.parquet"], "pyarrow", "parquet"),
        (["--cluster", "local"], "ray", "cluster"),
    ],
)
def test_what_is_not_installed_is_told_first(
    run: Run,
    wire: Path,
    tiny: Path,
    options: list[str],
    hidden: str,
    extra: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (hidden, f"{hidden}.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    result = run("batch", wire, "-o", "out", "--models", tiny, "--to", "en", *options)
    assert result.exit_code in (1, 5)
    assert f"hint: pip install 'translate-dispatch[{extra}]'" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_says_how_to_go_on(tiny: Path) -> None:
    folder = Path("wire")
    folder.mkdir()
    for n in range(400):
        text = "\n\n".join(f"Le ministre numéro {n}-{m} a parlé de la paix dans le monde." for m in range(20))
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    process = start("batch", "wire", "-o", "out", "--models", tiny)
    give_up = time.monotonic() + 60
    while not Path("out/.translate/all/journal.db").exists() and time.monotonic() < give_up:
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (INTERRUPTED, b"")
    assert err.decode().splitlines()[-2:] == [
        "note: what is done stays done; the same command goes on from here",
        "interrupted",
    ]
    assert not Path("out/report.json").exists()
