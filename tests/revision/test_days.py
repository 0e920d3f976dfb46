"""Days, months and days of the week of the source in the place of wrong ones, and what is left alone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.revision.test_restoring import links
from translate.domain import Lang, Severity
from translate.revision.days import redated
from translate.text.checks.numbers import check
from translate.text.house.moments import MONTHS, WEEKDAYS, ZH_WEEKDAYS

EN, ZH = Lang.EN, Lang.ZH
FR_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
FR_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def mend(
    source: str, text: str, lang: Lang, pairs: dict[str, str] | None = None, *, twice: bool = False
) -> str:
    for each in reversed(redated(source, text, links(source, text, pairs or {}), lang, twice=twice)):
        text = each.edit.of(text)
    return text


@pytest.mark.parametrize(
    ("lang", "source", "text", "right"),
    [
        (EN, "Vendredi soir, la juge", "On Tuesday night, the judge", "On Friday night, the judge"),
        (EN, "les lundis", "on Thursdays", "on Mondays"),
        (ZH, "publiée samedi soir", "周五晚发表", "周六晚发表"),
        (ZH, "vues mardi matin", "在星期五上午", "在星期二上午"),
        (ZH, "dimanche", "礼拜三", "礼拜日"),
        # the day of the month shows which
        (ZH, "du 16 au 22 octobre", "10月16日至2月22日", "10月16日至10月22日"),
        (ZH, "du 8 au 10 janvier", "1月8日至10月10日", "1月8日至1月10日"),
        (ZH, "du 7 au 10 avril", "7月7日至10日", "4月7日至10日"),
        (ZH, "le 14 mars", "2月14日", "3月14日"),
        (ZH, "le 14 mars", "2 月 14 日", "3 月 14 日"),
        (EN, "le 22 octobre", "on Feb. 22", "on Oct. 22"),
        (EN, "le 22 octobre 2015", "on 22nd February 2015", "on 22nd October 2015"),
        (EN, "du 16 au 22 octobre", "from February 16 to 22", "from October 16 to 22"),
        # the month, or nothing but that they are left
        (ZH, "le 22 août", "8月20日", "8月22日"),
        (EN, "le 22 août", "on August 20th", "on August 22nd"),
        (EN, "du 16 au 22 octobre", "October 15 to 22", "October 16 to 22"),
        (EN, "le 1er août 2005", "on July 3, 2005", "on August 1, 2005"),
        (ZH, "entre janvier et novembre", "6月起至11月", "1月起至11月"),
        (EN, "en septembre", "in Oct.", "in Sept."),
    ],
)
def test_one_on_each_side_belong_together(lang: Lang, source: str, text: str, right: str) -> None:
    assert mend(source, text, lang) == right
    assert not list(check(source, right, lang))


@pytest.mark.parametrize(
    ("source", "text", "right"),
    [
        ("Samedi matin, un journaliste", "Samedi morning, a journalist", "Saturday morning, a journalist"),
        ("Demain (lundi), tous", "Tomorrow (lundi), all", "Tomorrow (Monday), all"),
        ("Mercredi, un débat", "In Mercredi, a debate", "On Wednesday, a debate"),
        ("organisé mercredi", "held in mercredi", "held on Wednesday"),
        ("la période janvier-juin", "the January-juin period", "the January-June period"),
        ("lundi matin et lundi soir", "lundi morning and lundi night", "Monday morning and Monday night"),
        ("à la mi-mars", "in mid-Mars", "in mid-March"),
    ],
)
def test_what_was_left_in_french_is_translated(source: str, text: str, right: str) -> None:
    assert mend(source, text, EN) == right


@pytest.mark.parametrize(
    ("lang", "source", "text"),
    [
        (EN, "le Journal du Dimanche", "the Journal du Dimanche"),  # a name
        (EN, "le Journal du Dimanche", "Sunday's paper"),
        (EN, "la planète Mars", "the planet Mars"),
        (EN, "en janvier", "the Janviers"),
        (ZH, "en juillet", "1月球队"),  # the moon
        (ZH, "il y a six mois", "6月前"),  # there is no month in the source
        (ZH, "en octobre", "10月2日"),  # nor such a day
        (EN, "vendredi et samedi", "on Tuesday"),  # nobody knows which
        (ZH, "lundi et mardi", "周三和周四"),
        (EN, "les 5 mai et 6 juin", "on July 7"),
        (EN, "à 8 heures vendredi", "at 9:00 on Friday"),
        (EN, "", "on Monday, May 5"),
        (EN, "lundi 5 mai", ""),
    ],
)
def test_what_is_not_sure_or_no_date_stays(lang: Lang, source: str, text: str) -> None:
    assert mend(source, text, lang) == text


def test_of_several_days_attention_tells_which_became_which() -> None:
    source, text = (
        "Vendredi, il parlera de la marche de samedi.",
        "On Monday he will talk about Tuesday's march.",
    )
    assert mend(source, text, EN) == text
    pairs = {"Tuesday": "samedi", "Monday": "Vendredi"}
    assert mend(source, text, EN, pairs) == "On Friday he will talk about Saturday's march."


def test_they_do_not_belong_together_where_attention_says_otherwise() -> None:
    source, text = "Le 3 mai, trois soldats sont morts vendredi.", "Tuesday soldiers died on May 3."
    assert mend(source, text, EN, {"Tuesday": "trois"}) == text
    assert mend(source, text, EN, {"Tuesday": "3 mai"}) == text
    assert mend(source, text, EN, {"Tuesday": "vendredi"}) == "Friday soldiers died on May 3."
    assert mend(source, text, EN, {"soldiers": "soldats"}) == "Friday soldiers died on May 3."  # the only one


def test_of_several_days_one_that_is_not_looked_at_is_no_ones() -> None:
    source = "En visite jusqu'à samedi, il a parlé vendredi matin."
    text = "周五上午抵达，周四上午会谈"
    assert mend(source, text, ZH) == "周五上午抵达，周六上午会谈"  # all that can be known without attention
    assert mend(source, text, ZH, {"会谈": "parlé"}) == text


def test_a_date_is_said_twice_only_if_that_is_asked_for() -> None:
    source, text = "mobilisés depuis le 17 novembre", "11月17日起，10月17日开始"
    assert mend(source, text, ZH) == text
    assert mend(source, text, ZH, twice=True) == "11月17日起，11月17日开始"


def test_the_note_says_what_stood_there_and_where_the_date_comes_from() -> None:
    source, text = "Le congrès s'est tenu du 16 au 22 octobre.", "大会10月16日至2月22日举行。"
    (one,) = redated(source, text, (), ZH)
    note = one.told(source, text)
    assert (note.code, note.severity) == ("restored", Severity.NOTE)
    assert note.message == "“2月22日” → “10月22日”, for “22 octobre”"
    assert source[slice(*note.source_span or (0, 0))] == "22 octobre"
    assert one.edit.of(text)[slice(*note.target_span or (0, 0))] == "10月22日"


DATES = st.tuples(st.integers(1, 28), st.integers(1, 12))


@given(DATES, DATES, st.sampled_from([EN, ZH]))
def test_any_date_can_take_the_place_of_any_other(
    right: tuple[int, int], wrong: tuple[int, int], lang: Lang
) -> None:
    source = f"Il est arrivé le {right[0]} {FR_MONTHS[right[1] - 1]}."
    text, good = (
        f"He came on {MONTHS[month - 1]} {day}." if lang is EN else f"他于{month}月{day}日抵达。"
        for day, month in (wrong, right)
    )
    said = mend(source, text, lang)
    assert said in (good, text)
    if wrong[0] != right[1]:  # the checks take a day for a month's number
        assert said == good


@given(st.integers(0, 6), st.integers(0, 6), st.sampled_from([EN, ZH]))
def test_so_can_any_day_of_the_week(right: int, wrong: int, lang: Lang) -> None:
    source = f"Il est arrivé {FR_WEEKDAYS[right]}."
    text, good = (
        f"He came on {WEEKDAYS[day]}." if lang is EN else f"他周{ZH_WEEKDAYS[day]}抵达。"
        for day in (wrong, right)
    )
    assert mend(source, text, lang) == good


WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "lundi",
                "samedi",
                "5",
                "mai",
                "mars",
                "Mars",
                "16",
                "au",
                "22",
                "octobre",
                ",",
                "le",
                "du",
                "1er",
            ),
            *("2015", "On", "Monday", "Friday", "May", "Oct.", "3", "to", "9", "October", "22nd", "(mai)"),
            *("周一", "星期天", "10月", "10月2日", "至22日", "日", "月", "2015年", "1月球"),
        ]
    ),
    max_size=9,
).map(" ".join)


@given(WORDS, WORDS, st.booleans())
def test_no_text_breaks_it_and_nothing_but_dates_changes(source: str, text: str, twice: bool) -> None:
    for lang in (EN, ZH):
        found = redated(source, text, (), lang, twice=twice)
        assert all(0 <= each.edit.start < each.edit.end <= len(text) for each in found)
        assert all(one.edit.end <= other.edit.start for one, other in pairwise(found))
        dated = re.compile("(?:周|期)[一二三四五六日]|月|日|day|" + "|".join(month[:3] for month in MONTHS))
        assert all(dated.search(each.edit.text) for each in found)
