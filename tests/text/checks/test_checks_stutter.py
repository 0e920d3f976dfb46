"""Chinese words twice in a row: which are said once, which are left alone."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import repair

ROADS = "Une centaine de manifestants ont bloqué les avenues."


@pytest.mark.parametrize(
    ("target", "mended"),
    [
        ("约100名示威者封堵了通道通道。", "约100名示威者封堵了通道。"),
        ("食品食品领域损失严重。", "食品领域损失严重。"),
        ("总工会总工会提出要求。", "总工会提出要求。"),
        ("检方检方检方宣布。", "检方宣布。"),
        ("会见了“黄马甲”“黄马甲”。", "会见了“黄马甲”。"),
        ("在苏尔坦苏尔坦墓附近。", "在苏尔坦墓附近。"),
        ("29岁的法国队队队长受伤。", "29岁的法国队队长受伤。"),
        ("棕棕棕榈树很多。", "棕榈树很多。"),
        ("指数上涨，连续第三个交易日连续第三个交易日上涨。", "指数上涨，连续第三个交易日上涨。"),
        ("组织者称有3500人参加，组织者称有3500人参加，示威继续。", "组织者称有3500人参加，示威继续。"),
    ],
)
def test_a_word_is_said_once(target: str, mended: str) -> None:
    text, findings = repair(ROADS, target, Lang.ZH)
    assert (text, [finding.code for finding in findings]) == (mended, ["repaired"])
    assert repair(ROADS, text, Lang.ZH) == (text, ())


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("Tedros Adhanom Ghebreyesus est là.", "负责人谭德塞·谭德塞来了。", "负责人谭德塞来了。"),
        ("Marine Le Pen a parlé.", "玛丽娜·勒庞·勒庞说。", "玛丽娜·勒庞说。"),
        # names that are so, and one that only ends as the next begins
        ("Boutros Boutros-Ghali est né.", "布特罗斯·布特罗斯·加利出生。", "布特罗斯·布特罗斯·加利出生。"),
        ("Mohamed Mohammed est né.", "穆罕默德·穆罕默德出生。", "穆罕默德·穆罕默德出生。"),
        ("Abdul Dulles est né.", "阿卜杜勒·杜勒斯出生。", "阿卜杜勒·杜勒斯出生。"),
    ],
)
def test_a_name_is_no_family_of_its_own(source: str, target: str, mended: str) -> None:
    assert repair(source, target, Lang.ZH)[0] == mended


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (ROADS, "他们一步一步地走，三艘三艘地系在一起。"),  # they count
        ("La réserve du Ngorongoro.", "恩戈罗恩戈罗自然保护区关闭。"),  # a name
        ("Un couscous à Pago-Pago.", "帕果帕果有古斯古斯。"),
        ("L'empereur Caracalla.", "卡拉卡拉皇帝。"),
        (ROADS, "建筑建筑师主张拆除，监狱监狱长反对。"),  # the second begins another word
        (ROADS, "两名同名同姓者，税负越来越重，能不能不用？"),
        ("Toujours, toujours les mêmes routes.", "永远永远是同样的道路。"),  # the source says it twice
        (ROADS, "约100名示威者封堵了通道。"),
        (ROADS, "依照第二百六十八条、第二百六十八条之一的规定。"),  # the first of one clause
        (ROADS, "他哈哈哈大笑：一九九九年，一一一号，轰轰轰！"),
        (ROADS, "阿齐纳纳纳热带雨林。"),  # Atsinanana
        ("Il dit « non, non, non ».", "他说“不不不”。"),
        (ROADS, "10000000000人，5％5％5％5％5％。"),
        (
            "«Tu t'appelles Macron, tu t'appelles Macron», chante-t-on.",
            "人们唱道，你的名字叫马克龙，你的名字叫马克龙。",
        ),
    ],
)
def test_what_is_left_alone(source: str, target: str) -> None:
    assert repair(source, target, Lang.ZH) == (target, ())
