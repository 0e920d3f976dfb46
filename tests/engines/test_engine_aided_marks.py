"""Aided: a model of ours is asked with opening marks that stand apart, and answers as people write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.engines.test_engine_aided import Asked
from translate.domain import Hypothesis, Lang
from translate.engines import Unwanted, Wanted
from translate.engines.aided import Aided

FRENCH, GIVEN, SAID = "« Oui », dit (la) Chine.", '" Oui", dit ( la) Chine.', '"Oui", dit (la) Chine.'


class Answering(Asked):
    """Leads to what it is asked for, and avoids it, by saying it."""

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        super().lead(wanted, target)
        return [Hypothesis(wanted[0].sentence), *(None for _ in wanted[1:])]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        super().avoid(unwanted, target)
        return [Hypothesis(unwanted[0].sentence), *(None for _ in unwanted[1:])]


def test_whatever_it_is_asked_for() -> None:
    model = Answering()
    engine = Aided(model)
    wanted, unwanted = Wanted(FRENCH, "Yes.", ("Lyon",), 1, lambda said: True), Unwanted(FRENCH, ("worcs",))
    assert engine.translate([FRENCH, "Rien."], Lang.EN) == [Hypothesis(SAID), Hypothesis("Rien.")]
    assert engine.candidates([FRENCH], Lang.EN, 2) == [(Hypothesis(SAID),) * 2]
    assert engine.lead([wanted, wanted], Lang.EN) == [Hypothesis(SAID), None]
    assert engine.avoid([unwanted, unwanted], Lang.EN) == [Hypothesis(SAID), None]
    asked = [replace(wanted, sentence=GIVEN)] * 2 + [replace(unwanted, sentence=GIVEN)] * 2
    assert model.heard == [GIVEN, "Rien.", GIVEN, *asked]


def test_places_are_those_of_the_texts_as_they_are() -> None:
    model = Answering()
    Aided(model).align([(FRENCH, '"Yes," China said.')], Lang.EN)
    assert model.heard == [(FRENCH, '"Yes," China said.')]
