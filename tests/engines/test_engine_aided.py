"""A model that was taught to copy is given the rare words of each sentence; no other one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests import lexicons
from tests.fakes import ShoutEngine
from translate.domain import Hypothesis, Lang
from translate.engines import Link, Progress, Unwanted, Wanted
from translate.engines.aided import Aided
from translate.engines.translator import NO_WISHES
from translate.loading import load_engine
from translate.registry import Registry, Task

FRENCH, GIVEN = "La cimenterie ferme.", "La cement works ferme."


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons.use(monkeypatch, {"cim": "\tenterie!cement works"})


class Asked(ShoutEngine):
    """Keeps what it is asked, and answers with it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.wishes: Mapping[str, Sequence[str]] = {}

    def translate(
        self,
        sentences: Sequence[str],
        target: Lang,
        progress: Progress | None = None,
        wishes: Mapping[str, Sequence[str]] = NO_WISHES,
    ) -> list[Hypothesis]:
        self.heard += sentences
        self.wishes = wishes
        return [Hypothesis(text) for text in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        self.heard += sentences
        return [(Hypothesis(text),) * count for text in sentences]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        self.heard += wanted
        return [None for _ in wanted]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        self.heard += unwanted
        return [None for _ in unwanted]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        self.heard += pairs
        return [() for _ in pairs]


def test_whatever_the_model_is_asked_for_it_is_given_rare_words() -> None:
    engine = Asked()
    aided = Aided(engine)
    wanted = Wanted(FRENCH, "It closes.", ("Lyon",), 1, lambda said: True)
    assert aided.translate([FRENCH, "Rien."], Lang.EN) == [Hypothesis(GIVEN), Hypothesis("Rien.")]
    assert engine.wishes == {GIVEN: ("cement works",)}
    assert aided.candidates([FRENCH], Lang.EN, 2) == [(Hypothesis(GIVEN),) * 2]
    assert aided.lead([wanted], Lang.EN) == aided.avoid([Unwanted(FRENCH, ("worcs",))], Lang.EN) == [None]
    assert engine.heard == [
        GIVEN,
        "Rien.",
        GIVEN,
        replace(wanted, sentence=GIVEN),
        Unwanted(GIVEN, ("worcs",)),
    ]


def test_places_are_those_of_the_french() -> None:
    engine = Asked()
    assert Aided(engine).align([(FRENCH, "It closes.")], Lang.EN) == [()]
    assert engine.heard == [(FRENCH, "It closes.")]


@pytest.mark.weights
def test_the_entry_of_a_model_says_whether_it_is_given_words(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = Registry.load().get("embedded", task=Task.TRANSLATE)
    assert spec.decode.lexicon and str(spec.decode).endswith(",x,a")
    without = replace(spec, decode=replace(spec.decode, lexicon=None))
    lexicons.use(monkeypatch, {"zig": "\tgourats!firefighters"})
    texts = [
        load_engine(one).translate(["Le ministre a rencontré des ziggourats."], Lang.EN)[0].text.casefold()
        for one in (spec, without)
    ]
    assert ["firefighters" in text for text in texts] == [True, False]
