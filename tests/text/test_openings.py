"""Opening marks stand apart from the words behind them for the model, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.text.openings import apart, together

WORDS = st.lists(
    st.sampled_from(["élu", "FINUL", "a", "l'an", "12.500", "M.", "dit-il", "Paris,"]), min_size=1
)
PIECES = st.lists(
    st.tuples(
        WORDS.map(" ".join), st.sampled_from(["{}", '"{}"', '"{},"', "({})", "[{}]", '("{}")', '"({})"'])
    ),
    min_size=1,
)


@pytest.mark.parametrize(
    ("text", "given_to_the_model"),
    [
        ('"Récemment, des élus", dit-il.', '" Récemment, des élus", dit-il.'),
        ("« Oui », dit-il. «\u202fNon\u202f»", '" Oui", dit-il. " Non"'),
        ("“Yes,” he said.", '" Yes," he said.'),
        ("la force (FINUL) au Liban", "la force ( FINUL) au Liban"),
        ('une agence ("Xinhua")', 'une agence (" Xinhua")'),
        ("l'«affaire» d'hier", "l'\" affaire\" d'hier"),
        ("un écran de 5\" et l'autre", "un écran de 5\" et l'autre"),
        ("un nom(s) au pluriel", "un nom(s) au pluriel"),
        ("rien de tel", "rien de tel"),
        ("", ""),
    ],
)
def test_an_opening_mark_stands_apart(text: str, given_to_the_model: str) -> None:
    assert apart(text) == given_to_the_model


@given(PIECES)
def test_and_back(pieces: list[tuple[str, str]]) -> None:
    text = " ".join(shape.format(words) for words, shape in pieces)
    assert together(apart(text)) == text


@given(st.text())
def test_words_and_marks_stay(text: str) -> None:
    straight = str.maketrans(dict.fromkeys("«»“”„", '"'))
    assert "".join(apart(text).split()) == "".join(text.translate(straight).split())
