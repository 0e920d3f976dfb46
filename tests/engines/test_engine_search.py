"""Our own search writes what the library's `generate` writes, piece by piece, in float32."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny_models as tiny
from tests.engines.both import SENTENCES, STRANGE, Both, ids
from translate.domain import Lang
from translate.engines import marian_weights
from translate.engines.marian import MarianBackend
from translate.engines.marian_beams import best_of
from translate.engines.search import Decoding
from translate.registry import spec as registry

WEIGHTS = Path(__file__).parents[2] / "translate" / "weights" / "embedded"

GREEDY = [
    Decoding(),
    Decoding(no_repeat_ngram=1),
    Decoding(no_repeat_ngram=3, min_pieces=4),
    Decoding(repetition_penalty=1.3, no_repeat_ngram=2, min_pieces=1),
]
BEAM = [
    Decoding(beam=4),
    Decoding(beam=4, answers=4),
    Decoding(beam=2, early_stopping=True, answers=2),
    Decoding(beam=6, length_penalty=0.6, answers=3),
    Decoding(beam=4, length_penalty=2.0),
    Decoding(beam=4, length_penalty=0.0, early_stopping=True),
    Decoding(beam=4, no_repeat_ngram=3, repetition_penalty=1.1, min_pieces=1, answers=2),
    Decoding(beam=3, min_pieces=40),
]

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(scope="module", params=["knows", "babbles", "half knows", "two languages"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, marian: Path, babbler: Path
) -> Both:
    if request.param == "two languages":
        return Both(request.getfixturevalue("marian_tagged"), ">>cmn_Hans<<")
    if request.param == "half knows":  # many near ties, answers of all lengths
        path = tmp_path_factory.mktemp("marian") / "half"
        return Both(tiny.make_marian(path, lessons=tiny.LESSONS_EN[:3], seed=5, tied=False))
    return Both({"knows": marian, "babbles": babbler}[request.param])


@pytest.mark.parametrize("how", [*GREEDY, *BEAM], ids=str)
def test_answers_are_those_of_generate_piece_by_piece(how: Decoding, both: Both) -> None:
    ours, theirs = both.answers(SENTENCES, how)
    assert len({several[0].ids for several in theirs}) > 2
    assert ids(ours) == ids(theirs)
    assert all(len(several) == how.answers for several in ours)


@pytest.mark.parametrize("how", [Decoding(), Decoding(beam=4, answers=4)], ids=str)
def test_scores_are_those_of_the_model(how: Decoding, both: Both) -> None:
    """Of answers that ended by themselves: the end at a limit costs nothing in a search."""
    for ours, theirs in zip(*both.answers(SENTENCES, how), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            if len(one.ids) < 40:
                assert one.total == pytest.approx(other.total, abs=2e-2)


@pytest.mark.parametrize("how", [Decoding(), Decoding(beam=4)], ids=str)
@pytest.mark.parametrize("most", [1, 2, 31, 32, 33])
def test_every_limit_is_the_librarys(most: int, how: Decoding, both: Both) -> None:
    ours, theirs = both.answers(SENTENCES[::3], how, most)
    assert ids(ours) == ids(theirs)
    assert max(len(several[0].ids) for several in ours) <= most


@pytest.mark.parametrize("how", [GREEDY[0], GREEDY[3], *BEAM], ids=str)
def test_answers_that_have_to_begin_in_one_way_are_those_of_generate(how: Decoding, both: Both) -> None:
    """Beginnings of every length, none among them, of pieces that the model would hardly choose."""
    begun = [both.pieces[20 : 20 + 3 * number % 8] for number in range(len(SENTENCES))]
    ours, theirs = both.answers(SENTENCES, how, begun=begun)
    free, _ = both.answers(SENTENCES, how)
    assert ids(ours) == ids(theirs)
    for several, first, own in zip(ours, begun, free, strict=True):
        assert all(written.ids[: len(first)] == first for written in several)
        assert first or [written.ids for written in several] == [written.ids for written in own]


@pytest.mark.parametrize("how", [Decoding(), Decoding(beam=4, answers=2)], ids=str)
def test_what_has_to_be_said_counts_in_the_score(how: Decoding, both: Both) -> None:
    begun = [tuple(range(20, 25))] * len(SENTENCES)
    for ours, theirs in zip(*both.answers(SENTENCES, how, begun=begun), strict=True):
        for one, other in zip(ours, theirs, strict=True):
            if len(one.ids) < 40:
                assert one.total == pytest.approx(other.total, abs=2e-2)
                assert one.total < -5


@pytest.mark.parametrize("how", [GREEDY[3], BEAM[0], BEAM[6]], ids=str)
def test_long_answers_beyond_several_blocks_of_memory(how: Decoding, both: Both) -> None:
    long = [" ".join(tiny.FRENCH[:3]), *STRANGE]
    ours, theirs = both.answers(long, replace(how, min_pieces=140))
    assert ids(ours) == ids(theirs)
    assert len(ours[0][0].ids) >= 140


def test_an_answer_does_not_depend_on_who_leaves_before_it(both: Both) -> None:
    together, _ = both.answers([*SENTENCES, *SENTENCES[::-1]], Decoding(beam=4, answers=2))
    alone = [both.answers([sentence], Decoding(beam=4, answers=2))[0][0] for sentence in SENTENCES]
    assert ids(together) == ids([*alone, *alone[::-1]])


@pytest.mark.weights
@pytest.mark.parametrize("how", [Decoding(), Decoding(beam=4, answers=2)], ids=str)
@pytest.mark.parametrize("prefix", [">>eng<<", ">>cmn_Hans<<"])
def test_with_the_embedded_weights_too(prefix: str, how: Decoding) -> None:
    if not (WEIGHTS / "model.safetensors").is_file():
        pytest.skip("the embedded weights are not here")
    ours, theirs = Both(WEIGHTS, prefix).answers([*SENTENCES[:6], *STRANGE], how)
    assert ids(ours) == ids(theirs)


@given(st.integers(1, 4), st.integers(1, 5), st.integers(8, 300), st.integers(0, 10**6))
def test_the_best_continuations_are_found_without_sorting_all(
    sentences: int, beam: int, vocabulary: int, seed: int
) -> None:
    torch.manual_seed(seed)
    logs = torch.randn(sentences * beam, vocabulary).log_softmax(-1)
    logs[torch.rand_like(logs) < 0.1] = -torch.inf
    scores = torch.randn(sentences, beam)
    count = min(2 * beam, vocabulary // 2)
    values, parents, pieces = best_of(logs, scores, count)
    every = (logs.view(sentences, beam, vocabulary) + scores[..., None]).flatten(1)
    assert torch.allclose(values, every.topk(count).values, atol=1e-5)
    assert torch.allclose(every.gather(1, parents * vocabulary + pieces), values, atol=1e-5)
    assert all(len(set(row)) == count for row in (parents * vocabulary + pieces).tolist())


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16])
def test_in_sixteen_bits_it_still_knows_its_lessons(kind: torch.dtype, marian: Path) -> None:
    """As on a GPU, here on a CPU."""
    checkpoint = marian_weights.load(marian, torch.device("cpu"))
    model: Any = checkpoint.model
    model.to(kind)
    entry = registry.ModelSpec("tiny", registry.Task.TRANSLATE, Lang.FR, {Lang.EN: ""})
    backend = MarianBackend(entry, checkpoint)
    encoded = backend.encode(tiny.FRENCH, Lang.EN)
    for how in (Decoding(), Decoding(beam=4)):
        found = backend.answers(encoded, [60] * len(encoded), how, Lang.EN)
        assert [several[0].text for several in found] == list(tiny.ENGLISH)
