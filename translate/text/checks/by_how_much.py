"""By how much something went, and to what sum: `chuté de 8,4 % à 45 dollars` is not from 8.4 to $45."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change
from translate.text.checks.french import NUMBER, plain_values

_SPACE: Final = r"[ \u00a0\u202f]"
# A sum behind the share, no other share, and no term: `un taux de 3,2 % à 10 ans`.
_FRENCH: Final = re.compile(
    rf"\bde{_SPACE}(?P<share>{NUMBER}){_SPACE}?%,?{_SPACE}à{_SPACE}{NUMBER}"
    rf"(?=[€$]|{_SPACE}(?:[€$]|(?:euros?|dollars?|yuans?|yens?|livres?|points?|millions?|milliards?)\b))"
)
_SHARE: Final = r"(?P<share>\d+(?:\.\d+)?)"
_ENGLISH: Final = re.compile(
    r"(?P<noun>\b[Aa]n? (?:\w+ )?(?:rise|fall|drop|decline|increase|gain|loss|jump) )?\b(?P<from>from )"
    rf"{_SHARE}(?: ?%| percent) to [$€£]?\d[\d,]*(?:\.\d+)?(?! ?%| percent|\d)"
)
_CHINESE: Final = re.compile(
    rf"从(?P<how>{_SHARE}[%％])(?P<verb>[大小]?幅?(?:上涨|下跌|下滑|下降|上升|增长|增加|减少|回落|跃升|攀升|飙升|暴跌"
    r"|大涨|大跌|滑落|猛增|骤降|萎缩|收缩))(?=[至到](?![^，。；]{0,8}?\d[\d.]*[%％]))"
)


def in_english(source: str, target: str) -> Iterator[Change]:
    """`fell from 8.4 percent to $45`: fell 8.4 percent to $45."""
    for match in _told(_ENGLISH, source, target):
        yield *match.span("from"), "of " if match["noun"] else ""


def in_chinese(source: str, target: str) -> Iterator[Change]:
    """`从0.7%下跌至14890美元`: 下跌0.7%至14890美元."""
    for match in _told(_CHINESE, source, target):
        yield *match.span(), f"{match['verb']}{match['how']}"


def _told(pattern: re.Pattern[str], source: str, target: str) -> list[re.Match[str]]:
    """What the pattern finds of the shares by which the source says that something went."""
    found = list(pattern.finditer(target))
    shares = [plain_values(match["share"]) for match in _FRENCH.finditer(source)] if found else []
    return [match for match in found if any(float(match["share"]) in share for share in shares)]
