"""Vectors of sentences seen lately: a wire sends the same ones again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from translate.errors import EngineError
from translate.summaries.vectors import Floats

if TYPE_CHECKING:
    from translate.summaries import Embed

ROOM_BYTES = 16 * 2**20
_BESIDES = 300  # bytes that an entry takes apart from its vector and its letters


class Remembered:
    """An `Embed` that asks `embed` for what it does not know; the longest unused are forgotten first.

    A vector depends on its sentence alone, so that it makes no difference where it comes from.
    """

    def __init__(self, embed: Embed, room_bytes: int = ROOM_BYTES) -> None:
        self._embed = embed
        self._room = room_bytes
        self._known: OrderedDict[str, Floats] = OrderedDict()
        self._turn = threading.Lock()

    def __call__(self, sentences: Sequence[str]) -> Floats:
        """One row per sentence, all that are not known in one call. Raises EngineError."""
        distinct = dict.fromkeys(sentences)
        with self._turn:
            rows = {text: self._known[text] for text in distinct if text in self._known}
            for text in rows:
                self._known.move_to_end(text)
        fresh = [text for text in distinct if text not in rows]
        if fresh:
            made = np.asarray(self._embed(fresh), dtype=np.float32)
            if made.ndim != 2 or len(made) != len(fresh):
                raise EngineError(
                    f"the encoder gave vectors of shape {made.shape} for {len(fresh)} sentences"
                )
            own = {text: row.copy() for text, row in zip(fresh, made, strict=True)}  # not a view of them all
            rows |= own
            self._keep(own)
        return np.stack([rows[text] for text in sentences])

    def _keep(self, made: dict[str, Floats]) -> None:
        with self._turn:
            for text, row in made.items():
                if text not in self._known:
                    self._room -= _size(text, row)
                self._known[text] = row
            while self._room < 0 and self._known:
                self._room += _size(*self._known.popitem(last=False))


def _size(text: str, row: Floats) -> int:
    return row.nbytes + 2 * len(text) + _BESIDES
