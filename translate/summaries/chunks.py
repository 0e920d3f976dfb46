"""Long input for a model of limited length: in pieces of sentences, clauses or words; nothing is cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Size = Callable[[str], int]

_CLAUSE_END = re.compile(r"(?<=[;:,])\s+")
_WORD_END = re.compile(r"\s+")


def chunks(sentences: Sequence[str], size: Size, limit: int) -> list[str]:
    """Texts of at most `limit` by `size`, holding every character of the input but white space, in order.

    `size` is asked once per piece; joining two texts is taken to cost at most one more.
    """
    packed: list[str] = []
    current: list[str] = []
    used = 0
    for piece in (p for sentence in sentences if sentence.strip() for p in _pieces(sentence, size, limit)):
        cost = size(piece) + 1
        if current and used + cost > limit:
            packed.append(" ".join(current))
            current, used = [], 0
        current.append(piece)
        used += cost
    return [*packed, " ".join(current)] if current else packed


def _pieces(text: str, size: Size, limit: int) -> Iterator[str]:
    if size(text) <= limit or len(text) < 2:
        yield text
        return
    for cut in (_CLAUSE_END, _WORD_END):
        parts = [part for part in cut.split(text) if part]
        if len(parts) > 1:
            for part in parts:
                yield from _pieces(part, size, limit)
            return
    middle = len(text) // 2
    yield from _pieces(text[:middle], size, limit)
    yield from _pieces(text[middle:], size, limit)
