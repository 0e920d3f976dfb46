"""What a run needs to go on elsewhere, in small files: for a machine that is lent for minutes at a time.

The folder holds the newest checkpoint, slim and in parts of 16 MiB (see `training.parts`), the log, the
scores and the French made so far. Tokens are not in it: they never change (see `training.store`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from training.parts import join, split_slim

_CHECKPOINT = "checkpoint.pt"
_BESIDE = ("log.jsonl", "scores.jsonl", "synthetic.tsv")


def pack(run: Path, folder: Path, checkpoint: Path) -> None:
    """Writes `checkpoint`, whatever its name, and what belongs to it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _BESIDE:
        if (run / name).exists():
            shutil.copyfile(run / name, folder / name)
    if checkpoint.exists():
        split_slim(checkpoint, folder, _CHECKPOINT)


def unpack(folder: Path, run: Path) -> None:
    """Puts into `run` what is not there. Raises WeightsError if a part is missing or changed."""
    run.mkdir(parents=True, exist_ok=True)
    index = folder / f"{_CHECKPOINT}.json"
    if index.exists() and not (run / _CHECKPOINT).exists():
        join(index, run)
    for name in _BESIDE:
        if (folder / name).exists() and not (run / name).exists():
            shutil.copyfile(folder / name, run / name)
