"""What a number counts."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks.counted import is_whole, unit


@pytest.mark.parametrize(
    ("text", "lang", "what"),
    [
        ("22| mois de détention", Lang.FR, "month"),
        ("58| ans", Lang.FR, "year"),
        ("dix| longues années", Lang.FR, "year"),
        ("12| anses", Lang.FR, None),
        ("20 milliards| d'euros", Lang.FR, "money"),
        ("2 800| francs CFA", Lang.FR, "money"),
        ("30| équipes", Lang.FR, None),
        ("two| more years", Lang.EN, "year"),
        ("an 80|-year-old", Lang.EN, "year"),
        ("20 billion| euros", Lang.EN, "money"),
        ("300| rescue teams", Lang.EN, None),
        ("2|个月后", Lang.ZH, "month"),
        ("200|多年", Lang.ZH, "year"),
        ("85|岁以上", Lang.ZH, "year"),
        ("14|小时", Lang.ZH, "hour"),
        ("400亿|欧元", Lang.ZH, "money"),
        ("2800|非洲法郎", Lang.ZH, "money"),
        ("14|名领导人", Lang.ZH, None),
        ("5000亿|", Lang.ZH, None),
    ],
)
def test_the_words_behind_a_number_tell_what_it_counts(text: str, lang: Lang, what: str | None) -> None:
    end = text.index("|")
    assert unit(text.replace("|", ""), end, lang) == what


def test_people_are_whole_and_money_is_not() -> None:
    assert is_whole("11名领导人", 2)
    assert is_whole("11多名", 2)
    assert not is_whole("1.1兆赫", 3)
    assert not is_whole("20.15元", 5)
