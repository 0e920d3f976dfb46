"""What a reviser does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """What is done with a translation.

    `checks`: compare it with its source. `repair`: mend what is safe to mend. `retry`: where a check finds
    an error or a term is missing, look for a better one among the model's other hypotheses.
    """

    checks: bool = True
    repair: bool = True
    retry: bool = True

    def __str__(self) -> str:
        """Its place in a signature: `checks+repair+retry`, or `none`."""
        on = [name for name in ("checks", "repair", "retry") if getattr(self, name)]
        return "+".join(on) or "none"
