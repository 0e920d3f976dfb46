"""Clauses that a model did not look at while it wrote a translation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import tiny_models as tiny
from tests.fakes import ShoutEngine
from translate import engines
from translate.domain import Hypothesis, Lang
from translate.engines.aided import Aided
from translate.engines.ct2 import Ct2Engine
from translate.engines.marian import MarianEngine
from translate.engines.overlooked import unseen
from translate.engines.plan import joined
from translate.engines.search import Answer, Decoding
from translate.registry.spec import Decode, ModelSpec, Task
from translate.text.contents import clauses

SENTENCE = (
    "La police a saisi quatre tonnes de cocaïne, cachées derrière des cageots de mangues, a dit le juge."
)
PARTS = clauses(SENTENCE)
PLACES = [(0, 0), *((place, place + 1) for place in range(len(SENTENCE))), (0, 0)]
ALIGNED = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, {Lang.EN: ""}, decode=Decode(aligned=True))


def looks(*of_clauses: float) -> list[float]:
    """What each letter got, clause by clause."""
    shares = [0.0] * len(PLACES)
    for part, share in zip(PARTS, of_clauses, strict=True):
        shares[part.start + 1 : part.end + 1] = [share] * (part.end - part.start)
    return shares


@pytest.mark.parametrize(
    ("shares", "numbers"),
    [
        ((0.8, 0.7, 0.9), ()),
        ((0.8, 0.1, 0.9), (1,)),
        ((0.1, 0.8, 0.9), (0,)),
        ((0.8, 0.8, 0.0), ()),  # two words that say something are too few to tell
        ((0.8, 0.35, 0.9), ()),
        ((0.5, 0.25, 0.5), ()),  # low, but not beside the others
        ((0.2, 0.0, 0.2), ()),  # nor does this model look anywhere
    ],
)
def test_a_clause_that_got_far_less_than_the_others(
    shares: tuple[float, ...], numbers: tuple[int, ...]
) -> None:
    assert [len(part.words) for part in PARTS] == [5, 4, 1]
    assert unseen(PARTS, PLACES, looks(*shares)) == numbers


def test_one_piece_of_a_word_is_enough() -> None:
    shares = looks(0.8, 0.0, 0.9)
    for start, end in PARTS[1].words:
        assert end - start > 1
        shares[start + 1] = 0.9
    assert unseen(PARTS, PLACES, shares) == ()


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
@pytest.mark.parametrize("beam", [1, 3])
def test_both_engines_tell_the_same_looks(
    beam: int, marian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path))
    pair = (
        Ct2Engine.load(ALIGNED, marian, device="cpu", beam=beam, compute="float32"),
        MarianEngine.load(ALIGNED, marian, device="cpu", beam=beam),
    )
    how = Decoding(beam=beam, answers=beam, looks=True)
    for sentence in tiny.FRENCH:
        ours, theirs = (
            each._backend.begin(each._backend.encode([sentence], Lang.EN), [40], how, Lang.EN)()[0]
            for each in pair
        )
        known = {other.text: other for other in theirs}
        assert ours[0].text == theirs[0].text
        for one in ours:
            other = known.get(one.text, one)
            assert one.looks == pytest.approx(other.looks, abs=1e-3)
            assert len(one.looks) == len(pair[0]._backend.encode([sentence], Lang.EN)[0].ids)


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_only_a_model_that_was_taught_to_align_is_asked(
    engine: str, marian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path))
    asked: list[str] = []

    def passed_over(
        backend: object, text: str, answers: Sequence[Answer], target: Lang
    ) -> list[tuple[int, ...]]:
        asked.append(text)
        return [(0,) if answer.looks else () for answer in answers]

    monkeypatch.setattr("translate.engines.translator.overlooked", passed_over)
    for decode, numbers in ((Decode(aligned=True), (0,)), (Decode(), ())):
        spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, {Lang.EN: ""}, decode=decode)
        loaded = engines.load(spec, marian, device="cpu", beam=2, engine=engine)
        assert {said.overlooked for said in loaded.translate(tiny.FRENCH, Lang.EN)} == {numbers}
        several = loaded.candidates(tiny.FRENCH, Lang.EN, 2)
        assert {said.overlooked for those in several for said in those} == {numbers}
    assert asked


def test_of_a_sentence_in_parts_nothing_is_known() -> None:
    parts = [Hypothesis("One.", overlooked=(1,)), Hypothesis("Two.")]
    assert joined(parts, Lang.EN).overlooked == ()
    assert joined(parts[:1], Lang.EN).overlooked == (1,)


def test_numbers_of_clauses_hold_where_the_model_read_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    class Passing(ShoutEngine):
        def translate(self, sentences, target, progress=None, wishes=None):  # type: ignore[no-untyped-def]
            return [Hypothesis(text, overlooked=(1,)) for text in sentences]

    given = {"Un zigoto, un autre": "Un rascal, un autre", "Un zig, un autre": "Un cat, a dog, un autre"}
    monkeypatch.setattr("translate.engines.aided.given_with", lambda text, target: (given[text], ()))
    same, more = Aided(Passing()).translate(list(given), Lang.EN)
    assert (same.overlooked, more.overlooked) == ((1,), ())
