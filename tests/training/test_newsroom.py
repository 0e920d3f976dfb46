"""The sentences that come with the recipe: three cells a line, none twice, translations of one another."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from training.corpora import OWN, Corpus, held_out_keys, is_pair, key, load_corpora, normalise, read_rows
from translate.domain import Lang
from translate.text.checks import check

LANGUAGES = (Lang.FR, Lang.EN, Lang.ZH)
FILES = sorted((OWN / "newsroom").glob("*.tsv"))
DEVELOPMENT = Path(__file__).parents[3] / "shared" / "data" / "domain" / "dev.tsv"
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]")
TYPED = re.compile(r"\s{2,}|\u00ad|[\u200b-\u200f\ufeff\ufffd]")


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    return [tuple(line.split("\t")) for file in FILES for line in lines(file)]


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").removesuffix("\n").split("\n")


@pytest.mark.parametrize("recipe", ["corpora.yaml", "deep/corpora.yaml"])
def test_every_recipe_finds_them_without_any_other_text(recipe: str, tmp_path: Path) -> None:
    entries = {corpus.name: corpus for corpus in load_corpora(OWN / recipe)}
    assert entries["newsroom"].files(tmp_path) == FILES and FILES
    assert not entries["agency"].files(tmp_path)
    assert len(list(read_rows(entries["newsroom"], tmp_path))) == sum(map(len, map(lines, FILES)))


def test_text_from_elsewhere_is_looked_for_below_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "newsroom").mkdir()
    theirs = tmp_path / "newsroom" / "a.tsv"
    theirs.write_text("un\tone\t一\n", encoding="utf-8")
    assert Corpus("theirs", "newsroom/*.tsv", LANGUAGES, 1, 1).files(tmp_path) == [theirs]


def test_each_line_is_a_sentence_in_three_languages(rows: list[tuple[str, ...]]) -> None:
    assert {len(row) for row in rows} == {3}
    assert [row for row in rows if any(cell != cell.strip() or not cell for cell in row)] == []
    assert [row for row in rows if TYPED.search("\n".join(row))] == []


def test_nothing_is_thrown_away_as_no_translation(rows: list[tuple[str, ...]]) -> None:
    cells = [[normalise(cell, lang) for cell, lang in zip(row, LANGUAGES, strict=True)] for row in rows]
    assert [row for row in cells if not is_pair(row[0], row[1], (Lang.FR, Lang.EN))] == []
    assert [row for row in cells if not is_pair(row[0], row[2], (Lang.FR, Lang.ZH))] == []


def test_no_sentence_stands_there_twice(rows: list[tuple[str, ...]]) -> None:
    counts = Counter(key(row[0]) for row in rows)
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_chinese_has_chinese_marks(rows: list[tuple[str, ...]]) -> None:
    assert [row[2] for row in rows if HALF_WIDTH.search(row[2])] == []


@pytest.mark.parametrize(("lang", "column"), [(Lang.EN, 1), (Lang.ZH, 2)])
def test_numbers_names_and_dates_are_those_of_the_french(
    rows: list[tuple[str, ...]], lang: Lang, column: int
) -> None:
    """Every 20th line. Good translations are flagged now and then; see `docs/checks.md`."""
    some = rows[::20]
    flagged = [row for row in some if any(f.severity == "error" for f in check(row[0], row[column], lang))]
    assert len(flagged) <= len(some) * 0.02, flagged


@pytest.mark.shared
@pytest.mark.skipif(not DEVELOPMENT.is_file(), reason="the development set is not beside the checkout")
def test_the_development_set_is_not_among_them(rows: list[tuple[str, ...]]) -> None:
    held_out = held_out_keys([DEVELOPMENT])
    assert [row for row in rows if any(key(cell) in held_out for cell in row)] == []
