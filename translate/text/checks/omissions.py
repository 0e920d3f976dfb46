"""Clauses that a model passed over. Which, only the model can tell: it did not look at them."""

from __future__ import annotations

from collections.abc import Sequence

from translate.domain import Finding, Severity
from translate.text.contents import clauses


def omissions(source: str, overlooked: Sequence[int]) -> tuple[Finding, ...]:
    """A warning for each clause of `source` that was passed over. `overlooked`: their numbers."""
    if not overlooked:  # as nearly always
        return ()
    parts = clauses(source)
    found = (parts[number] for number in overlooked if number < len(parts))
    return tuple(
        Finding(
            "omission",
            Severity.WARNING,
            f"“{source[part.start : part.end]}” may have been left out",
            source_span=(part.start, part.end),
        )
        for part in found
    )
