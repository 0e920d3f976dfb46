"""Steps of a search recorded on the device and played again, so that a GPU need not wait for the host.

A step of a small model is some hundred kernels of a few microseconds each, and to launch one takes the host
as long. Recorded, all of them are one launch. A recording holds addresses, so there is one for each size of a
board; sizes are powers of two, and the boards used last are kept. A search begins on a short board. When no
more pieces fit it goes on on a longer one, when half of the sentences are done on a smaller one.

A recording is used only when it wrote, from the same state, what the step itself wrote. Whatever goes wrong,
the batch is searched anew without recordings, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

import torch

from translate.engines import budget
from translate.engines.marian_board import BeamBoard, Board, GreedyBoard, Size
from translate.engines.marian_layers import Layers
from translate.engines.marian_task import Task, Written
from translate.engines.search import Decoding

STRIDE = 4  # steps between two looks at who is done; each look waits for the device
ROWS = 1024  # answers on a board: more keep a GPU no busier, and a half-empty board costs more
_LEAST = Size(8, 1, 16, 32)
_KEPT = 64  # boards
SHARE = 0.25  # of the memory that is free at the start, for boards


class Recorder(Protocol):
    """What a device's recordings need."""

    def record(self, work: Callable[[], None]) -> Callable[[], None]:
        """What does the same work again, with whatever is in its tensors by then."""
        ...


class CudaRecorder:
    """CUDA graphs. They share the memory of what lives within a step only, as one plays at a time."""

    def __init__(self, device: torch.device) -> None:
        self._device = device

    @cached_property
    def _shared(self) -> tuple[Any, Any]:
        """The memory, and the stream that recordings are made on."""
        stream: Any = torch.cuda.Stream  # it has no types
        return torch.cuda.graph_pool_handle(), stream(self._device)

    def record(self, work: Callable[[], None]) -> Callable[[], None]:
        graph = torch.cuda.CUDAGraph()
        # thread_local: what other threads ask of the device meanwhile is none of this recording's business.
        recording = torch.cuda.graph(graph, *self._shared, capture_error_mode="thread_local")
        with torch.cuda.device(self._device), recording:
            work()
        return graph.replay


class Boards:
    """Searches with a model's recorded steps. `notices`: why that was given up.

    `share`: the part of the free memory that they may take.
    """

    def __init__(
        self, layers: Layers, start: int, eos: int, recorder: Recorder, share: float = SHARE
    ) -> None:
        self._layers, self._start, self._eos = layers, start, eos
        self._recorder = recorder
        device = layers.output.device
        self._room = int(share * (budget.free_bytes(device.type, device.index or 0) or 2**32))
        self._kept: dict[tuple[Size, Decoding], _Played] = {}  # used last at the end
        self.notices: tuple[str, ...] = ()

    def search(
        self, task: Task, states: torch.Tensor, mask: torch.Tensor
    ) -> list[tuple[Written, ...]] | None:
        """`how.answers` answers per sentence, best first; `None` if they have to be searched without.

        States (N, S, D) and mask (N, S). With rules about what may follow, as only second attempts have
        them, there are no boards.
        """
        if self.notices or task.without or not replace(task.how, beam=1).is_plain:
            return None
        try:
            return self._searched(task, states, mask)
        except Exception as err:  # out of memory, whatever a device says, or another version of torch
            self._kept.clear()
            why = (str(err).strip().splitlines() or [type(err).__name__])[0][:200]
            self.notices = (f"slower than it could be: steps are not recorded on the device ({why})",)
            return None

    def _searched(
        self, task: Task, states: torch.Tensor, mask: torch.Tensor
    ) -> list[tuple[Written, ...]] | None:
        most = self._most(task, states.shape[1])
        if most < _LEAST.sentences:
            return None
        found = []
        for first in range(0, len(task.limits), most):
            part = slice(first, first + most)
            found += self._on_boards(task.part(part), states[part], mask[part])
        return found

    def _most(self, task: Task, source: int) -> int:
        """How many sentences a board may have, so that two of them have room at any time."""
        most = _power(ROWS // task.how.beam + 1) // 2
        size = Size(most, task.how.beam, _power(source), _power(max(task.limits) + STRIDE))
        while 2 * size.bytes(self._layers) > self._room and size.sentences:
            size = replace(size, sentences=size.sentences // 2)
        return size.sentences

    def _on_boards(self, task: Task, states: torch.Tensor, mask: torch.Tensor) -> list[tuple[Written, ...]]:
        size = Size(
            max(_LEAST.sentences, _power(len(task.limits))),
            task.how.beam,
            max(_LEAST.source, _power(states.shape[1])),
            max(_LEAST.target, _power(task.longest_begun)),
        )
        played = self._at(size, task.how)
        played.board.begin(task, states, mask)
        live = dict(enumerate(range(len(task.limits))))  # places on the board, and whose they are
        found: dict[int, tuple[Written, ...]] = {}
        for done in range(STRIDE, max(task.limits) + 1 + STRIDE, STRIDE):
            for _ in range(STRIDE):
                played.step()
            is_open = played.board.open.tolist()  # here the host waits
            over = [place for place in live if not is_open[place]]
            found |= zip([live.pop(place) for place in over], _answers(played.board, over, task), strict=True)
            if not live:
                return [found[number] for number in range(len(task.limits))]
            fewer = max(_LEAST.sentences, _power(len(live)))
            longer = size.target * 2 if done == size.target else size.target
            needed = replace(size, sentences=fewer, target=longer)
            if needed != size:
                left, size = played, needed
                played = self._at(size, task.how)
                played.board.follow(left.board, torch.tensor(list(live), device=states.device))
                live = dict(enumerate(live.values()))
        raise RuntimeError("a search did not end")

    def _at(self, size: Size, how: Decoding) -> _Played:
        """A board of this size. Others stay as far as there is room, the one used last in any case."""
        key = size, replace(how, answers=1, alone=False)
        played = self._kept.pop(key, None)
        if played is None:
            room = self._room - size.bytes(self._layers)
            while len(self._kept) > 1 and (self._taken > room or len(self._kept) >= _KEPT):
                del self._kept[next(iter(self._kept))]
            kind = GreedyBoard if how.beam == 1 else BeamBoard
            played = _Played(kind(self._layers, *key, self._start, self._eos), self._recorder)
        self._kept[key] = played
        return played

    @property
    def _taken(self) -> int:
        return sum(size.bytes(self._layers) for size, _ in self._kept)


class _Played:
    """A board, and its step: recorded when it is first taken, played from then on."""

    def __init__(self, board: Board, recorder: Recorder) -> None:
        self.board = board
        self._recorder = recorder
        self._play: Callable[[], None] | None = None

    def step(self) -> None:
        if self._play is None:
            self._play = self._recorded()
        else:
            self._play()

    def _recorded(self) -> Callable[[], None]:
        """A step taken, recorded, and taken again from the recording. Raises RuntimeError if they differ."""
        changing = self.board.changing
        before = [each.clone() for each in changing]
        self.board.step()  # this also makes ready what a recording must not make
        written = [each.clone() for each in changing if not each.is_floating_point()]
        play = self._recorder.record(self.board.step)
        for each, value in zip(changing, before, strict=True):
            each.copy_(value)
        play()
        again = [each for each in changing if not each.is_floating_point()]
        if not all(map(torch.equal, again, written)):
            raise RuntimeError("a recorded step does something else than the step")
        return play


def _answers(board: Board, places: list[int], task: Task) -> list[tuple[Written, ...]]:
    """The answers of sentences that are done."""
    if not places:
        return []
    ended = board.ended.kept(torch.tensor(places, device=board.open.device)).to(torch.device("cpu"))
    return [ended.answers(number, task.how.answers) for number in range(len(places))]


def _power(number: int) -> int:
    """The least power of two that is as large."""
    return 1 << max(0, number - 1).bit_length()
