"""Long input is cut into pieces, never cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.summaries.chunks import chunks


def count_words(text: str) -> int:
    return len(text.split())


def test_what_fits_is_one_piece() -> None:
    assert chunks(["Un.", "Deux."], count_words, 10) == ["Un. Deux."]


def test_pieces_end_where_sentences_end() -> None:
    assert chunks(["Un deux trois.", "Quatre cinq.", "Six."], count_words, 5) == [
        "Un deux trois.",
        "Quatre cinq. Six.",
    ]


def test_a_long_sentence_is_cut_at_its_clauses_first() -> None:
    assert chunks(["Un deux, trois quatre ; cinq six."], count_words, 3) == [
        "Un deux,",
        "trois quatre ;",
        "cinq six.",
    ]


def test_a_word_above_the_limit_is_cut_between_characters() -> None:
    assert "".join(chunks(["a" * 100], len, 30)) == "a" * 100


@pytest.mark.parametrize("sentences", [[], [""], ["", ""]])
def test_nothing_makes_no_piece_with_text(sentences: list[str]) -> None:
    assert "".join(chunks(sentences, len, 5)) == ""


@given(st.lists(st.text(alphabet="ab,; .é", max_size=40), max_size=8), st.integers(2, 12))
def test_every_piece_fits_and_no_character_is_lost(sentences: list[str], limit: int) -> None:
    pieces = chunks(sentences, len, limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join("".join(sentences).split())
