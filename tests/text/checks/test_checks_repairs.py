"""Repairs: what is mended, what is left alone, and what is said of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.domain import Lang, Severity
from translate.text.checks import repair


@pytest.mark.parametrize(
    ("source", "target", "lang", "mended"),
    [
        ("Soit 1,4 % du PIB.", "That is 1,4% of GDP.", Lang.EN, "That is 1.4% of GDP."),
        ("Soit 1.234,5 tonnes.", "That is 1.234,5 tonnes.", Lang.EN, "That is 1,234.5 tonnes."),
        ("Soit 3.800 cas.", "That is 3.800 cases.", Lang.EN, "That is 3,800 cases."),
        ("Soit 2 500 cas.", "That is 2 500 cases.", Lang.EN, "That is 2,500 cases."),
        ("Soit 3.800 cas.", "共3.800例。", Lang.ZH, "共3800例。"),
        ("A 17h46.", "At 17h46.", Lang.EN, "At 17:46."),
        ("Il est venu, puis parti.", "他来了,又走了.", Lang.ZH, "他来了，又走了。"),
        ("Il est venu.", "他 来了。", Lang.ZH, "他来了。"),
        ("Il est venu.", "He came to the the  town .", Lang.EN, "He came to the town."),
        ("Le roi est venu.", ", the king came.", Lang.EN, "The king came."),
        ("Le roi est venu.", "，国王来了。", Lang.ZH, "国王来了。"),
        ("Le roi est venu.", "the king came.", Lang.EN, "The king came."),
        ("Un accord est signé.", "They signed a agreement.", Lang.EN, "They signed an agreement."),
        ("Il a dit « oui »", "He said “yes", Lang.EN, "He said “yes”"),
        ("Il a dit « oui ».", "他说：“是的。", Lang.ZH, "他说：“是的”。"),
    ],
)
def test_what_is_mended(source: str, target: str, lang: Lang, mended: str) -> None:
    text, findings = repair(source, target, lang)
    assert text == mended
    assert findings and {(f.code, f.severity) for f in findings} == {("repaired", Severity.NOTE)}


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Soit 1.400 cas.", "That is 1,400 cases.", Lang.EN),  # already English
        ("Soit 14 cas.", "That is 1,4 cases.", Lang.EN),  # wrong, but what is right is not known
        ("Il a dit oui.", "He had had enough; that that was.", Lang.EN),
        ("Voir le site.", "详见 www.xinhua.net 网站。", Lang.ZH),
        ("GENEVE, 4 avril (Xinhua) -- Oui.", "新华社日内瓦4月4日电 是的。", Lang.ZH),
        ("Il a dit « oui » hier.", "He said “yes yesterday.", Lang.EN),  # where it closes is not known
        ("Attendez...", "Wait ...", Lang.EN),
        ("L'iPhone est sorti.", "iPhone sales began.", Lang.EN),
        ("Le groupe A est à Lyon.", "Group A is in Lyon.", Lang.EN),
        ("le roi est venu.", "the king came.", Lang.EN),
        ("Un euro et une unité.", "A euro and a unit, a one-off.", Lang.EN),
    ],
)
def test_what_is_left_alone(source: str, target: str, lang: Lang) -> None:
    assert repair(source, target, lang) == (target, ())


def test_each_note_says_where_in_the_new_text() -> None:
    text, findings = repair(
        "Soit 1,4 % puis 3.800 cas, à 17h46.", "The the 1,4% , then 3.800 at 17h46.", Lang.EN
    )
    assert text == "The 1.4%, then 3,800 at 17:46."
    places = [text[slice(*finding.target_span)] for finding in findings if finding.target_span]
    assert {"1.4", "3,800", "17:46", "The"} <= set(places)


_TEXT = st.text(st.sampled_from('12.,34 他来,，;。.!"“”«»the  of of h:'), max_size=40)


@settings(max_examples=200, deadline=None)
@given(_TEXT, st.sampled_from([Lang.EN, Lang.ZH]))
def test_nothing_is_lost_and_spans_hold(text: str, lang: Lang) -> None:
    mended, findings = repair(text, text, lang)
    assert [c for c in mended if "\u3400" <= c <= "\u9fff"] == [c for c in text if "\u3400" <= c <= "\u9fff"]
    assert sorted(c for c in mended if c.isdigit()) == sorted(c for c in text if c.isdigit())
    assert bool(findings) == (mended != text)
    for finding in findings:
        assert finding.target_span is not None
        assert 0 <= finding.target_span[0] <= finding.target_span[1] <= len(mended)
