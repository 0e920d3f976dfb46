"""Headlines in capitals come out as they would be written in small letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.text.capitals import in_small_letters, is_in_capitals


@pytest.mark.parametrize(
    ("headline", "small"),
    [
        ("LE PRÉSIDENT CHINOIS EN VISITE À PARIS", "Le président chinois en visite à Paris"),
        ("LA BCE RELEVE SES TAUX", "La BCE relève ses taux"),  # accents that desks leave out; an acronym
        ("INCENDIE EN GRECE, DEUX VILLAGES EVACUES", "Incendie en Grèce, deux villages évacués"),
        ("FOOTBALL : LE BRÉSIL BAT L'ITALIE 2-1", "Football : le Brésil bat l'Italie 2-1"),
        ("LE GOUVERNEMENT A ANNONCE UNE REFORME", "Le gouvernement a annoncé une réforme"),  # has, and to
        ("ATTENTAT A KABOUL", "Attentat à Kaboul"),
        ("MACRON ET SCHOLZ A BERLIN", "Macron et Scholz à Berlin"),  # unknown words are names
        ("« L’OMS S’INQUIETE »", "« L’OMS s’inquiète »"),
        ("ROLAND-GARROS: SWIATEK EN FINALE", "Roland-Garros: Swiatek en finale"),
    ],
)
def test_words_get_their_letters_back(headline: str, small: str) -> None:
    assert is_in_capitals(headline)
    assert in_small_letters(headline) == small


def test_accents_that_are_there_are_believed() -> None:
    assert in_small_letters("LA BCE RELÈVE SES TAUX") == "La BCE relève ses taux"
    assert in_small_letters("UN BLESSÉ RELEVE DE TERRE") == "Un blessé Releve de terre"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "URGENT",
        "CAC 40",
        "NEW YORK",
        "(AFP)",
        "Le CAC 40 RECULE",
        "2-1",
        "法国 FRANCE GRECE",
    ],
)
def test_what_is_no_headline_in_capitals(line: str) -> None:
    assert not is_in_capitals(line)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_nothing_but_letters_changes(text: str) -> None:
    is_in_capitals(text)
    small = in_small_letters(text.upper())
    assert [sign for sign in small if sign.isdigit()] == [sign for sign in text.upper() if sign.isdigit()]
    assert small.count(" ") == text.upper().count(" ")
