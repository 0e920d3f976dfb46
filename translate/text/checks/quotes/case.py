"""A translation whose quotation marks are looked at, beside how its source quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.quotes.reading import Mark, Marks
from translate.text.checks.quotes.source import Quoting


@dataclass(frozen=True, slots=True)
class Case:
    """`text`, a translation with `marks`, of a sentence that quotes as `source` says."""

    source: Quoting
    text: str
    marks: Marks
    lang: Lang

    def between(self, one: Mark, other: Mark) -> str:
        """What stands between two marks."""
        return self.text[one.end : other.start]

    def follows_colon(self, mark: Mark) -> bool:
        """True if the mark stands after a colon."""
        return self.text[: mark.start].rstrip()[-1:] in (":", "：")

    def begins(self, mark: Mark) -> bool:
        """True if nothing stands before the mark."""
        return not self.text[: mark.start].strip()

    def opening(self, mark: Mark, at: int) -> Change:
        """The counterpart of a closing mark put in at a place."""
        return at, at, self.text[mark.start : mark.end].replace("”", "“")

    def closing(self, mark: Mark, at: int) -> Change:
        """The counterpart of an opening mark put in at a place."""
        return at, at, self.text[mark.start : mark.end].replace("“", "”")


Rule = Callable[[Case], Change | None]
"""Gives one change that puts something right, or None."""
