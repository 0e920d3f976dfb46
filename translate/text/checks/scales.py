"""What French numbers in digits count: `12 milliards`; and as companies write it, `37,8 M EUR`, `850 k€`."""

from __future__ import annotations

import re
from typing import Final

CODES: Final = ("EUR", "USD", "GBP", "CHF", "JPY", "CNY")
"""Currencies as tables write them, which are no names that a translation must have."""
_SPACE: Final = r"[ \u00a0\u2009\u202f]"
_WORDS: Final = {
    "mille milliards": 1e12,
    "centaines": 100.0,
    "mille": 1e3,
    "milliers": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "milliard": 1e9,
    "milliards": 1e9,
    "billion": 1e12,
    "billions": 1e12,
}
_LETTERS: Final = {"md": 1e9, "mds": 1e9, "m": 1e6, "k": 1e3}
_NAMED: Final = "euros|dollars|yuans|yens|livres"
_MONEY: Final = rf"{_SPACE}?(?:[€$£]|(?:{'|'.join(CODES)})\b)|{_SPACE}d(?:e{_SPACE}|['’])(?:{_NAMED})\b"
SHORT: Final = rf"{_SPACE}?(?:[Mm][Dd]s?|[MkK])(?={_MONEY})"
"""What stands between a number and its currency. M alone may be a metre, or the head of a name."""
SCALE: Final = (
    rf"{_SPACE}(?:de{_SPACE})?(?P<scale>{'|'.join(_WORDS)})\b(?P<half>{_SPACE}et{_SPACE}demi)?"
    rf"|(?P<short>{SHORT})"
)
"""What may stand behind a number; a match of it has `scale`, `half` and `short`."""


def is_scaled(match: re.Match[str]) -> bool:
    """True if a number counts millions or the like."""
    return bool(match["scale"] or match["short"])


def scale(match: re.Match[str]) -> float:
    """How many one of what a number counts is: 1,000,000 for `M`; 1 if it counts nothing but itself."""
    if match["short"]:
        return _LETTERS[match["short"].strip().lower()]
    return _WORDS[match["scale"].lower()] if match["scale"] else 1.0
