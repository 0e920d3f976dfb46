"""Where quotations and brackets open and close in a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile(r"<<|>>|[«»“”\"()\[\]]")
_PAIRS = {"«": "»", "<<": ">>", "“": "”", '"': '"', "(": ")", "[": "]"}
_CLOSING = frozenset(_PAIRS.values())
_LONGEST_BRACKET = 300  # a bracket left open for longer was never meant to close here
_DEEPEST = 32
_AFTER_CLOSING = frozenset(".,;:!?…)]»")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch between two marks: `text[start]` opens it, the closing mark begins at `last`."""

    start: int
    last: int
    end: int
    is_bracket: bool


def enclosed_spans(text: str) -> list[Span]:
    """The outermost quotations and brackets of `text` that open and close, in order, not overlapping.

    A mark that is never closed encloses nothing. A straight quote opens or closes by the white space
    around it and the mark after it; where that does not tell, it closes what is open.
    """
    found: list[Span] = []
    open_marks: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark == '"':
            _straight(text, match.start(), open_marks, found)
        elif mark in _PAIRS:
            open_marks.append((mark, match.start()))
        elif mark in _CLOSING:
            _close(mark, match, open_marks, found)
        if len(open_marks) > _DEEPEST:  # marks that nobody closes must not slow down the rest
            del open_marks[: _DEEPEST // 2]
    return _outermost(found)


def _straight(text: str, place: int, open_marks: list[tuple[str, int]], found: list[Span]) -> None:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    ends = not after or after.isspace() or after in _AFTER_CLOSING
    opens = (not before or before.isspace() or before in "('’«[-–") and not ends
    closes = ends and (after in _AFTER_CLOSING if before.isspace() else bool(before))
    is_open = any(mark == '"' for mark, _ in open_marks)
    if opens and not closes and is_open:  # the earlier one was never closed
        open_marks[:] = [entry for entry in open_marks if entry[0] != '"']
        is_open = False
    if is_open:
        while open_marks[-1][0] != '"':
            open_marks.pop()
        found.append(Span(open_marks.pop()[1], place, place + 1, is_bracket=False))
    elif not closes:
        open_marks.append(('"', place))


def _close(mark: str, match: re.Match[str], open_marks: list[tuple[str, int]], found: list[Span]) -> None:
    depth = len(open_marks) - 1
    while depth >= 0 and _PAIRS[open_marks[depth][0]] != mark:
        depth -= 1
    if depth < 0:
        return
    start = open_marks[depth][1]
    is_bracket = mark in ")]"
    if not is_bracket or match.start() - start <= _LONGEST_BRACKET:
        found.append(Span(start, match.start(), match.end(), is_bracket))
    del open_marks[depth:]


def _outermost(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
