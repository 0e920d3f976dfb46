"""The documented examples run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import BRIEF

PAGE = Path(__file__).parents[2] / "docs/batch.md"


def test_the_examples_run(
    tiny: Path, room: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (room / "wire").mkdir()
    (room / "wire/brief.txt").write_text(BRIEF, encoding="utf-8")
    (room / "wire/bad.txt").write_bytes(b"")
    monkeypatch.chdir(room)
    monkeypatch.setenv("TRANSLATE_MODELS", str(tiny))
    monkeypatch.setenv("TRANSLATE_HOME", str(room / "store"))
    names: dict[str, object] = {"__name__": "__main__"}
    examples = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for number, example in enumerate(examples, start=1):
        exec(compile(example, f"docs/batch.md, example {number}", "exec"), names)
    printed = capsys.readouterr().out
    assert len(examples) == 4
    assert "1 with two processes" in printed and (room / "all.jsonl").exists()
    assert "1 0 1" in printed and "bad.txt: there is no text in it" in printed
    assert printed.rstrip().endswith("[1]")
    assert (room / "out/brief.json").exists() and (room / "out/brief.txt").exists()
