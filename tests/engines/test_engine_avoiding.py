"""A model kept from saying a word says something else there, and nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import tiny_models as tiny
from tests.engines.both import SENTENCES, Both, ids
from translate import engines
from translate.domain import Lang
from translate.engines import LoadedEngine, Unwanted
from translate.engines.search import Decoding
from translate.registry.spec import Limits, ModelSpec, Task

BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
ENGINES = pytest.mark.parametrize("engine", ["torch", "ct2"])

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "home"))


def load(path: Path, engine: str, limits: Limits | None = None) -> LoadedEngine:
    spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, BOTH, limits=limits or Limits())
    return engines.load(spec, path, device="cpu", beam=4, engine=engine)


@ENGINES
def test_the_word_is_not_said_and_other_sentences_are_as_they_were(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine)
    asked = [
        Unwanted(tiny.FRENCH[0], ("president",)),
        Unwanted(tiny.FRENCH[1], ("giraffe",)),
        Unwanted(tiny.FRENCH[2], ("injured", "agency")),
    ]
    first, second, third = loaded.avoid(asked, Lang.EN)
    assert first and "president" not in first.text and first.text != tiny.ENGLISH[0]
    assert second and second.text == tiny.ENGLISH[1]
    assert third and "injured" not in third.text and "agency" not in third.text
    assert [loaded.avoid([each], Lang.EN)[0] for each in asked] == [first, second, third]


@ENGINES
def test_nothing_to_avoid_and_nothing_to_read(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine, Limits(max_source_tokens=24))
    long = ", et ".join(sentence.rstrip(".") for sentence in tiny.FRENCH)
    asked = [Unwanted(tiny.FRENCH[0], ()), Unwanted("", ("a",)), Unwanted(long, ("agency",))]
    assert loaded.avoid(asked, Lang.EN) == [None, None, None]
    assert loaded.avoid([], Lang.EN) == []


@pytest.mark.parametrize(
    "how", [Decoding(), Decoding(beam=4, answers=3), Decoding(beam=3, min_pieces=4)], ids=str
)
def test_our_search_keeps_from_words_as_generate_does(how: Decoding, babbler: Path) -> None:
    both = Both(babbler)
    free = both.ours(both.asked(SENTENCES, how))
    # Of each answer a run of pieces that it has: of one, two and three; some of nothing.
    without: list[Any] = [
        [each[0].ids[number : number + 1 + number % 3]] if number % 4 else []
        for number, each in enumerate(free)
    ]
    without = [[run for run in several if run] for several in without]
    asked = both.asked(SENTENCES, how, without=without)
    ours, theirs = both.ours(asked), both.theirs(asked)
    assert ids(ours) == ids(theirs) != ids(free)
    for answers, runs in zip(ours, without, strict=True):
        for answer in answers:
            for run in runs:
                places = range(len(answer.ids) - len(run) + 1)
                assert not any(answer.ids[at : at + len(run)] == tuple(run) for at in places)
