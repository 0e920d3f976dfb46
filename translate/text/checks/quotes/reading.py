"""Which quotation marks of a sentence belong together, and which have no counterpart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from translate.domain import Lang

_MARK: Final = re.compile(r'<<|>>|[«»“”„"]')
_OPENING: Final = frozenset({"«", "“", "„", "<<"})
_AFTER_CLOSING: Final = ",;:.!?)]}»”…—–-/’'\""
_BEFORE_OPENING: Final = "([{«“\"'‘’—–-/"


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: `text[start:end]`."""

    start: int
    end: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotation marks of a text: all, the pairs by where they open, and those without counterpart."""

    every: tuple[Mark, ...]
    pairs: tuple[tuple[Mark, Mark], ...]
    lone: tuple[Mark, ...]

    def beside(self, mark: Mark, step: int) -> Mark | None:
        """The mark that is `step` marks further on, or back."""
        at = self.every.index(mark) + step
        return self.every[at] if 0 <= at < len(self.every) else None

    @property
    def inner(self) -> tuple[tuple[Mark, Mark], ...]:
        """The pairs that stand in a quotation; none if one of them stands in such a one again."""
        inside = [(pair, depth) for pair in self.pairs if (depth := self._depth(pair))]
        return () if any(depth > 1 for _, depth in inside) else tuple(pair for pair, _ in inside)

    def _depth(self, pair: tuple[Mark, Mark]) -> int:
        """In how many quotations a pair stands."""
        opening, closing = pair
        around = sum(one.start < opening.start and closing.end < other.end for one, other in self.pairs)
        return around + sum(mark.opens and mark.start < opening.start for mark in self.lone)


def read(text: str, lang: Lang) -> Marks | None:
    """The marks of `text`; None if it cannot be told whether one of them opens or closes."""
    every: list[Mark] = []
    is_open: list[Mark] = []
    pairs: list[tuple[Mark, Mark]] = []
    lone: list[Mark] = []
    for match in _MARK.finditer(text):
        opens = _opens(match, bool(is_open), lang)
        if opens is None:
            return None
        mark = Mark(match.start(), match.end(), opens)
        every.append(mark)
        if opens:
            is_open.append(mark)
        elif is_open:
            pairs.append((is_open.pop(), mark))
        else:
            lone.append(mark)
    lone += is_open
    return Marks(tuple(every), tuple(sorted(pairs, key=_first)), tuple(sorted(lone, key=_start)))


def _start(mark: Mark) -> int:
    return mark.start


def _first(pair: tuple[Mark, Mark]) -> int:
    return pair[0].start


def _opens(match: re.Match[str], is_open: bool, lang: Lang) -> bool | None:
    if match[0] != '"':
        return match[0] in _OPENING
    text, at = match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not is_open and before.isdigit():
        return None  # 27" of a screen
    if lang is Lang.ZH:  # no spaces tell
        return not is_open
    if not before:
        return True
    ends = not after or after.isspace()
    stops = after == "." and not text[at + 2 : at + 3].isalnum()
    opens = (before.isspace() or before in _BEFORE_OPENING) and not (ends or stops or after in ",;:!?)")
    closes = not before.isspace() and (ends or after in _AFTER_CLOSING)
    return None if opens == closes else opens
