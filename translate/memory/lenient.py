"""A memory that a job can do without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from translate.domain import Hypothesis, Lang
from translate.errors import RecallError
from translate.memory.memory import Memory
from translate.memory.values import Entry, Stored, Suggestion


@dataclass(slots=True)
class Lenient:
    """The memory as long as it works; from its first failure on as if there were none.

    `required`: a failure is raised all the same. `notices`: what failed, for the user.
    """

    memory: Memory
    required: bool = False
    notices: list[str] = field(default_factory=list)

    @property
    def readonly(self) -> bool:
        return self.memory.readonly or bool(self.notices)

    def lookup(self, texts: Sequence[str], target: Lang, recipe: str) -> dict[str, Entry]:
        """As `Memory.lookup`; nothing after a failure."""
        if self.notices:
            return {}
        try:
            return self.memory.lookup(texts, target, recipe)
        except RecallError as err:
            self._give_up(err)
            return {}

    def store(self, pairs: Iterable[tuple[str, str | Hypothesis]], target: Lang, recipe: str) -> Stored:
        """As `Memory.store`; nothing after a failure."""
        if self.notices:
            return Stored()
        try:
            return self.memory.store(pairs, target, recipe)
        except RecallError as err:
            self._give_up(err)
            return Stored()

    def suggest(self, text: str, target: Lang) -> tuple[Suggestion, ...]:
        """As `Memory.suggest`; nothing after a failure."""
        if self.notices:
            return ()
        try:
            return self.memory.suggest(text, target)
        except RecallError as err:
            self._give_up(err)
            return ()

    def close(self) -> None:
        self.memory.close()

    def _give_up(self, error: RecallError) -> None:
        if self.required:
            raise error
        self.notices.append(f"going on without the translation memory: {error}")
