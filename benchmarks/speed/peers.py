"""Environments of their own for the systems that cannot share ours.

    python -m benchmarks.speed peers FOLDER

EasyNMT wants transformers before 5; argos-translate brings several hundred megabytes of its own. What does
not install is told, and left out of the tables with that reason.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# What pip is asked for, in order. EasyNMT also names fasttext, which only guesses languages and has to be
# compiled: it goes without.
NEEDED = {
    "easynmt": (
        ("--no-deps", "easynmt==2.0.2"),
        ("transformers<5", "torch", "nltk", "protobuf", "sentencepiece", "safetensors", "tqdm"),
    ),
    "argos": (("argostranslate==1.11.0",),),
}


def default() -> Path:
    """Where they are kept: in the user's cache, outside any checkout."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "translate-bench"


def python(folder: Path, name: str) -> Path:
    """The interpreter of one of them, there or not."""
    return folder / name / "bin/python"


def make(folder: Path, extra: Sequence[str] = ()) -> None:
    """Make both. `extra`: more requirements, such as a version of torch."""
    for name, steps in NEEDED.items():
        subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
        pip = [str(python(folder, name)), "-m", "pip", "install", "--quiet"]
        failed = next((why for step in steps if (why := _failure([*pip, *step, *extra]))), None)
        print(f"{name}: {f'cannot be installed: {failed}' if failed else 'ready'}", flush=True)


def _failure(command: Sequence[str]) -> str | None:
    """The last thing that a command says if it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stderr.strip().splitlines() or ["no message"])[-1] if done.returncode else None
