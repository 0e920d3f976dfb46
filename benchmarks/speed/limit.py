"""The bound that the machine sets for a model, from its shape, and how close a measured rate comes to it.

Counted are multiplications with a weight or with a state, one addition each (two operations). What a
translation also needs, and what the bound leaves out, is what separates every implementation from it:
softmax, sorting of candidates, layer norms, rounding to 8 bits and back, copying of states, and Python.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed import base_model
from benchmarks.speed.sentences import distinct, words


@dataclass(frozen=True)
class Shape:
    """What the cost of a Marian model depends on."""

    width: int
    inner: int
    vocabulary: int
    encoder_layers: int
    decoder_layers: int

    @classmethod
    def of(cls, config: Mapping[str, Any], vocabulary: int | None = None) -> Shape:
        """`vocabulary`: rows of the output layer that are computed, if not all."""
        return cls(
            config["d_model"],
            config["encoder_ffn_dim"],
            vocabulary or config["vocab_size"],
            config["encoder_layers"],
            config["decoder_layers"],
        )

    def read(self, source: float) -> float:
        """Products for one piece that is read, in a sentence of `source` pieces."""
        d, f = self.width, self.inner
        own = self.encoder_layers * (4 * d * d + 2 * d * f + 2 * source * d)  # q k v o, ffn, attention
        crossed = self.decoder_layers * 2 * d * d  # keys and values that the decoder looks at, once
        return own + crossed

    def written(self, source: float, target: float) -> float:
        """Products for one piece of one hypothesis, half an answer of `target` pieces before it."""
        return self.body(source, target) + self.output

    def body(self, source: float, target: float) -> float:
        """The same without the output layer."""
        d, f = self.width, self.inner
        weights = 4 * d * d + 2 * d * d + 2 * d * f  # own attention, q and o of the other, ffn
        return self.decoder_layers * (weights + 2 * d * (target / 2) + 2 * d * source)

    @property
    def output(self) -> float:
        """Products with the output layer: each piece of the vocabulary with each number of a state."""
        return float(self.vocabulary * self.width)

    @property
    def step_weights(self) -> int:
        """Weights that each step of decoding reads: one byte each in 8 bits."""
        d, f = self.width, self.inner
        return self.decoder_layers * (6 * d * d + 2 * d * f) + self.vocabulary * d

    def step_states(self, source: float, target: float) -> float:
        """Numbers that one hypothesis looks at in one step: keys and values, its own and the source's."""
        return self.decoder_layers * 2 * self.width * (target / 2 + source)


@dataclass(frozen=True)
class Peak:
    """What the machine was measured to do at best, all cores. Operations: a product and a sum are two."""

    int8_gops: float
    float32_gops: float
    read_gbs: float


@dataclass(frozen=True)
class Load:
    """A text in numbers: pieces a word and a sentence, read and written; `rows`: hypotheses in a batch."""

    source_per_word: float
    target_per_word: float
    source: float
    target: float
    beam: int
    rows: int


@dataclass(frozen=True)
class Bound:
    """Words a second that no implementation of these products passes; `memory`: if only reading counted."""

    int8: float
    float32: float
    memory: float
    operations_per_word: float
    bytes_per_word: float


def load(checkpoint: Path, model: str, beam: int) -> Load:
    """The distinct sentences of the benchmark, as this checkpoint reads them.

    Answers of the made-up model have one length; English news has 0.95 times the pieces of its French.
    """
    import sentencepiece

    from translate.engines.ct2_machine import Machine

    texts = distinct(1000)
    source = sentencepiece.SentencePieceProcessor(model_file=str(checkpoint / "source.spm"))
    pieces = sum(len(row) + 1 for row in source.encode(texts)) / len(texts)  # with </s>
    answer = base_model.PIECES + 1 if model == "base" else 0.95 * pieces
    each = words(texts) / len(texts)
    rows = int(Machine.of("cpu").chunk(plain=beam == 1) / pieces) * beam
    return Load(pieces / each, answer / each, pieces, answer, beam, rows)


def bound(shape: Shape, load: Load, peak: Peak) -> Bound:
    """Of a shape, for a text, on a machine."""
    products = load.source_per_word * shape.read(load.source)
    products += load.target_per_word * load.beam * shape.written(load.source, load.target)
    steps_per_word = load.target_per_word * load.beam / load.rows  # of a whole batch
    read = steps_per_word * shape.step_weights
    read += 4 * load.target_per_word * load.beam * shape.step_states(load.source, load.target)  # in float32
    return Bound(
        peak.int8_gops * 1e9 / (2 * products),
        peak.float32_gops * 1e9 / (2 * products),
        peak.read_gbs * 1e9 / read,
        2 * products,
        read,
    )


def measured(seconds: float = 0.1) -> Peak:
    """The machine's own peaks: what one core does, times the cores.

    Of several shapes of product the fastest; and reading far past every cache, which cores share, so that
    all of them together may have less.
    """
    import torch

    torch.set_num_threads(1)
    cores = os.cpu_count() or 1
    shapes = ((128, 512, 1024), (256, 512, 2048), (512, 1024, 1024), (256, 1024, 4096))
    best = {"int8": 0.0, "float32": 0.0}
    for rows, inner, columns in shapes:
        operations = 2 * rows * inner * columns * cores
        for kind in best:
            best[kind] = max(best[kind], operations / _least(_product(kind, rows, inner, columns), seconds))
    numbers = torch.ones(2**25)  # 128 MiB: larger than the caches of any processor
    read = cores * 4 * len(numbers) / _least(lambda: numbers.sum(), seconds)
    return Peak(round(best["int8"] / 1e9), round(best["float32"] / 1e9), round(read / 1e9, 1))


def _product(kind: str, rows: int, inner: int, columns: int) -> Callable[[], object]:
    """A product of two matrices: of 8-bit integers into 32 bits, or of floats."""
    import torch

    if kind == "float32":
        left, right = torch.randn(rows, inner), torch.randn(inner, columns)
        return lambda: left @ right
    one = torch.randint(-127, 127, (rows, inner), dtype=torch.int8)
    other = torch.randint(-127, 127, (columns, inner), dtype=torch.int8).t()
    return lambda: torch._int_mm(one, other)


def _least(work: Callable[[], object], seconds: float) -> float:
    """The shortest that one call takes, of as many as fit in `seconds`; at least five.

    In processor time of this thread, which does all the work: others on the machine do not count.
    """
    work()
    took: list[float] = []
    while len(took) < 5 or sum(took) < seconds:
        before = time.thread_time()
        work()
        took.append(time.thread_time() - before)
    return min(took)


def at_work(shape: Shape, load: Load, seconds: float = 0.1) -> dict[str, float]:
    """Microseconds for one piece of one hypothesis, of the parts of a step at the size they have at work.

    Products as oneDNN makes them at these sizes, not at its best; and the passes over the logits, which no
    count of products shows.
    """
    import torch

    torch.set_num_threads(1)  # as a worker has it
    rows, d, f = load.rows, shape.width, shape.inner
    sizes = [(d, 3 * d), (d, d), (d, d), (d, d), (d, f), (f, d)]
    body = shape.decoder_layers * sum(_least(_product("int8", rows, a, b), seconds / 6) for a, b in sizes)
    output = _least(_product("int8", rows, d, shape.vocabulary), seconds)
    logits = torch.randn(rows // load.beam, load.beam * shape.vocabulary)

    def search() -> object:
        return logits.log_softmax(-1).topk(2 * load.beam) if load.beam > 1 else logits.argmax(-1)

    attention = _least(_attention(rows, shape, int(load.source), int(load.target / 2)), seconds)
    each = {"layers": body, "attention": shape.decoder_layers * attention, "output layer": output}
    each["candidates"] = _least(search, seconds)
    return {name: took / rows * 1e6 for name, took in each.items()}


def _attention(rows: int, shape: Shape, source: int, target: int) -> Callable[[], object]:
    """One query of each row with the keys and values of its source and of its own answer."""
    import torch

    heads = shape.width // 64
    query = torch.randn(rows, heads, 1, 64)
    sides = [torch.randn(2, rows, heads, length, 64) for length in (source, max(1, target))]

    def look() -> object:
        return [(query @ keys.transpose(-1, -2)).softmax(-1) @ values for keys, values in sides]

    return look
