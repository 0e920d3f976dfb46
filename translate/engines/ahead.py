"""Sentences that a model begins with before anybody asks for them.

What a model is asked for is known long before everything is ready that looks at its answers: checks, terms,
the summary. Those are made while it is at work.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from translate.domain import Hypothesis, Lang
from translate.engines import Engine, Link, Progress, Unwanted, Wanted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Ahead:
    """`engine`, which has begun to translate `sentences` into each of `targets`; several threads may ask it.

    What it answers is the same: the answer to a sentence depends on nothing but the sentence.
    """

    def __init__(self, engine: Engine, targets: Sequence[Lang], sentences: Sequence[str]) -> None:
        self._engine = engine
        distinct = list(dict.fromkeys(sentences))
        pool = ThreadPoolExecutor(len(targets))
        self._begun = {target: _Begun(pool, engine, distinct, target) for target in targets}
        pool.shutdown(wait=False)

    @property
    def targets(self) -> tuple[Lang, ...]:
        return self._engine.targets

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order; of the first request that has them, most are under way."""
        begun = self._begun.get(target)
        if begun is None or not begun.sentences <= set(sentences):
            return self._engine.translate(sentences, target, progress)
        del self._begun[target]
        begun.listen(progress)
        rest = [text for text in sentences if text not in begun.sentences]
        fresh = self._engine.translate(rest, target, progress) if rest else []
        made = begun.answers() | dict(zip(rest, fresh, strict=True))
        repeats = len(sentences) - len(rest) - len(begun.sentences)
        if progress and repeats:
            progress(repeats)
        return [made[text] for text in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        return self._engine.candidates(sentences, target, count)

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        return self._engine.avoid(unwanted, target)

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        return self._engine.lead(wanted, target)

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        return self._engine.align(pairs, target)

    def embed(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return self._engine.embed(sentences)


class _Begun:
    """A request under way. What is done before anybody listens is told when somebody does."""

    def __init__(
        self, pool: ThreadPoolExecutor, engine: Engine, sentences: Sequence[str], target: Lang
    ) -> None:
        self.sentences = frozenset(sentences)
        self._order = sentences
        self._turn = threading.Lock()
        self._listener: Progress | None = None
        self._untold = 0
        self._answers = pool.submit(engine.translate, sentences, target, self._done)

    def listen(self, progress: Progress | None) -> None:
        """Let `progress` be told from now on, and of what is done already."""
        with self._turn:
            self._listener, untold = progress, self._untold
        if progress and untold:
            progress(untold)

    def answers(self) -> dict[str, Hypothesis]:
        """What the engine gives, by sentence. Raises what it raised."""
        return dict(zip(self._order, self._answers.result(), strict=True))

    def _done(self, done: int) -> None:
        with self._turn:
            self._untold += done
            listener = self._listener
        if listener:
            listener(done)
