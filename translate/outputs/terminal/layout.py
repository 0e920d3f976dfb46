"""Columns that fit the terminal: side by side where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from translate.domain import Lang
from translate.outputs.wrap import wrap

RULE: Final = "dim"
NUMBER: Final = "cyan"
LABEL: Final = "bold"

_COMFORT: Final = 62  # no column is wider: longer lines are hard to read back from
_SIDE_BY_SIDE: Final[Mapping[int, int]] = {1: 0, 2: 60, 3: 100}  # columns → narrowest terminal
_GUTTER: Final = " │ "
_STRETCH: Final = (0.75, 1.25)  # how far a column may differ from an equal share


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the page, its number margin and its columns are; without `columns` all is stacked."""

    width: int
    margin: int
    langs: tuple[Lang, ...]
    columns: tuple[int, ...] | None

    @property
    def text_width(self) -> int:
        """What is left beside the margin."""
        return max(self.width - self.margin, 2)

    def rows(self, number: str, rows: Sequence[Mapping[Lang, Text]]) -> Iterator[Text]:
        """Rows that belong together, as a paragraph and its gist: language by language if stacked."""
        if self.columns is None:
            yield from self._stack(number, rows)
            return
        for cells in rows:
            columns = [broken(cells.get(lang, Text()), width) for lang, width in self._widths]
            for texts in zip_longest(*columns):
                yield self._line(number, [text or Text() for text in texts])
                number = ""

    def gap(self) -> Text:
        """An empty line between two rows; the column rules run through it."""
        return self._line("", [Text()] * len(self.langs)) if self.columns else Text()

    def rule(self, sign: str = "─", crossing: str = "", label: str = "") -> Text:
        """A line across the page, with a label in it; `crossing` is drawn where it meets the column rules."""
        line = sign * self.width
        if self.columns and crossing:
            first, *others = self.columns
            runs = [sign * (self.margin + first + 1), *(sign * (width + 2) for width in others)]
            line = crossing.join(runs)[: self.width]
        if not label:
            return Text(line, RULE)
        label = f" {label} "[: max(self.width - self.margin + 1, 0)]
        before = self.margin - 1
        return Text.assemble((line[:before], RULE), (label, LABEL), (line[before + len(label) :], RULE))

    def full(self, text: Text) -> Iterator[Text]:
        """Text across the page; an empty line for an empty text."""
        yield from broken(text, self.width) or [Text()]

    @property
    def _widths(self) -> Iterator[tuple[Lang, int]]:
        return zip(self.langs, self.columns or (), strict=True)

    def _line(self, number: str, texts: Sequence[Text]) -> Text:
        line = Text.assemble((f"{number:>{self.margin - 2}}  ", NUMBER))
        for column, (text, (_, width)) in enumerate(zip(texts, self._widths, strict=True)):
            if column:
                line.append(_GUTTER, style=RULE)
            line.append_text(text)
            line.append(" " * (width - cell_len(text.plain)))
        line.rstrip()
        return line

    def _stack(self, number: str, rows: Sequence[Mapping[Lang, Text]]) -> Iterator[Text]:
        shown = [lang for lang in self.langs if any(lang in cells for cells in rows)]
        same = len(shown) > 1 and len({str(cells.get(lang)) for lang in shown for cells in rows}) == 1
        for lang in shown[:1] if same else shown:  # a credit or initials: once is enough
            tag = Text(number, NUMBER) if number else Text("" if same else lang, RULE)
            number = ""
            cells = (row[lang] for row in rows if lang in row)
            for line in (line for cell in cells for line in broken(cell, self.text_width)):
                yield Text.assemble(" " * (self.margin - 2 - len(tag)), tag, "  ", line)
                tag = Text()


def fit(width: int, highest_number: int, amounts: Mapping[Lang, int]) -> Layout:
    """The layout for a terminal; columns share its width by how much text each language has (in cells)."""
    langs = tuple(amounts)
    margin = max(2, len(str(highest_number))) + 2
    width = max(width, 2)
    if width < _SIDE_BY_SIDE.get(len(langs), 40 * len(langs)):
        return Layout(min(width, margin + _COMFORT + 10), margin, langs, None)
    room = width - margin - len(_GUTTER) * (len(langs) - 1)
    columns = _shares(min(room, _COMFORT * len(langs)), list(amounts.values()))
    used = margin + sum(columns) + len(_GUTTER) * (len(langs) - 1)
    return Layout(used, margin, langs, tuple(columns))


def _shares(room: int, amounts: Sequence[int]) -> list[int]:
    """The room shared out so that columns end at about the same height, none much wider than another."""
    mean = sum(amounts) / len(amounts) or 1
    low, high = _STRETCH
    weights = [min(max(amount / mean, low), high) for amount in amounts]
    shares = [int(room * weight / sum(weights)) for weight in weights]
    return [shares[0] + room - sum(shares), *shares[1:]]


def broken(text: Text, width: int) -> list[Text]:
    """The text in lines of at most `width` cells, styles kept."""
    return [text[start:end] for start, end in wrap(text.plain, width, cell_len)]
