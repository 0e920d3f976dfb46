"""A row that only makes a greedy batch longer, so that sentences of all lengths may share it.

How far a sentence is padded can change its numbers (`ct2_routines`). Where every batch is padded to a length
that is as good as any other, a sentence has the same numbers in all of them, alone too, and few sentences
need not be asked one by one. CTranslate2 pads to the longest row. So where no sentence has such a length a
filler has it: a full stop and `</s>` again and again. Nobody reads what the model makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from translate.domain import Lang
from translate.engines.schedule import Bands
from translate.engines.search import Encoded

STOP = "."
_MOST = 32  # pieces that a filler may be answered with: those of an ordinary sentence


class Fillers:
    """Those of one model. `stops`: a full stop for each target, encoded. `bands` say how long they are."""

    def __init__(self, stops: Mapping[Lang, Encoded], bands: Bands) -> None:
        self._stops = {lang: stop.ids for lang, stop in stops.items()}
        self.bands = bands

    def beside(self, rows: Sequence[Encoded], target: Lang) -> list[Encoded]:
        """The rows of a batch, and after them a filler if they need one."""
        longest = max(len(row.ids) for row in rows)
        size = self.bands.padded(longest)
        return [*rows] if size == longest else [*rows, self._of(size, target)]

    def end_soon(self, answered: Callable[[Sequence[Encoded], Lang], Iterable[int]]) -> bool:
        """Whether the model has done with all of them soon.

        Args:
            answered: how many pieces each row is answered with in a greedy search.
        """
        first = range(1, self.bands.starts[0])
        sizes = sorted({size for length in first if (size := self.bands.padded(length)) != length})
        return all(
            pieces <= _MOST
            for target in self._stops
            for pieces in answered([self._of(size, target) for size in sizes], target)
        )

    def _of(self, size: int, target: Lang) -> Encoded:
        stop = self._stops[target]
        return Encoded((*stop, *[stop[-1]] * size)[:size])
