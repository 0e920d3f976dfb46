"""Which device a model runs on: `auto` takes the fastest that is there, a name takes that one or fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translate.errors import EngineError

if TYPE_CHECKING:
    import torch

CHOICES = "auto, cpu, cuda, cuda:N, mps"
_NAME = re.compile(r"(?P<kind>auto|cpu|mps|cuda)(?:(?<=cuda):(?P<number>\d{1,3}))?", re.ASCII)


def parse(name: str) -> tuple[str, int]:
    """`cuda:1` as `("cuda", 1)`; a device without a number has number 0. Raises EngineError."""
    match = _NAME.fullmatch(name.strip().lower())
    if match is None:
        raise EngineError(f"unknown device {name!r}; choose one of {CHOICES}")
    return match["kind"], int(match["number"] or 0)


def pick(name: str) -> torch.device:
    """The device called `name`; `auto` is cuda, else mps, else cpu. Raises EngineError."""
    import torch

    kind, number = parse(name)
    if kind == "auto":
        return torch.device(_fastest())
    if kind == "mps" and not torch.backends.mps.is_available():
        raise EngineError("device mps is not available here", hint="use --device auto or --device cpu")
    if kind == "cuda":
        _check_cuda(number)
    return torch.device(name.strip().lower())


def _fastest() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _check_cuda(number: int) -> None:
    """Raises EngineError unless CUDA device `number` is there."""
    import torch

    if not torch.cuda.is_available():
        built = torch.version.cuda is not None
        why = "no NVIDIA device or driver was found" if built else "this torch is built without CUDA"
        raise EngineError(f"device cuda is not available: {why}", hint="use --device auto or --device cpu")
    if number >= (count := torch.cuda.device_count()):
        names = ", ".join(f"cuda:{index}" for index in range(count))
        raise EngineError(f"device cuda:{number} is not available; choose one of {names}")
