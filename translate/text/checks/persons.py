"""How many people there are: `Deux personnes sont mortes`, 五人死亡.

Two asks for no counterpart (both, 双方), nor does a Chinese number of one sign, which may be part of another
word. But where both sides count people, and each has a number that the other has nowhere, one is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from translate.domain import Lang
from translate.text.checks.figures import Figure, Reading

_FEW: Final = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt"
_PEOPLE: Final = {
    Lang.FR: re.compile(
        rf"(?<![\w-])(?:{_FEW})\s(?:(?:autres|jeunes|civils)\s)?(?:personnes|hommes|femmes|enfants|morte?s|blessée?s"
        r"|soldats|policiers|gendarmes|civils|victimes|adolescente?s|migrants|otages|ouvriers)\b",
        re.IGNORECASE,
    ),
    Lang.EN: re.compile(
        r"\b(?:\w+-)?\w+\s(?:(?!(?:of|and|or|the|for|in|to)\b)[a-z-]+\s){0,2}(?:people|persons|men|women|children|dead"
        r"|killed|injured|wounded|soldiers|troops|policemen|officers|civilians|victims|teenagers|teens|migrants|hostages"
        r"|workers)\b",
        re.IGNORECASE,
    ),
    Lang.ZH: re.compile(
        r"(?<![第\d.])(?:[两二三四五六七八九十]{1,3}|\d{1,3})(?:名|位|人|死|伤)(?![制组帮民])"
    ),
}
_MOST: Final = 8  # numbers of a sentence that are added up


def otherwise(
    source: str, target: str, said: Reading, told: Reading
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where a few people of the source are, and where the others that they became; None if they did not."""
    ours = _counted(source, said)
    lost = next((figure for figure in ours if not figure.values & told.values), None)
    if lost is None:
        return None
    places = {figure.start for figure in ours}
    figures = [*ours, *(figure for figure in said.figures if figure.start not in places)]
    known = _sums(figures).union(*(figure.values for figure in figures))
    made = next((figure for figure in _counted(target, told) if not figure.values & known), None)
    return ((lost.start, lost.end), (made.start, made.end)) if made is not None else None


def _counted(text: str, reading: Reading) -> list[Figure]:
    """The numbers of a text that count people, each as it is written, not what it may stand for."""
    found: dict[int, Figure] = {}
    for figure in reading.figures:
        if figure.start not in found and _PEOPLE[reading.lang].match(text, figure.start):
            found[figure.start] = figure
    return list(found.values())


def _sums(figures: Sequence[Figure]) -> frozenset[float]:
    """What some of the numbers are together: a man and two women are three people."""
    few = [min(figure.values) for figure in figures if figure.values][:_MOST]
    return frozenset(float(sum(some)) for size in range(2, len(few) + 1) for some in combinations(few, size))
