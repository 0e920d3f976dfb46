"""Scores of matches the wrong way round in Chinese: who wins 3 to 1 does not win 1比3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change

_FRENCH: Final = re.compile(r"(?<![\d.,-])(\d{1,3})(?: (?:buts? )?à |[-–])(\d{1,3})(?![\d.,-]*\d)")
_CHINESE: Final = re.compile(r"(?<![\d.])(\d{1,3})比(\d{1,3})(?![\d.]*\d)")
_WON: Final = re.compile(r"[^，。；]{0,6}(?:击败|战胜|力克|险胜|大胜|完胜|横扫|取胜|获胜|胜出)")
_LOST: Final = re.compile(r"[负输]|落后|不敌|落败|失利|惨败|败北|败给")


def turned(source: str, target: str) -> Iterator[Change]:
    """The only score of a translation, turned as the source has it, where a victory follows it."""
    said, meant = list(_CHINESE.finditer(target)), list(_FRENCH.finditer(source))
    if len(said) != 1 or len(meant) != 1 or _LOST.search(target):
        return
    (score,), (first, second) = said, meant[0].groups()
    if score.groups() == (second, first) and int(first) > int(second) and _WON.match(target, score.end()):
        yield *score.span(), f"{first}比{second}"
