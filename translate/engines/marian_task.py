"""What a search on torch is asked for, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from translate.engines.search import Decoding


@dataclass(frozen=True, slots=True)
class Written:
    """One answer: its pieces without `</s>`, and the sum of the log-probabilities of all, `</s>` included."""

    ids: tuple[int, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Task:
    """A batch to be answered. `limits`: per sentence, the most pieces before `</s>`."""

    limits: Sequence[int]
    start: int
    eos: int
    how: Decoding
