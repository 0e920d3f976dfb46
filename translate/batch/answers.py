"""Answers that are kept: news repeats."""

from __future__ import annotations

from collections import OrderedDict

from translate.domain import Hypothesis, Lang

Key = tuple[Lang, str]
"""A language, and a sentence that is wanted in it."""
Found = dict[Key, Hypothesis]

_KEPT_CHARACTERS = 20_000_000


class Answers:
    """Hypotheses by language and sentence; the longest unused are forgotten first."""

    def __init__(self, characters: int = _KEPT_CHARACTERS) -> None:
        self._room = characters
        self._known: OrderedDict[Key, Hypothesis] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: Key) -> Hypothesis | None:
        if (answer := self._known.get(key)) is not None:
            self._known.move_to_end(key)
        return answer

    def keep(self, key: Key, answer: Hypothesis) -> None:
        if key not in self._known:
            self._room -= len(key[1]) + len(answer.text)
        self._known[key] = answer
        while self._room < 0 and self._known:
            (_, old), forgotten = self._known.popitem(last=False)
            self._room += len(old) + len(forgotten.text)
