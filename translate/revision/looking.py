"""How much of its attention a model gave to a part of the source while it wrote a part of the translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from translate.engines.alignment import Link
from translate.revision.spans import Span

_SURE: Final = 0.25  # of what is wrong: what looks at a number or a day of the source is that
_CLEARLY: Final = 1.5  # times as much as at any other


def share(links: Sequence[Link], source: Span, place: Span) -> float:
    """The share of the attention at a place of the translation that a span of the source has: 0 to 1."""
    best: dict[Span, float] = {}
    for link in links:
        if place[0] < link.target[1] and link.target[0] < place[1]:
            here = link.source[0] < source[1] and source[0] < link.source[1]
            best[link.target] = max(best.get(link.target, 0.0), link.share if here else 0.0)
    return sum(best.values()) / len(best) if best else 0.0


def clearest(shares: Sequence[float]) -> int | None:
    """Which share is the largest, if that shows what is meant."""
    first, second = sorted((*shares, 0.0, 0.0), reverse=True)[:2]
    return shares.index(first) if first >= _SURE and first >= _CLEARLY * second else None
