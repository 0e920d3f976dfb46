"""The device that CTranslate2 runs on, and how the work is shared out on it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.engines import ct2_cublas, ct2_routines
from translate.engines.ct2_library import ctranslate2
from translate.engines.ct2_routines import Routines
from translate.engines.device import CHOICES, parse
from translate.engines.schedule import ONE_BAND, Bands, Lanes
from translate.errors import EngineError

# What a device computes in, the fastest first, and how the weights for it are kept.
_PREFERRED = {"cpu": ("int8", "float32"), "cuda": ("float16", "float32")}
_STORED = {"int8": "int8", "float16": "float16", "float32": "float32"}
ON_CARD = 4
"""Workers on one card: 1.2 to 1.9 times as fast as one on an H200 (`docs/performance.md`)."""
ON_CARD_CHUNK = 32768  # pieces that one worker takes at a time there
_TEAM = 4  # threads that work on one sentence: its products are too small for many
_KNOWN = "4.8."  # versions of the library that a model of the first revision was tried with


@dataclass(frozen=True, slots=True)
class Machine:
    """`kind`: cpu or cuda. `workers` run side by side, each with its own share of the cores.

    `routines`: what multiplies matrices on a CPU.
    """

    kind: str
    number: int
    compute: str
    workers: int
    routines: Routines = Routines.ONEDNN

    @classmethod
    def of(cls, device: str, compute: str | None = None) -> Machine:
        """The device called `device`; `auto` is cuda if there is one, else cpu. Raises EngineError."""
        kind, number = parse(device)
        cards = cuda_cards()
        if kind == "auto":
            kind = "cuda" if cards and ct2_cublas.is_there() else "cpu"
        if kind == "mps":
            raise EngineError("engine ct2 does not run on mps", hint="--device cpu, or --engine torch")
        if kind == "cuda" and number >= cards:
            here = (
                ", ".join(f"cuda:{card}" for card in range(cards)) or "no NVIDIA device or driver was found"
            )
            raise EngineError(f"device {device} is not available: {here}", hint=f"choose one of {CHOICES}")
        if kind == "cuda":
            ct2_cublas.require()
        known = ctranslate2.get_supported_compute_types(kind, number)
        chosen = compute or next(name for name in _PREFERRED[kind] if name in known)
        if chosen not in known or chosen not in _STORED:
            here = ", ".join(sorted(known & _STORED.keys()))
            raise EngineError(f"device {kind} does not compute in {chosen}; choose one of {here}")
        if kind == "cuda":
            return cls(kind, number, chosen, ON_CARD)
        routines = ct2_routines.found(known)
        ct2_routines.widen(routines)
        return cls(kind, number, chosen, cores(), routines)

    @property
    def name(self) -> str:
        """`cpu`, `cuda:0`: as torch names it."""
        return self.kind if self.kind == "cpu" else f"{self.kind}:{self.number}"

    def chunk(self, *, plain: bool) -> int:
        """Pieces that one worker takes at a time, in plain greedy search or another."""
        return self.routines.chunk(plain=plain) if self.kind == "cpu" else ON_CARD_CHUNK

    @property
    def looks(self) -> bool:
        """Whether it tells along with an answer what was looked at.

        On a card that is brought to the host and put in order there at each step: it would take several
        times as long.
        """
        return self.kind == "cpu"

    @property
    def lanes(self) -> Lanes:
        """A batch for each worker, and one in the queue: our own work is done while they decode."""
        return Lanes(self.workers, self.workers + 1)

    @property
    def team(self) -> int:
        """Threads that may work together on one sentence."""
        return min(self.workers, _TEAM) if self.kind == "cpu" else 1

    def bands(self, positions: int, env: Mapping[str, str] = os.environ) -> Bands:
        """Lengths that may share a batch and give the same numbers in 8 bits on a CPU, to the last bit."""
        if self.kind == "cpu" or ct2_routines.equal_only(env):
            return self.routines.bands(positions, env)
        return ONE_BAND

    def filled(self, positions: int) -> Bands | None:
        """Lengths that may share a batch beside a filler; None where fillers are of no use."""
        fills = self.kind == "cpu" and self.routines.fills(positions)
        return self.routines.filled(positions) if fills else None

    @property
    def stored(self) -> str:
        """How weights are kept for it."""
        return _STORED[self.compute]

    @property
    def reads_old_names(self) -> bool:
        """Whether this library is known to read models of the first revision, and has a use for them here."""
        return self.kind == "cpu" and ctranslate2.__version__.startswith(_KNOWN)

    @property
    def recipe(self) -> str:
        """What a conversion that runs here may not run elsewhere for: storage, kind of device, library."""
        return f"{self.stored} {self.kind} {ctranslate2.__version__}"

    def translator(self, files: Mapping[str, bytes]) -> Any:
        """The model in `files`, loaded."""
        return self._load(ctranslate2.Translator, files, self.workers)

    def encoder(self, files: Mapping[str, bytes]) -> Any:
        """Its encoder alone."""
        return self._load(ctranslate2.Encoder, files, self.workers)

    def team_of(self, files: Mapping[str, bytes]) -> Any:
        """The model in `files`, loaded for one sentence at a time: one worker, `team` threads.

        To be called from a thread that ends. GNU's OpenMP keeps the threads that loading took for as long as
        the thread that loaded lives. Where it has more threads than cores, those that wait for each other
        spin for a moment only and then sleep (GOMP_SPINCOUNT in the manual of libgomp): a sentence took four
        times as long.
        """
        return self._load(ctranslate2.Translator, files, workers=1, threads=self.team)

    def on_host(self, view: Any) -> Any:
        """A result in float32, in the host's memory."""
        if self.kind == "cpu":
            return view
        return view.to(ctranslate2.DataType.float32).to_device(ctranslate2.Device.cpu)

    def _load(self, make: Any, files: Mapping[str, bytes], workers: int, threads: int = 1) -> Any:
        """One thread for each worker, where there are several: sooner done than one worker with all threads,
        which wait for each other in every layer (and, waiting, keep the cores from everyone else)."""
        return make(
            "converted",  # a name only: the files are in memory
            device=self.kind,
            device_index=self.number,
            compute_type=self.compute,
            inter_threads=workers,
            intra_threads=threads,
            files=dict(files),
        )


def cuda_cards() -> int:
    """How many CUDA devices CTranslate2 sees; none where its build or the driver lacks them."""
    count: int = ctranslate2.get_cuda_device_count()
    return count


def cores(env: Mapping[str, str] = os.environ) -> int:
    """Cores that this process may use: those it sees, its container's share, what OMP_NUM_THREADS allows."""
    try:
        here = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        here = os.cpu_count() or 1
    allowed = env.get("OMP_NUM_THREADS", "").partition(",")[0]
    limits = [here, _quota(Path("/sys/fs/cgroup/cpu.max"))]
    limits += [int(allowed)] if allowed.isdecimal() else []
    return max(1, min(limit for limit in limits if limit))


def _quota(file: Path) -> int:
    """Cores' worth of time that a container may use, rounded up; 0 if nothing says so."""
    try:
        quota, period = file.read_text("ascii").split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError):
        return 0
