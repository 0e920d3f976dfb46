"""One loaded model behind the `Engine` protocol: what is the same whatever runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from translate.domain import Hypothesis, Lang
from translate.engines import Progress, fingerprint, schedule
from translate.engines.aided import Aided
from translate.engines.alignment import Link
from translate.engines.headlines import Headlines
from translate.engines.plain import Aligner, Plain
from translate.engines.plan import fitting, visible
from translate.engines.schedule import ONE_BAND, ONE_LANE, Bands, Lanes
from translate.engines.search import Decoding, Encoded, Limits
from translate.engines.verbatim import Verbatim
from translate.engines.wanted import Unwanted, Wanted
from translate.errors import WeightsError
from translate.registry.spec import ModelSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class ModelBackend(Aligner, Protocol):
    """A backend that also gives its encoder's states. `width`: their size."""

    @property
    def width(self) -> int: ...

    def pooled(self, batch: Sequence[Encoded], target: Lang) -> NDArray[np.float32]:
        """Mean encoder state of each sentence encoded for `target`. Shape (B, width)."""
        ...


class ModelEngine:
    """One model on one device."""

    name = ""  # a subclass says what runs it

    def __init__(
        self,
        spec: ModelSpec,
        directory: Path,
        backend: ModelBackend,
        *,
        device: str,
        limits: Limits,
        decoding: Decoding,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.device = device
        self.notices = notices
        self._spec = spec
        self._directory = directory
        self._backend = backend
        self._limits = limits
        self._decoding = decoding
        plain = Plain(backend, decoding, limits)
        self._verbatim = Verbatim(Headlines(Aided(plain)) if spec.decode.lexicon else plain)

    @property
    def targets(self) -> tuple[Lang, ...]:
        return tuple(self._spec.targets)

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
        return self._verbatim.translate(sentences, target, progress)

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first. Raises EngineError."""
        return self._verbatim.candidates(sentences, target, count)

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms and suits; None where there is none."""
        return self._verbatim.lead(wanted, target)

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words; None where there is none."""
        return self._verbatim.avoid(unwanted, target)

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together; nothing of a pair with a text too long for the model."""
        return self._verbatim.align(pairs, target)

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Mean encoder states, (N, d_model); of an over-long sentence, over its parts. Nothing: zeros."""
        import numpy as np  # here: a first answer needs none

        target = self.targets[0]  # its prefix is what the encoder is used to
        texts = [visible(sentence) for sentence in sentences]
        parts = self._parts(list(dict.fromkeys(filter(None, texts))), target)
        units = list(dict.fromkeys(part for several in parts.values() for part in several))
        encoded = self._backend.encode(units, target)
        sizes = [len(each.ids) for each in encoded]
        rows = schedule.run(
            schedule.by_length(units, sizes),
            sizes,
            self._limits.budget * self._limits.lanes.workers,  # who share each batch
            lambda batch: lambda: list(self._backend.pooled([encoded[index] for index in batch], target)),
            kinds=list(map(self._limits.bands.of, sizes)),
        )
        size, row = dict(zip(units, sizes, strict=True)), dict(zip(units, rows, strict=True))
        vectors = np.zeros((len(texts), self._backend.width), dtype=np.float32)
        for number, text in enumerate(texts):
            if text:
                weights = [size[part] for part in parts[text]]
                vectors[number] = np.average([row[part] for part in parts[text]], axis=0, weights=weights)
        return vectors

    def _parts(self, texts: Sequence[str], target: Lang) -> dict[str, tuple[str, ...]]:
        """Each text in parts that the model reads; nearly all are whole, and are looked at together."""

        def fits(part: str) -> bool:
            return len(self._backend.encode([part], target)[0].ids) <= self._limits.source

        encoded = zip(texts, self._backend.encode(texts, target), strict=True)
        return {
            text: (text,) if len(each.ids) <= self._limits.source else fitting(text, fits)
            for text, each in encoded
        }

    def check(self) -> None:
        """Raises WeightsError unless the probe sentence comes out with one of the expected words."""
        if (probe := self._spec.probe) is None:
            return
        (answer,) = self.translate([probe.text], probe.target)
        if not any(word.casefold() in answer.text.casefold() for word in probe.expect):
            raise WeightsError(
                f"{self._spec.id}: failed its self-check: “{probe.text}” came out as “{answer.text[:80]}”, "
                f"without {' or '.join(map(repr, probe.expect))}",
                hint="the weights are damaged or do not fit their configuration; fetch the model again",
            )


def limits(
    spec: ModelSpec,
    positions: int,
    budget: int,
    lanes: Lanes = ONE_LANE,
    bands: Bands = ONE_BAND,
    plain: Bands | None = None,
) -> Limits:
    """What the entry allows, within the `positions` that the model has."""
    target = min(spec.decode.max_new_tokens or spec.limits.max_target_tokens, spec.limits.max_target_tokens)
    return Limits(
        source=min(spec.limits.max_source_tokens, positions),
        target=min(target, positions - 2),  # the start and </s> have positions too
        budget=budget,
        lanes=lanes,
        bands=bands,
        plain=plain,
    )


def decoding(spec: ModelSpec, checkpoint: Any, beam: int | None) -> Decoding:
    """The caller's beam, else the entry's settings, else what the checkpoint's generation config says."""

    def own(name: str) -> Any:
        return getattr(checkpoint, name, None)

    ours = spec.decode
    given = ours.length_penalty
    some = given if isinstance(given, Mapping) else {}
    penalty = own("length_penalty") if given is None or isinstance(given, Mapping) else given
    ngram = ours.no_repeat_ngram if ours.no_repeat_ngram is not None else own("no_repeat_ngram_size")
    return Decoding(
        beam=beam or ours.beam or own("num_beams") or 1,
        length_penalty=1.0 if penalty is None else penalty,
        early_stopping=own("early_stopping") is True,  # "never" is not
        no_repeat_ngram=ngram or 0,
        penalties=tuple(some.items()),
        looks=bool(ours.aligned),
    )
