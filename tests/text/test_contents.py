"""The clauses of a sentence, and the words in them that say something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.text.checks import omissions
from translate.text.contents import clauses


def said(sentence: str) -> list[list[str]]:
    return [[sentence[slice(*word)] for word in part.words] for part in clauses(sentence)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Il pleut", [["pleut"]]),
        ("Le ministre, arrivé lundi, est reparti.", [["ministre"], ["arrivé", "lundi"], ["reparti"]]),
        ("Le taux (2,1 % à 15:30) monte.", [["taux"], [], ["monte"]]),
        ("« Rien ne va plus », dit-elle : elle part…", [["Rien"], ["dit-elle"], ["part"]]),
        ("La cimenterie - fermée - vend 水泥厂 encore", [["cimenterie"], ["fermée"], ["vend", "水泥厂"]]),
        ("Selon lui, après tout", [[], []]),
        ("... !", []),
        ("", []),
    ],
)
def test_words_that_say_something_between_two_marks(sentence: str, words: list[list[str]]) -> None:
    assert said(sentence) == words


@given(st.text("aé ,.;:()«»\"'’-–1中\u00a0\n", max_size=40))
def test_clauses_stand_in_order_and_hold_their_words(sentence: str) -> None:
    done = 0
    for part in clauses(sentence):
        assert done <= part.start < part.end <= len(sentence)
        assert all(part.start <= start < end <= part.end for start, end in part.words)
        assert sentence[part.start : part.end] == sentence[part.start : part.end].strip()
        done = part.end


def test_a_clause_that_was_passed_over_is_told_with_its_place() -> None:
    sentence = "Il a plaidé coupable, reconnaissant les faits."
    (told,) = omissions(sentence, [1])
    assert (told.code, told.severity) == ("omission", "warning")
    assert told.message == "“reconnaissant les faits.” may have been left out"
    assert told.source_span == (22, len(sentence))
    assert omissions(sentence, [7]) == omissions(sentence, []) == ()
