"""Turns of French whose numbers count nothing, or something else: `rien de neuf`, `trois quarts d'heure`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from translate.text.checks.figures import Figure, Mask, hints
from translate.text.tables import rows


@cache
def _turns() -> Mapping[str, tuple[tuple[str, tuple[float, ...]], ...]]:
    """By what tells them: the patterns of turns, and what may stand for each."""
    found: dict[str, tuple[tuple[str, tuple[float, ...]], ...]] = {}
    for sign, pattern, means in rows("checks/turns.fr.tsv", columns=3):
        turn = (pattern, () if means == "-" else tuple(map(float, means.split())))
        found[sign] = (*found.get(sign, ()), turn)
    return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def read(mask: Mask) -> Iterator[Figure]:
    """What may stand for each turn of a text; the turns are hidden from what is read later."""
    small = mask.text.lower()
    told = [turn for sign, turns in _turns().items() if sign in small for turn in turns]
    for pattern, means in told:
        for match in _compiled(pattern).finditer(mask.text):
            yield hints(match.start(), match.end(), means)
            mask.hide(match.start(), match.end())
