"""Opening marks stand apart from the words behind them for the model, and nowhere else."""

from __future__ import annotations

from types import EllipsisType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.text.openings import apart, read, together

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


@pytest.mark.parametrize(
    ("text", "as_it_is_read"),
    [
        ("l'« affaire » d'hier", "l'\" affaire\" d'hier"),
        ('"le soutien des +gilets jaunes+", dit-il', '" le soutien des " gilets jaunes"", dit-il'),
        ("+Non+", '" Non"'),
        ("C++ et Canal+ à +3 ou +4 degrés, 5+6+7", ...),
        ('" oui ", dit-il, " non "', '" oui", dit-il, " non"'),
        ('un écran de 5 " et un de 6 " ici', ...),
        ("", ...),
    ],
)
def test_a_source_is_read_with_quotations_as_other_wires_mark_them_too(
    text: str, as_it_is_read: str | EllipsisType
) -> None:
    assert read(text) == (text if as_it_is_read is ... else as_it_is_read)


@given(st.text(alphabet="dl'’+\"« »a3É-(", max_size=30))
def test_of_a_source_words_and_quotations_stay(text: str) -> None:
    straight = str.maketrans({"+": '"', "«": '"', "»": '"'})
    assert "".join(read(text).translate(straight).split()) == "".join(text.translate(straight).split())


@given(PIECES)
def test_and_back(pieces: list[tuple[str, str]]) -> None:
    text = " ".join(shape.format(words) for words, shape in pieces)
    assert together(apart(text)) == text


@given(st.text())
def test_words_and_marks_stay(text: str) -> None:
    straight = str.maketrans(dict.fromkeys("«»“”„", '"'))
    assert "".join(apart(text).split()) == "".join(text.translate(straight).split())


@pytest.mark.parametrize("space", "\u2002\u2003\u2007\u2008\u200a\u205f\u3000")
def test_a_rare_space_is_read_as_a_plain_one(space: str) -> None:
    assert read(f"en 2018{space}: plus de 16{space}%") == "en 2018 : plus de 16 %"
