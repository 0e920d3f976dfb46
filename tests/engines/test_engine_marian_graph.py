"""Recorded steps write what `generate` writes, and whatever goes wrong with them, nobody's answer does.

On a CPU a tape stands in for the device's recordings (`tests/engines/tape.py`); what only a GPU can show is
marked so, and compares its graphs with the step itself.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch

from tests import tiny_models as tiny
from tests.engines.both import SENTENCES, Both, ids
from tests.engines.tape import Devices, Tape
from translate.domain import Lang
from translate.engines import marian_graph, marian_weights
from translate.engines.marian import MarianBackend, MarianEngine
from translate.engines.marian_board import BeamBoard, GreedyBoard, Size
from translate.engines.marian_graph import Boards, CudaRecorder, Recorder
from translate.engines.marian_layers import Layers
from translate.engines.marian_voice import Voice
from translate.engines.model import decoding, limits
from translate.engines.search import Decoding
from translate.registry.spec import ModelSpec, Task

PLAIN = [
    Decoding(),
    Decoding(beam=4, answers=2),
    Decoding(beam=2, early_stopping=True, answers=2),
    Decoding(beam=6, length_penalty=0.6, answers=3),
    Decoding(beam=4, length_penalty=0.0, early_stopping=True),
]
RULED = [
    Decoding(no_repeat_ngram=2),
    Decoding(beam=4, repetition_penalty=1.1),
    Decoding(beam=3, min_pieces=9),
]
BATCHES = [SENTENCES, SENTENCES[:5], SENTENCES[::-1]]

Play = Callable[[], None]

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(scope="module", params=["babbles", "half knows"])
def both(request: pytest.FixtureRequest, babbler: Path, half: Path) -> Both:
    return Both({"babbles": babbler, "half knows": half}[request.param])


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knows some of its lessons: many near ties, answers of all lengths."""
    path = tmp_path_factory.mktemp("marian") / "half"
    return tiny.make_marian(path, lessons=tiny.LESSONS_EN[:3], seed=5, tied=False)


@pytest.fixture(scope="module")
def one(half: Path) -> Both:
    return Both(half)


def sizes(boards: Boards) -> list[Size]:
    return [size for size, _ in boards._kept]


# --- the same answers ---------------------------------------------------------------------------


@pytest.mark.parametrize("how", PLAIN, ids=str)
def test_answers_are_those_of_generate_piece_by_piece(how: Decoding, both: Both) -> None:
    tape = Tape()
    boards = both.boards(tape)
    for sentences in BATCHES[:2]:
        asked = both.asked(sentences, how, most=44)  # who babbles goes on and on
        found = both.on_boards(asked, boards)
        assert found is not None and not boards.notices
        assert ids(found) == ids(both.theirs(asked))
        scores = [[written.total for written in several] for several in found]
        expected = [[written.total for written in several] for several in both.ours(asked)]
        assert scores == [pytest.approx(row, abs=1e-3) for row in expected]
    assert tape.plays > 10


@pytest.mark.parametrize("how", [PLAIN[0], PLAIN[1]], ids=str)
@pytest.mark.parametrize("most", [1, 31, 32])
def test_every_limit_is_the_librarys(most: int, how: Decoding, one: Both) -> None:
    asked = one.asked(SENTENCES[::3], how, most)
    assert ids(one.on_boards(asked, one.boards(Tape())) or ()) == ids(one.theirs(asked))


@pytest.mark.parametrize("how", PLAIN[:3], ids=str)
def test_answers_that_have_to_begin_in_one_way_are_those_of_generate(how: Decoding, one: Both) -> None:
    """Of every length, none and more than the first board's among them."""
    begun = [one.pieces[20 : 20 + 3 * number % 8] for number in range(len(SENTENCES))]
    begun[3] = one.pieces[20:60]
    asked = one.asked(SENTENCES, how, begun=begun)
    found = one.on_boards(asked, one.boards(Tape()))
    assert found is not None
    assert ids(found) == ids(one.theirs(asked))
    assert all(
        each.ids[: len(first)] == first
        for several, first in zip(found, begun, strict=True)
        for each in several
    )


@pytest.mark.parametrize("how", RULED, ids=str)
def test_rules_about_what_may_follow_are_for_the_other_search(how: Decoding, one: Both) -> None:
    tape = Tape()
    assert one.on_boards(one.asked(SENTENCES, how), one.boards(tape)) is None
    assert not tape.recorded


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16])
@pytest.mark.parametrize("beam", [1, 4])
def test_nothing_in_a_step_is_on_another_device(beam: int, kind: torch.dtype, half: Path) -> None:
    """Made of shapes alone, on a device that has no numbers: to look at one would fail."""
    model: Any = marian_weights.load(half, torch.device("cpu")).model
    layers = Layers(model.to("meta", kind))
    board_of = GreedyBoard if beam == 1 else BeamBoard
    with torch.inference_mode():
        board = board_of(layers, Size(8, beam, 16, 32), Decoding(beam), 5, 0)
        with Devices() as devices:
            board.step()
            assert devices.seen == {"meta"}
            board.open.logical_and_(torch.tensor(True))
        assert devices.seen == {"meta", "cpu"}  # it would have been seen


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16])
def test_in_sixteen_bits_it_still_knows_its_lessons(kind: torch.dtype, marian: Path) -> None:
    tape = Tape()
    backend = backend_of(marian, tape, kind)
    for how in (Decoding(), Decoding(beam=4)):
        assert texts(backend, how) == list(tiny.ENGLISH)
    assert tape.plays and not backend.notices


# --- boards -------------------------------------------------------------------------------------


def test_a_size_is_recorded_once_and_an_answer_forgets_the_one_before(one: Both) -> None:
    """Not even numbers that are none, left on a board, reach the next answer."""
    how = Decoding(beam=4)
    tape = Tape()
    boards = one.boards(tape)
    asked = one.asked(SENTENCES, how)
    first = one.on_boards(asked, boards)
    recorded, plays = len(tape.recorded), tape.plays
    assert 0 < recorded < plays
    with torch.inference_mode():
        for played in boards._kept.values():
            for each in played.board._rows:
                each.fill_(torch.nan if each.is_floating_point() else 1)
    assert one.on_boards(asked, boards) == first
    assert len(tape.recorded) == recorded
    assert tape.plays > plays + recorded


def test_boards_grow_with_answers_and_shrink_with_those_that_are_left(both: Both) -> None:
    boards = both.boards(Tape())
    asked = both.asked(SENTENCES * 2, Decoding(beam=2))
    found = both.on_boards(asked, boards)
    assert found is not None and ids(found) == ids(both.ours(asked))
    longest = max(len(several[0].ids) for several in found)
    used = sizes(boards)
    assert used[0] == Size(32, 2, 64, 32)
    assert all(one.sentences >= other.sentences for one, other in pairwise(used))
    assert all(one.target <= other.target for one, other in pairwise(used))
    assert used[-1].target >= longest
    assert len({size.sentences for size in used}) > 1 or longest > 60  # some leave, or all babble


def test_a_large_batch_is_cut_into_boards(one: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marian_graph, "ROWS", 48)
    for how, most in ((Decoding(), 32), (Decoding(beam=4), 8)):
        boards = one.boards(Tape())
        asked = one.asked(SENTENCES * 3, how, begun=[(20,) * (number % 3) for number in range(36)])
        found = one.on_boards(asked, boards)
        assert found is not None and ids(found) == ids(one.ours(asked))
        assert max(size.sentences for size in sizes(boards)) == most


def test_memory_bounds_the_boards(one: Both) -> None:
    """Those used last stay; too little for the smallest means that there are none."""
    asked = one.asked(SENTENCES * 2, Decoding(beam=4))
    least = 2 * Size(8, 4, 64, 128).bytes(one._layers)
    for room, most in ((2 * least, 16), (least, 8), (least - 1, 0)):
        boards = one.boards(Tape())
        boards._room = room
        found = one.on_boards(asked, boards)
        assert found is None or ids(found) == ids(one.ours(asked))
        assert max((size.sentences for size in sizes(boards)), default=0) == most
        assert boards._taken <= room and not boards.notices


def test_no_more_boards_are_kept_than_are_worth_it(one: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marian_graph, "_KEPT", 2)
    boards = one.boards(Tape())
    for how in PLAIN[:3]:
        asked = one.asked(SENTENCES[:6], how)
        assert ids(one.on_boards(asked, boards) or ()) == ids(one.ours(asked))
        assert 0 < len(sizes(boards)) <= 2


def test_answers_beyond_the_models_positions_are_not_looked_for(tmp_path: Path) -> None:
    """A board's room is a power of two, a model's need not be."""
    both = Both(tiny.make_marian(tmp_path / "short", positions=70))
    asked = both.asked(SENTENCES, Decoding(beam=2), most=68)
    found = both.on_boards(asked, both.boards(Tape()))
    assert found is not None and ids(found) == ids(both.ours(asked))
    assert max(len(several[0].ids) for several in found) > 64


# --- what goes wrong ----------------------------------------------------------------------------


@dataclass
class Failing:
    """A tape on which something goes wrong: with recording number `at`, or with what is played after it."""

    fault: str
    at: int = 0
    tape: Tape = field(default_factory=Tape)

    def record(self, work: Play) -> Play:
        play = self.tape.record(work)
        if len(self.tape.recorded) <= self.at:
            return play
        if self.fault == "recording":
            raise RuntimeError(
                "operation not permitted when stream is capturing\nCUDA kernel errors might be …"
            )
        if self.fault == "another torch":
            raise TypeError("graph.__init__() got an unexpected keyword argument 'capture_error_mode'")
        if self.fault == "memory":
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        plays = iter([True, True])

        def faulty() -> None:
            if self.fault == "playing" and not next(plays, False):
                raise RuntimeError("CUDA error: an illegal instruction was encountered")
            if self.fault == "later nothing" and not next(plays, False):
                return
            if self.fault != "nothing":
                play()
            if self.fault == "twice":
                play()

        return faulty


FAULTS = {
    "recording": "operation not permitted",
    "memory": "out of memory",
    "another torch": "unexpected keyword",
    "playing": "illegal instruction",
    "nothing": "something else than the step",
    "twice": "something else than the step",
    "later nothing": "did not end",
}


@pytest.fixture(scope="module")
def plain(half: Path) -> MarianBackend:
    """Without recordings."""
    return backend_of(half)


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_the_answers_are_right_and_it_is_said_once(
    fault: str, at: int, half: Path, plain: MarianBackend
) -> None:
    recorder = Failing(fault, at)
    backend = backend_of(half, recorder)
    assert texts(backend, Decoding(beam=2)) == texts(plain, Decoding(beam=2))
    recorded = len(recorder.tape.recorded)
    for how in (Decoding(), Decoding(beam=2)):
        assert texts(backend, how) == texts(plain, how)
    assert len(recorder.tape.recorded) == recorded  # it is not tried again
    (notice,) = backend.notices
    assert notice.startswith("slower than it could be: steps are not recorded") and FAULTS[fault] in notice
    assert "\n" not in notice
    boards = boards_of(backend)
    assert boards and not boards._kept  # its memory is free again


def test_what_is_given_up_is_among_the_engines_notices(marian: Path) -> None:
    for fault in ("recording", "none"):
        backend = backend_of(marian, Failing(fault))
        engine = engine_of(marian, backend)
        engine.notices = ("tied again",)
        assert engine.notices == ("tied again",)
        found = engine.translate(tiny.FRENCH, Lang.EN)
        assert [each.text for each in found] == list(tiny.ENGLISH)
        assert len(engine.notices) == (2 if fault == "recording" else 1)


def test_torch_records_as_it_is_asked_to() -> None:
    """The call itself needs a GPU; that it fits the installed torch does not."""
    call = inspect.signature(torch.cuda.graph).bind(
        "graph", "pool", "stream", capture_error_mode="thread_local"
    )
    assert list(call.arguments.values()) == ["graph", "pool", "stream", "thread_local"]
    assert list(call.arguments)[:3] == ["cuda_graph", "pool", "stream"]


def test_there_are_no_graphs_on_a_cpu(marian: Path) -> None:
    engine = MarianEngine.load(ENTRY, marian, device="cpu", beam=4)
    assert boards_of(engine._backend) is None and engine.notices == ()


# --- the tape itself ----------------------------------------------------------------------------


def test_a_tape_plays_what_was_recorded_and_knows_nothing_of_the_host() -> None:
    total, steps = torch.zeros(2), [0]

    def work() -> None:
        steps[0] += 1
        total.add_((total + 1).view(2, 1)[:, 0] * steps[0])

    play = Tape().record(work)
    assert total.tolist() == [1, 1]
    play()
    assert total.tolist() == [3, 3] and steps == [1]  # with the number that it was recorded with


@pytest.mark.parametrize(
    "work",
    [
        lambda x: x.sum().item(),
        lambda x: bool(x.any()),
        lambda x: x[x > 0],
        lambda x: x.nonzero(),
        lambda x: x + torch.tensor([1.0, 2.0]),
    ],
)
def test_a_tape_refuses_what_a_gpu_would(work: Callable[[torch.Tensor], object]) -> None:
    with pytest.raises(RuntimeError, match="not permitted when stream is capturing"):
        Tape().record(lambda: (work(torch.ones(2)), None)[1])


# --- on a GPU -----------------------------------------------------------------------------------


def on_a_gpu(test: Any) -> Any:
    there = torch.cuda.is_available()
    return pytest.mark.gpu(pytest.mark.skipif(not there, reason="no CUDA device is here")(test))


class Again:
    """No recording: the step itself, each time."""

    def record(self, work: Play) -> Play:
        return work


@on_a_gpu
@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("how", PLAIN, ids=str)
def test_graphs_write_what_the_step_writes(
    how: Decoding, kind: torch.dtype, half: Path, babbler: Path
) -> None:
    for path in (half, babbler):
        both = Both(path, device="cuda", kind=kind)
        graphs, steps = both.boards(CudaRecorder(torch.device("cuda"))), both.boards(Again())
        for sentences in [*BATCHES, SENTENCES * 20, *BATCHES]:
            asked = both.asked(sentences, how)
            found = both.on_boards(asked, graphs)
            assert found is not None and not graphs.notices
            other = both.on_boards(asked, steps)
            assert other is not None and ids(found) == ids(other)
            scores = [[each.total for each in several] for several in other]
            assert [[each.total for each in several] for several in found] == [
                pytest.approx(row, abs=1e-2) for row in scores
            ]
            if kind == torch.float32:
                assert ids(found) == ids(both.ours(asked)) == ids(both.theirs(asked))


@on_a_gpu
def test_the_engine_uses_them(marian: Path) -> None:
    for beam in (1, 4):
        engine = MarianEngine.load(ENTRY, marian, device="cuda", beam=beam)
        plain = MarianEngine.load(ENTRY, marian, device="cuda", beam=beam, graphs=False)
        found = [each.text for each in engine.translate(tiny.FRENCH, Lang.EN)]
        assert found == [each.text for each in plain.translate(tiny.FRENCH, Lang.EN)] == list(tiny.ENGLISH)
        boards = boards_of(engine._backend)
        assert boards and boards._kept and engine.notices == ()


@on_a_gpu
def test_a_full_device_goes_on_without_them(half: Path) -> None:
    both = Both(half, device="cuda")
    boards = both.boards(CudaRecorder(torch.device("cuda")))
    asked = both.asked(SENTENCES, Decoding(beam=4))
    torch.cuda.set_per_process_memory_fraction(1e-6)
    try:
        torch.cuda.empty_cache()
        assert both.on_boards(asked, boards) is None and "memory" in boards.notices[0]
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)
    assert ids(both.ours(asked))


# --- helpers ------------------------------------------------------------------------------------

ENTRY = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, {Lang.EN: ""})


def boards_of(backend: MarianBackend) -> Boards | None:
    (search,) = backend._decoder._searches.values()
    assert isinstance(search, Voice)
    return search._boards


def backend_of(
    path: Path, recorder: Recorder | None = None, kind: torch.dtype = torch.float32
) -> MarianBackend:
    checkpoint = marian_weights.load(path, torch.device("cpu"))
    model: Any = checkpoint.model
    model.to(kind)
    return MarianBackend(ENTRY, checkpoint, recorder=recorder)


def engine_of(path: Path, backend: MarianBackend) -> MarianEngine:
    room, how = limits(ENTRY, 256, 4096), decoding(ENTRY, None, 4)
    return MarianEngine(ENTRY, path, backend, device="cpu", limits=room, decoding=how)


def texts(backend: MarianBackend, how: Decoding, sentences: Sequence[str] = tiny.FRENCH) -> list[str]:
    encoded = backend.encode(sentences, Lang.EN)
    return [several[0].text for several in backend.answers(encoded, [60] * len(encoded), how, Lang.EN)]
