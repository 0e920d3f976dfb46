"""Addresses are told once where they are not kept, and neither mended nor read as words and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang, Severity
from translate.text.addresses import addresses, found
from translate.text.checks import check, repair

LINK = "https://x.fr/2007/1.300/le-pib-recule/a,b?c=1;d"
SAID = st.lists(
    st.sampled_from(
        [LINK, "@AFP", "#MeToo", " ", ",", "的", "the the", "1.300", "a end", "(", "“", ".", "___"]
    ),
    max_size=10,
).map("".join)


def codes(source: str, target: str, lang: Lang) -> list[str]:
    return [finding.code for finding in check(source, target, lang)]


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Voir www.xinhua.net pour plus.", "See the website for more.", Lang.EN),
        ("Le mot #globolixo est cité.", "The word #globoli is cited.", Lang.EN),
        ("Le mot #MeToo est cité.", "The word #MeTooo is cited.", Lang.EN),
        ("Selon @EmmanuelMacron.", "据 @Emmanuel Macron 报道。", Lang.ZH),
        ("Le fichier rapport_v2.pdf.", "文件 rapport_v2.pd。", Lang.ZH),
    ],
)
def test_what_is_not_verbatim_is_told_once(source: str, target: str, lang: Lang) -> None:
    (finding,) = (each for each in check(source, target, lang) if each.code in ("addresses", "names"))
    (address,) = addresses(source)
    assert (finding.code, finding.severity) == ("addresses", Severity.ERROR)
    assert finding.source_span == (address.start, address.end)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        (f"Voir {LINK} et @AFP.", f"See {LINK} and @AFP.", Lang.EN),
        (f"Voir {LINK} et @AFP.", f"见{LINK}和@AFP。", Lang.ZH),
        ("@AFP, @AFP et #MeToo.", "@AFP and #MeToo.", Lang.EN),  # once is enough for a reader
    ],
)
def test_what_is_verbatim_is_not_told(source: str, target: str, lang: Lang) -> None:
    assert codes(source, target, lang) == []


@given(SAID, st.sampled_from([Lang.EN, Lang.ZH]))
def test_repairs_change_no_address(said: str, lang: Lang) -> None:
    source = f"Voir {LINK} : 1.300, @AFP et #MeToo."
    before = [each.text for each in found(said, addresses(source))]
    text, findings = repair(source, said, lang)
    assert [each.text for each in found(text, addresses(source))] == before
    assert text != said or not findings


def test_what_is_around_an_address_is_mended() -> None:
    text, (note,) = repair(f"Voir {LINK}, 1,4 %.", f"See the the {LINK} , 1,4%.", Lang.EN)
    assert text == f"See the {LINK}, 1.4%."
    assert "__" not in note.message
