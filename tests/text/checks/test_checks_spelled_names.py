"""Names that a model misspells in English, or takes for a place: what is put right, what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text.checks import repair
from translate.text.checks.spelled_names import renamed, respelled


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Jean Elkabbach est mort.", "Jean Elkabach is dead.", "Jean Elkabbach is dead."),
        ("Il a vu Serge Strasbourg.", "He saw Serge Strasbrg.", "He saw Serge Strasbourg."),
        ("Selon Enora Malagré, oui.", "According to Enora Malagr, yes.", "According to Enora Malagré, yes."),
        ("Assimi Goïta est élu.", "Assimi Gooïta is elected.", "Assimi Goïta is elected."),
        ("Selon Maurice Dahan, oui.", "Mauritius Dahan says yes.", "Maurice Dahan says yes."),
        ("Selon Édouard Philippe, oui.", "Edward Philippe says yes.", "Édouard Philippe says yes."),
        ("Benjamin Cauchy salue.", "Youngest Cauchy hails.", "Benjamin Cauchy hails."),
        ("Il vit à Vaison-la-Romaine.", "He lives in Vaison-la-Roma.", "He lives in Vaison-la-Romaine."),
        ("Virginie Efira joue.", "Virginia Efira plays.", "Virginie Efira plays."),
    ],
)
def test_a_slip_is_spelled_as_the_source_spells_it(source: str, target: str, right: str) -> None:
    text, (note,) = repair(source, target, Lang.EN)
    assert (text, note.code) == (right, "repaired")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ilya Verchinine est venu.", "Ilya Vershinin came."),  # a transliteration
        ("Selon Tantaoui, oui.", "According to Tantawi, yes."),
        ("Vladimir Poutine est à Hambourg.", "Vladimir Putin is in Hamburg."),  # which English has
        ("La Mandurie et les Éphésiens.", "Manduria and the Ephesians."),  # lands and peoples
        ("Chercheuse, elle vient.", "Cherchese, she is coming."),  # a word, with a sentence's capital
        ("Martel et Mortel parlent.", "Mertel speaks."),  # which of them?
        ("L'île Maurice et Maurice Dahan.", "Mauritius and Maurice Dahan."),
        ("Le ministre Benoît Martin parle.", "Minister Martin speaks."),
        ("Jürgen Stahl est venu.", "Juergen Stahl came."),
        ("Le Porto Rico de Ricardo.", "Puerto Rico of Ricardo."),
        ("Il vit à Saint-Étienne-du-Gué.", "He lives in Saint-Etienne-du-Gue."),
        ("L'axe Milan-Bergame.", "The Milan-Bergamo axis."),
        ("Il vit à Florence.", "He lives in Florence."),
    ],
)
def test_what_may_be_right_is_left(source: str, target: str) -> None:
    assert repair(source, target, Lang.EN) == (target, ())


_TEXT = st.text(st.sampled_from("AÉMaénrstouï -.,' "), max_size=40)


@settings(max_examples=200, deadline=None)
@given(_TEXT, _TEXT)
def test_only_names_of_the_source_are_put_in(source: str, target: str) -> None:
    for start, end, written in (*respelled(source, target), *renamed(source, target)):
        assert target[start:end][0].isupper() and written in source


@given(_TEXT)
def test_what_is_the_same_stays(text: str) -> None:
    assert not list(respelled(text, text)) and not list(renamed(text, text))
