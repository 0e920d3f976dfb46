"""Negation: what French denies must be denied, and nothing else."""

from __future__ import annotations

import pytest

from translate.domain import Lang, Severity
from translate.text.checks import check


def told(source: str, target: str, lang: Lang) -> bool:
    return any(finding.code == "negation" for finding in check(source, target, lang))


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Il n'a pas confirmé l'information.", "He confirmed the report.", "他证实了这一消息。"),
        ("Il ne reviendra plus.", "He will come back.", "他会回来。"),
        ("Il n'a jamais été aussi bas.", "It has been this low.", "它曾如此之低。"),
        (
            "Aucun convoi de vivres n'a pu passer.",
            "A convoy of food was able to pass.",
            "一支运粮车队通过了。",
        ),
        ("Rien n'a changé.", "Things have changed.", "情况变了。"),
        ('Il n\'a, à ce jour, "fait aucune offre".', 'He has "made an offer".', "他已“提出报价”。"),
        # both must be denied: one word cannot answer for two
        ("Il ne vient pas et elle ne part pas.", "He does not come and she leaves.", "他不来，她走了。"),
        # what denies stands for the source's own word
        ("Il a refusé, mais n'a pas signé.", "He refused and signed.", "他拒绝了，签了字。"),
        ("L'échec n'est pas certain.", "The failure is certain.", "失败已成定局。"),
    ],
)
def test_a_lost_denial_is_told(source: str, english: str, chinese: str) -> None:
    assert told(source, english, Lang.EN)
    if "拒绝" not in chinese and "失败" not in chinese:
        assert told(source, chinese, Lang.ZH)


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Il n'a pas confirmé.", "He declined to confirm.", "他拒绝证实。"),
        ("Il n'a pas confirmé.", "He did not confirm.", "他未证实。"),
        ("Avant qu'il ne parte.", "Before he leaves.", "在他离开之前。"),
        ("Il n'a pas seulement chanté.", "He also sang.", "他还唱了歌。"),
        ("Il ne reste plus que deux jours.", "Two days are left.", "还剩两天。"),
        ("Elle ne sera pas finie avant 2031.", "It will be finished in 2031.", "最早2031年完工。"),
        ("Vous n'avez pas vu mon fils ?", "Have you seen my son?", "您看见我儿子了吗？"),
        ("Un an, sans qu'aucun cas ne soit signalé.", "One year free of cases.", "一年来无病例。"),
        ("Il n'a pas cessé de parler.", "He kept talking.", "他一直在说话。"),
        ("Il ne peut ni lire ni écrire.", "He can neither read nor write.", "他不会读写。"),
    ],
)
def test_what_is_denied_otherwise_or_in_form_only_is_not_told(
    source: str, english: str, chinese: str
) -> None:
    assert not told(source, english, Lang.EN)
    assert not told(source, chinese, Lang.ZH)


def test_a_denial_that_was_made_up_is_a_warning() -> None:
    source, target = "La réunion a eu lieu hier.", "The meeting did not take place yesterday."
    (finding,) = (each for each in check(source, target, Lang.EN) if each.code == "negation")
    assert finding.severity is Severity.WARNING
    assert finding.target_span is not None and target[slice(*finding.target_span)] == "not"


@pytest.mark.parametrize(
    "chinese", ["他不得不留下。", "他不仅唱歌。", "不过他来了。", "未来他会来。", "无人机飞来。"]
)
def test_words_that_only_look_like_a_denial_answer_for_none(chinese: str) -> None:
    assert told("Il n'est pas venu.", chinese, Lang.ZH)


def test_the_place_of_a_lost_denial_is_told() -> None:
    source = "Le porte-parole n'a pas précisé la durée."
    (finding,) = (
        each for each in check(source, "He specified the length.", Lang.EN) if each.code == "negation"
    )
    assert finding.source_span is not None and source[slice(*finding.source_span)] == "n'a pas"
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        # words that look like a denial and are none
        ("Nous n'avons pas de planète de rechange.", "We do have a spare planet.", Lang.EN),
        ("Le film n'est pas un documentaire, précise Mohammad.", "穆罕默德特别说明：电影是纪录片。", Lang.ZH),
        ("La motion n'a pas été adoptée.", "The no-confidence motion was adopted.", Lang.EN),
        ("Les objets n'étaient plus en orbite.", "The objects were in orbit.", Lang.EN),
        # each answers for the source's own word
        (
            "La moitié, privée de courant, n'a pas accès à l'eau.",
            "Half, without power, have access to water.",
            Lang.EN,
        ),
        ("Faute d'interprète, ils ne parlaient pas.", "For lack of an interpreter, they spoke.", Lang.EN),
        ("Il n'y a pas de paix, il n'y a qu'une trêve.", "和平，只有停火。", Lang.ZH),
    ],
)
def test_what_looks_like_a_denial_does_not_answer(source: str, target: str, lang: Lang) -> None:
    assert told(source, target, lang)
