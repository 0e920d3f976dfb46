"""Translation engines behind one small Protocol. Nothing heavy is imported here."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from translate.domain import Hypothesis, Lang
from translate.engines.alignment import Link
from translate.engines.wanted import Unwanted, Wanted
from translate.errors import EngineError
from translate.registry.spec import ModelSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "CONCURRENT",
    "ENGINES",
    "LOADERS",
    "Engine",
    "Link",
    "LoadedEngine",
    "Loader",
    "Progress",
    "Unwanted",
    "Wanted",
    "load",
    "load_pivot",
]


class Progress(Protocol):
    """Called with the number of sentences just finished."""

    def __call__(self, done: int, /) -> None: ...


class Engine(Protocol):
    """One loaded model. `targets` are the languages it can write."""

    @property
    def targets(self) -> tuple[Lang, ...]: ...

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order. Raises EngineError; never a partial list."""
        ...

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, at least one, the best first.

        Each is judged as those of `translate` are, but nothing is tried again. Raises EngineError.
        """
        ...

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of the forms wanted.

        It begins as the one that lacks them, up to a place where the model is ready to say it, and goes on as
        the model likes. Judged as those of `candidates`; None if none suits, or the sentence has to be split.
        Raises EngineError.
        """
        ...

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence the model's best translation that does not say the words.

        Judged as those of `candidates`; None if the sentence has to be split. Raises EngineError.
        """
        ...

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each (sentence, translation) belong together; nothing where a text is too long.

        `alignment.aligned` finds the place of a term. Raises EngineError.
        """
        ...

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Mean-pooled encoder states, one row per sentence. Shape (N, d_model), rows not normalised."""
        ...


class LoadedEngine(Engine, Protocol):
    """An engine that `load` made: it also says how it writes, for the recipe of a result."""

    @property
    def name(self) -> str:
        """What runs the model: `ct2`, `torch`."""
        ...

    @property
    def device(self) -> str:
        """Where it runs: `cpu`, `cuda:0`, `mps`."""
        ...

    @property
    def beam(self) -> int: ...

    @property
    def revision(self) -> str:
        """The commit the model was fetched at, or the SHA-256 of its weights."""
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What loading had to repair."""
        ...


class Loader(Protocol):
    """Loads the model of `spec` from a local directory."""

    def __call__(
        self, spec: ModelSpec, directory: Path, /, *, device: str, beam: int | None
    ) -> LoadedEngine: ...


def _torch(spec: ModelSpec, directory: Path, /, *, device: str, beam: int | None) -> LoadedEngine:
    from translate.engines.marian import MarianEngine

    return MarianEngine.load(spec, directory, device=device, beam=beam)


def _ct2(spec: ModelSpec, directory: Path, /, *, device: str, beam: int | None) -> LoadedEngine:
    from translate.engines.ct2 import Ct2Engine

    return Ct2Engine.load(spec, directory, device=device, beam=beam)


LOADERS: Mapping[str, Loader] = {"torch": _torch, "ct2": _ct2}
ENGINES = ("auto", *LOADERS)
_HOMES = {"torch": "marian", "ct2": "ct2"}
CONCURRENT = frozenset({"ct2"})
"""Those that several threads may ask at once: what they do at the same time is sooner done."""


def load(
    spec: ModelSpec | Sequence[ModelSpec],
    directory: Path | Sequence[Path],
    *,
    device: str = "auto",
    beam: int | None = None,
    engine: str = "auto",
) -> LoadedEngine:
    """A loaded, checked engine; two specs and two directories make a chain of two models.

    Args:
        device: `auto` (cuda, else mps, else cpu), `cpu`, `cuda`, `cuda:N` or `mps`.
        beam: how many hypotheses are kept; `None` takes what the registry or the checkpoint says.

    Raises:
        EngineError: unknown engine or device, or one that is not available here.
        WeightsError: files missing or damaged, or a model that fails its self-check.
    """
    if engine not in ENGINES:
        raise EngineError(f"unknown engine {engine!r}; choose one of {', '.join(ENGINES)}")
    if beam is not None and beam < 1:
        raise EngineError(f"beam must be 1 or more, not {beam}")
    chosen = fastest(device) if engine == "auto" else engine
    specs = (spec,) if isinstance(spec, ModelSpec) else tuple(spec)
    paths = (directory,) if isinstance(directory, Path) else tuple(directory)
    if len(specs) != len(paths) or len(specs) not in (1, 2):
        raise EngineError(
            f"{len(specs)} models and {len(paths)} directories: one of each, or two for a chain"
        )
    try:
        engines = [
            LOADERS[chosen](*pair, device=device, beam=beam) for pair in zip(specs, paths, strict=True)
        ]
    except ModuleNotFoundError as err:
        raise EngineError(
            f"engine {chosen} needs the package {err.name}", hint="install translate-dispatch again"
        ) from err
    return engines[0] if len(engines) == 1 else load_pivot(engines[0], engines[1])


def imported(name: str) -> None:
    """Import what `load` needs for engine `name`: an import keeps the interpreter, loading hardly does."""
    with contextlib.suppress(ImportError, KeyError):  # `load` tells what is missing
        import_module(f"{__name__}.{_HOMES[name]}")


def fastest(device: str) -> str:
    """The engine that `auto` means: ct2 on CPUs and NVIDIA's GPUs, torch elsewhere and where ct2 cannot run.

    Device `auto` is a CPU here unless there is CUDA: looking for mps would take longer than ct2 takes.
    """
    name = device.strip().lower()
    try:
        from translate.engines import ct2_cublas
        from translate.engines.ct2_machine import cuda_cards
    except (ImportError, OSError):  # OSError: a library that it needs cannot be loaded
        return "torch"
    if name == "cpu":
        return "ct2"
    if name != "auto" and not name.startswith("cuda"):
        return "torch"
    has_cards = cuda_cards() > 0
    if has_cards and ct2_cublas.is_there():
        return "ct2"
    # Of a device that is named, torch tells what is wrong.
    return "torch" if name != "auto" or (has_cards and _torch_finds_cards()) else "ct2"


def _torch_finds_cards() -> bool:
    """Only asked where there are some: torch takes long to load, and may be made for CPUs alone."""
    import torch

    return torch.cuda.is_available()


def load_pivot(first: LoadedEngine, second: LoadedEngine, pivot: Lang = Lang.EN) -> LoadedEngine:
    """A chain: French to `pivot` by `first`, from there on by `second`. Raises EngineError."""
    from translate.engines.pivot import PivotEngine

    return PivotEngine(first, second, pivot)
