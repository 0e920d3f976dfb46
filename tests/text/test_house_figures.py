"""French numbers as English and Chinese write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text.checks.figures import Trust
from translate.text.checks.numbers import read
from translate.text.house.figures import is_ordinal, written


def value(french: str) -> float:
    """The one value of a French number."""
    (figure,) = [each for each in read(french, Lang.FR).figures if each.trust is not Trust.HINT]
    (only,) = figure.values
    return only


@pytest.mark.parametrize(
    ("french", "english", "chinese"),
    [
        ("318.000", "318,000", "31.8万"),
        ("66 158", "66,158", "66158"),
        ("104\u2009500", "104,500", "104500"),
        ("12.500", "12,500", "12500"),
        ("33 millions", "33 million", "3300万"),
        ("2,95 milliards", "2.95 billion", "29.5亿"),
        ("1.300 milliards", "1.3 trillion", "1.3万亿"),
        ("3 mille milliards", "3 trillion", "3万亿"),
        ("100.000 millions", "100 billion", "1000亿"),
        ("4,20", "4.20", "4.20"),
        ("0,001%", "0.001", "0.001"),
        ("12 pour cent", "12", "12"),
        ("14e", "14th", "14"),
        ("septième", "7th", "7"),
        ("cinq", "five", "5"),
        ("onze", "11", "11"),
        ("quatre-vingts", "80", "80"),
        ("cent vingt mille", "120,000", "12万"),
        ("trois millions", "3 million", "300万"),
    ],
)
def test_a_number_is_written_as_agencies_of_the_target_do(french: str, english: str, chinese: str) -> None:
    worth = value(french)
    assert (written(french, worth, Lang.EN), written(french, worth, Lang.ZH)) == (english, chinese)


def test_a_year_has_no_separators_and_no_scale() -> None:
    assert [written("2036", 2036.0, lang, is_year=True) for lang in (Lang.EN, Lang.ZH)] == ["2036", "2036"]


@pytest.mark.parametrize(
    ("french", "is_one"), [("14e", True), ("neuvième", True), ("14", False), ("dix", False)]
)
def test_ordinals(french: str, is_one: bool) -> None:
    assert is_ordinal(french) is is_one


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


WHOLE = st.integers(3, 999_999_999)
SEPARATORS = st.sampled_from([".", " ", "\u00a0", "\u202f", "\u2009"])
SCALES = st.sampled_from(["", " millions", " milliards"])
TARGETS = st.sampled_from([Lang.EN, Lang.ZH])


@example(429_496_730, 1, ".", " milliards", Lang.ZH)  # more than a float holds without noise
@given(WHOLE, st.integers(0, 99), SEPARATORS, SCALES, TARGETS)
def test_what_is_written_reads_as_the_same_number(
    number: int, hundredths: int, separator: str, scale: str, target: Lang
) -> None:
    decimals = f",{hundredths:02d}" if hundredths else ""
    french = f"{grouped(number, separator)}{decimals}{scale}"
    worth = value(french)
    factor = {"": 1, " millions": 10**6, " milliards": 10**9}[scale]
    assert worth == pytest.approx(float((number + Decimal(hundredths) / 100) * factor), rel=1e-11)
    (figure,) = read(written(french, worth, target), target).figures
    assert worth in figure.values


@given(st.integers(3, 10**12), TARGETS)
def test_number_words_too(number: int, target: Lang) -> None:
    said = written("tant", float(number), target)
    assert float(number) in read(said, target).values
