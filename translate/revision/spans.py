"""Offsets that stay true when a text is changed."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` instead of what stands from `start` to `end`."""

    start: int
    end: int
    text: str

    def of(self, old: str) -> str:
        """`old`, edited."""
        return old[: self.start] + self.text + old[self.end :]


def moved(span: Span | None, edit: Edit) -> Span | None:
    """Where `span` is after the edit; one that overlaps the edited place covers all of the new text."""
    if span is None or span[1] <= edit.start:
        return span
    change = len(edit.text) - (edit.end - edit.start)
    if span[0] >= edit.end:
        return span[0] + change, span[1] + change
    return min(span[0], edit.start), max(span[1], edit.end) + change
