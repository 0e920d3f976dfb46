"""A minus before a number: said in any way, it is there; else it is told."""

from __future__ import annotations

import pytest

from translate.domain import Lang, Severity
from translate.text.checks import check


def told(source: str, target: str, lang: Lang) -> list[str]:
    return [finding.message for finding in check(source, target, lang) if "minus" in finding.message]


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Il fera de -2 à 4 degrés.", "It will be 2 to 4 degrees.", Lang.EN),
        ("Il fera de -2 à 4 degrés.", "气温为2至4度。", Lang.ZH),
        ("Il faisait -10 degrés en altitude.", "It fell to 10 degrees at altitude.", Lang.EN),
        ("Il faisait moins 15 degrés.", "It was 15 degrees.", Lang.EN),
        ("DAX : -0,41% à 23.870,11 points", "DAX: 0.41% at 23,870.11 points", Lang.EN),
        ("DAX : -0,41% à 23.870,11 points", "DAX指数：0.41%，报23870.11点", Lang.ZH),
        ("Le luxe (-0,9 %) pèse.", "奢侈品（0.9%）是拖累。", Lang.ZH),
        ("Le résultat, -1,3 milliard, inquiète.", "The result, 1.3 billion, is a worry.", Lang.EN),
    ],
)
def test_a_minus_that_is_gone_is_told(source: str, target: str, lang: Lang) -> None:
    assert told(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Il fera de -2 à 4 degrés.", "It will be -2 to 4 degrees.", Lang.EN),
        ("Il fera de -2 à 4 degrés.", "It will be minus 2 to 4 degrees.", Lang.EN),
        ("Il fera de -2 à 4 degrés.", "气温为零下2至4度。", Lang.ZH),
        ("DAX : -0,41%", "DAX: down 0.41%", Lang.EN),
        ("DAX : -0,41%", "DAX指数：下跌0.41%", Lang.ZH),
        ("Ouverture calamiteuse (-3,4%).", "开盘暴跌（3.4%）。", Lang.ZH),
        # hyphens and dashes, a list's item, what is at least
        ("Un Boeing 737-800 à 10.000 pieds.", "A Boeing 737-800 at 10,000 feet.", Lang.EN),
        ("Il fera 2-4 degrés.", "It will be 2-4 degrees.", Lang.EN),
        ("-30 % des élèves sont absents.", "30 percent of pupils are absent.", Lang.EN),
        ("Une hausse d'au moins 5 %.", "A rise of at least 5 percent.", Lang.EN),
        ("Il faut au moins 20 degrés.", "It takes at least 20 degrees.", Lang.EN),
        ("La joueuse, à -14, mène.", "The player leads on 14.", Lang.EN),
    ],
)
def test_one_that_is_said_or_is_none_is_not(source: str, target: str, lang: Lang) -> None:
    assert told(source, target, lang) == []


def test_it_is_an_error_of_the_number() -> None:
    (finding,) = check("Il faisait -10 degrés.", "It was 10 degrees.", Lang.EN)
    assert (finding.code, finding.severity) == ("numbers", Severity.ERROR)
    assert finding.message == "“-10” has lost its minus"
