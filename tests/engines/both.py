"""One checkpoint whose answers are searched for in several ways, to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from tests import tiny_models as tiny
from translate.engines import marian_weights
from translate.engines.marian_generate import generated
from translate.engines.marian_graph import Boards, Recorder
from translate.engines.marian_layers import Layers
from translate.engines.marian_search import search
from translate.engines.marian_task import Task, Written
from translate.engines.pieces import Pieces
from translate.engines.search import Decoding, Limits

STRANGE = ["Paris", "Le train de jeudi", "« Oui », selon Lyon", "L'agence 12 % du gouvernement"]
SENTENCES = [*tiny.FRENCH, *STRANGE]

Found = list[tuple[Written, ...]]


@dataclass(frozen=True)
class Asked:
    """A batch, encoded: states (N, S, D) and mask (N, S)."""

    task: Task
    states: torch.Tensor
    mask: torch.Tensor


class Both:
    """Our search and the library's."""

    def __init__(
        self, path: Path, prefix: str = "", device: str = "cpu", kind: torch.dtype = torch.float32
    ) -> None:
        checkpoint = marian_weights.load(path, torch.device(device))
        model: Any = checkpoint.model
        self._model = model.to(kind)
        self._pieces = Pieces(checkpoint.tokenizer, self._model.lm_head.out_features)
        self._prefix = self._pieces.prefix(prefix)
        self.pieces = self._pieces.writer(prefix).vocabulary  # of answers
        silent = set(range(self._model.lm_head.out_features)) - set(self.pieces)
        self._model.final_logits_bias[:, list(silent)] = -torch.inf
        self._layers = Layers(self._model)
        self._start: int = self._model.generation_config.decoder_start_token_id

    def asked(
        self,
        sentences: Sequence[str],
        how: Decoding,
        most: int = 250,
        begun: Sequence[Sequence[int]] = (),
        without: Sequence[Sequence[Sequence[int]]] = (),
    ) -> Asked:
        """The sentences, read by the encoder."""
        rows = [list(each.ids) for each in self._pieces.encode(sentences, self._prefix)]
        room = Limits(source=512, target=most, budget=1)
        task = Task([room.room(len(row)) for row in rows], self._start, self._pieces.eos, how, begun, without)
        longest = max(map(len, rows))
        ids = torch.tensor([row + [self._pieces.pad] * (longest - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        ids, mask = ids.to(self._model.device), mask.to(self._model.device)
        with torch.inference_mode(), marian_weights.quiet():
            states = self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
        return Asked(task, states, mask)

    def ours(self, asked: Asked) -> Found:
        with torch.inference_mode():
            writing = self._layers.begin(asked.states, asked.mask, asked.task.how.beam)
            return search(asked.task, writing, asked.states.device)

    def theirs(self, asked: Asked) -> Found:
        with torch.inference_mode(), marian_weights.quiet():
            return generated(self._model, asked.task, asked.states, asked.mask)

    def boards(self, recorder: Recorder) -> Boards:
        """For `on_boards`; they keep what they have recorded."""
        with torch.inference_mode():
            return Boards(self._layers, self._start, self._pieces.eos, recorder)

    def on_boards(self, asked: Asked, boards: Boards) -> Found | None:
        """Our search with recorded steps."""
        with torch.inference_mode():
            return boards.search(asked.task, asked.states, asked.mask)

    def answers(
        self,
        sentences: Sequence[str],
        how: Decoding,
        most: int = 250,
        begun: Sequence[Sequence[int]] = (),
    ) -> tuple[Found, Found]:
        """Ours and the library's."""
        asked = self.asked(sentences, how, most, begun)
        return self.ours(asked), self.theirs(asked)


def ids(found: Sequence[Sequence[Written]]) -> list[list[tuple[int, ...]]]:
    return [[written.ids for written in several] for several in found]
