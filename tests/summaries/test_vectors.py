"""Sentence vectors without a model."""

from __future__ import annotations

import numpy as np
import pytest

from translate.summaries.vectors import WIDTH, at_most_one, centrality, lexical, unit


def similarity(first: str, second: str) -> float:
    rows = unit(lexical([first, second]))
    return float(rows[0] @ rows[1])


def test_sentences_of_common_words_are_nearer_than_others() -> None:
    text = "Le Parlement a adopté la réforme des retraites."
    near = similarity(text, "La réforme des retraites est adoptée par le Parlement.")
    far = similarity(text, "Neuf personnes sont mortes dans un séisme au Pérou.")
    assert near > far + 0.3


def test_a_row_does_not_depend_on_its_neighbours() -> None:
    many = [f"Phrase numéro {n} sur le vote." for n in range(600)]
    assert np.array_equal(lexical(many)[[0, 255, 256, 599]], lexical([many[n] for n in (0, 255, 256, 599)]))


@pytest.mark.parametrize("text", ["", "a", "中文", "\ud800", "😀" * 50])
def test_any_text_has_a_row(text: str) -> None:
    rows = lexical([text, "vote"])
    assert rows.shape == (2, WIDTH)
    assert np.isfinite(rows).all()


def test_no_sentences_have_no_rows() -> None:
    assert lexical([]).shape == (0, WIDTH)


def test_the_middle_row_is_the_most_central() -> None:
    rows = np.array([[1, 0], [1, 1], [0, 1]], dtype=np.float32)
    assert centrality(rows).tolist() == pytest.approx([0.7071, 1.0, 0.7071], abs=1e-4)


def test_rows_of_zeros_or_no_numbers_are_not_central() -> None:
    rows = np.array([[0, 0], [np.nan, np.inf], [1, 0]], dtype=np.float32)
    assert centrality(rows).tolist() == [0, 0, 1]
    assert at_most_one(np.zeros(3, dtype=np.float32)).tolist() == [0, 0, 0]
