"""A number of a French text as others write it: `1.300 milliards` is `1.3 trillion` and `1.3万亿`."""

from __future__ import annotations

import re
from decimal import Decimal

from translate.domain import Lang
from translate.text.house.plain import chinese_number, number, ordinal

_DIGITS = re.compile(r"\d(?:[\d.,]|[ \u00a0\u2009\u202f](?=\d))*(?=\s?%|\s?pour\scent|$)")
_ORDINAL = re.compile(r"(?:\d(?:er|re|ère|e|nde?|ème)|[a-zè]ième|premi(?:er|ère))s?$", re.IGNORECASE)
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def is_ordinal(french: str) -> bool:
    """True for `14e`, `septième`."""
    return _ORDINAL.search(french.strip()) is not None


def written(french: str, value: float, target: Lang, *, is_year: bool = False) -> str:
    """The number `french`, which is worth `value`, in `target`; without the sign of a percentage.

    Digits keep their decimals (`4,20`); number words become digits, in English from ten. A Chinese ordinal is
    the bare number, without 第.
    """
    if is_year:
        return f"{value:.0f}"
    if target is Lang.EN and is_ordinal(french):
        return ordinal(int(value))
    if digits := _DIGITS.match(french):
        return number(digits[0], target)
    exact = Decimal(repr(value))
    if target is Lang.ZH:
        return chinese_number(exact)
    return _english(exact, in_words=not french[:1].isdigit())


def _english(value: Decimal, *, in_words: bool) -> str:
    for size, word in _SCALES:
        if value >= size and (scaled := value / size) == scaled.quantize(Decimal("0.001")):
            return f"{scaled.normalize():f} {word}"
    if in_words and value < len(_ONES) and value == value.to_integral():
        return _ONES[int(value)]
    return f"{value.normalize():,f}"
