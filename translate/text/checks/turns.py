"""Turns of French whose numbers count nothing, or something else: `rien de neuf`, `trois quarts d'heure`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.text.checks.figures import Figure, Mask, hints
from translate.text.tables import rows


@cache
def _turns() -> tuple[tuple[str, str, tuple[float, ...]], ...]:
    """What tells a turn, its pattern, and what may stand for it."""
    return tuple(
        (sign, pattern, () if means == "-" else tuple(map(float, means.split())))
        for sign, pattern, means in rows("checks/turns.fr.tsv", columns=3)
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def read(mask: Mask) -> Iterator[Figure]:
    """What may stand for each turn of a text; the turns are hidden from what is read later."""
    small = mask.text.lower()
    for sign, pattern, means in _turns():
        if sign not in small:
            continue
        for match in _compiled(pattern).finditer(mask.text):
            yield hints(match.start(), match.end(), means)
            mask.hide(match.start(), match.end())
