"""MarianMT on torch and transformers, behind the `Engine` protocol."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from translate.domain import Lang
from translate.engines import budget, marian_weights, schedule, vocabulary
from translate.engines.device import pick
from translate.engines.marian_decode import Decoder
from translate.engines.marian_graph import CudaRecorder, Recorder
from translate.engines.model import ModelEngine, decoding, limits
from translate.engines.pieces import Pieces, Reader
from translate.engines.search import Answer, Decoding, Encoded, Located, Pending
from translate.errors import EngineError
from translate.registry.spec import ModelSpec

# Padded source pieces per batch, for one beam. A CPU gains nothing from larger batches; a GPU idles in
# smaller ones.
BUDGETS = {"cpu": 4096, "mps": 16384, "cuda": 65536}


class MarianBackend(Reader):
    """Asks one checkpoint. What to ask, and what to think of the answer, is `Translator`'s business."""

    def __init__(
        self,
        spec: ModelSpec,
        checkpoint: marian_weights.Checkpoint,
        *,
        reference: bool = False,
        recorder: Recorder | None = None,
    ) -> None:
        model = checkpoint.model
        rows = model.lm_head.out_features
        listed = vocabulary.listed(checkpoint.directory, rows)
        super().__init__(Pieces(checkpoint.tokenizer, rows, listed), spec.targets)
        self.width: int = model.config.d_model
        vocabularies = {lang: self._writer(lang).vocabulary for lang in spec.targets}
        self._decoder = Decoder(model, self._pieces, vocabularies, reference=reference, recorder=recorder)

    @property
    def notices(self) -> tuple[str, ...]:
        """What has been given up."""
        return self._decoder.notices

    def answers(
        self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding, target: Lang
    ) -> list[tuple[Answer, ...]]:
        """Answers to each sentence, best first. Raises `schedule.OutOfMemory` if the batch does not fit."""
        with _memory_watched(), marian_weights.quiet():
            rows, without = [each.ids for each in batch], [each.without for each in batch]
            return self._decoder.answers(rows, limits, how, target, without=without)

    def begin(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding, target: Lang) -> Pending:
        """The same, when it is waited for: nothing here works by itself."""
        return partial(self.answers, batch, limits, how, target)

    def attention(self, batch: Sequence[Located], target: Lang) -> list[NDArray[np.float32]]:
        """What the first head of the last layer looks at while the model is made to write the target."""
        with _memory_watched():
            found = self._decoder.attention([pair.source for pair in batch], [pair.target for pair in batch])
        return [each.float().cpu().numpy() for each in found]

    def chances(
        self,
        batch: Sequence[tuple[Encoded, Sequence[int]]],
        asked: Sequence[Sequence[tuple[int, int]]],
        target: Lang,
    ) -> list[list[float]]:
        """The log-probability of each (step, piece) asked of a pair, while the model writes its target."""
        with _memory_watched():
            return self._decoder.chances(
                [source.ids for source, _ in batch], [ids for _, ids in batch], asked, target
            )

    def go_on(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], limits: Sequence[int], target: Lang
    ) -> list[tuple[str, bool]]:
        """What the model makes of each beginning, greedily, and whether its limit cut it."""
        with _memory_watched(), marian_weights.quiet():
            sources, begun = [source.ids for source, _ in batch], [ids for _, ids in batch]
            found = self._decoder.answers(sources, limits, Decoding(), target, begun)
        return [(answer.text, answer.cut) for answer, *_ in found]

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]], target: Lang) -> list[float]:
        """The log-probability of each translation, with `</s>`."""
        asked = [[*enumerate(ids), (len(ids), self._pieces.eos)] for _, ids in batch]
        return [sum(found) for found in self.chances(batch, asked, target)]

    def pooled(self, batch: Sequence[Encoded], target: Lang) -> NDArray[np.float32]:
        """Mean encoder state of each sentence encoded for `target`. Shape (B, D)."""
        with _memory_watched():
            states = self._decoder.pooled([each.ids for each in batch], len(self._prefix(target)))
        vectors: NDArray[np.float32] = states.cpu().numpy()
        return vectors


class MarianEngine(ModelEngine):
    """One Marian model on one device, made by `translate.engines.load`."""

    name = "torch"
    _backend: MarianBackend

    @classmethod
    def load(
        cls,
        spec: ModelSpec,
        directory: Path,
        *,
        device: str,
        beam: int | None,
        reference: bool = False,
        graphs: bool = True,
    ) -> MarianEngine:
        """The checked model in `directory`. Raises WeightsError or EngineError.

        `reference`: decode with the library's `generate`, many times slower, to compare with. `graphs`: on
        CUDA, record steps and play them again.
        """
        checkpoint = marian_weights.load(directory, pick(device))
        model, chosen = checkpoint.model, checkpoint.model.device
        free = budget.free_bytes(chosen.type, chosen.index or 0)
        room = budget.padded(BUDGETS[chosen.type], model.config.to_dict(), free)
        recorder = CudaRecorder(chosen) if graphs and chosen.type == "cuda" else None
        engine = cls(
            spec,
            directory,
            MarianBackend(spec, checkpoint, reference=reference, recorder=recorder),
            device=str(chosen),
            limits=limits(spec, model.config.max_position_embeddings, room),
            decoding=decoding(spec, model.generation_config, beam),
            notices=checkpoint.notices,
        )
        engine.check()
        return engine

    @property
    def notices(self) -> tuple[str, ...]:
        """What loading had to repair, and what has been given up since."""
        return (*self._loaded, *self._backend.notices)

    @notices.setter
    def notices(self, loaded: tuple[str, ...]) -> None:
        self._loaded = loaded


@contextlib.contextmanager
def _memory_watched() -> Iterator[None]:
    """Turns a device out of memory into `schedule.OutOfMemory`, any other failure of it into EngineError."""
    try:
        yield
    except torch.OutOfMemoryError as err:
        torch.cuda.empty_cache()
        raise schedule.OutOfMemory from err
    except RuntimeError as err:
        if "allocate memory" in str(err) or "out of memory" in str(err):  # how CPU and MPS say it
            raise schedule.OutOfMemory from err
        raise EngineError(f"the device failed: {str(err).splitlines()[0][:200]}") from err
