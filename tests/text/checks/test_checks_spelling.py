"""Words that no English text has: what is told, what is left alone, what the list of words holds."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang, Severity
from translate.text.checks import check
from translate.text.checks.spelling import LEAST, LISTED, is_english, is_name, made_of
from translate.text.checks.spelling import check as check_words
from translate.text.wordlists import HEAD


def words(source: str, target: str, lang: Lang = Lang.EN) -> list[str]:
    return [
        target[slice(*found.target_span)] for found in check_words(source, target, lang) if found.target_span
    ]


def test_a_made_up_word_is_an_error_with_its_place() -> None:
    (found,) = check("Une urgence a été décrétée.", "An emergency was decritered.", Lang.EN)
    assert (found.code, found.severity, found.target_span) == ("words", Severity.ERROR, (17, 27))
    assert found.message == "“decritered” is no English word"


@pytest.mark.parametrize(
    "word",
    [
        *("decritered", "embassador", "megawattts", "conficate", "californiian", "geometersionalization"),
        *(
            "studys",
            "continueed",
            "flewed",
            "richests",
            "refuseing",
            "deniing",
            "citys",
            "libertys",
            "researchs",
        ),
        *(
            "acccredited",
            "previouss",
            "unaccesible",
            "dammoniac",
            "rebuilts",
            "swepting",
            "childs",
            "marathor",
        ),
        *("theoriginal", "goed", "womans", "happyly"),
        *("influencerer", "deminerous", "chatbotted", "hypodecritered", "decriteredlike", "decritereds"),
    ],
)
def test_what_a_small_model_makes_up_is_told(word: str) -> None:
    assert words("Il l'a dit.", f"He said it was {word} yesterday.") == [word]


@pytest.mark.parametrize(
    "text",
    [
        "The colour of the honourable neighbour's harbour; the color of the honorable neighbor's harbor.",
        "They organise, organized, organising and organizations; analysed, analyzed; travelled, traveled.",
        "Microplastics, hydroelectricity, bioethanol, exoplanets, multiannual non-compliance.",
        "It was wolflike, distractibility notwithstanding; the stimulators worked recreationally.",
        "Rehydration of arrestees, crowdsourced seagrass, catastrophizing digitalization.",
        "A well-known, twenty-five-year-old, state-of-the-art smartphone-driven leafcutter.",
        "The ministers' cars, the minister's car, they'll, wouldn't, o'clock, rock'n'roll, ma'am.",
        "Islamic, zambian and subsaharan ivorian.",
        "Half-heartedly, 15-year-olds and influencers asked the chatbot, the deminer and the ragpickers.",
        "There Ghrobetz met Zhevgut in Qorvexa.",
        "Kim Jong-cheoll, Abu Bakr al-Baghdadi, pre-Brexit, US-led.",
        "See www.ghrobetz.frz/zhevgut, desk@zhevgut.comm, #zhevgut, @qorvexa, qorvexa.py and x_zhevgut2.",
        "The müllerovska and the smörgåsqvist; P\ufffdrragaz.",
        "It is called “dreamworking” here, or 'slowmading'.",
        "USS, kWh, qqq, xyz.",
        "",
    ],
)
def test_good_english_is_left_alone(text: str) -> None:
    assert words("Il l'a dit.", text) == []


def test_words_of_the_source_may_stay_with_and_without_their_accents_and_plurals() -> None:
    source = "Des peshmergahs, un kalachnikof, l’élûvïum et le wi-fitch."
    assert words(source, "A peshmergah, two kalachnikofs, eluvium and wifitch.") == []
    assert words("Des soldats.", "A peshmergah, two kalachnikofs.") == ["peshmergah", "kalachnikofs"]


def test_each_word_is_told_once_and_parts_of_compounds_by_themselves() -> None:
    target = "A decritered law, well-decritered and US-conficated, was decritered."
    assert words("Une loi.", target) == ["decritered", "conficated"]


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Démarrée dans le calme.", "Demonstratored in calm.", ["Demonstratored"]),
        ("Il l'a dit. « Affirmer cela ? »", 'He said. "Afirm that?"', ["Afirm"]),
        ("Éclairs (vivants). Honte.", "Lighning (Livants). Hant.", ["Lighning", "Livants", "Hant"]),
        ("Honte à lui.", "Hant on him. To him, Hant. Hant!", ["Hant"]),
        # Inside a sentence what has a capital may be a name.
        ("Il l'a dit.", "He told Ghrobetz of Zhevgut.", []),
        # Names that English has otherwise; one of the source, spelled otherwise, or derived from it.
        ("La Russie, la Norvège et les Corses.", "Moscow said. Norway's king. Corsicans went.", []),
        ("Mardi, Tchourkatchev l'a dit.", "Churkachev said so on Tuesday.", []),
        ("À Zhevgut, on rit.", "Zhevgutian laughter.", []),
        ("« Ghrobetz », a-t-il dit.", '"Ghrobetz," he said.', []),
        ("Un mot : « smourf ».", 'One word: "Slowmading".', []),
        ("Il l'a dit.", "Wi-Fi. Jong-cheol. Ghrobetz.com. M'Bappe. Hantéd", []),
    ],
)
def test_the_first_word_is_one_whatever_its_capital(source: str, target: str, told: list[str]) -> None:
    assert words(source, target) == told


def test_other_targets_have_no_english_words() -> None:
    assert words("Il l'a dit.", "他说 decritered。", Lang.ZH) == []
    assert check("Il l'a dit.", "decritered", Lang.FR) == ()


@given(
    st.text(alphabet="abeinorst'’-. éÉA1@/“”", max_size=40), st.text(alphabet="abeinorst'- é", max_size=40)
)
def test_what_is_told_is_a_whole_word_of_the_translation_alone(target: str, source: str) -> None:
    for found in check_words(source, target, Lang.EN):
        assert found.target_span is not None
        start, end = found.target_span
        word = target[start:end]
        assert re.fullmatch(rf"[A-Za-z][a-z]{{{LEAST - 1},}}", word)
        assert not target[end : end + 1].isalnum() and not target[max(0, start - 1) : start].isalnum()
        assert word not in source.split()
        assert found.message.startswith(f"“{word}”")
    assert words(target, target) == []


def _lines() -> list[str]:
    data = files("translate.text").joinpath(LISTED).read_bytes()
    return [line for line in gzip.decompress(data).decode("ascii").splitlines() if not line.startswith("#")]


def test_the_list_is_in_order_whole_and_needs_each_of_its_words() -> None:
    lines = _lines()
    listed = [line[:HEAD] + rest for line in lines for rest in line[HEAD:].split()]
    assert len(listed) > 80_000
    assert listed == sorted(set(listed))
    assert [line[:HEAD] for line in lines] == sorted({word[:HEAD] for word in listed})
    assert all(line.endswith(" ") and line[HEAD] == " " for line in lines)
    assert all((is_english if word.islower() else is_name)(word) for word in listed[::50])
    every = set(listed)
    small = [word.lower() for word in listed[::50]]
    assert not [word for word in small if any(every.issuperset(parts) for parts in made_of(word))]
    assert not [word for word in listed[::50] if not word.islower() and word.lower() in every]


def test_the_list_has_the_names_that_french_says_otherwise() -> None:
    assert all(map(is_name, ("Moscow", "Norway", "Putin", "Brittany", "Saturday", "Lawrence")))
    assert not any(map(is_name, ("Moscou", "Afirm", "Lighning")))


def test_the_lists_have_their_notice_beside_them() -> None:
    notice = files("translate.text").joinpath("checks", "words.en.notice.txt").read_text(encoding="utf-8")
    assert "Copyright 2000-2011 by Kevin Atkinson" in notice
    assert "Permission to use, copy, modify, distribute" in notice
