"""French spelled for a model: the same French, and nothing of it changed that need not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text.eased import eased
from translate.text.lexicon import given as given_words


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        ("L'oeuvre, la main-d'oeuvre et les OEUVRES", "L'œuvre, la main-d'œuvre et les ŒUVRES"),
        ("Oeufs, noeuds, voeux, soeurs, boeuf, foetus", "Œufs, nœuds, vœux, sœurs, bœuf, fœtus"),
        ("à contrecoeur, écoeuré, manoeuvrer, oecuménique", "à contrecœur, écœuré, manœuvrer, œcuménique"),
        ("un CA de 37,8 M EUR", "un CA de 37,8 millions d'euros"),
        ("4,2 M€, dont 1,1M€", "4,2 millions d'euros, dont 1,1 million d'euros"),
        ("2,3 Mds EUR ou 1,5 Md€", "2,3 milliards d'euros ou 1,5 milliard d'euros"),
        (
            "640 M USD, 3 Mds de dollars, 2 M$",
            "640 millions de dollars, 3 milliards de dollars, 2 millions de dollars",
        ),
        ("une dette de 12 Mds à rembourser", "une dette de 12 milliards à rembourser"),
        ("1.250 M€", "1.250 millions d'euros"),
        ("-2 à 4 degrés, -10°C (-3,5 degrés)", "moins 2 à 4 degrés, moins 10°C (moins 3,5 degrés)"),
        ("glissé de 0,7 % à 14.890 dollars", "glissé de 0,7 %, à 14.890 dollars"),
        ("reculé de 4,2% à 12,7 milliards d'euros", "reculé de 4,2%, à 12,7 milliards d'euros"),
        ("bondi de 14,2% à 37,8 M EUR", "bondi de 14,2%, à 37,8 millions d'euros"),
        ("reculé de 0,4% à 38.812,3 points", "reculé de 0,4%, à 38.812,3 points"),
    ],
)
def test_what_is_written_short_is_written_out(french: str, expected: str) -> None:
    assert eased(french) == expected
    assert eased(expected) == expected
    assert given_words("oeuvre", Lang.EN) == given_words("œuvre", Lang.EN)


@pytest.mark.parametrize(
    "french",
    [
        "un coefficient, Boeing, Joe Goethe, la moelle, Phoenix, Windhoek, coexister, microentreprise",
        "MM. Lecoeur et Leboeuf, de Marcq-en-Baroeul",
        "passé de 7,1% à 7,4%, de 3% à 5% des voix",
        "entre 10-12 degrés, Covid-19 à 4 degrés, le 12-15 mai, DAX: -0,41%",
        "5 M de km, 200 M haies, la M6, MDMA, 20 M",
        "le G7, 4 MD-80, 12 MdB",
        "de 12% à 15 km de Paris",
    ],
)
def test_what_is_written_as_it_should_be_stays(french: str) -> None:
    assert eased(french) == french


@given(st.text(alphabet="0123456789,. MdsEUR€$%àdeoeuv-−°gré\u00a0", max_size=40))
def test_it_is_the_same_whenever_it_is_done(text: str) -> None:
    assert eased(eased(text)) == eased(text)
