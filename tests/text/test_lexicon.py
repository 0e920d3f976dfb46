"""The lexicon: what a French word is in the target language, and which words a model is given."""

from __future__ import annotations

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text import lexicon
from translate.text.lexicon import given, meanings

ENGLISH = {
    "cim": "\tenterie!cement works|cement plant",
    "œil": "\tlets!carnations",
    "Lon": "\tdres!London",
    "pom": "\tpelmo!pomelo\tpiers:firefighters|fire",
    "vai": "\tnqueur!winner",
}
CHINESE = {"cim": "\tenterie!水泥厂"}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lexicon of few words, so that tests do not depend on what the texts behind the real one say."""
    monkeypatch.setattr(lexicon, "_lines", lambda target: ENGLISH if target is Lang.EN else CHINESE)
    lexicon._rare.cache_clear()


@pytest.fixture(autouse=True)
def forgotten() -> None:
    lexicon._rare.cache_clear()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("cimenterie", ("cement works", "cement plant")),
        ("Pompiers", ("firefighters", "fire")),
        ("œillets", ("carnations",)),
        ("Londres", ("London",)),
        ("londres", ()),
        ("cimenteries", ()),  # as it is inflected
        ("cimente", ()),
        ("enterie", ()),
        ("mur", ()),
        ("pompiers:firefighters", ()),
        ("", ()),
        ("\t", ()),
        ("pom\tpiers", ()),
    ],
)
def test_a_word_has_its_meanings_the_likeliest_first(word: str, english: tuple[str, ...]) -> None:
    assert meanings(word, Lang.EN) == english


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("french", "target", "aided"),
    [
        ("La cimenterie de Lyon ferme.", Lang.EN, "La cement works de Lyon ferme."),
        ("La cimenterie de Lyon ferme.", Lang.ZH, "La 水泥厂 de Lyon ferme."),
        ("Vainqueur de l'étape, il pleure.", Lang.EN, "Winner de l'étape, il pleure."),
        ("L'œillets.", Lang.EN, "L'carnations."),
        ("Les pompiers.", Lang.EN, "Les pompiers."),  # known to the model
        ("« Vainqueur ! »", Lang.EN, "« Winner ! »"),
        ("M. Cimenterie.", Lang.EN, "M. Cimenterie."),  # another name
        ("À Londres, le londres.", Lang.EN, "À London, le londres."),
        ("CIMENTERIE FERMÉE", Lang.EN, "CIMENTERIE FERMÉE"),
        ("", Lang.EN, ""),
    ],
)
def test_rare_words_are_given_in_the_target_language(french: str, target: Lang, aided: str) -> None:
    assert given(french, target) == aided


@example(st.text(max_size=80), st.sampled_from([Lang.EN, Lang.ZH]))
def test_no_text_breaks_it_and_what_is_no_word_stays(text: str, target: Lang) -> None:
    aided = given(text, target)
    assert [sign for sign in aided if sign.isdigit()] == [sign for sign in text if sign.isdigit()]
    assert aided.count("\n") == text.count("\n")


def test_the_lexicons_that_ship_know_words_of_the_news() -> None:
    english = {"pompiers": "firefighters", "égide": "auspices", "vainqueur": "winner", "chasseurs": "hunters"}
    assert {word: meanings(word, Lang.EN)[0] for word in english} == english
    chinese = {"pompiers": "消防员", "sinistrés": "灾民", "cimenterie": "水泥厂"}
    assert {word: meanings(word, Lang.ZH)[0] for word in chinese} == chinese


@pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
def test_they_are_large_and_of_words_alone(target: Lang) -> None:
    entries = [cell for line in lexicon._lines(target).values() for cell in line.split("\t") if cell]
    assert len(entries) > 10_000
    assert all(
        cell.replace("!", ":", 1).count(":") == 1 and not cell.endswith((":", "!", "|")) for cell in entries
    )
    assert sum("!" in cell for cell in entries) > 5_000
