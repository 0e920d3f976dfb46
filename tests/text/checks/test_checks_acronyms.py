"""Acronyms in brackets: which are put right, which are left alone."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import repair

WMO = "L'Organisation météorologique mondiale (OMM) l'a confirmé."


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        (WMO, "The World Meteorological Organization (OM) confirmed it.", "WMO"),
        ("La Banque centrale européenne (BCE) hésite.", "The European Central Bank (CEB) hesitates.", "ECB"),
        ("Le CICR (CICR) appelle la BCE (BCE).", "The ICRC (ICRC) calls the bank (CEB).", "ECB"),
        ("La Force (Finul) proteste.", "The Force (UNFIL) protests.", "UNIFIL"),
        ("Le comité (CIO), dit M. Bach (AFP).", "The committee (ICO), Mr Bach said (AFP).", "IOC"),
    ],
)
def test_the_known_acronym_replaces_what_is_nearly_it(source: str, target: str, right: str) -> None:
    text, findings = repair(source, target, Lang.EN)
    assert f"({right})" in text
    assert [finding.code for finding in findings] == ["repaired"]
    assert repair(source, text, Lang.EN)[0] == text


def test_the_french_one_behind_the_english_name_is_the_english_one() -> None:
    assert repair(WMO, "The World Meteorological Organization (OMM) said so.", Lang.EN)[0] == (
        "The World Meteorological Organization (WMO) said so."
    )
    two = "L'Organisation internationale pour les migrations (OIM) et l'ONU (ONU)."
    said = "The International Organization for Migration (OIM) and the United Nations (ONU)."
    assert repair(two, said, Lang.EN)[0] == said.replace("OIM", "IOM").replace("ONU", "UN")


def test_in_chinese_it_is_the_english_one() -> None:
    assert repair(WMO, "世界气象组织（OMM）证实了这一点。", Lang.ZH)[0] == "世界气象组织（WMO）证实了这一点。"
    assert repair(WMO, "世界气象组织（OM）证实了这一点。", Lang.ZH)[0] == "世界气象组织（WMO）证实了这一点。"


@pytest.mark.parametrize(
    ("target", "lang", "mended"),
    [
        (
            "The Malian Armed Forces (Malian Armed Forces) fled.",
            Lang.EN,
            "The Malian Armed Forces (FAMa) fled.",
        ),
        ("Malian armed forces (Malian Armed Forces) fled.", Lang.EN, "Malian armed forces (FAMa) fled."),
        ("马里武装部队（马里武装部队）撤退。", Lang.ZH, "马里武装部队（FAMa）撤退。"),
        ("马里武装部队（马里军队）撤退。", Lang.ZH, "马里武装部队（马里军队）撤退。"),
        ("FAMa, the Malian Armed Forces (Malian Armed Forces), fled.", Lang.EN, ""),
    ],
)
def test_a_name_that_is_said_again_in_brackets_is_the_acronym(target: str, lang: Lang, mended: str) -> None:
    source = "Les Forces armées maliennes (FAMa) ont fui Sikasso (sud)."
    assert repair(source, target, lang)[0] == (mended or target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (WMO, "The World Meteorological Organization (WMO) confirmed it."),
        (WMO, "The World Meteorological Organization, WMO, confirmed it (OMM)."),
        (WMO, "The Organization (OMM) confirmed it."),
        (WMO, "The WMO confirmed it at noon (GMT)."),
        (WMO, "The World Meteorological Organization confirmed it at noon (GMT)."),
        (WMO, "The World Meteorological Organization confirmed it."),
        ("Des conteneurs (EVP) attendent.", "Containers (TEUs) are waiting."),
        # What is in no table may be right in every other form: CNDH is NHRC.
        ("La Commission (CNDHX) enquête.", "The Commission (NHRCX) is investigating."),
        ("L'agence (AESAX) avertit.", "The agency (EASAX) warns."),
        # Which of two?
        ("La Banque africaine (BAD) prête.", "The African bank (AAD) lends."),
        ("L'OMM (OMM) et le CIO (CIO) en parlent.", "They (OM) talk (ICO) about it."),
        ("L'OMM (OMM) et le CIO (CIO) en parlent.", "They (OM) talk about it."),
    ],
)
def test_what_is_not_certain_is_left_alone(source: str, target: str) -> None:
    assert repair(source, target, Lang.EN) == (target, ())
