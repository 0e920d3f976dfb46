"""Words that are no English give way to what the lexicon has for the French word behind them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import lexicons
from tests.revision.test_reviser import Aligned, codes, revised
from translate.engines import Link
from translate.revision.wording import worded

LEXICON = {
    "ana": "\tnas!pineapple",
    "com": "\tplexes:complex",
    "cha": "\tsseurs:hunters|fighter jets",
    "dis": "\tsiper!dispel|clear up",
    "esc": "\talier!stairs|staircase",
    "heu": "\tre:hour",
    "œil": "\tlets!carnations",
    "pat": "\trouillent!patrol|patrolling",
    "plu": "\tie:rain",
    "sit": "\tuation:situation",
    "una": "\tnimité!unanimity",
}


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons.use(monkeypatch, LEXICON)


def mend(source: str, text: str, pairs: Mapping[str, str]) -> str:
    """`pairs`: words of the translation that are none, and what the model looked at for each."""
    links = [
        Link((at, at + len(seen)), (there, there + len(word)), 0.8)
        for word, seen in pairs.items()
        if (at := source.find(seen)) >= 0 and (there := text.find(word)) >= 0
    ]
    for one in reversed(worded(source, text, list(pairs), links)):
        text = one.edit.of(text)
    return text


@pytest.mark.parametrize(
    ("source", "text", "pairs", "right"),
    [
        ("Les chasseurs.", "The chastors.", {"chastors": "chasseurs"}, "The hunters."),
        # inflected as the place asks for
        ("Ils patrouillent.", "They are patroling.", {"patroling": "patrouillent"}, "They are patrolling."),
        ("Ils patrouillent.", "They patroled.", {"patroled": "patrouillent"}, "They patrol."),
        ("Pour dissiper cela.", "To disbusting that.", {"disbusting": "dissiper"}, "To dispel that."),
        ("Un escalier.", "There is an escal.", {"escal": "escalier"}, "There is a staircase."),
        ("Des complexes.", "They are complexs.", {"complexs": "complexes"}, "They are complexes."),
        # with its article
        ("Une heure.", "It took a hhour.", {"hhour": "heure"}, "It took an hour."),
        ("Une unanimité.", "An ununanimity.", {"ununanimity": "unanimité"}, "A unanimity."),
        # a compound is known by its parts, capitals do not matter
        ("La pluie-inondation.", "The pluy flood.", {"pluy": "pluie"}, "The rain flood."),
        ("Des œillets.", "Some oeuills.", {"oeuills": "œillets"}, "Some carnations."),
        ("SITUATION grave", "Grave ctuation", {"ctuation": "SITUATION"}, "Grave situation"),
        # two words at once
        ("Pluie et escalier.", "Pluy and escal.", {"Pluy": "Pluie", "escal": "escalier"}, "Rain and stairs."),
    ],
)  # fmt: skip
def test_a_made_up_word_becomes_what_the_model_looked_at(
    source: str, text: str, pairs: dict[str, str], right: str
) -> None:
    assert mend(source, text, pairs) == right


def test_what_was_left_in_french_needs_no_attention() -> None:
    assert [one.edit.text for one in worded("Des chasseurs.", "Some chasseurs.", ["chasseurs"], ())] == [
        "hunters"
    ]


@pytest.mark.parametrize(
    ("source", "text", "pairs"),
    [
        ("Les zigotos sont là.", "The zigors are here.", {"zigors": "zigotos"}),  # not in the lexicon
        ("Les chasseurs.", "The chastors.", {"chastors": "rien"}),  # nothing was looked at
        ("Un ananas.", "A pineapple aanas.", {"aanas": "ananas"}),  # it is said already
    ],
)
def test_what_is_not_known_stays(source: str, text: str, pairs: dict[str, str]) -> None:
    assert mend(source, text, pairs) == text


def test_what_is_said_already_gives_way_to_the_next_meaning() -> None:
    assert (
        mend("Un escalier.", "Stairs, stairs: escal.", {"escal": "escalier"}) == "Stairs, stairs: staircase."
    )


def test_a_word_that_looks_at_two_is_left() -> None:
    source, text = "La pluie des chasseurs.", "The chuyors."
    links = [Link((3, 8), (4, 8), 0.5), Link((13, 22), (8, 11), 0.5)]
    assert worded(source, text, ["chuyors"], links) == []


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_no_text_breaks_it_and_nothing_but_the_words_changes(
    source: str, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    links = [Link((0, len(source)), (start, end), 0.9)]
    for one in worded(source, text, [text[start:end]] if end > start else [], links):
        assert one.edit.text.endswith(text[one.edit.start : one.edit.end]) or one.edit.text


def test_the_reader_is_told_and_the_model_is_not_asked_again() -> None:
    engine = Aligned({"Des chasseurs.": ["Some chastors."]}, {"chasseurs": "chastors"})
    said = revised(engine, "Des chasseurs.")
    assert said.text == "Some hunters."
    assert codes(said) == ["restored", "revised"]
    assert said.findings[0].message == "“chastors” → “hunters”, for “chasseurs”"
    assert not engine.unwanted and not engine.tried


def test_what_the_lexicon_lacks_the_model_is_kept_from() -> None:
    engine = Aligned({"Les zigotos.": ["The zigors."]}, {"zigotos": "zigors"})
    assert codes(revised(engine, "Les zigotos.")) == ["words"]
    assert [each.words for each in engine.unwanted] == [("zigors",)]


def test_no_other_error_is_made_for_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons.use(monkeypatch, {"cha": "\tsseurs:30 hunters"})
    engine = Aligned({"Des chasseurs.": ["Some chastors."]}, {"chasseurs": "chastors"})
    assert revised(engine, "Des chasseurs.").text == "Some chastors."
