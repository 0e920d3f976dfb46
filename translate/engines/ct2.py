"""MarianMT on CTranslate2, behind the `Engine` protocol: 8-bit integers on a CPU, 16-bit floats on CUDA.

Neither torch nor transformers is imported, and nothing of a checkpoint is trusted (`ct2_checkpoint`).
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.domain import Lang
from translate.engines import budget, ct2_cache, ct2_routines, schedule, vocabulary
from translate.engines.ct2_cache import Conversion, Files
from translate.engines.ct2_checkpoint import Described, describe
from translate.engines.ct2_filler import STOP, Fillers
from translate.engines.ct2_forced import Forced
from translate.engines.ct2_machine import Machine
from translate.engines.ct2_single import Singles
from translate.engines.model import ModelEngine, decoding, limits
from translate.engines.pieces import Pieces, Reader
from translate.engines.schedule import Bands
from translate.engines.search import Answer, Decoding, Encoded, Located, Pending
from translate.errors import EngineError, WeightsError
from translate.registry.spec import ModelSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Steps of the shortest searches. They end with their answers, so that many cost nothing; but sentences with
# other ones are asked apart.
_LEAST_ROOM = 256
_ROOM_OF_FILLERS = 64
_STEPS = 32  # of answers that tell where a model's states lie
# How many beams' worth of ended answers stop a search. Where the library goes on until no better answer can
# come, 1 stops too soon; at 1.5 most answers agree with the library's, and it costs no measurable time.
PATIENCE = 1.5


class Ct2Backend(Reader):
    """Asks one converted checkpoint."""

    def __init__(
        self, spec: ModelSpec, described: Described, conversion: Conversion, kept: Path, machine: Machine
    ) -> None:
        super().__init__(_pieces(described), spec.targets)
        self.width = int(described.config["d_model"])
        self._machine = machine
        self._described = described
        self._positions = described.positions
        self._tokens = _tokens(described)
        distinct = {id(files): files for files in conversion.translators.values()}
        models = {name: machine.translator(files) for name, files in distinct.items()}
        self._models = {
            lang: models[id(conversion.translators[prefix])] for lang, prefix in spec.targets.items()
        }
        self._forced = {
            lang: Forced(model, self._tokens, cache(partial(self._rows, lang)), machine.on_host)
            for lang, model in self._models.items()
        }
        self._fillers: Fillers | None = None
        self.fills = conversion.fills
        self._fill(machine.filled(self._positions), [*spec.targets])
        self._singles = Singles(machine, kept, spec.targets.__getitem__)
        self._encoder_files = conversion.encoder
        self._encoder: Any = None

    def _rows(self, target: Lang) -> Mapping[int, int]:
        """Where each id is in the output of the model that writes `target`."""
        ids = self._described.rows(self._writer(target).vocabulary)
        return {number: row for row, number in enumerate(ids)}

    def _fill(self, bands: Bands | None, targets: Sequence[Lang]) -> None:
        """Have fillers where there are bands for them, and the model has done with them soon."""
        if bands is None:
            return
        fillers = Fillers({lang: self.encode([STOP], lang)[0] for lang in targets}, bands)
        if self.fills is None:
            self.fills = fillers.end_soon(self._answered)
        if self.fills and not ct2_routines.equal_only(os.environ):
            self._fillers = fillers

    @property
    def plain_bands(self) -> Bands | None:
        """Sizes that may share a batch of plain greedy search, beside a filler; None: those of any search."""
        return None if self._fillers is None else self._fillers.bands

    def _answered(self, rows: Sequence[Encoded], target: Lang) -> Iterator[int]:
        """How many pieces each is answered with, asked by itself, greedily."""
        found = [self._ask(self._models[target], [row], _ROOM_OF_FILLERS, (), Decoding()) for row in rows]
        return (len(each.result().hypotheses[0]) for (each,) in found)

    def begin(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding, target: Lang) -> Pending:
        """Answers to each sentence, best first: the workers have begun, and what is returned waits for them.

        Both raise `schedule.OutOfMemory` if the batch does not fit.
        """
        rooms = [self._room(limit) for limit in limits]
        waiting: dict[int, Any] = {}
        team = self._team(how, target)
        begun = time.perf_counter()
        with _memory_watched():
            # Nearly always one kind: a batch holds sentences of like length, and few are kept from words.
            kinds = [(room, each.without) for room, each in zip(rooms, batch, strict=True)]
            for kind in sorted(set(kinds)):
                rows = [number for number, own in enumerate(kinds) if own == kind]
                some = [batch[number] for number in rows]
                if self._fillers is not None and how.is_plain:
                    some = self._fillers.beside(some, target)
                found = self._ask(team or self._models[target], some, *kind, how)
                waiting.update(zip(rows, found, strict=False))  # a filler comes last, and is not waited for

        def wait() -> list[tuple[Answer, ...]]:
            with _memory_watched():
                found = [waiting[row].result() for row in range(len(batch))]
            if how.alone:
                took = time.perf_counter() - begun
                self._singles.took(took, len(found[0].hypotheses[0]), team=team is not None)
            return [self._answers(each, limit, how) for each, limit in zip(found, limits, strict=True)]

        return wait

    def _team(self, how: Decoding, target: Lang) -> Any:
        """What all cores work with on a sentence that is asked for alone; None: a worker takes the batch."""
        if how.alone:
            return self._singles.team(target)
        self._singles.several()
        return None

    def _ask(
        self,
        model: Any,
        rows: Sequence[Encoded],
        room: int,
        without: Sequence[Sequence[int]],
        how: Decoding,
    ) -> list[Any]:
        """One pending result per sentence; one worker takes them all."""
        pending: list[Any] = model.translate_batch(
            [self._named(each.ids) for each in rows],
            asynchronous=True,
            beam_size=how.beam,
            num_hypotheses=how.answers,
            patience=1.0 if how.early_stopping else PATIENCE,
            length_penalty=how.length_penalty,
            no_repeat_ngram_size=how.no_repeat_ngram,
            repetition_penalty=how.repetition_penalty,
            suppress_sequences=list(map(self._named, without)) or None,
            min_decoding_length=how.min_pieces,
            max_decoding_length=room,
            max_input_length=0,
            return_scores=True,
            return_attention=how.looks,
        )
        return pending

    def _room(self, limit: int) -> int:
        """Steps that are decoded for an answer of at most `limit` pieces and `</s>`.

        In powers of four: few different ones, so that sentences can be asked together, and each one's depends
        on itself alone.
        """
        room = _LEAST_ROOM
        while room <= limit:
            room *= 4
        return min(room, self._positions)

    def _named(self, ids: Sequence[int]) -> list[str]:
        return [self._tokens[number] for number in ids]

    def _answers(self, found: Any, limit: int, how: Decoding) -> tuple[Answer, ...]:
        seen = found.attention or [()] * len(found.hypotheses)
        return tuple(
            self._answer(list(map(int, ids)), score * (len(ids) + 1) ** how.length_penalty, limit, rows)
            for ids, score, rows in zip(found.hypotheses, found.scores, seen, strict=True)
        )

    def _answer(
        self, ids: Sequence[int], total: float, limit: int, seen: Sequence[Sequence[float]]
    ) -> Answer:
        mean = total / (len(ids) + 1)  # with </s>
        return Answer(self._pieces.decode(ids[:limit]), len(ids) >= limit, round(mean, 4), seen[1:limit])

    def attention(self, batch: Sequence[Located], target: Lang) -> list[NDArray[np.float32]]:
        """What the first head of the last layer looks at while the model is made to write the target."""
        with _memory_watched():
            return self._forced[target].attention(batch)

    def chances(
        self,
        batch: Sequence[tuple[Encoded, Sequence[int]]],
        asked: Sequence[Sequence[tuple[int, int]]],
        target: Lang,
    ) -> list[list[float]]:
        """The log-probability of each (step, piece) asked of a pair, while the model writes its target."""
        with _memory_watched():
            return self._forced[target].chances(batch, asked)

    def go_on(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], limits: Sequence[int], target: Lang
    ) -> list[tuple[str, bool]]:
        """What the model makes of each beginning, greedily, and whether its limit cut it."""
        with _memory_watched():
            found = self._forced[target].go_on(batch, max(map(self._room, limits)))
        return [
            (self._pieces.decode(ids[:limit]), len(ids) >= limit)
            for ids, limit in zip(found, limits, strict=True)
        ]

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]], target: Lang) -> list[float]:
        """The log-probability of each translation, with `</s>`."""
        with _memory_watched():
            return self._forced[target].totals(batch)

    def pooled(self, batch: Sequence[Encoded], target: Lang) -> NDArray[np.float32]:
        """Mean encoder state of each sentence, without `</s>` and its prefix. Shape (B, D)."""
        import numpy as np  # here, as everywhere on the way to a first answer: it takes as long as the model

        if self._encoder is None:
            self._encoder = self._machine.encoder(self._encoder_files)
            self._encoder_files = {}
        size = -(-len(batch) // self._machine.workers)
        shares = [batch[start : start + size] for start in range(0, len(batch), size)]
        skipped = len(self._prefix(target))
        with _memory_watched(), ThreadPoolExecutor(self._machine.workers) as pool:
            return np.concatenate(list(pool.map(lambda share: self._means(share, skipped), shares)))

    def _means(self, batch: Sequence[Encoded], skipped: int) -> NDArray[np.float32]:
        """What `pooled` gives, by one worker."""
        import numpy as np

        found = self._encoder.forward_batch([list(each.ids) for each in batch]).last_hidden_state
        states = np.array(self._machine.on_host(found))  # (B, S, D)
        ends = [max(len(each.ids) - 1, skipped + 1) for each in batch]
        means = [row[skipped:end].mean(axis=0) for row, end in zip(states, ends, strict=True)]
        return np.stack(means).astype(np.float32)


class Ct2Engine(ModelEngine):
    """One Marian model on one device, made by `translate.engines.load`."""

    name = "ct2"

    @classmethod
    def load(
        cls, spec: ModelSpec, directory: Path, *, device: str, beam: int | None, compute: str | None = None
    ) -> Ct2Engine:
        """The checked model in `directory`. Raises WeightsError or EngineError.

        `compute`: `int8`, `float16` or `float32`; by default the fastest that the device has.
        """
        machine = Machine.of(device, compute)
        described = describe(directory)
        loaded = _load(spec, described, machine)
        how = decoding(spec, described.generation, beam)
        how = replace(how, looks=how.looks and machine.looks)
        most = machine.chunk(plain=how.is_plain) * how.beam  # of which the translator takes a beam's share
        free = budget.free_bytes(machine.kind, machine.number)
        room = budget.padded(most, described.config, free, machine.workers)
        engine = cls(
            spec,
            directory,
            loaded.backend,
            device=machine.name,
            limits=limits(
                spec,
                described.positions,
                room,
                machine.lanes,
                machine.bands(described.positions),
                loaded.backend.plain_bands,
            ),
            decoding=how,
            notices=loaded.notices,
        )
        if loaded.made is not None:  # what is kept has passed it, and is the same to the last bit
            engine.check()
            if why := ct2_cache.keep(loaded.file, loaded.made):
                engine.notices += (f"the converted model cannot be kept, and is made at each start ({why})",)
        return engine


@dataclass(frozen=True, slots=True)
class _Loaded:
    """`made`: the conversion if it was made just now; `file`: where to keep it."""

    backend: Ct2Backend
    notices: tuple[str, ...]
    file: Path
    made: Conversion | None = None


def _load(spec: ModelSpec, described: Described, machine: Machine) -> _Loaded:
    """From what is kept if it is whole, and was checked for the same library and probe; else converted."""
    prefixes = sorted(set(spec.targets.values()))
    recipe = f"{ct2_cache.VERSION} {machine.recipe} {spec.probe} {prefixes}"
    file = ct2_cache.place(described.directory, recipe)
    notices: tuple[str, ...] = ()
    try:
        kept = Conversion.unpacked(file)
        return _Loaded(Ct2Backend(spec, described, kept, file, machine), kept.notices, file)
    except ct2_cache.ABSENT:
        pass
    except (ct2_cache.Damaged, RuntimeError) as err:  # RuntimeError: CTranslate2 cannot read it
        notices = (f"the converted model was damaged and is made again ({str(err)[:100]})",)
    from translate.engines import ct2_convert  # not needed, nor numpy, where a conversion is kept

    pieces = _pieces(described)
    vocabularies = {prefix: pieces.writer(prefix).vocabulary for prefix in prefixes}
    made = ct2_convert.convert(
        described,
        vocabularies,
        machine.stored,
        old_names=machine.reads_old_names,
        ask=partial(_logits, described, pieces, machine) if machine.stored == "int8" else None,
    )
    backend = Ct2Backend(spec, described, made, file, machine)
    made = replace(made, fills=backend.fills)
    return _Loaded(backend, made.notices + notices, file, made)


def _logits(
    described: Described, pieces: Pieces, machine: Machine, translator: Files, prefix: str
) -> list[NDArray[np.float32]]:
    """Those of each step of its answers to a few sentences, of which it can read as many pieces."""
    from translate.engines.ct2_centre import SENTENCES

    encoded = pieces.encode(SENTENCES, pieces.prefix(prefix))
    read = [each for each in encoded if len(each.ids) <= described.positions]
    forced = Forced(machine.translator(translator), _tokens(described), dict, machine.on_host)
    return forced.logits(read, min(_STEPS, described.positions)) if read else []


def _tokens(described: Described) -> list[str]:
    """What the library calls each id."""
    return [str(number) for number in range(max(_sizes(described)))]


def _pieces(described: Described) -> Pieces:
    """Raises WeightsError if the vocabulary has ids that the model has no row for."""
    tokenizer, directory = described.tokenizer, described.directory
    read, written = _sizes(described)
    highest = {"input": (max(tokenizer.encoder.values()), read), "output": (max(tokenizer.decoder), written)}
    for side, (last, size) in highest.items():
        if last >= size:
            raise WeightsError(f"{directory}: the vocabulary has {last + 1} {side} ids, the weights {size}")
    return Pieces(tokenizer, written, vocabulary.listed(directory, written))


def _sizes(described: Described) -> tuple[int, int]:
    """How many pieces the model reads, and how many it may write."""
    config = described.config
    read = int(config["vocab_size"])
    shares = config.get("share_encoder_decoder_embeddings", True)
    return read, read if shares else int(config.get("decoder_vocab_size") or read)


@contextlib.contextmanager
def _memory_watched() -> Iterator[None]:
    """Turns a device out of memory into `schedule.OutOfMemory`, any other failure of it into EngineError."""
    try:
        yield
    except (RuntimeError, MemoryError) as err:
        if isinstance(err, MemoryError) or "out of memory" in str(err) or "allocate" in str(err):
            raise schedule.OutOfMemory from err
        raise EngineError(f"the device failed: {str(err).splitlines()[0][:200]}") from err
