"""The curriculum: what each stage learns from, how fast, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the curriculum.

    `share`: part of the wall-clock budget. `mix`: which weight of corpora.yaml (`base` or `tune`).
    `step_tokens`: padded target tokens per step over all workers. `restrict`: share of the batches whose
    softmax looks only at the pieces that are common in the target language, and at the batch's own: a
    third less work. Less than 1, or nothing teaches that another language's words are wrong.
    `rate`: [at start, at end], interpolated linearly over the stage after `warmup` steps.
    """

    name: str
    share: float
    mix: str
    max_tokens: int
    rate: tuple[float, float]
    step_tokens: int
    warmup: int = 0
    restrict: float = 0.0
    smoothing: float = 0.1
    guide: float = 0.0
    dropout: float = 0.0


def rate_at(stage: Stage, steps: int, progress: float) -> float:
    """Learning rate `steps` into the stage, at `progress` (0 to 1) of its time."""
    start, end = stage.rate
    warm = min(1.0, (steps + 1) / stage.warmup) if stage.warmup else 1.0
    return warm * (start + (end - start) * min(1.0, progress))


def load_stages(path: Path) -> tuple[Stage, ...]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Stage(name, **{**entry, "rate": tuple(entry["rate"])}) for name, entry in entries.items())
