"""The signs that Chinese writes twice in a row: counted in the Chinese of all texts, slips left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from training import twins
from training.twins import chinese, counted

RECIPE = """
news: {file: "news.*.tsv", languages: [fr, en, zh], base: 1, tune: 1}
english: {file: english.tsv, languages: [fr, en], base: 1, tune: 1}
press: {file: press.tsv, languages: [en, zh], base: 1, tune: 1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {
        "corpora.yaml": RECIPE,
        "news.1.tsv": "un\tone\t他常常来往，往往棕棕榈\n",
        "news.2.tsv": "un\t往往往往\t常常\nbroken 往往\n",
        "english.tsv": "un\t棕棕\n",
        "press.tsv": "one\t国国\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_places_are_counted_in_the_chinese_alone(folder: Path) -> None:
    found = counted(chinese(folder / "corpora.yaml", folder))
    assert found == {"常": 2, "往": 1, "棕": 1, "国": 1}


def test_what_stands_once_is_no_doubling(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "twins.txt"
    given = ["--data", str(folder), "--recipe", str(folder / "corpora.yaml"), "-o", str(out)]
    monkeypatch.setattr(sys, "argv", ["twins", *given])
    assert twins.main() == 0
    assert out.read_text(encoding="utf-8").split("[signs]\n")[1] == "常\n"
    assert capsys.readouterr().out == "1 of 4 signs that stand twice in a row at 5 places\n"
