"""A model is given headlines in capitals in small letters, and its English is put in capitals again."""

from __future__ import annotations

import pytest

from tests.engines.test_engine_aided import Asked
from translate.domain import Hypothesis, Lang
from translate.engines import Unwanted, Wanted
from translate.engines.headlines import Headlines

HEADLINE, SMALL = "LA GRECE EN DEUIL", "La Grèce en deuil"


@pytest.mark.parametrize(("target", "answer"), [(Lang.EN, "LA GRÈCE EN DEUIL"), (Lang.ZH, SMALL)])
def test_the_model_reads_small_letters(target: Lang, answer: str) -> None:
    engine = Asked()
    headlines = Headlines(engine)
    assert headlines.translate(["Il neige.", HEADLINE], target) == [
        Hypothesis("Il neige."),
        Hypothesis(answer),
    ]
    assert headlines.candidates([HEADLINE], target, 2) == [(Hypothesis(answer),) * 2]
    assert engine.heard == ["Il neige.", SMALL, SMALL]


def test_it_is_led_in_other_sentences_only() -> None:
    engine = Asked()
    headlines = Headlines(engine)
    wanted = [Wanted(text, "", ("mot",)) for text in (HEADLINE, "Il neige.")]
    unwanted = [Unwanted(text, ("mot",)) for text in ("Il neige.", HEADLINE)]
    assert headlines.lead(wanted, Lang.EN) == headlines.avoid(unwanted, Lang.EN) == [None, None]
    assert engine.heard == [wanted[1], unwanted[0]]


def test_places_are_those_of_the_headline() -> None:
    engine = Asked()
    Headlines(engine).align([(HEADLINE, "GREECE MOURNS")], Lang.EN)
    assert engine.heard == [(HEADLINE, "GREECE MOURNS")]
