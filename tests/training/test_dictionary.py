"""The dictionary: entries become forms, with English inflected alike; what is doubtful is left out."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest

from tests import lexicons
from training import dictionary
from training.dictionary import NAME, PARTS, Entry, French, of_phrases, of_words, read
from training.forms import words
from training.inflected import plural
from translate.domain import Lang
from translate.errors import InputError

AFF = """\
FLAG long
SFX a0 Y 9
SFX a0 er er/n'q' er po:infi
SFX a0 er ant/n'q' [^cg]er po:ppre
SFX a0 er e/n'q' [^y]er po:ipre po:spre po:1sg po:3sg
SFX a0 er ent er po:ipre po:3pl!
SFX a0 er ons [^g]er po:ipre po:1pl
SFX a0 er ait er po:iimp po:3sg
SFX a0 er era er po:ifut po:3sg
SFX a0 er èrent er po:ipsi po:3pl!
SFX a0 er é er po:ppas is:mas is:sg
SFX S. Y 2
SFX S. 0 0/D'Q' [^sxz] is:sg
SFX S. 0 s/D'Q' [^sxz] is:pl
SFX F+ Y 4
SFX F+ 0 0/L' [^sxz] is:mas is:sg
SFX F+ 0 s [^sxz] is:mas is:pl
SFX F+ 0 sse e is:fem is:sg
SFX F+ 0 sses e is:fem is:pl
"""
DIC = """\
13
crépiter/a0() po:v1_i____zz
nager/a0() po:v1_i____zz
vicomte/F+() po:nom
coup/S.() po:nom is:mas
nage/S.() po:nom is:fem
glycine/S.() po:nom is:fem
lasse po:adj is:fem
lasser/a0() po:v1_i____zz
thermique/S.() po:adj is:epi
passoire/S.() po:nom is:fem
corps po:nom is:mas is:inv
frôler/a0() po:v1_i____zz
jeter/a0() po:v1_i____zz
"""


@pytest.fixture
def french(tmp_path: Path) -> French:
    (tmp_path / "fr.aff").write_text(AFF, encoding="utf-8")
    (tmp_path / "fr.dic").write_text(DIC, encoding="utf-8")
    return French(words(tmp_path / "fr"))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons.use(monkeypatch, {"cou": "\tp:blow", "gly": "\tcines!wisteria"})


def test_an_adjective_behind_a_noun_has_its_plural_too(french: French) -> None:
    cells = set(
        of_phrases([Entry("passoire thermique", "n", "poorly insulated home", "高耗能住房")], french, Lang.EN)
    )
    assert {
        ("passoire thermique", "!poorly insulated home"),
        ("passoires thermiques", "!poorly insulated homes"),
    } <= cells
    told = Entry("passoire thermique", "n", "poorly insulated home", "高耗能住房", "passoires à chaleur")
    assert ("passoires à chaleur", "!poorly insulated homes") in set(of_phrases([told], french, Lang.EN))


def test_a_plural_that_the_newsroom_has_often_is_not_made(french: French, tmp_path: Path) -> None:
    (tmp_path / "some.tsv").write_text(
        "Des Passoires thermiques.\tx\ty\n" * 13 + "De la vie.\tx\ty\n", "utf-8"
    )
    known = dictionary.often(["passoires thermiques", "de la"], tmp_path)
    assert known == {"passoires thermiques"}
    taught = French(words(tmp_path / "fr"), known)
    assert taught.plural_of(Entry("passoire thermique", "n", "x", "x")) == ""


def test_what_is_written_alike_in_singular_and_plural_is_taken_for_one(french: French) -> None:
    cells = [
        *of_phrases(
            [Entry("corps sans vie", "n", "lifeless body", "遗体", "corps sans vie")], french, Lang.EN
        )
    ]
    assert cells == [("corps sans vie", "!lifeless body")]


def test_an_adverb_before_an_english_verb_is_not_inflected(french: French) -> None:
    cells = set(
        of_phrases([Entry("frôler la mort", "v", "narrowly escape death", "死里逃生")], french, Lang.EN)
    )
    assert ("escape", "=escapes|escape|escaped|escaped|escaping|escaped") in cells
    told = dict(of_words([Entry("frôler", "v", "narrowly avoid", "险些")], french, Lang.EN))
    assert (told["frôle"], told["frôlait"]) == ("!narrowly avoids", "!narrowly avoided")


def test_articles_join_the_last_word_and_others_may_own(french: French) -> None:
    assert set(dictionary.ways("venir à bout de", "overcome")) == {
        ("venir à bout de", "overcome"),
        ("venir à bout du", "overcome le"),
        ("venir à bout des", "overcome les"),
        ("venir à bout d'", "overcome "),
    }
    assert ("tendre la main aux", "reach out to les") in set(
        dictionary.ways("tendre la main à", "reach out to")
    )
    owned = {text for text, _ in dictionary.ways("vider son sac", "get it off one's chest")}
    assert owned == {f"vider {own} sac" for own in ("son", "leur", "notre", "votre", "mon")}


def test_a_verb_with_se_is_known_behind_it_alone(french: French) -> None:
    cells = set(of_phrases([Entry("se jeter à l'eau", "v", "take the plunge", "放手一搏")], french, Lang.EN))
    assert {("se jeter à l'eau", "/take the plunge"), ("jeter à l'eau", "~take the plunge")} <= cells
    assert ("jette", ">jeter/1") not in cells and ("jeté", ">jeter/6") in cells
    assert ("jeter à l'eau", "/take the plunge") not in cells


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("list of grievances", "lists of grievances"),
        ("call for applications", "calls for applications"),
        ("mass grave", "mass graves"),
        ("police", "police"),
        ("brain damage", "brain damage"),
        ("brother-in-law", "brother-in-laws"),
    ],
)
def test_the_noun_that_is_counted_has_the_plural(one: str, several: str) -> None:
    assert plural(one) == several


def test_a_verb_has_the_forms_of_news_and_english_follows_them(french: French) -> None:
    entry = Entry("crépiter", "v", "crackle", "噼啪作响")
    assert dict(of_words([entry], french, Lang.EN)) == {
        "crépiter": "!crackle",
        "crépitant": "!crackling",
        "crépite": "!crackles",
        "crépitent": "!crackle",
        "crépitait": "!crackled",
        "crépitera": "!crackle",
        "crépité": "!crackled",
    }
    assert dict(of_words([entry], french, Lang.ZH))["crépitait"] == "!噼啪作响"


def test_a_noun_has_its_plural_and_its_woman(french: French) -> None:
    entry = Entry("vicomte", "n", "viscount", "子爵", "viscountess")
    assert dict(of_words([entry], french, Lang.EN)) == {
        "vicomte": "!viscount",
        "vicomtes": "!viscounts",
        "vicomtesse": "!viscountess",
        "vicomtesses": "!viscountesses",
    }


def test_what_the_lexicon_has_and_what_is_another_words_too_is_left_out(french: French) -> None:
    glycine = Entry("glycine", "n", "wisteria", "紫藤")
    assert dict(of_words([glycine], french, Lang.EN)) == {"glycine": "!wisteria"}
    told = dict(of_words([Entry("nager", "v", "swim", "游泳")], french, Lang.EN))
    assert "nageait" not in told and told["nager"] == "!swim"
    assert "nage" not in told  # a noun, of which nothing is told
    both = [Entry("nager", "v", "swim", "游泳"), Entry("nage", "n", "swimming", "游泳")]
    assert dict(of_words(both, french, Lang.EN))["nage"] == "!swims"  # the headword of one of them
    assert dict(of_words(both, french, Lang.ZH))["nage"] == "!游泳"


def test_a_word_that_the_forms_lack_is_told_as_it_is(french: French) -> None:
    assert dict(of_words([Entry("clim", "n", "air conditioning", "空调")], french, Lang.EN)) == {
        "clim": "!air conditioning"
    }


def test_a_phrase_of_a_verb_is_kept_once(french: French) -> None:
    cells = set(of_phrases([Entry("jeter l'éponge", "v", "throw in the towel", "认输")], french, Lang.EN))
    assert ("jeter l'éponge", "/throw in the towel") in cells
    assert ("throw", "=throws|throw|threw|threw|throwing|thrown") in cells
    assert {cell for cell in cells if ">" in cell[1]} == {
        ("jetant", ">jeter/5"),
        ("jete", ">jeter/1"),
        ("jetent", ">jeter/2"),
        ("jetait", ">jeter/3"),
        ("jetera", ">jeter/0"),
        ("jeté", ">jeter/6"),
    }
    chinese = set(of_phrases([Entry("jeter l'éponge", "v", "throw in the towel", "认输")], french, Lang.ZH))
    assert ("jeter l'éponge", "/认输") in chinese and not any("=" in said for _, said in chinese)


def test_a_phrase_of_a_noun_has_its_plural(french: French) -> None:
    entries = [
        Entry("coup de filet", "n", "police raid", "收网行动"),
        Entry("bras droit", "n", "right-hand man", "得力助手", "bras droits"),
        Entry("homicide involontaire", "n", "manslaughter", "过失杀人", "homicides involontaires"),
        Entry("d'arrache-pied", "adv", "relentlessly", "坚持不懈"),
    ]
    assert dict(of_phrases(entries, french, Lang.EN)) == {
        "coup de filet": "!police raid",
        "coups de filet": "!police raids",
        "bras droit": "!right-hand man",
        "bras droits": "!right-hand men",
        "homicide involontaire": "!manslaughter",
        "homicides involontaires": "!manslaughter",  # not `manslaughters`
        "d'arrache-pied": "!relentlessly",
    }


def test_a_name_is_told_where_it_is_more_than_copied(french: French) -> None:
    entries = [
        Entry("Poutine", "name", "Putin", "普京"),
        Entry("Embaló", "name", "Embalo", "恩巴洛"),
        Entry("Houngbo", "name", "Houngbo", "洪博"),
        Entry("N'Djamena", "name", "N'Djamena", "恩贾梅纳"),
    ]
    assert dict(of_words(entries, french, Lang.EN)) == {"Poutine": "!Putin"}
    assert not dict(of_phrases(entries, french, Lang.EN))
    chinese = dict(of_words(entries, french, Lang.ZH))
    assert chinese == {"Poutine": "!普京", "Embaló": "!恩巴洛", "Houngbo": "!洪博"}
    assert dict(of_phrases(entries, french, Lang.ZH)) == {"N'Djamena": "!恩贾梅纳"}


def test_a_name_is_as_it_was_written_whatever_the_text_says(
    monkeypatch: pytest.MonkeyPatch, french: French
) -> None:
    english = {"Dun": "\tn!Newton", "Lon": "\tdres!London", "Par": "\tis:Paris"}
    lexicons.use(monkeypatch, english, {"Dun": "\tn!邓", "Par": "\tis:巴黎"})
    names = (("Dunn", "Dunn", "邓恩"), ("Londres", "London", "伦敦"), ("Paris", "Paris", "帕里斯"))
    entries = [Entry(french_name, "name", *said) for french_name, *said in names]
    assert dict(of_words(entries, french, Lang.EN)) == {"Dunn": "!Dunn"}  # copied, not told as Newton
    assert dict(of_words(entries, french, Lang.ZH)) == {"Dunn": "!邓恩", "Londres": "!伦敦"}


@pytest.mark.parametrize(
    "line", ["mot", "mot\tn\tword\t", "mot\tx\tword\t词", "12\tn\ttwelve\t十二", "a\tn\tb\tc\td\te"]
)
def test_a_line_that_is_no_entry_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words/m.tsv").write_text(f"mot\tn\tword\t词\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"m\.tsv, line 2"):
        read(tmp_path)


def test_the_files_are_the_same_bytes_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, french: French
) -> None:
    (tmp_path / "g/words").mkdir(parents=True)
    (tmp_path / "g/words/m.tsv").write_text("vicomte\tn\tviscount\t子爵\tviscountess\n", encoding="utf-8")
    monkeypatch.setattr(dictionary, "read", lambda: read(tmp_path / "g"))
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(
            sys, "argv", ["dictionary", "--forms", f"{tmp_path}/fr", "-o", f"{tmp_path}/{name}"]
        )
        assert dictionary.main() == 0
        made.append([file.read_bytes() for file in sorted((tmp_path / name).iterdir())])
    assert made[0] == made[1] and len(made[0]) == 4
    assert "\nvic\tomte!viscount\tomtes!viscounts\t" in gzip.decompress(made[0][0]).decode()


def test_what_was_written_is_in_order() -> None:
    entries = read()
    assert len(entries) > 60_000 and {entry.part for entry in entries} == set(PARTS)
    assert len({entry.text for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.text == entry.text.strip() and "’" not in entry.text, entry
        assert (entry.english.isascii() or entry.part == NAME) and not set(entry.english) & set(
            ",;/()|!:=>\t"
        ), entry
        is_copied = entry.part == NAME and entry.chinese == entry.text
        assert is_copied or any("\u3400" <= sign <= "\u9fff" for sign in entry.chinese), entry
        assert not set(entry.chinese) & set(" ,;/()|!:=>，。；"), entry
