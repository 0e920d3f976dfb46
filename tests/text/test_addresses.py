"""What an address is, and where it ends."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translate.text.addresses import Address, addresses, found, hidden, may_have

PIECES = st.sampled_from(
    [
        *("https://", "www.", "x.fr", "lemonde.fr/a_(b)", "@", "#", "@AFP", "#MeToo", "a_b", "rapport.pdf"),
        *(
            " ",
            ".",
            ",",
            "(",
            ")",
            "«",
            "»",
            "'",
            "’",
            "?",
            "/",
            "_",
            "-",
            "é",
            "Le",
            "le",
            "1.300",
            "日",
            "\n",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=30)


def texts(sentence: str) -> list[str]:
    return [each.text for each in addresses(sentence)]


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        (
            "Sur https://www.data.gouv.fr/fr/datasets/covid-2020/ hier.",
            ["https://www.data.gouv.fr/fr/datasets/covid-2020/"],
        ),
        (
            "Sur www.lemonde.fr/economie ou à redaction@afp.com.",
            ["www.lemonde.fr/economie", "redaction@afp.com"],
        ),
        ("Le mot #MeToo, dit @EmmanuelMacron : oui.", ["#MeToo", "@EmmanuelMacron"]),
        ("Tél. : 01 40 41 46 46.", ["01 40 41 46 46"]),
        (
            "au 01.40.41.46.46, au 06-12-34-56-78 ou au 0140414646",
            ["01.40.41.46.46", "06-12-34-56-78", "0140414646"],
        ),
        ("au +33 (0)1 40 41 46 46 (de 9h à 17h)", ["+33 (0)1 40 41 46 46"]),
        (
            "(+223 20 22 33 44) et +86 10 6307 2222; 0033140414646",
            ["+223 20 22 33 44", "+86 10 6307 2222", "0033140414646"],
        ),
        ("un numéro vert, le 0 800 130 000, ou 0805 123 456", ["0 800 130 000", "0805 123 456"]),
        ("Le mot-dièse #bioéthique2024…", ["#bioéthique2024"]),
        ("De @afp@mastodon.social et @lemonde_fr.", ["@afp@mastodon.social", "@lemonde_fr"]),
        ("Le fichier rapport_final_v2.pdf, et NOTE.PDF.", ["rapport_final_v2.pdf", "NOTE.PDF"]),
        ("=== afp_reprise_01 | http://x.com/2007/10", ["afp_reprise_01", "http://x.com/2007/10"]),
        ("(voir http://x.fr/a_(b)) et [t.co/Zk3d].", ["http://x.fr/a_(b)", "t.co/Zk3d"]),
        ("« www.un.org », l'@AFP, d'info@afp.com", ["www.un.org", "@AFP", "info@afp.com"]),
        ("Sur China.org.cn, lefigaro.fr et LEMONDE.FR !", ["China.org.cn", "lefigaro.fr", "LEMONDE.FR"]),
        ("Le site www.lemonde.fr.Le ministre", ["www.lemonde.fr"]),
        ("Lire www.x.fr/?a=1&b=2, puis ftp://x.fr:21/a;", ["www.x.fr/?a=1&b=2", "ftp://x.fr:21/a"]),
    ],
)
def test_addresses(sentence: str, there: list[str]) -> None:
    assert texts(sentence) == there


@pytest.mark.parametrize(
    "sentence",
    [
        "C'est la fin.Le ministre a dit oui.Com si, etc.",
        "M.Macron, J.-L. Mélenchon, l'O.N.U., les U.S.A. et n.c.",
        "Quelque 1.300 euros, 192 km/h, 20.5.2020, 7.423,5 points.",
        "Le n° #12, C#, &#233;, 3 @ 4 et 5@.",
        "Le 01.02.2026 à 04h10, entre 00h30 et 01h45, de 05 06 07.",
        "Soit +1 234 567 euros, +12 345 678 habitants, +2 000 à +3 000 postes et 1 234 567 890 vues.",
        "un mot_, _souligné_ et ______",
    ],
)
def test_no_addresses(sentence: str) -> None:
    assert texts(sentence) == []


def test_an_address_is_found_whole() -> None:
    known = addresses("#Me, #MeToo et xx.fr")
    assert [each.text for each in found("#MeToo #Me #MeTooo xx.fr/a 在#Me中 #Me_too", known)] == [
        "#MeToo",
        "#Me",
        "xx.fr",
        "#Me",
    ]
    assert found("#MeToo", ()) == []


def test_hidden_is_as_long() -> None:
    assert hidden("Sur @AFP, hier.") == "Sur ____, hier."
    assert hidden("On @AFP and @BBC", addresses("Sur @AFP")) == "On ____ and @BBC"


@example("@lemonde.fr/a_(b)lemonde.fr/a_(b)")
@example("www.@https://https://")
@example("#rapport.pdf rapport.pdf")
@example("#lemonde.fr/a_(b)lemonde.fr/a_(b)")
@example("a_brapport.pdf日a_brapport.pdf")
@example("#https://(\nhttps://,«_.)")
@example("«)#日lemonde.fr/a_(b)lemonde.fr/a_(b))")
@given(TEXTS)
def test_places_are_those_in_the_text(text: str) -> None:
    there = addresses(text)
    assert all(text[each.start : each.end] == each.text and each.text for each in there)
    assert all(one.end <= other.start for one, other in pairwise(there))
    assert may_have(text) or not there
    assert len(hidden(text)) == len(text)
    assert {each.text for each in there} <= {each.text for each in found(text, there)} or not there


@pytest.mark.parametrize(
    "piece", ["a.", "a_", "_", "@", "#", "http://", "a%", "a-", "www.", "x.fr/)", "@a@", "a.a@"]
)
def test_time_is_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * size
        begun = time.process_time()
        addresses(text)
        return time.process_time() - begun

    assert seconds(40_000) < 20 * seconds(4_000) + 1


def test_an_address_says_where_it_is() -> None:
    assert addresses("Sur @AFP.") == (Address("@AFP", 4, 8),)


def test_many_addresses_are_found_in_time() -> None:
    known = addresses(" ".join(f"#a{number} x{number}_y" for number in range(4_000)))
    text = " ".join(each.text for each in known)
    begun = time.process_time()
    assert found(text, known) == list(known)
    assert time.process_time() - begun < 10
