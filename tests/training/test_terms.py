"""Code-switched sentences: a term of the source in the target's form, only where the target has it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.corpora import Corpus, Pair
from training.terms import Terms, make, read_terms, switched
from translate.domain import Lang


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "glossary.tsv").write_text(
        "Conseil national de la transition (CNT)\tNational Transitional Council\t全国过渡委员会\n"
        "droits de l'homme\thuman rights\t人权\n"
        "or\tgold\t金\n",
        encoding="utf-8",
    )
    (tmp_path / "news.tsv").write_text(
        "Le Conseil national de la transition attend.\tThe National Transitional Council is waiting.\n"
        "Il neige.\tIt is snowing.\n",
        encoding="utf-8",
    )
    return tmp_path


GLOSSARY = Corpus("glossary", "glossary.tsv", (Lang.FR, Lang.EN, Lang.ZH), 1, 1)
NEWS = Corpus("news", "news.tsv", (Lang.FR, Lang.EN), 1, 1)


def always() -> random.Random:
    """A generator that switches every term."""
    generator = random.Random(0)
    generator.random = lambda: 1.0  # type: ignore[method-assign]
    return generator


@pytest.fixture
def english(data: Path) -> Terms:
    return read_terms((GLOSSARY,), data, Lang.FR, Lang.EN)


def test_what_stands_in_brackets_is_no_part_of_a_term(english: Terms) -> None:
    assert ("conseil", "national", "de", "la", "transition") in english


def test_single_chinese_characters_are_no_terms(data: Path) -> None:
    assert ("or",) not in read_terms((GLOSSARY,), data, Lang.FR, Lang.ZH)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Les droits de l’homme reculent.", "Human rights are losing ground.", "Les Human rights reculent."),
        ("Les Droits de l'Homme d'abord", "human rights first", "Les human rights d'abord"),
    ],
)  # fmt: skip
def test_a_term_is_written_as_the_target_spells_it(
    english: Terms, source: str, target: str, expected: str
) -> None:
    found = switched(Pair(source, target), english, always())
    assert found == Pair(expected, target)


@pytest.mark.parametrize(
    "pair",
    [
        Pair("Les droits de l'homme reculent.", "Liberties are losing ground."),  # another word in the target
        Pair("Il neige.", "It is snowing."),
        Pair("", ""),
    ],
)
def test_nothing_is_switched_that_the_target_does_not_have(english: Terms, pair: Pair) -> None:
    assert switched(pair, english, always()) is None


def test_some_terms_stay_so_that_the_model_goes_on_translating_them(english: Terms) -> None:
    pair = Pair("Les droits de l'homme reculent.", "Human rights are losing ground.")
    outcomes = {switched(pair, english, random.Random(seed)) is None for seed in range(30)}
    assert outcomes == {True, False}


def test_only_pairs_with_a_switched_term_are_made_and_development_sets_stay_out(data: Path) -> None:
    made = {(source, target): pairs for source, target, pairs in make((GLOSSARY, NEWS), data, frozenset())}
    assert len(made[Lang.FR, Lang.EN]) <= 1  # "Il neige." has no term
    assert not made[Lang.FR, Lang.ZH]
    held_out = frozenset({"thenationaltransitionalcounciliswaiting"})
    assert not any(pairs for _, _, pairs in make((GLOSSARY, NEWS), data, held_out))
