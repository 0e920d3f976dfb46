"""Over-long sentences: every piece fits, nothing is lost, cuts stand where a reader would pause."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.text.clauses import split_clauses

LONG = (
    "Le conseil a adopté le budget ; les ministres, réunis à Bruxelles depuis lundi, ont promis de verser "
    "1 250 000 euros aux régions touchées par les crues, mais aucun calendrier n'a été fixé."
)


def pieces(sentence: str, limit: int) -> list[str]:
    """The texts of the pieces of at most `limit` characters, after checking that nothing is lost."""
    found = split_clauses(sentence, lambda text: len(text) <= limit)
    end = 0
    for piece in found:
        assert sentence[piece.start : piece.end] == piece.text == piece.text.strip() != ""
        assert sentence[end : piece.start].strip() == ""
        end = piece.end
    assert sentence[end:].strip() == ""
    return [piece.text for piece in found]


def test_a_sentence_that_fits_stays_whole() -> None:
    assert pieces(LONG, 500) == [LONG]


def test_a_semicolon_near_the_middle_comes_first() -> None:
    sentence = "Le texte est prêt, selon lui, depuis hier ; il sera lu, puis voté, demain matin."
    assert pieces(sentence, 60) == [
        "Le texte est prêt, selon lui, depuis hier ;",
        "il sera lu, puis voté, demain matin.",
    ]


def test_commas_come_before_conjunctions_and_white_space() -> None:
    assert pieces(LONG, 100) == [
        "Le conseil a adopté le budget ; les ministres, réunis à Bruxelles depuis lundi,",
        "ont promis de verser 1 250 000 euros aux régions touchées par les crues,",
        "mais aucun calendrier n'a été fixé.",
    ]


def test_without_marks_a_conjunction_begins_a_piece() -> None:
    sentence = (
        "Le gouvernement a annoncé hier soir la fin des travaux et le retour des habitants dans leurs maisons"
    )
    assert pieces(sentence, 60) == [
        "Le gouvernement a annoncé hier soir la fin des travaux",
        "et le retour des habitants dans leurs maisons",
    ]


def test_figures_and_titles_are_not_parted_while_there_is_another_blank() -> None:
    assert pieces("Somme de 1 250 000 000 euros", 20) == ["Somme de", "1 250 000 000 euros"]
    assert pieces("Rencontre entre M. Dupontel demain", 20) == ["Rencontre entre", "M. Dupontel demain"]


def test_a_comma_inside_a_number_is_no_place() -> None:
    assert all("3,14159" in piece for piece in pieces("abcdefgh 3,14159", 9)[1:])


def test_a_word_of_ten_thousand_letters_is_cut_anywhere() -> None:
    found = pieces("Le mot " + "a" * 10_000 + " est long", 300)
    assert all(len(piece) <= 300 for piece in found)
    assert found[0].startswith("Le mot")


def test_chinese_is_cut_at_its_own_marks() -> None:
    assert pieces("外交部长会见了总干事，双方讨论了合作。", 12) == [
        "外交部长会见了总干事，",
        "双方讨论了合作。",
    ]
    assert all(len(piece) <= 5 for piece in pieces("外交部长会见了国际移民组织总干事", 5))


def test_an_accent_stays_with_its_letter() -> None:
    found = pieces("e\u0301" * 30, 7)
    assert all(not unicodedata.combining(piece[0]) for piece in found)


def test_a_limit_that_nothing_meets_still_loses_nothing() -> None:
    assert "".join(pieces("abc def", 0)) == "abcdef"


@pytest.mark.parametrize("blank", ["", " ", "\u00a0\n"])
def test_white_space_has_no_pieces(blank: str) -> None:
    assert pieces(blank, 10) == []


def test_pieces_are_balanced() -> None:
    sentence = ", ".join(f"la région numéro {number} attend son tour" for number in range(64))
    lengths = [len(piece) for piece in pieces(sentence, 400)]
    assert min(lengths) * 2.5 > max(lengths)


@pytest.mark.parametrize("unit", ["mot ", "a, ", "a", "et ", "; ", "字"])
def test_fits_is_asked_a_few_times_per_piece(unit: str) -> None:
    asked = 0

    def fits(text: str) -> bool:
        nonlocal asked
        asked += 1
        return len(text) <= 40

    found = split_clauses(unit * 5000, fits)
    assert asked <= 4 * len(found) + 2


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["mot", " ", ", ", " ; ", " et ", "12 ", "\u00a0", "字", "，", "e\u0301", "M. ", "–", "\n"]
        )
    ).map("".join)
    | st.text(),
    st.integers(1, 30),
)
def test_every_piece_fits_and_nothing_is_lost(sentence: str, limit: int) -> None:
    found = pieces(sentence, limit)
    for piece in found:
        bases = [
            char for char in piece if not unicodedata.category(char).startswith("M") and char != "\u200d"
        ]
        assert len(piece) <= limit or len(bases) <= 2
