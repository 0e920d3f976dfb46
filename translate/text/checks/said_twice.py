"""What a source says twice, so that its translation may say it twice as well."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_WORDS: Final = re.compile(r"[^\W\d_]+")
_SMALL: Final = 3  # letters of small words at most
_AT_ONCE: Final = re.compile(r"(?i)\b([^\W\d_]+)[, ]+\1\b")
_IN_A_ROW: Final = re.compile(r"(?i)\b(\w{4,}),? (?:(?:et|après|par) )?\1\b")


def in_a_row(source: str) -> bool:
    """True if a word is said twice in a row: `très, très`, `jour après jour`."""
    return _IN_A_ROW.search(source) is not None


def at_once(source: str) -> bool:
    """The same of any word: `non, non`."""
    return in_a_row(source) or _AT_ONCE.search(source) is not None


def a_word(source: str, longer_than: int = _SMALL) -> bool:
    """True if a word of more letters than that stands twice."""
    words = [word for word in _WORDS.findall(source.casefold()) if len(word) > longer_than]
    return len(words) > len(set(words))


def two_words(source: str) -> bool:
    """True if two words in a row, one of them no small one, stand twice."""
    pairs = [pair for pair in pairwise(_WORDS.findall(source.casefold())) if max(map(len, pair)) > _SMALL]
    return len(pairs) > len(set(pairs))
