"""The bound that a card sets for a step of decoding, from the model's shape and the card's measured peaks.

`python -m benchmarks.speed.card DEVICE` measures the peaks, a few seconds in a process of its own. A step can
be no faster than its products, than reading what it reads, and than starting its operations: one by one as
torch does it, or all at once as a CUDA graph.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from benchmarks.speed.limit import Load, Shape
from benchmarks.speed.processes import ROOT, SystemFailed

ROWS = 1024  # answers on a board of the torch engine
LAYER, GREEDY, BEAM = 16, 33, 103  # operations of its step: in each decoder layer, and beside the layers
_NUMBER = 2  # bytes, of bfloat16
_LOGIT = 20  # bytes that its step moves for each logit: in 2, then in 4 bytes, then as a log-probability


@dataclass(frozen=True)
class Peak:
    """Measured: products of large matrices, reading, and the start of one small operation each way."""

    tflops: float
    read_gbs: float
    launch_us: float
    played_us: float | None  # from a graph, where the device records any


@dataclass(frozen=True)
class Step:
    """Microseconds that one step of a board takes at least; `words_per_s`: by the first two, at best."""

    rows: int
    products_us: float
    reading_us: float
    logits_us: float
    launches_us: float
    played_us: float | None
    words_per_s: float


def step(shape: Shape, load: Load, peak: Peak, rows: int = ROWS) -> Step:
    """Of a shape, for a text, on a card. What the encoder takes is shared out among the steps."""
    sentences = rows / load.beam
    words = sentences / load.target_per_word  # each sentence is one piece further
    products = rows * shape.written(load.source, load.target)
    products += words * load.source_per_word * shape.read(load.source)
    own = rows * shape.step_states(0, load.target)
    source = sentences * shape.step_states(load.source, 0)  # all answers to a sentence look at the same
    reading = _NUMBER * (shape.step_weights + own + source)
    operations = (GREEDY if load.beam == 1 else BEAM) + LAYER * shape.decoder_layers
    products_us, reading_us = 2 * products / peak.tflops / 1e6, reading / peak.read_gbs / 1e3
    return Step(
        rows,
        round(products_us, 1),
        round(reading_us, 1),
        round(rows * shape.vocabulary * _LOGIT / peak.read_gbs / 1e3, 1),
        round(operations * peak.launch_us, 1),
        round(operations * peak.played_us, 1) if peak.played_us else None,
        round(1e6 * words / max(products_us, reading_us)),
    )


def measured(device: str, limit_s: float = 60) -> Peak:
    """A device's peaks, by a process of its own. Raises SystemFailed."""
    command = [sys.executable, "-m", "benchmarks.speed.card", device]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s, cwd=ROOT, check=True)
    except subprocess.TimeoutExpired as err:
        raise SystemFailed(f"not done after {limit_s:.0f} s") from err
    except subprocess.CalledProcessError as err:
        raise SystemFailed((err.stderr.strip().splitlines() or ["it said nothing"])[-1][:300]) from err
    return Peak(**json.loads(done.stdout.strip().splitlines()[-1]))


def _measure(device: str) -> Peak:
    import torch

    on_cuda = device.startswith("cuda")
    kind = torch.bfloat16 if on_cuda else torch.float32
    wait: Callable[[], object] = torch.cuda.synchronize if on_cuda else lambda: None
    size = 8192 if on_cuda else 1024
    if on_cuda:
        torch.cuda.set_device(torch.device(device).index or 0)  # it wants a number
    with torch.inference_mode(), torch.device(device):
        left, right = (torch.randn(size, size, dtype=kind) for _ in range(2))
        numbers = torch.ones(2**28 if on_cuda else 2**25)  # larger than any cache
        small = torch.zeros(64)

        def few(count: int = 200) -> None:
            for _ in range(count):
                small.add_(1.0)

        product = _least(lambda: left @ right, wait)
        read = _least(lambda: numbers.sum(), wait)
        launch = _least(few, wait) / 200
        played = _least(_recorded(few, device), wait) / 200 if on_cuda else None
    return Peak(
        round(2 * size**3 / product / 1e12, 2),
        round(4 * len(numbers) / read / 1e9, 1),
        round(launch * 1e6, 2),
        round(played * 1e6, 2) if played else None,
    )


def _recorded(work: Callable[[], None], device: str) -> Callable[[], None]:
    import torch

    from translate.engines.marian_graph import CudaRecorder

    work()
    return CudaRecorder(torch.device(device)).record(work)


def _least(work: Callable[[], object], wait: Callable[[], object], seconds: float = 0.5) -> float:
    """The shortest that it takes until the device is done, of as many times as fit; at least five."""
    took: list[float] = []
    while len(took) < 6 or sum(took) < seconds:
        wait()
        before = time.perf_counter()
        work()
        wait()
        took.append(time.perf_counter() - before)
    return min(took[1:])  # the first one makes ready


if __name__ == "__main__":
    print(json.dumps(asdict(_measure(sys.argv[1]))))
