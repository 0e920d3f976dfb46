"""What people see: the dispatch set like a bilingual newspaper page, for a rich console.

Only the terminal's own palette is used, sparingly, so that dark and light themes both stay readable. Text
is never read as markup. Where there is no terminal, `translate.outputs.render` has plain formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.text import Text

from translate.domain import TranslatedDispatch
from translate.outputs.edition import edit
from translate.outputs.terminal.page import Page

__all__ = ["summary_view", "view"]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that are made when the width is known; `width` makes the page narrower than the console."""

    lines: Callable[[int], Iterator[Text]]
    width: int | None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.lines(min(self.width or options.max_width, options.max_width)):
            line.no_wrap, line.overflow = True, "crop"  # they fit already
            yield line


def view(
    result: TranslatedDispatch, *, width: int | None = None, explain: bool = False, furniture: bool = False
) -> RenderableType:
    """The whole result: headline, summary, French beside its translations, gists and notes.

    Columns stand side by side where they fit (100 cells for three languages, 60 for two), else one
    under the other. `explain` adds kind, input lines, origin and score; `furniture` shows page furniture.
    """
    return _Lines(Page(edit(result), explain, furniture).whole, width)


def summary_view(result: TranslatedDispatch, *, width: int | None = None) -> RenderableType:
    """The summary alone: headline, the dispatch in a few sentences, one line per paragraph."""
    blocks = (replace(block, translations={}) if block.gist else block for block in result.blocks)
    return _Lines(Page(edit(replace(result, blocks=tuple(blocks)))).summary_only, width)
