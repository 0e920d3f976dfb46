"""The lexicon: what stands for a French word often enough, in the words of more than one sentence."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from training import lexicon
from training.corpora import load_corpora
from training.lexicon import Listed, kept, lines, of_lemmas
from training.links import Entry, Meaning, Sentence, entries, read
from translate.domain import Lang

RECIPE = """
agency: {file: agency.tsv, languages: [fr, en, zh], base: 1, tune: 1}
europarl: {file: debates.tsv, languages: [fr, en], base: 1, tune: 1}
acts: {file: acts.tsv, languages: [fr, en], base: 1, tune: 1}
chinese: {file: chinese.tsv, languages: [fr, zh], base: 1, tune: 1}
"""
PLACES = (
    ("Lyon", "里昂"),
    ("Thiès", "捷斯"),
    ("Dakar", "达喀尔"),
    ("Gand", "根特"),
    ("Oran", "奥兰"),
    ("Turin", "都灵"),
)
DONE = (
    ("ferme", "closes", "关闭"),
    ("brûle", "burns", "着火"),
    ("rouvre", "reopens", "重开"),
    ("embauche", "hires", "招聘"),
)
WHAT = (
    ("cimenterie", "cement works", "工厂"),
    ("gare", "station", "车站"),
    ("piscine", "swimming pool", "泳池"),
)
ROWS = [
    (
        f"La {french} de {town} {does}.",
        f"The {english} in {town} {is_doing}.",
        f"{chinese}在{city}{doing}。",
    )
    for french, english, chinese in WHAT
    for does, is_doing, doing in DONE
    for town, city in PLACES
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = {
        "corpora.yaml": RECIPE,
        "agency.tsv": "".join("\t".join(row) + "\n" for row in ROWS),
        "debates.tsv": "".join(f"Monsieur {n} parle.\tMr {n} speaks.\n" for n in range(9)),
        "acts.tsv": "La gare aux fins du présent alinéa.\tThe siding for this paragraph.\n",
        "chinese.tsv": "La gare.\t车站。\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def pairs(folder: Path, target: Lang = Lang.EN, held_out: frozenset[str] = frozenset()) -> list[Sentence]:
    return list(read(load_corpora(folder / "corpora.yaml"), folder, held_out, target))


def test_news_counts_more_than_debates_of_which_a_part_is_read_and_statutes_not_at_all(folder: Path) -> None:
    found = pairs(folder)
    assert len(found) == len(ROWS) + 3
    assert found[0].french == ["La", "cimenterie", "de", "Lyon", "ferme", "."]
    assert found[0].other == ["The", "cement", "works", "in", "Lyon", "closes", "."]
    assert (found[0].weight, found[-1].weight) == (3, 1)
    assert found[-1].french == ["Monsieur", "6", "parle", "."]


def test_chinese_is_read_sign_by_sign(folder: Path) -> None:
    found = pairs(folder, Lang.ZH)
    assert len(found) == len(ROWS) + 1
    assert found[0].other == ["工", "厂", "在", "里", "昂", "关", "闭", "。"]


def test_a_pair_of_a_development_set_is_left_out(folder: Path) -> None:
    held_out = frozenset({"lacimenteriedelyonferme"})
    assert len(pairs(folder, held_out=held_out)) == len(ROWS) + 2


def test_a_word_or_a_phrase_stands_for_a_word(folder: Path) -> None:
    found = entries(pairs(folder), Lang.EN)
    best = {word: max(found[word].meanings, key=lambda one: one.weight).text for word in found}
    wanted = {french: english for french, english, _ in WHAT} | {"brûle": "burns", "Turin": "Turin"}
    assert {word: best[word] for word in wanted} == wanted
    assert found["gare"].weight == 3 * len(DONE) * len(PLACES)


def test_so_do_signs(folder: Path) -> None:
    listed = {one.word: one.meanings[0] for one in kept(entries(pairs(folder, Lang.ZH), Lang.ZH), Lang.ZH)}
    assert {word: listed[word] for word, *_ in WHAT} == {word: chinese for word, _, chinese in WHAT}


def listed(*those: Meaning, word: str = "mot", target: Lang = Lang.EN) -> list[str]:
    other = Entry(100, (Meaning("other", 100, 50),))
    found = {one.word: one.meanings for one in kept({word: Entry(50, those), "autre": other}, target)}
    return list(found.get(word, ()))


def test_what_is_said_often_comes_first() -> None:
    assert listed(Meaning("word", 3, 3), Meaning("term", 9, 3), Meaning("remark", 8, 2)) == [
        "term",
        "remark",
        "word",
    ]


def test_what_stands_for_much_else_comes_later() -> None:
    assert listed(Meaning("other", 9, 5), Meaning("word", 8, 4)) == ["word", "other"]


@pytest.mark.parametrize(
    "one",
    [
        Meaning("remark", 3, 1),  # in one sentence
        Meaning("remark", 0.9, 3),  # seldom
        Meaning("", 9, 9),  # more than a phrase
        Meaning("wordd", 9, 9),  # no word
        Meaning("9 to 5", 9, 9),
        Meaning("other", 2, 2),  # what stands for something else
        Meaning("字词", 9, 9),
    ],
)
def test_what_may_be_chance_is_left_out(one: Meaning) -> None:
    assert listed(Meaning("word", 9, 9), one) == ["word"]


def test_a_single_sign_means_too_much() -> None:
    assert listed(Meaning("词", 9, 9), Meaning("字词", 9, 9), Meaning("word", 9, 9), target=Lang.ZH) == [
        "字词"
    ]


def test_small_words_have_no_place_in_it() -> None:
    assert listed(Meaning("of", 9, 9), word="de") == []
    assert listed(Meaning("Libyan", 9, 9), word="libyenne") == ["Libyan"]


def test_names_are_listed_where_the_target_writes_them_otherwise() -> None:
    assert listed(Meaning("London", 9, 9), word="Londres") == ["London"]
    assert listed(Meaning("Paris", 9, 9), Meaning("Paris court", 5, 3), word="Paris") == []
    assert listed(Meaning("Edouard", 9, 9), word="Édouard") == []
    assert listed(Meaning("伦敦", 9, 9), word="Londres", target=Lang.ZH) == ["伦敦"]
    assert listed(Meaning("London", 9, 9), word="LONDRES") == []


def test_names_that_are_no_more_than_likely_are_left_out() -> None:
    some = [Meaning(text, 3, 3) for text in ("London", "city", "capital")]
    assert listed(*some, word="Londres") == []
    assert sorted(listed(*some, word="londonien")) == ["London", "capital", "city"]


@pytest.mark.parametrize(
    ("entry", "rare"),
    [
        (Entry(50, (Meaning("word", 9, 9), Meaning("term", 3, 3))), True),
        (Entry(500, (Meaning("word", 9, 9),)), False),  # the model knows it
        (Entry(50, tuple(Meaning(text, 3, 3) for text in ("word", "term", "remark", "vow"))), False),
    ],
)  # fmt: skip
def test_rare_is_what_is_seldom_read_and_has_a_sure_meaning(entry: Entry, rare: bool) -> None:
    assert [one.is_rare for one in kept({"mot": entry}, Lang.EN)] == [rare]


def test_chinese_knows_a_form_of_a_word_by_the_others() -> None:
    found = {
        "ratifier": Entry(300, (Meaning("批准", 9, 9),)),
        "ratifié": Entry(9, (Meaning("批准", 3, 1), Meaning("通过", 3, 1))),  # not sure by itself
        "ratifiant": Entry(9, (Meaning("认可", 3, 2),)),
        "Londres": Entry(9, (Meaning("伦敦", 9, 9),)),
    }
    rows = set(of_lemmas(found, ["ratifié", "ratifiées", "gare", "la"], Lang.ZH))
    assert rows == {
        Listed("ratifier", False, ("批准",)),  # the model knows it
        Listed("ratifié", True, ("批准", "认可")),
        Listed("ratifiant", True, ("认可",)),
        Listed("ratifiées", True, ("批准", "认可")),
        Listed("Londres", True, ("伦敦",)),
    }


def test_words_are_listed_by_their_heads() -> None:
    those = [
        Listed("motif", True, ("pattern",)),
        Listed("moteur", False, ("engine", "motor")),
        Listed("lac", True, ("lake",)),
    ]
    assert list(lines(those)) == ["lac\t!lake\n", "mot\teur:engine|motor\tif!pattern\n"]


def test_the_files_are_the_same_each_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        command = ["lexicon", "--data", str(folder), "--recipe", str(folder / "corpora.yaml")]
        monkeypatch.setattr(sys, "argv", [*command, "-o", str(folder / name)])
        assert lexicon.main() == 0
        made.append({path.name: path.read_bytes() for path in sorted((folder / name).iterdir())})
    assert made[0] == made[1]
    assert list(made[0]) == ["lexicon.en.txt.gz", "lexicon.zh.txt.gz"]
    assert "\ncim\tenterie!cement works\n" in gzip.decompress(made[0]["lexicon.en.txt.gz"]).decode()
    assert "enterie!工厂" in gzip.decompress(made[0]["lexicon.zh.txt.gz"]).decode()
