"""Similar sentences: shown with a score, best first, and never taken for the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from translate.domain import Lang
from translate.memory import Memory
from translate.memory.keys import fold

RECIPE = "m:tiny|b:4"
FRENCH = "Le président de la République a reçu le Premier ministre chinois à Paris."
SUBJECTS = ["Le ministre", "La présidente", "Le maire de Lyon", "Un porte-parole", "L’ambassadeur"]
VERBS = ["a annoncé", "a démenti", "a critiqué", "a salué", "a reporté"]
OBJECTS = ["la réforme", "le budget de 2024", "une visite en Chine", "l’accord de paix", "la hausse des prix"]
PLACES = ["à Paris", "mardi à Genève", "devant la presse", "dans un communiqué", "selon l’AFP"]


@pytest.fixture
def stocked(memory: Memory) -> Memory:
    memory.store([(FRENCH, "near")], Lang.EN, RECIPE)
    memory.store([("Il pleut.", "It rains.")], Lang.EN, RECIPE)
    memory.store([("Le président de la République a reçu le Premier ministre.", "half")], Lang.EN, RECIPE)
    return memory


def suggested(memory: Memory, text: str, lang: Lang = Lang.EN, **options: float) -> list[tuple[str, float]]:
    found = memory.suggest(text, lang, **options)  # type: ignore[arg-type]
    return [(each.entry.target, round(each.score, 1)) for each in found]


def test_the_likest_first_with_a_score(stocked: Memory) -> None:
    asked = FRENCH.replace("chinois", "japonais")
    expected = fuzz.ratio(fold(asked).casefold(), fold(FRENCH).casefold())
    found = suggested(stocked, asked)
    assert found[0] == ("near", round(expected, 1))
    assert [target for target, _ in found] == ["near", "half"]
    assert 70 <= found[1][1] < found[0][1] < 100


def test_a_similar_sentence_is_never_a_hit(stocked: Memory) -> None:
    assert stocked.lookup([FRENCH.replace("chinois", "japonais")], Lang.EN, RECIPE) == {}


def test_the_same_sentence_but_for_typing_and_case_scores_100(stocked: Memory) -> None:
    assert suggested(stocked, FRENCH.upper().replace(" ", "\u00a0"), limit=1) == [("near", 100.0)]


def test_limit_least_and_language(stocked: Memory) -> None:
    asked = FRENCH.replace("chinois", "japonais")
    assert suggested(stocked, asked, least=99) == []
    assert len(suggested(stocked, asked, limit=1)) == 1
    assert suggested(stocked, asked, Lang.ZH) == []
    assert suggested(stocked, "Rien de tout cela ne ressemble à quoi que ce soit.") == []


def test_of_one_source_people_are_quoted(stocked: Memory) -> None:
    stocked.store([(FRENCH, "by people")], Lang.EN, None, human=True)
    (first, *_) = stocked.suggest(FRENCH.replace("chinois", "japonais"), Lang.EN)
    assert (first.entry.target, first.entry.human) == ("by people", True)


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "习近平抵达巴黎", '"', "a AND NOT b", "NEAR(", "𐐀𝔘 ꟸ", "\ud800"]
)
def test_any_text_may_be_asked_for(stocked: Memory, text: str) -> None:
    assert stocked.suggest(text, Lang.EN) == ()


@given(st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    with Memory.open(None) as memory:
        memory.store([(text, "x")], Lang.EN, RECIPE)
        for each in memory.suggest(text, Lang.EN):
            assert each.score == 100


def test_what_is_forgotten_is_no_longer_suggested(stocked: Memory) -> None:
    stocked.prune()
    assert stocked.suggest(FRENCH, Lang.EN) == ()
    stocked.store([("Une tout autre phrase sur la pluie.", "new")], Lang.EN, RECIPE)
    ((target, score),) = suggested(stocked, "Une tout autre phrase sur le vent.")
    assert target == "new" and 80 < score < 95


def test_nothing_that_comparing_all_would_find_is_missed(place: Path) -> None:
    """Sentences made of the same few phrases, so that every word is common: the hardest case."""
    chance = random.Random(3)
    sources = [f"{s} {v} {o} {p}." for s in SUBJECTS for v in VERBS for o in OBJECTS for p in PLACES]
    asked = []
    for source in chance.sample(sources, 60):
        words = source.split()
        words[chance.randrange(len(words))] = chance.choice(["hier", "encore", "trois"])
        asked.append(" ".join(words))
    with Memory.open(place) as memory:
        memory.store([(source, source) for source in sources], Lang.EN, RECIPE)
        for text in asked:
            scores = [fuzz.ratio(fold(text).casefold(), fold(each).casefold()) for each in sources]
            assert memory.suggest(text, Lang.EN, limit=1)[0].score == pytest.approx(max(scores))
