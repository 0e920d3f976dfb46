"""Changes to a text: what a repair gives, and the text with them made."""

from __future__ import annotations

from collections.abc import Iterable

Change = tuple[int, int, str]
"""Start, end, and what stands there instead."""


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with the changes made, in whatever order they are given; of two that overlap the first one."""
    pieces, last = [], 0
    for start, end, new in sorted(changes):
        if start >= last:
            pieces += [text[last:start], new]
            last = end
    return "".join([*pieces, text[last:]]) if pieces else text
