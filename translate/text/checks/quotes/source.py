"""How a French sentence quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from translate.domain import Lang
from translate.text.checks.quotes.reading import Mark, Marks, read

_LONG: Final = 4  # words that make a quotation a statement; fewer are a name or a distance from a word
_SINGLE: Final = re.compile(r"‘|(?<!\w)'(?=\w)")
_ENDS: Final = re.compile(r"[\s.!?…。！？]*")
_SAYS: Final = re.compile(
    r"\s*,\s+(?:a|ont|avait|avaient|\w+(?:e|ent|it|aient))(?:-t)?(?:-(?:ils?|elles?|on))?\b"
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """How the source quotes. Every mark of it has its counterpart; quotations are counted from 0."""

    text: str
    marks: Marks

    @property
    def count(self) -> int:
        """How many quotations there are."""
        return len(self.marks.pairs)

    def said(self, number: int) -> str:
        """What is quoted."""
        opening, closing = self.marks.pairs[number]
        return self.text[opening.end : closing.start].strip()

    def before(self, number: int) -> str:
        """What stands before a quotation."""
        return self.text[: self.marks.pairs[number][0].start]

    def is_statement(self, number: int) -> bool:
        """True for a quotation of some words, which is no name."""
        return len(self.said(number).split()) >= _LONG

    def is_reported(self, number: int) -> bool:
        """True if who says it comes next: `», a-t-il dit`."""
        return _SAYS.match(self.text, self.marks.pairs[number][1].end) is not None

    @property
    def is_one_statement(self) -> bool:
        """True if there is one quotation, of some words."""
        return self.count == 1 and self.is_statement(0)

    @property
    def opens_it(self) -> bool:
        """True if the sentence begins with a quotation."""
        return self.count > 0 and not self.before(0).strip()

    @property
    def ends_it(self) -> bool:
        """True if the sentence ends with a quotation."""
        return self.count > 0 and is_last(self.text, self.marks.every[-1])

    @property
    def is_all(self) -> bool:
        """True if the whole sentence is one quotation."""
        return self.count == 1 and self.opens_it and self.ends_it

    @property
    def follows_colon(self) -> bool:
        """True for `Il a dit : « … ».`, with no other quotation, nor a colon before that one."""
        if self.count != 1 or not self.ends_it:
            return False
        head = self.before(0).rstrip()
        return head.endswith(":") and head.count(":") == 1

    @property
    def stops_inside(self) -> bool:
        """True if the sentence's full stop is in its last quotation."""
        return self.text[: self.marks.every[-1].start].rstrip().endswith((".", "!", "?", "…"))


def quoting(source: str) -> Quoting | None:
    """How the source quotes; None if its marks are not balanced, so that a quotation goes on elsewhere."""
    if _SINGLE.search(source):
        return None
    marks = read(source, Lang.FR)
    return None if marks is None or marks.lone else Quoting(source, marks)


def is_last(text: str, mark: Mark) -> bool:
    """True if nothing but a full stop follows the mark."""
    return _ENDS.fullmatch(text, mark.end) is not None
