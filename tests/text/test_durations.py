"""Durations in figures, as a model is given them: hours of a day are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text.durations import in_full
from translate.text.lexicon import given as given_words


@pytest.mark.parametrize(
    ("french", "english", "chinese"),
    [
        ("gagné en 2h05 hier", "gagné en 2 hours and 5 minutes hier", "gagné en 2小时5分钟 hier"),
        ("a duré 1 h 01", "a duré 1 hour and 1 minute", "a duré 1小时1分钟"),
        ("a duré près de 0h45", "a duré près de 45 minutes", "a duré près de 45分钟"),
        ("a mis 3H00", "a mis 3 hours", "a mis 3小时"),
        ("après 1h40 de vol", "après 1 hour and 40 minutes de vol", "après 1小时40分钟 de vol"),
        ("1h30 d'audition", "1 hour and 30 minutes d'audition", "1小时30分钟 d'audition"),
        ("un film long de 2h46", "un film long de 2 hours and 46 minutes", "un film long de 2小时46分钟"),
        ("en 2h08'32", "en 2:08:32", "en 2 h 08 min 32 s"),
        ("en 2h08'32\", devant", "en 2:08:32, devant", "en 2 h 08 min 32 s, devant"),
        ("en 2h14:04 (2h15:12)", "en 2:14:04 (2:15:12)", "en 2 h 14 min 04 s (2 h 15 min 12 s)"),
        ("en 2 h 03 min 23 s", "en 2:03:23", "en 2 h 03 min 23 s"),
        ("en 3'50''07", "en 3:50.07", "en 3 min 50 sec 07"),
        ("en 1 min 54 sec 06/100", "en 1:54.06", "en 1 min 54 sec 06"),
        ("en 1:42.35", "en 1:42.35", "en 1 min 42 sec 35"),
        ("arrivé à 4'12\"", "arrivé à 4 minutes and 12 seconds", "arrivé à 4 min 12 s"),
        ("2 min 11 sec de retard", "2 minutes and 11 seconds de retard", "2 min 11 sec de retard"),
        ("1'23 d'avance", "1:23 d'avance", "1 min 23 s d'avance"),
    ],
)
def test_a_duration_is_given_in_full(french: str, english: str, chinese: str) -> None:
    assert in_full(french, Lang.EN) == english
    assert in_full(french, Lang.ZH) == chinese
    assert given_words(french, Lang.EN).startswith(english[:9])  # a model is given it with its rare words


@pytest.mark.parametrize(
    "french",
    [
        "La séance reprendra à 14h30.",
        "de 9h00 à 12h15, puis de 14h à 16h30",
        "vers 19H00 locales (18H00 GMT)",
        "en 2024, à 8h12, en 14e position",
        "Le combat a duré 0h00.",
        "Mbappé (12', 45'+2)",
        '"Il a gagné de 1\'23", a-t-il dit.',
        "L'article 12, alinéa 3:15, le 4/12",
        "un ratio de 3:2, un score de 21:19",
        "à 21h00 de Paris",
    ],
)
def test_what_is_no_duration_stays(french: str) -> None:
    assert in_full(french, Lang.EN) == french
    assert in_full(french, Lang.ZH) == french


@given(st.text(alphabet="0123456789hH'’\":., endmuréà", max_size=40), st.sampled_from([Lang.EN, Lang.ZH]))
def test_no_text_is_too_odd_and_none_is_changed_twice(text: str, target: Lang) -> None:
    once = in_full(text, target)
    assert in_full(in_full(once, target), target) == in_full(once, target)
