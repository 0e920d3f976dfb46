"""Times of races: their parts are compared, whatever marks they have."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import check, repair


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Il a couru en 2h08'32.", "He ran in 2:08:32.", "他跑了2小时08分32秒。"),
        ("Il a couru en 2h08'32.", "He ran in 2 hours, 8 minutes and 32 seconds.", "他跑了2小时8分钟32秒。"),
        ("Elle a gagné en 3'50''07.", "She won in 3:50.07.", "她以3分50秒07获胜。"),
        ("Il a gagné en 1:42.35.", "He won in 1:42.35.", "他以1分42秒35获胜。"),
        ("Il a nagé en 4 min 02 sec 50.", "He swam in 4:02.50.", "他游了4分02秒50。"),
        ("Le film dure 2h46.", "The film lasts 2 hours and 46 minutes.", "影片长2小时46分钟。"),
    ],
)
def test_the_same_time_in_other_marks_is_right(source: str, english: str, chinese: str) -> None:
    assert check(source, english, Lang.EN) == ()
    assert check(source, chinese, Lang.ZH) == ()


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Il a couru en 2h08'32.", "He ran in 2:08:33.", Lang.EN),
        ("Il a couru en 2h08'32.", "He ran in 2:08.", Lang.EN),
        ("Il a couru en 2h08'32.", "他跑了2小时08分3秒。", Lang.ZH),
        ("Elle a gagné en 3'50''07.", "She won in 3:50.08.", Lang.EN),
        ("Elle a gagné en 3'50''07.", "她以3分51秒07获胜。", Lang.ZH),
    ],
)
def test_another_time_is_wrong(source: str, target: str, lang: Lang) -> None:
    assert {finding.code for finding in check(source, target, lang)} == {"numbers"}


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Il a couru en 2h08'32.", "He ran in 2:08: 32.", "He ran in 2:08:32."),
        ("Elle a gagné en 3'50''07.", "She won in 3:50,07.", "She won in 3:50.07."),
        ("Après 1h45 de débats.", "After 1 hours and 45 minutes.", "After 1 hour and 45 minutes."),
        ("Le 11h45 et 21 heures.", "The 11 hours and 21 hours.", "The 11 hours and 21 hours."),
        ("A 2h08, 32 ont couru.", "At 2:08, 32 ran.", "At 2:08, 32 ran."),
    ],
)
def test_english_has_its_own_marks(source: str, target: str, expected: str) -> None:
    assert repair(source, target, Lang.EN)[0] == expected
