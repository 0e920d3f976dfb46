"""Translation engines behind one small Protocol. Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from translate.domain import Hypothesis, Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Progress(Protocol):
    """Called with the number of sentences just finished."""

    def __call__(self, done: int) -> None: ...


class Engine(Protocol):
    """One loaded model. `targets` are the languages it can write."""

    @property
    def targets(self) -> tuple[Lang, ...]: ...

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order. Raises EngineError; never a partial list."""
        ...

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Mean-pooled encoder states, one row per sentence. Shape (N, d_model), rows not normalised."""
        ...
