"""The curriculum: what each stage learns from, how fast, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.entries import read_entries
from translate.errors import InputError


@dataclass(frozen=True, slots=True)
class Stage:
    """One part of the curriculum.

    `share`: part of the wall-clock budget. `mix`: which weight of corpora.yaml (`base` or `tune`).
    `step_tokens`: padded target tokens per step over all workers. `restrict`: share of the batches whose
    softmax looks only at the pieces that are common in the target language, and at the batch's own: a
    third less work. Less than 1, or nothing teaches that another language's words are wrong.
    `rate`: [at start, at end], interpolated linearly over the stage after `warmup` steps.
    `reverse`: also learns the reversed directions of corpora.yaml, which only `synthesise` needs.
    `synthesise`: before it the synthetic corpora are made, by the model as it is then.
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
    reverse: bool = True
    synthesise: bool = False


def rate_at(stage: Stage, steps: int, progress: float) -> float:
    """Learning rate `steps` into the stage, at `progress` (0 to 1) of its time."""
    start, end = stage.rate
    warm = min(1.0, (steps + 1) / stage.warmup) if stage.warmup else 1.0
    return warm * (start + (end - start) * min(1.0, progress))


def load_stages(path: Path) -> tuple[Stage, ...]:
    """The curriculum in its order. Raises InputError for an entry that cannot be used."""
    entries = read_entries(path, Stage)
    stages = tuple(Stage(name, **{**entry, "rate": tuple(entry["rate"])}) for name, entry in entries.items())
    for stage in stages:
        if stage.mix not in ("base", "tune") or stage.share <= 0 or len(stage.rate) != 2:
            raise InputError(f"{stage.name}: mix is base or tune, share above 0, rate two numbers", path=path)
    if not stages or stages[0].synthesise:
        raise InputError("the first stage has no model to synthesise with; there must be one", path=path)
    return stages
