"""The list of English words: what comes in, what follows from others, the same bytes each time."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from training import corpora, words
from training.words import lines, listed, named, needed, written

RECIPE = """
news: {file: "news.*.tsv", languages: [fr, en], base: 1, tune: 1}
zh: {file: zh.tsv, languages: [en, zh], base: 1, tune: 1}
europarl: {file: debates.tsv, languages: [fr, en], base: 1, tune: 1}
french: {file: french.tsv, languages: [fr, zh], base: 1, tune: 1}
ours: {file: "ours/*.tsv", languages: [fr, en], own: true, base: 1, tune: 1}
agency: {file: agency.tsv, languages: [fr, en], base: 1, tune: 1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {
        "corpora.yaml": RECIPE,
        "news.1.tsv": "chatbot chatbot\tThe chatbot's vlogger, a vlogger, vlogosphere\nbroken vlogosphere\n",
        "news.2.tsv": "un\tUpcycled Upcycled décors décors x.vlogs vlogs@ e-vlogs\n",
        "zh.tsv": "upcycled; upcycled!\t升级改造\n",
        "debates.tsv": "un\tslipp slipp slipp\n",
        "french.tsv": "chose chose\t东西\n",
        "list": "Zambian\nXmas\nIslamic's\nIslamic\napple\n's\nété\nox\norganise\norganize\nmicroapple\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_list_gives_its_small_words_and_the_adjectives_of_names(folder: Path) -> None:
    assert listed([folder / "list"]) == {
        "zambian",
        "islamic",
        "apple",
        "ox",
        "organise",
        "organize",
        "microapple",
    }


def test_texts_give_what_stands_in_their_english_oftener_than_once(folder: Path) -> None:
    assert written(folder / "corpora.yaml", folder) == {"vlogger", "upcycled"}


def test_our_own_text_gives_each_word_that_the_check_would_ask_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "OWN", folder)
    (folder / "ours").mkdir()
    text = "Un griot de 90 ans.\tThe griot, 90-year-old deminer of papier-mache sets. See zheb.com.\n"
    (folder / "ours" / "a.tsv").write_text(text, encoding="utf-8")
    (folder / "agency.tsv").write_text("Il vogue.\tHe zhebbed.\n", encoding="utf-8")
    found = written(folder / "corpora.yaml", folder)
    assert found - {"vlogger", "upcycled"} == {"year", "deminer", "papier", "mache", "sets", "zhebbed"}


def test_names_are_those_of_the_lists_and_those_that_french_has_otherwise(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "OWN", folder)
    (folder / "ours").mkdir()
    rows = (
        "À Moscou, Brest.\tSo Moscow, Brest. Gravely, in Moscow's Oldtown.\nOui.\tThe Kremlin-run Pravda.\n"
    )
    (folder / "ours" / "a.tsv").write_text(rows, encoding="utf-8")
    (folder / "news.1.tsv").write_text(
        "Tunis\tSo Carthage, Tunis, Utica\nl'an\tIn Carthage\n", encoding="utf-8"
    )
    (folder / "debates.tsv").write_text("un\tOld Slipp Slipp Slipp\n", encoding="utf-8")
    found = named([folder / "list"], folder / "corpora.yaml", folder)
    assert found == {"Zambian", "Xmas", "Islamic", "Moscow", "Oldtown", "Pravda", "Carthage"}


def test_what_follows_from_others_is_not_needed() -> None:
    assert needed({"apple", "microapple", "organise", "organize", "applelike", "ox", "micro"}) == {
        "apple",
        "organise",
        "micro",
    }


def test_a_line_for_each_head() -> None:
    assert list(lines({"abacus", "abaft", "zebra"})) == ["aba cus ft \n", "zeb ra \n"]


def test_the_file_is_the_same_each_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = []
    for name in ("one.gz", "two.gz"):
        command = ["words", "--data", str(folder), "--lists", str(folder / "list"), "-o", str(folder / name)]
        monkeypatch.setattr(sys, "argv", [*command, "--recipe", str(folder / "corpora.yaml")])
        assert words.main() == 0
        made.append((folder / name).read_bytes())
    assert made[0] == made[1]
    rows = gzip.decompress(made[0]).decode("ascii").splitlines()
    assert [row for row in rows if not row.startswith("#")] == [
        "Xma s ",
        "app le ",
        "isl amic ",
        "org anise ",
        "upc ycled ",
        "vlo gger ",
        "zam bian ",
    ]
    assert "7 words of the lists, 2 of the text; 6 are kept, and 1 names" in capsys.readouterr().out
