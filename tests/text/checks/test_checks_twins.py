"""Chinese signs that stand twice in a row: which slips are told, which doublings are Chinese."""

from __future__ import annotations

import pytest

from translate.domain import Lang, Severity
from translate.text.checks import check

SOURCE = "Une phrase quelconque."


def told(target: str, lang: Lang = Lang.ZH) -> list[str]:
    found = [one for one in check(SOURCE, target, lang) if one.code == "repetition"]
    assert all(one.severity is Severity.WARNING for one in found)
    return [target[slice(*one.target_span)] for one in found if one.target_span]


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("这是一只小棕棕榈树。", "棕棕"),
        ("化学品攻击，也也有毒气。", "也也"),
        ("其其他资源和棕棕榈树。", "其其"),  # the first
        ("他乘坐了俄俄。", "俄俄"),
        ("棕棕", "棕棕"),
    ],
)
def test_a_sign_that_is_never_doubled_is_told_with_its_place(target: str, what: str) -> None:
    assert told(target) == [what]


@pytest.mark.parametrize(
    "target",
    [
        "他们常常来往，往往很晚。",
        "法国外交部部长和上海市市长会见了哈萨克斯坦国国王。",  # the end of one word, the start of the next
        "他把一筐筐桃子倒在地上。",  # measure words
        "梅尔科尼尼安先生说，阿萨萨赫勒。",  # names, as they sound
        "这是第22届。",
        "",
    ],
)
def test_what_chinese_doubles_is_left_alone(target: str) -> None:
    assert told(target) == []


def test_other_languages_are_not_asked() -> None:
    assert told("It says 棕棕榈 here.", Lang.EN) == []
