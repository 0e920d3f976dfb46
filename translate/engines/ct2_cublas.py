"""NVIDIA's library of matrix products, which CTranslate2 needs on a card and does not bring along.

CTranslate2 asks the system for it by its name when it first computes. Where a Python package has it
(`nvidia-cublas-cu12`, which torch for CUDA 12 installs), nobody looks; but a library that is loaded is found
by its name, so it is loaded from there.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from translate.errors import EngineError

NAME: Final = "cublas64_12.dll" if sys.platform == "win32" else "libcublas.so.12"
PACKAGE: Final = "nvidia-cublas-cu12"
_MODULE: Final = "nvidia.cublas"
_FOLDER: Final = "bin" if sys.platform == "win32" else "lib"


@cache
def is_there() -> bool:
    """Whether CTranslate2 will find it; loads it from its Python package where the system has none."""
    return any(map(_is_loaded, (NAME, *map(str, _packaged()))))


def require() -> None:
    """Raises EngineError if it is not there."""
    if not is_there():
        raise EngineError(
            f"engine ct2 needs {NAME} to compute on a GPU",
            hint=f"pip install {PACKAGE}, or use --engine torch or --device cpu",
        )


def _packaged() -> list[Path]:
    """Where its Python package has it."""
    try:
        spec = find_spec(_MODULE)
    except ModuleNotFoundError:  # no package of the name above it
        return []
    folders = spec.submodule_search_locations if spec else None
    return [file for folder in folders or () if (file := Path(folder, _FOLDER, NAME)).is_file()]


def _is_loaded(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
