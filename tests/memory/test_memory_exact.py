"""What is found again, under which recipe, and that it is the same to the last bit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Finding, Hypothesis, Lang, Origin, Severity, TermStatus, TermUse
from translate.memory import Memory, Stored, default_path
from translate.memory.keys import fold, key

RECIPE = "m:tiny@1a2b3c4d|b:4|g:0011"
OTHER = "m:tiny@1a2b3c4d|b:5|g:0011"
FRENCH = "Les ministres ont signé un accord sur l’été."

spans = st.none() | st.tuples(st.integers(0, 500), st.integers(0, 500))
findings = st.builds(
    Finding, st.text(max_size=9), st.sampled_from(Severity), st.text(max_size=20), spans, spans
)
terms = st.builds(
    TermUse,
    st.text(max_size=9),
    st.text(max_size=9),
    st.sampled_from(TermStatus),
    st.tuples(st.integers(0, 500), st.integers(0, 500)),
    spans,
)
filled = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
hypotheses = st.builds(
    Hypothesis,
    filled,
    st.none() | st.floats(),
    st.lists(findings, max_size=3).map(tuple),
    st.lists(terms, max_size=3).map(tuple),
)


def said(memory: Memory, text: str, target: Lang = Lang.EN, recipe: str = RECIPE) -> str | None:
    found = memory.lookup([text], target, recipe)
    return found[text].target if text in found else None


@given(st.dictionaries(filled, hypotheses, max_size=8))
def test_a_hypothesis_comes_back_as_it_went_in(pairs: dict[str, Hypothesis]) -> None:
    with Memory.open(None) as memory:
        assert memory.store(pairs.items(), Lang.ZH, RECIPE) == Stored(added=len(pairs))
        found = memory.lookup(list(pairs), Lang.ZH, RECIPE)
    assert found.keys() == pairs.keys()
    for source, one in pairs.items():
        # repr, because NaN differs from itself and -0.0 equals 0.0
        assert repr(found[source].hypothesis) == repr(one)
        assert (found[source].source, found[source].human) == (source, False)


def test_another_recipe_another_language_or_another_text_does_not_hit(memory: Memory) -> None:
    memory.store([(FRENCH, "an accord")], Lang.EN, RECIPE)
    assert said(memory, FRENCH) == "an accord"
    assert said(memory, FRENCH, recipe=OTHER) is None
    assert said(memory, FRENCH, recipe="") is None
    assert said(memory, FRENCH, Lang.ZH) is None
    assert said(memory, FRENCH.upper()) is None


def test_a_machine_hit_is_the_answer_to_exactly_this_text(memory: Memory) -> None:
    """The model might say something else where only an apostrophe differs."""
    memory.store([(FRENCH, "an accord")], Lang.EN, RECIPE)
    assert said(memory, FRENCH.replace("’", "'")) is None


@pytest.mark.parametrize(
    "typed",
    [
        FRENCH.replace("’", "'"),
        f"  {FRENCH} ",
        FRENCH.replace(" ", "\u00a0"),
        FRENCH.replace("é", "e\u0301"),
        FRENCH.replace(" ", "  "),
    ],
)
def test_a_human_one_also_hits_where_only_typing_differs(memory: Memory, typed: str) -> None:
    memory.store([(FRENCH, "an agreement")], Lang.EN, None, human=True)
    assert typed != FRENCH
    assert said(memory, typed) == "an agreement"


@pytest.mark.parametrize("other", [FRENCH.upper(), FRENCH.replace("é", "e"), FRENCH[:-1], FRENCH + " Oui."])
def test_letters_case_accents_and_full_stops_are_not_typing(memory: Memory, other: str) -> None:
    memory.store([(FRENCH, "an agreement")], Lang.EN, None, human=True)
    assert said(memory, other) is None


def test_the_one_typed_like_the_text_is_preferred(memory: Memory) -> None:
    straight = FRENCH.replace("’", "'")
    memory.store([(FRENCH, "curly"), (straight, "straight")], Lang.EN, None, human=True)
    assert (said(memory, FRENCH), said(memory, straight)) == ("curly", "straight")


@pytest.mark.parametrize("human_first", [True, False])
def test_people_outrank_every_machine_whatever_the_recipe(memory: Memory, human_first: bool) -> None:
    for by_people in (human_first, not human_first):
        if by_people:
            memory.store([(FRENCH, "by people")], Lang.EN, None, human=True, origin="agency.tmx")
        else:
            memory.store([(FRENCH, Hypothesis("by a machine", -0.1))], Lang.EN, RECIPE)
    for recipe in (RECIPE, OTHER):
        entry = memory.lookup([FRENCH], Lang.EN, recipe)[FRENCH]
        assert (entry.target, entry.human, entry.recipe, entry.origin) == (
            "by people",
            True,
            None,
            "agency.tmx",
        )
        assert entry.hypothesis == Hypothesis("by people", origin=Origin.MEMORY)


def test_a_human_hit_is_not_stored_again_as_a_machines(memory: Memory) -> None:
    memory.store([(FRENCH, "by people")], Lang.EN, None, human=True)
    hit = memory.lookup([FRENCH], Lang.EN, RECIPE)[FRENCH]
    assert memory.store([(FRENCH, hit.hypothesis)], Lang.EN, RECIPE) == Stored()
    assert memory.stats().machine == 0


def test_what_is_stored_twice_is_there_once_and_a_later_one_counts(memory: Memory) -> None:
    assert memory.store([(FRENCH, "one"), (FRENCH, "two")], Lang.EN, RECIPE) == Stored(added=1)
    assert memory.store([(FRENCH, "two")], Lang.EN, RECIPE) == Stored(same=1)
    assert memory.store([(FRENCH, Hypothesis("two", -1.0))], Lang.EN, RECIPE) == Stored(changed=1)
    assert memory.store([(FRENCH, "three")], Lang.EN, None, human=True) == Stored(added=1)
    assert (memory.stats().sources, memory.stats().machine, memory.stats().human) == (1, 1, 1)


def test_nothing_empty_and_no_broken_text_is_remembered(memory: Memory) -> None:
    pairs = [
        ("", "nothing"),
        (" \u00a0", "blank"),
        (FRENCH, ""),
        ("Un", "\n"),
        ("\ud800", "x"),
        ("Deux", "\udfff"),
    ]
    assert memory.store(pairs, Lang.EN, RECIPE) == Stored()
    assert memory.lookup([source for source, _ in pairs], Lang.EN, RECIPE) == {}


def test_a_machine_needs_a_recipe(memory: Memory) -> None:
    for recipe in (None, ""):
        with pytest.raises(ValueError, match="recipe"):
            memory.store([(FRENCH, "x")], Lang.EN, recipe)


def test_thousands_of_texts_in_one_call_each_once(memory: Memory) -> None:
    pairs = {f"Phrase numéro {number}.": f"Sentence number {number}." for number in range(4500)}
    assert memory.store(iter(pairs.items()), Lang.EN, RECIPE).written == 4500
    found = memory.lookup([*pairs, *pairs, "Inconnue."], Lang.EN, RECIPE)
    assert {source: entry.target for source, entry in found.items()} == pairs
    assert list(found) == list(pairs)
    assert memory.lookup([], Lang.EN, RECIPE) == {}


def test_texts_that_share_a_key_are_kept_apart(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.memory.rows.key", lambda text: 7)
    memory.store([("Un", "one"), ("Deux", "two")], Lang.EN, RECIPE)
    memory.store([("Trois", "three")], Lang.EN, None, human=True)
    assert (said(memory, "Un"), said(memory, "Deux"), said(memory, "Trois")) == ("one", "two", "three")
    assert said(memory, "Quatre") is None


def test_it_lasts_and_a_memory_without_a_path_does_not(place: Path) -> None:
    when = datetime(2024, 2, 29, 12, tzinfo=UTC)
    with Memory.open(place) as memory:
        memory.store([(FRENCH, "an accord")], Lang.EN, RECIPE, created=when)
    with Memory.open(place) as memory:
        assert memory.lookup([FRENCH], Lang.EN, RECIPE)[FRENCH].created == when
    for _ in range(2):
        with Memory.open(None) as brief:
            assert said(brief, FRENCH) is None
            brief.store([(FRENCH, "an accord")], Lang.EN, RECIPE)


def test_stats_count_by_language_and_recipe(memory: Memory) -> None:
    early = datetime(2020, 1, 1, tzinfo=UTC)
    memory.store([("Un", "one"), ("Deux", "two")], Lang.EN, RECIPE, created=early)
    memory.store([("Un", "one")], Lang.EN, RECIPE + "x", created=early + timedelta(days=1))
    memory.store([("Un", "一")], Lang.ZH, None, human=True, created=early + timedelta(days=2))
    stats = memory.stats()
    assert (stats.path, stats.sources, stats.human, stats.machine) == (memory.path, 2, 1, 3)
    assert stats.size_bytes > 10_000
    assert [(held.lang, held.recipe, held.entries, held.oldest.day) for held in stats.holdings] == [
        (Lang.ZH, None, 1, 3),
        (Lang.EN, RECIPE, 2, 1),
        (Lang.EN, RECIPE + "x", 1, 2),
    ]


def test_its_place_is_the_users_data_directory() -> None:
    assert default_path({"TRANSLATE_HOME": "/srv/t"}) == Path("/srv/t/memory.sqlite")
    assert default_path({"TRANSLATE_HOME": "/srv/t", "TRANSLATE_MEMORY_FILE": "m.db"}) == Path("m.db")
    assert default_path({"HOME": "/home/a", "XDG_DATA_HOME": "/d"}) == Path("/d/translate/memory.sqlite")


@given(st.text("aé «»:;?!%'’\u00a0\u202f\t\n…-\u2011\u00ad"))
def test_folded_text_is_its_own_fold(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert key(once) == key(text)
    assert -(2**63) <= key(text) < 2**63
