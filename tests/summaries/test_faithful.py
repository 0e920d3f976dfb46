"""What counts as invented, and what does not."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.summaries.faithful import Source

FRENCH = Source(
    "Le président Emmanuel Macron a reçu mardi 3.800 maires, dont vingt-trois de Seine-Saint-Denis. "
    "L'État versera 2,4 milliards d'euros d'ici au 08/05, a dit l'Elysée. "
    "« Nous tiendrons parole jusqu'au bout », a-t-il promis à 17h46.",
    Lang.FR,
)
ENGLISH = Source("The U.N. sent 1,200 tents to Sudan on Monday, said spokesman John Smith.", Lang.EN)


@pytest.mark.parametrize(
    "summary",
    [
        "Emmanuel Macron a reçu 3800 maires.",  # another way to group figures
        "Emmanuel Macron a reçu 3 800 maires.",
        "Le président a reçu 23 maires de Seine-Saint-Denis.",  # figures for a number word
        "Des maires de Saint-Denis ont été reçus.",  # part of a hyphenated name
        "L'Etat promet 2,4 milliards d'euros.",  # accent on a capital
        "Présidence : des maires reçus à l'Élysée.",  # a common word that opens the sentence
        "L'Etat versera des milliards d'ici au 8/5.",
        "M. Macron promet : « Nous tiendrons parole jusqu’au bout ».",
        "",
    ],
)
def test_what_the_source_says_is_no_invention(summary: str) -> None:
    assert FRENCH.inventions(summary) == ()


@pytest.mark.parametrize(
    ("summary", "invented"),
    [
        ("Emmanuel Macron a reçu 3.801 maires.", ("3.801",)),
        ("Emmanuel Macron a reçu 38 maires.", ("38",)),  # part of a number is another number
        ("Le président a reçu vingt-quatre maires.", ("vingt-quatre",)),
        ("Le président a reçu des centaines de maires.", ("centaines",)),
        ("Des maires de Marseille ont été reçus.", ("Marseille",)),
        ("Marseille attend ses milliards.", ("Marseille",)),  # a name that opens the sentence
        ("L'ONU reçoit des maires.", ("ONU",)),
        ("Brigitte Macron a reçu des maires.", ("Brigitte",)),
        ("Le président promet : « Nous ne céderons jamais rien ».", ("Nous ne céderons jamais rien",)),
        ("Gérard Dupont et 7 maires de Lyon.", ("7", "Gérard", "Dupont", "Lyon")),
    ],
)
def test_inventions_are_named(summary: str, invented: tuple[str, ...]) -> None:
    assert FRENCH.inventions(summary) == invented


def test_figures_inside_a_time_are_checked() -> None:
    assert FRENCH.inventions("Le président a promis à 17h46.") == ()
    assert "47" in FRENCH.inventions("Le président a promis à 17h47.")


def test_each_invention_is_named_once() -> None:
    assert FRENCH.inventions("A Lyon, à Lyon, à Lyon.") == ("Lyon",)


def test_english_has_its_own_numbers_and_words() -> None:
    assert ENGLISH.inventions("The U.N. sent 1200 tents to Sudan.") == ()
    assert ENGLISH.inventions("The U.N. sent thirteen tents to Chad.") == ("thirteen", "Chad")


@pytest.mark.parametrize(("word", "figures"), [("quatre-vingt-dix", "90"), ("soixante-et-onze", "71")])
def test_composed_number_words_have_a_value(word: str, figures: str) -> None:
    assert Source(f"Il y a {word} blessés.", Lang.FR).inventions(f"On compte {figures} blessés.") == ()
