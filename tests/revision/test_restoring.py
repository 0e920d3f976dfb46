"""Numbers of the source in the place of wrong ones: real slips of small models, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang, Severity
from translate.engines.alignment import Link
from translate.revision.restoring import restored
from translate.text.checks.numbers import check

EN, ZH = Lang.EN, Lang.ZH


def links(source: str, text: str, pairs: dict[str, str], share: float = 0.8) -> tuple[Link, ...]:
    """Each word of the translation looks at one of the source: the first such on either side."""
    return tuple(
        Link((at, at + len(word)), (there, there + len(said)), share)
        for said, word in pairs.items()
        for at, there in [(source.index(word), text.index(said))]
    )


def mend(source: str, text: str, lang: Lang, pairs: dict[str, str] | None = None) -> str:
    for each in reversed(restored(source, text, links(source, text, pairs or {}), lang)):
        text = each.edit.of(text)
    return text


@pytest.mark.parametrize(
    ("lang", "source", "text", "right"),
    [
        # a digit too many, one too few, another
        (
            EN,
            "plus de 30 équipes et 600 sauveteurs",
            "over 300 teams and 600 rescuers",
            "over 30 teams and 600 rescuers",
        ),
        (EN, "une vingtaine de recrues", "about 200 recruits", "about 20 recruits"),
        (ZH, "Cent vingt mille familles", "200万户家庭", "12万户家庭"),
        (ZH, "dont la plus jeune avait 58 ans", "其中最年轻的85岁", "其中最年轻的58岁"),
        (ZH, "vingt-deux mois de détention", "被关押2个月后", "被关押22个月后"),
        (ZH, "66 158 Palestiniens ont été tués", "158名巴勒斯坦人丧生", "66158名巴勒斯坦人丧生"),
        # the scale
        (ZH, "2,95 milliards d'euros", "295亿欧元", "29.5亿欧元"),
        (ZH, "130.000 spectateurs", "1.3万名观众", "13万名观众"),
        (ZH, "5.000 milliards de dollars", "超过5000亿美元", "超过5万亿美元"),
        (ZH, "à 20,15 yuans", "20.15亿元", "20.15元"),
        (EN, "un milliard d'euros", "10 billion euros", "1 billion euros"),
        # what stands beside the number stays
        (ZH, "Près de 120.000 cafetières", "近1.2万台咖啡机", "近12万台咖啡机"),
        (ZH, "plus de 1,2 million de personnes", "1200多万人", "120多万人"),
        (ZH, "plus de 54.000 personnes", "5400多人", "5.4万多人"),
        (ZH, "plus de 13.000 personnes", "130多万人", "1.3万多人"),
        (ZH, "une hausse de 12 %", "增长21%", "增长12%"),
        (ZH, "une hausse de 12 %", "增长百分之21", "增长12%"),
        (EN, "une hausse de 1,5 %", "up 15 percent", "up 1.5 percent"),
        (EN, "la 14e session", "the 41st session", "the 14th session"),
        (ZH, "la 14e session", "第41届会议", "第14届会议"),
        (EN, "Cinq villages", "60 villages", "Five villages"),
        # digits that are no number
        (EN, "plus de 1.300 vols", "over 1,3000 flights", "over 1,300 flights"),
        (EN, "500.000 unités d’ici à 2030", "500,0000 units by 2030", "500,000 units by 2030"),
    ],
)
def test_one_number_on_each_side_belong_together(lang: Lang, source: str, text: str, right: str) -> None:
    assert mend(source, text, lang) == right
    assert not [each for each in check(source, right, lang) if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("lang", "source", "text"),
    [
        (ZH, "un ratio de 4% du PIB", "增加1300亿元"),  # no percentage
        (EN, "a versé 479 millions", "paid 12 percent"),
        (ZH, "un recueil de quarante contes", "42年的调查"),  # years, of no years
        (EN, "douze années d'enquête", "15 months of research"),
        (ZH, "30 000 spécialistes", "202年8月"),
        (EN, "28 manifestants", "$300 in damage"),  # money, of no money
        (ZH, "une puissance de 1,1 gigawatt", "提供11个大坝"),  # 1.1 dams
        (ZH, "la 14e session", "5次会议"),
        (ZH, "d'ici 2036", "在月236日"),  # a year, of a day
        (EN, "en 2036", "the 226 million"),
        (EN, "quatre ans et demi", "6 years"),  # four, or four and a half
        (EN, "Il a 30 ans.", "He is from the 1980s."),
    ],
)
def test_what_counts_something_else_is_no_place(lang: Lang, source: str, text: str) -> None:
    assert mend(source, text, lang) == text


def test_of_several_numbers_attention_tells_which_became_which() -> None:
    source = "Huit personnes ont péri et treize ont été blessées."
    text = "16 people died and 80 were hurt."
    assert mend(source, text, EN) == text  # nobody knows
    pairs = {"16": "treize", "80": "Huit"}
    assert mend(source, text, EN, pairs) == "13 people died and eight were hurt."


def test_a_number_said_twice_and_once_wrong_is_right_twice() -> None:
    source, text = "un prêt de 1,2 milliard de dollars", "12亿美元贷款，1.2亿美元开支"
    assert mend(source, text, ZH, {"1.2亿": "1,2 milliard"}) == "12亿美元贷款，12亿美元开支"
    assert mend(source, text, ZH) == text


def test_a_number_that_looks_at_two_is_left() -> None:
    source, text = "12.500 soldats de vingt-quatre pays", "2500名士兵，1.25万"
    half = (*links(source, text, {"25": "12.500"}, 0.5), *links(source, text, {"00": "vingt"}, 0.45))
    assert restored(source, text, half, ZH) == []


def test_one_number_on_each_side_do_not_belong_together_where_attention_says_otherwise() -> None:
    source, text = "27.000 tentes et 14 morts", "1400多人，14人死亡"
    assert mend(source, text, ZH, {"1400": "14 "}) == "14多人，14人死亡"  # said twice
    assert mend(source, text, ZH, {"多": "tentes"}) == text  # not at a number of the source at all


def test_right_numbers_are_left_and_dates_and_hours_are_not_touched() -> None:
    for source, text in [
        ("33 millions de tonnes", "33 million tonnes"),
        ("le 22 août", "on August 20"),
        ("à 23h44", "at 23:04"),
        ("une douzaine de bâtiments", "a dozen buildings"),
        ("", "30"),
    ]:
        assert mend(source, text, EN) == text


def test_the_note_says_what_stood_there_and_where_the_number_comes_from() -> None:
    source, text = "Ils ont 33 millions de tonnes.", "他们有33300万吨。"
    (one,) = restored(source, text, (), ZH)
    note = one.told(source, text)
    assert (note.code, note.severity) == ("restored", Severity.NOTE)
    assert note.message == "“33300万” → “3300万”, for “33 millions”"
    assert source[slice(*note.source_span or (0, 0))] == "33 millions"
    assert one.edit.of(text)[slice(*note.target_span or (0, 0))] == "3300万"


@given(st.integers(11, 10**10), st.integers(11, 10**10), st.sampled_from([EN, ZH]))
def test_any_number_can_be_put_in_the_place_of_any_other(right: int, wrong: int, lang: Lang) -> None:
    source = f"Ils ont compté {right:,} cas.".replace(",", ".")
    text = f"They counted {wrong:,} cases." if lang is EN else f"他们统计了{wrong}例。"
    said = mend(source, text, lang)
    assert not list(check(source, said, lang))


@given(
    st.text("0123456789.,%年万亿多第 abc", max_size=20), st.text("0123456789.,%年万亿多第近 abc", max_size=20)
)
def test_no_text_breaks_it_and_nothing_but_numbers_changes(source: str, text: str) -> None:
    for lang in (EN, ZH):
        for each in restored(source, text, (), lang):
            assert any(sign.isdigit() for sign in text[each.edit.start : each.edit.end])
