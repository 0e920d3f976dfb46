"""A few people who are others in the translation."""

from __future__ import annotations

import pytest

from translate.domain import Finding, Lang, Severity
from translate.text.checks import check


def numbers(source: str, target: str, lang: Lang) -> list[Finding]:
    return [finding for finding in check(source, target, lang) if finding.code == "numbers"]


@pytest.mark.parametrize(
    ("source", "target", "lang", "message"),
    [
        ("Deux personnes sont mortes noyées.", "五人溺亡。", Lang.ZH, "“Deux” became “五”"),
        ("Deux personnes sont mortes.", "Five people died.", Lang.EN, "“Deux” became “Five”"),
        ("Trois soldats ont été tués.", "Four soldiers were killed.", Lang.EN, "“Trois” became “Four”"),
        ("Trois policiers ont été blessés.", "5名警察受伤。", Lang.ZH, "“Trois” became “5”"),
        ("L'attaque a fait quatre morts.", "袭击造成六死。", Lang.ZH, "“quatre” became “六”"),
    ],
)
def test_other_people_are_one_error(source: str, target: str, lang: Lang, message: str) -> None:
    (finding,) = numbers(source, target, lang)
    assert (finding.severity, finding.message) == (Severity.ERROR, message)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Deux personnes sont mortes.", "Two people died.", Lang.EN),
        ("Deux enfants sont morts.", "Both children died.", Lang.EN),
        ("Deux personnes sont mortes.", "两人死亡。", Lang.ZH),
        ("Deux hommes et une femme sont morts.", "三人死亡。", Lang.ZH),  # the sum of both
        ("Un policier et deux civils sont morts.", "Three people died.", Lang.EN),
        ("Deux hommes sont arrivés.", "A man and his brother have arrived.", Lang.EN),
        ("Vingt-deux personnes sont mortes.", "22人死亡。", Lang.ZH),
        ("Deux morts dans une course à cinq.", "五人比赛中两人死亡。", Lang.ZH),
        ("Deux hommes, dont le troisième, sont cités.", "第三名男子等两人被点名。", Lang.ZH),
    ],
)
def test_the_same_people_are_none(source: str, target: str, lang: Lang) -> None:
    assert numbers(source, target, lang) == []
