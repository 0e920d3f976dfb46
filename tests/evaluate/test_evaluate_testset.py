"""Reading test sets: what is accepted, what is refused, and with which file and line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import translate.evaluate as ev
from translate.domain import Lang
from translate.errors import InputError
from translate.text.tags import best_match, language_of

FR = ["Bonjour.", "« Oui », dit-il.", "À bientôt."]
EN = ["Hello.", '"Yes," he said.', "See you soon."]
ZH = ["你好。", "他说：“是。”", "再见。"]


def lines(path: Path, texts: list[str], encoding: str = "utf-8", end: str = "\n") -> Path:
    path.write_bytes((end.join(texts) + end).encode(encoding))
    return path


def rows(path: Path, *columns: list[str]) -> Path:
    return lines(path, ["\t".join(cells) for cells in zip(*columns, strict=True)])


def read_pair(folder: Path) -> ev.TestSet:
    return ev.TestSet.read(lines(folder / "news.fr", FR), lines(folder / "news.en", EN))


def fails(path: Path, *more: Path, columns: tuple[str, str] | None = None) -> str:
    with pytest.raises(InputError) as caught:
        ev.TestSet.read(path, *more, columns=columns)
    return str(caught.value)


def test_a_pair_of_files(tmp_path: Path) -> None:
    testset = read_pair(tmp_path)
    assert testset.name == "news"
    assert testset.sources == tuple(FR)
    assert testset.references == tuple(EN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends_change_nothing(tmp_path: Path, encoding: str, end: str) -> None:
    other = ev.TestSet.read(
        lines(tmp_path / "other.fr", FR, encoding, end), lines(tmp_path / "other.en", EN, encoding, end)
    )
    plain = read_pair(tmp_path)
    assert (other.sources, other.references) == (plain.sources, plain.references)
    assert other.digest == plain.digest


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x85", "\x1c", "\r"])
def test_only_a_line_feed_ends_a_line(tmp_path: Path, separator: str) -> None:
    source = lines(tmp_path / "a.fr", [f"Un{separator}deux", "Trois"])
    testset = ev.TestSet.read(source, lines(tmp_path / "a.en", ["One two", "Three"]))
    assert testset.sources == (f"Un{separator}deux", "Trois")


def test_a_last_line_without_line_feed_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.en"
    path.write_text("One\nTwo", encoding="utf-8")
    assert ev.read_lines(path) == ["One", "Two"]


def test_unequal_files_name_the_first_line_without_partner(tmp_path: Path) -> None:
    message = fails(lines(tmp_path / "a.fr", FR), lines(tmp_path / "a.en", EN[:2]))
    assert message == f"{tmp_path / 'a.en'}:3: has 2 lines, but {tmp_path / 'a.fr'} has 3"


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0", "\u3000"])
def test_an_empty_line_is_refused_with_its_number(tmp_path: Path, blank: str) -> None:
    message = fails(lines(tmp_path / "a.fr", FR), lines(tmp_path / "a.en", [EN[0], blank, EN[2]]))
    assert message == f"{tmp_path / 'a.en'}:2: an empty line"


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    message = fails(lines(tmp_path / "a.fr", FR, "cp1252"), lines(tmp_path / "a.en", EN))
    assert message.startswith(f"{tmp_path / 'a.fr'}:2: not valid UTF-8")


def test_binary_missing_and_empty_files(tmp_path: Path) -> None:
    english = lines(tmp_path / "a.en", EN)
    binary, empty = tmp_path / "binary.fr", tmp_path / "empty.fr"
    binary.write_bytes(b"a\nb\0c\n")
    empty.touch()
    assert f"{binary}:2: a binary file" in fails(binary, english)
    assert "the file is empty" in fails(empty, english)
    assert "No such file" in fails(tmp_path / "none.fr", english)
    assert "directory" in fails(tmp_path, english).lower()


def test_one_text_file_is_not_a_set(tmp_path: Path) -> None:
    assert "references are missing" in fails(lines(tmp_path / "a.fr", FR))


def test_columns_of_a_table_by_number(tmp_path: Path) -> None:
    table = rows(tmp_path / "dev.tsv", FR, EN, ZH)
    testset = ev.TestSet.read(table, columns=("1", "3"))
    assert (testset.sources, testset.references) == (tuple(FR), tuple(ZH))


@pytest.mark.parametrize("columns", [("fr", "zh"), ("fr-FR", "zh-CN"), ("fra", "cmn")])
def test_columns_of_a_table_by_name(tmp_path: Path, columns: tuple[str, str]) -> None:
    header = [columns[0]], ["en"], [columns[1]]
    table = rows(tmp_path / "dev.tsv", header[0] + FR, header[1] + EN, header[2] + ZH)
    assert ev.TestSet.read(table, columns=columns).references == tuple(ZH)


def test_a_short_name_finds_a_long_one(tmp_path: Path) -> None:
    table = rows(tmp_path / "dev.tsv", ["fr-FR", *FR], ["zh-TW", *EN], ["zh-CN", *ZH])
    assert ev.TestSet.read(table, columns=("fr", "zh")).references == tuple(ZH)


def test_numbers_skip_a_header_that_names_languages(tmp_path: Path) -> None:
    table = rows(tmp_path / "dev.tsv", ["fr", *FR], ["en", *EN])
    assert ev.TestSet.read(table, columns=("1", "2")).sources == tuple(FR)
    assert ev.TestSet.read(table).sources == tuple(FR)


def test_quotes_in_a_table_are_text(tmp_path: Path) -> None:
    table = rows(tmp_path / "dev.tsv", ['"Oui', "Non"], ['"Yes', "No"])
    assert ev.TestSet.read(table).references == ('"Yes', "No")


def test_two_columns_need_no_choice_but_three_do(tmp_path: Path) -> None:
    assert len(ev.TestSet.read(rows(tmp_path / "two.tsv", FR, EN))) == 3
    assert "three.tsv:1: 3 columns" in fails(rows(tmp_path / "three.tsv", FR, EN, ZH))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (("1", "4"), ":1: no column 4: columns are 1 to 3"),
        (("0", "1"), ":1: no column 0: columns are 1 to 3"),
        (("2", "2"), "source and reference are both column 2"),
        (("fr", "de"), ":1: no column named 'fr'"),
    ],
)
def test_wrong_columns(tmp_path: Path, columns: tuple[str, str], message: str) -> None:
    assert message in fails(rows(tmp_path / "dev.tsv", FR, EN, ZH), columns=columns)


def test_a_row_of_another_width_is_refused(tmp_path: Path) -> None:
    table = lines(tmp_path / "dev.tsv", ["a\tb", "c\td\te"])
    assert fails(table) == f"{table}:2: 3 columns, but the first line has 2"


def test_an_empty_cell_is_refused(tmp_path: Path) -> None:
    table = lines(tmp_path / "dev.tsv", ["fr\ten", "a\tb", "c\t "])
    assert fails(table, columns=("fr", "en")) == f"{table}:3: column 2 is empty"


def test_a_header_alone_is_refused(tmp_path: Path) -> None:
    assert "a header and no segments" in fails(lines(tmp_path / "dev.tsv", ["fr\ten"]), columns=("fr", "en"))


def test_the_hash_is_documented_and_the_same_for_every_format(tmp_path: Path) -> None:
    pair = read_pair(tmp_path)
    table = ev.TestSet.read(rows(tmp_path / "dev.tsv", FR, EN))
    text = "".join(f"{fr}\t{en}\n" for fr, en in zip(FR, EN, strict=True))
    assert pair.digest == table.digest == hashlib.sha256(text.encode()).hexdigest()


def test_the_hash_ignores_white_space_and_composition_only() -> None:
    plain = ev.TestSet("a", ("Déjà vu",), ("Seen",))
    assert ev.TestSet("b", ("De\u0301ja\u0300  vu ",), ("Seen",)).digest == plain.digest
    assert ev.TestSet("a", ("Deja vu",), ("Seen",)).digest != plain.digest
    assert ev.TestSet("a", ("Déjà vu",), ("seen",)).digest != plain.digest
    assert ev.TestSet("a", None, ("Seen",)).digest != plain.digest


def test_the_hash_sees_the_order() -> None:
    assert ev.TestSet("a", ("1", "2"), ("a", "b")).digest != ev.TestSet("a", ("2", "1"), ("b", "a")).digest


def test_a_set_in_memory_is_checked_too() -> None:
    with pytest.raises(InputError, match="no segments"):
        ev.TestSet("a", (), ())
    with pytest.raises(InputError, match="2 sources but 1 references"):
        ev.TestSet("a", ("x", "y"), ("z",))
    with pytest.raises(InputError, match="source 2 is empty"):
        ev.TestSet("a", ("x", " "), ("y", "z"))
    with pytest.raises(InputError, match="reference 1 is empty"):
        ev.TestSet("a", None, ("", "z"))


@pytest.mark.parametrize(
    ("wanted", "tags", "best"),
    [
        ("fr", ["en", "fr-FR"], "fr-FR"),
        ("fr", ["fr-CA", "FR"], "FR"),
        ("zh", ["zh-TW", "zh-CN"], "zh-CN"),
        ("zh", ["zh_Hant", "cmn-Hans"], "cmn-Hans"),
        ("zh", ["zh-TW"], "zh-TW"),
        ("zh-TW", ["zh-CN", "zh"], None),
        ("zh-Hant", ["zh-Hans", "zh-Hant-HK"], "zh-Hant-HK"),
        ("en", ["eng"], "eng"),
        ("fr", ["frp", "fro"], None),
    ],
)
def test_language_tags(wanted: str, tags: list[str], best: str | None) -> None:
    assert best_match(wanted, tags) == best


@pytest.mark.parametrize(
    ("label", "lang"),
    [("news.en", Lang.EN), ("a/b.zh-CN", Lang.ZH), ("fr-FR", Lang.FR), ("news.txt", None), ("1", None)],
)
def test_language_of_a_label(label: str, lang: Lang | None) -> None:
    assert language_of(label) == lang


SETS = [Path(__file__).parents[3] / "shared" / folder for folder in ("eval", "data")]
SIZES = {"flores-dev": 997, "newstest2013": 3000, "un-dev": 1000, "domain/dev": 424}


@pytest.mark.shared
@pytest.mark.skipif(not all(folder.is_dir() for folder in SETS), reason="the measuring texts are not here")
@pytest.mark.parametrize("name", ev.SUITE)
def test_the_development_sets_are_read_whole(name: str) -> None:
    testset = ev.find_set(name, Lang.EN, SETS)
    assert isinstance(testset, ev.TestSet)
    assert (len(testset), testset.notices) == (SIZES[name], ())
