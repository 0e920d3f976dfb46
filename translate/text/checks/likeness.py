"""Are two spellings one name? `Loukachenko` and `Lukashenko`, `Dacca` and `Dhaka`, `Poutine` and `Putin`."""

from __future__ import annotations

import re
from functools import lru_cache

# French writes the sounds of foreign names its own way. In order; applied to folded names.
_SOUNDS = (
    ("tch", "c"),
    ("sch", "c"),
    ("ch", "c"),
    ("sh", "c"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("dj", "j"),
    ("gu", "g"),
    ("qu", "k"),
    ("ck", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("y", "i"),
    ("j", "i"),
    ("z", "s"),
    ("q", "k"),
    ("c", "k"),
    ("h", ""),
)
_VOWELS = re.compile(r"[aeiou]")
_TWICE = re.compile(r"(.)\1+")
_TWICE_IN_FRENCH = re.compile(r"([aeios])\1+")
_FURTHEST = 0.34  # share of a name's sounds that may differ


@lru_cache(maxsize=8192)
def sounds(name: str) -> str:
    """A folded name reduced to what spelling habits leave of it."""
    return _TWICE.sub(r"\1", _heard(name))


@lru_cache(maxsize=8192)
def heard(name: str) -> str:
    """A folded name without what French does to foreign ones: `Verchinine`, Vershinin.

    Double consonants and the `bourg` of French towns stay.
    """
    foreign = name.removesuffix("e") if name.endswith("ine") else name
    return _TWICE_IN_FRENCH.sub(r"\1", _heard(foreign.replace("bourg", "b0rg")))


def _heard(name: str) -> str:
    for written, sound in _SOUNDS:
        name = name.replace(written, sound)
    return name


@lru_cache(maxsize=65536)
def alike(name: str, word: str) -> bool:
    """True if both (folded) may be spellings of one name, or one is made of the other (Canada, Canadian)."""
    if name == word:
        return True
    ours, theirs = sounds(name), sounds(word)
    if ours == theirs:
        return True
    size = max(len(ours), len(theirs))
    shared = _common_start(ours, theirs)
    least = min(len(ours), len(theirs))
    if shared >= max(4, 0.55 * least) or (shared >= 3 and least - shared <= 1):
        return True
    if _VOWELS.sub("", ours[1:]) == _VOWELS.sub("", theirs[1:]) and size > 3 and ours[0] == theirs[0]:
        return True
    if abs(len(ours) - len(theirs)) > size * _FURTHEST:
        return False
    return size > 3 and distance(ours, theirs) <= size * _FURTHEST


def _common_start(first: str, second: str) -> int:
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))


def distance(first: str, second: str) -> int:
    """How many letters must be changed, added or removed to make one of the other."""
    before = list(range(len(second) + 1))
    for place, one in enumerate(first, start=1):
        row = [place]
        for index, other in enumerate(second, start=1):
            row.append(min(before[index] + 1, row[-1] + 1, before[index - 1] + (one != other)))
        before = row
    return before[-1]
