"""Our ROUGE against values worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.rouge import longest_common, rouge, words


def test_words_are_lower_cased_runs_without_punctuation() -> None:
    assert words("L'Accord, signé à 17h46 !") == ["l", "accord", "signé", "à", "17h46"]


def test_equal_texts_score_one_hundred() -> None:
    assert rouge("Un accord a été signé.", "un accord a été signé") == (100, 100, 100)


def test_texts_without_a_common_word_score_nothing() -> None:
    assert rouge("Un accord", "le vote") == (0, 0, 0)


def test_no_summary_scores_nothing() -> None:
    assert rouge("", "le vote") == (0, 0, 0)
    assert rouge("le vote", "") == (0, 0, 0)


def test_values_worked_out_by_hand() -> None:
    # ours: le chat dort sur le lit (6 words, 5 pairs); theirs: le chien dort sur un lit (6 words, 5 pairs)
    # common words: le (once), dort, sur, lit = 4 -> 2*4/12; common pairs: dort sur = 1 -> 2*1/10
    # longest common subsequence: le dort sur lit = 4 -> 2*4/12
    found = rouge("Le chat dort sur le lit.", "Le chien dort sur un lit.")
    assert found.one == pytest.approx(100 * 8 / 12)
    assert found.two == pytest.approx(20)
    assert found.longest == pytest.approx(100 * 8 / 12)


def test_a_repeated_word_counts_as_often_as_both_have_it() -> None:
    # ours: a a a (3), theirs: a b (2): one common word -> 2*1/5
    assert rouge("a a a", "a b").one == pytest.approx(40)


def test_order_counts_for_rouge_l_alone() -> None:
    # words reversed: all three are common, the longest common subsequence has one
    found = rouge("un deux trois", "trois deux un")
    assert found.one == pytest.approx(100)
    assert found.two == 0
    assert found.longest == pytest.approx(100 / 3)


def test_longest_common_subsequence_may_have_gaps() -> None:
    assert longest_common("abcbdab", "bdcaba") == 4
