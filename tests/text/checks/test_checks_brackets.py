"""Brackets: what is put right, what is left alone because it is not certain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text.checks import check, repair
from translate.text.checks.brackets import mended


@pytest.mark.parametrize(
    ("source", "target", "lang", "right"),
    [
        ("Soit 200 mètres (environ).", "共200米（约)。", Lang.ZH, "共200米（约）。"),
        ("Soit 200 mètres (environ).", "It is 200 metres （about).", Lang.EN, "It is 200 metres (about)."),
        ("Il vit (ici).", "他（（这里）生活。", Lang.ZH, "他（这里）生活。"),
        ("Il lit « Têtu ».", "他看《固执》杂志》。", Lang.ZH, "他看《固执》杂志。"),
        ("M. Qin (OIM) a parlé.", "秦刚）发言。", Lang.ZH, "秦刚发言。"),
        ("Un accord (partiel).", "一项 (部分)协议。", Lang.ZH, "一项（部分）协议。"),
        ("Avec Sarah Gellar.", "莎拉（Sarah）和盖勒）出演。", Lang.ZH, "莎拉（Sarah）和盖勒出演。"),
        (
            "Ils étaient nombreux (12 000 hier).",
            "They were many (12,000.",
            Lang.EN,
            "They were many (12,000).",
        ),
        ("Il a vu l'Aqmi (Al-Qaïda).", "他见过它（基地。", Lang.ZH, "他见过它（基地）。"),
        # What a quotation leaves out, as models come to write it.
        (
            "« On verra (...) demain »",
            '"We will see (.....) tomorrow"',
            Lang.EN,
            '"We will see (...) tomorrow"',
        ),
        ("« On verra (...) demain »", "“我们看看（（......)明天”", Lang.ZH, "“我们看看（……）明天”"),
        ("« On verra […] »", '"We will see [......"', Lang.EN, '"We will see […]"'),
        (
            "« On verra […] », dit-il.",
            '"We will see [...)," he says.',
            Lang.EN,
            '"We will see […]," he says.',
        ),
    ],
)
def test_what_is_put_right(source: str, target: str, lang: Lang, right: str) -> None:
    text, (finding,) = repair(source, target, lang)
    assert text == right
    assert finding.code == "repaired"
    assert "unbalanced" not in {each.code for each in check(source, text, lang)}


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Il vit à Douentza (centre) et travaille.", "He lives in Douentza (center and works.", Lang.EN),
        ("Soit 6 yuans (1 dollar).", "共6元（1美元），1美元）。", Lang.ZH),  # which of them is the source's?
        ("Il vit (ici) et là (hier).", "He lives (here) and there yesterday).", Lang.EN),  # one is missing
        ("Il faut : a) partir ; b) rester.", "It is to be done: a) leave; b) stay.", Lang.EN),
        ("Il a dit (et redit.", "He said (and said again.", Lang.EN),  # as the source
        ("Voir (...)", "See (a).", Lang.EN),
        ("Attendez...", "Wait (...)", Lang.EN),
    ],
)
def test_what_is_left_alone(source: str, target: str, lang: Lang) -> None:
    assert repair(source, target, lang) == (target, ())


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Jean Martin a été élu.", "让·马丁（Man. Startin）当选。", "让·马丁当选。"),
        ("Anthony Smith est venu.", "安东尼·史密斯 (安东尼·斯密斯)来了。", "安东尼·史密斯来了。"),
        ("Les TRV montent.", "TRV（TRV）上涨。", "TRV上涨。"),
        ("Le groupe I Muvrini chante.", "乐队 (I Muvriini) 唱歌。", "乐队唱歌。"),
    ],
)
def test_what_a_model_adds_in_brackets_is_taken_out(source: str, target: str, right: str) -> None:
    text, (finding,) = repair(source, target, Lang.ZH)
    assert (text, finding.code) == (right, "repaired")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Jean Martin a été élu.", "让·马丁（Jean Martin）当选。"),  # as the source spells it
        ("Le Barça a gagné.", "巴萨（Barca）获胜。"),  # but for accents
        ("La République en marche l'emporte.", "共和国前进党（LREM）获胜。"),  # an acronym
        ("La RDC a dit oui.", "刚果（金）表示同意。"),
        ("Le maire (LR) a dit oui.", "市长（Republicans）表示同意。"),  # the source has a bracket, too
        ("Marie Martin et Jean.", "玛丽·马丁（丈夫让·马丁也在）来了。"),  # says more than a name
        ("Marie Curie et Pierre.", "玛丽·居里（皮埃尔·居里）来了。"),  # another name
    ],
)
def test_brackets_that_say_something_are_left(source: str, target: str) -> None:
    assert repair(source, target, Lang.ZH) == (target, ())


def _words(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", text)


_TEXT = st.text(st.sampled_from("()（）[]《》.…。a中1 ”"), max_size=20)


@settings(max_examples=300, deadline=None)
@given(_TEXT, _TEXT, st.sampled_from([Lang.EN, Lang.ZH]))
def test_words_stay_and_what_is_put_right_stays_so(source: str, target: str, lang: Lang) -> None:
    right = mended(source, target, lang)
    assert _words(right) == _words(target)
    assert mended(source, right, lang) == right
    text, _ = repair(source, target, lang)
    assert repair(source, text, lang) == (text, ())
