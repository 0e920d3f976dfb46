"""MarianMT on torch and transformers, behind the `Engine` protocol."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from translate.domain import Hypothesis, Lang
from translate.engines import Progress, fingerprint, marian_weights, schedule
from translate.engines.device import pick
from translate.engines.marian_decode import Decoder
from translate.engines.marian_pieces import Pieces
from translate.engines.plan import fitting, visible
from translate.engines.search import Answer, Decoding, Encoded, Limits
from translate.engines.translator import Translator
from translate.errors import EngineError, WeightsError
from translate.registry.spec import ModelSpec, Probe

# Padded source pieces per batch, for one beam. A CPU gains nothing from larger batches; a GPU idles in
# smaller ones.
BUDGETS = {"cpu": 4096, "mps": 16384, "cuda": 65536}


class MarianBackend:
    """Asks one checkpoint. What to ask, and what to think of the answer, is `Translator`'s business."""

    def __init__(self, spec: ModelSpec, checkpoint: marian_weights.Checkpoint) -> None:
        model = checkpoint.model
        self.device: torch.device = model.device
        self.width: int = model.config.d_model
        self._pieces = Pieces(checkpoint.tokenizer, model.lm_head.out_features)
        self._prefixes = {lang: self._pieces.prefix(text) for lang, text in spec.targets.items()}
        self._decoder = Decoder(model, self._pieces)

    def encode(self, texts: Sequence[str], target: Lang) -> list[Encoded]:
        """Each text as ids, with the prefix that asks for `target`."""
        if target not in self._prefixes:
            raise EngineError(f"this model does not write {target}; it writes {', '.join(self._prefixes)}")
        return self._pieces.encode(texts, self._prefixes[target])

    def answer(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding) -> list[Answer]:
        """One answer per sentence. Raises `schedule.OutOfMemory` if the batch does not fit."""
        with _memory_watched(), marian_weights.quiet():
            return self._decoder.answers([each.ids for each in batch], limits, how)

    def pooled(self, batch: Sequence[Encoded], target: Lang) -> NDArray[np.float32]:
        """Mean encoder state of each sentence encoded for `target`. Shape (B, D)."""
        with _memory_watched():
            states = self._decoder.pooled([each.ids for each in batch], len(self._prefixes[target]))
        vectors: NDArray[np.float32] = states.cpu().numpy()
        return vectors


class MarianEngine:
    """One Marian model on one device, made by `translate.engines.load`."""

    name = "torch"

    def __init__(
        self, spec: ModelSpec, directory: Path, checkpoint: marian_weights.Checkpoint, beam: int | None
    ) -> None:
        self.notices = checkpoint.notices
        self._spec = spec
        self._directory = directory
        self._backend = MarianBackend(spec, checkpoint)
        self._limits = _limits(spec, checkpoint.model.config, self._backend.device)
        self._decoding = _decoding(spec, checkpoint.model.generation_config, beam)
        self._translator = Translator(self._backend, self._decoding, self._limits)

    @classmethod
    def load(cls, spec: ModelSpec, directory: Path, *, device: str, beam: int | None) -> MarianEngine:
        """The checked model in `directory`. Raises WeightsError or EngineError."""
        chosen = pick(device)
        engine = cls(spec, directory, marian_weights.load(directory, chosen), beam)
        if spec.probe is not None:
            engine._pass(spec.probe)
        return engine

    @property
    def targets(self) -> tuple[Lang, ...]:
        return tuple(self._spec.targets)

    @property
    def device(self) -> str:
        return str(self._backend.device)

    @property
    def beam(self) -> int:
        return self._decoding.beam

    @cached_property
    def revision(self) -> str:
        return fingerprint.revision(self._directory, self._spec.revision)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order. Raises EngineError; never a partial list."""
        return self._translator.translate(sentences, target, progress)

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Mean encoder states, (N, d_model); of an over-long sentence, over its parts. Nothing: zeros."""
        target = self.targets[0]  # its prefix is what the encoder is used to
        texts = [visible(sentence) for sentence in sentences]
        parts = {text: self._parts(text, target) for text in dict.fromkeys(filter(None, texts))}
        units = list(dict.fromkeys(part for several in parts.values() for part in several))
        encoded = self._backend.encode(units, target)
        sizes = [len(each.ids) for each in encoded]
        rows = schedule.run(
            schedule.by_length(units, sizes),
            sizes,
            self._limits.budget,
            lambda batch: list(self._backend.pooled([encoded[index] for index in batch], target)),
        )
        size, row = dict(zip(units, sizes, strict=True)), dict(zip(units, rows, strict=True))
        vectors = np.zeros((len(texts), self._backend.width), dtype=np.float32)
        for number, text in enumerate(texts):
            if text:
                weights = [size[part] for part in parts[text]]
                vectors[number] = np.average([row[part] for part in parts[text]], axis=0, weights=weights)
        return vectors

    def _parts(self, text: str, target: Lang) -> tuple[str, ...]:
        def fits(part: str) -> bool:
            return len(self._backend.encode([part], target)[0].ids) <= self._limits.source

        return fitting(text, fits)

    def _pass(self, probe: Probe) -> None:
        """Raises WeightsError unless the probe sentence comes out with one of the expected words."""
        (answer,) = self.translate([probe.text], probe.target)
        if not any(word.casefold() in answer.text.casefold() for word in probe.expect):
            raise WeightsError(
                f"{self._spec.id}: failed its self-check: “{probe.text}” came out as “{answer.text[:80]}”, "
                f"without {' or '.join(map(repr, probe.expect))}",
                hint="the weights are damaged or do not fit their configuration; fetch the model again",
            )


def _limits(spec: ModelSpec, config: Any, device: torch.device) -> Limits:
    """What the entry allows, within the positions that the model has."""
    positions = config.max_position_embeddings
    target = min(spec.decode.max_new_tokens or spec.limits.max_target_tokens, spec.limits.max_target_tokens)
    return Limits(
        source=min(spec.limits.max_source_tokens, positions),
        target=min(target, positions - 2),  # the start and </s> have positions too
        budget=BUDGETS[device.type],
    )


def _decoding(spec: ModelSpec, checkpoint: Any, beam: int | None) -> Decoding:
    """The caller's beam, else the entry's settings, else what the checkpoint's generation config says."""
    ours = spec.decode
    penalty = ours.length_penalty if ours.length_penalty is not None else checkpoint.length_penalty
    ngram = ours.no_repeat_ngram if ours.no_repeat_ngram is not None else checkpoint.no_repeat_ngram_size
    return Decoding(
        beam=beam or ours.beam or checkpoint.num_beams or 1,
        length_penalty=1.0 if penalty is None else penalty,
        early_stopping=bool(checkpoint.early_stopping),
        no_repeat_ngram=ngram or 0,
    )


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
