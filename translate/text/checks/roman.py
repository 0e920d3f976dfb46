"""Roman numbers: `XXIe siècle`, `article XII`, `Charles III`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from translate.text.checks.figures import Figure, Trust, hints, values

_VALUES = {"I": 1, "V": 5, "X": 10}
_ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"  # beyond 39 they look like words: L', C', Le, Ce


@cache
def _pattern(ordinals: str) -> re.Pattern[str]:
    ending = f"({ordinals}\\b)?" if ordinals else "()"
    return re.compile(rf"(?<![\w.])(?=[IVX])({_ROMAN}){ending}(?!\w)", re.ASCII)


def read(text: str, ordinals: str = "") -> Iterator[Figure]:
    """Every Roman number up to 39. Only those with an ordinal ending must be there in a translation."""
    for match in _pattern(ordinals).finditer(text):
        if not match[1]:
            continue
        if match[2]:
            yield Figure(match.start(), match.end(), values(value(match[1])), Trust.SPELLED)
        else:
            yield hints(match.start(), match.end(), (value(match[1]),))


def value(numerals: str) -> int:
    """The value of a well-formed Roman number: `XIV` is 14."""
    found = [_VALUES[letter] for letter in numerals]
    return sum(-one if one < after else one for one, after in zip(found, [*found[1:], 0], strict=True))
