"""What was repaired, told in one short note: `“1,4” → “1.4”, “the the” → “the”`."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from translate.domain import Finding, Severity

_TOKEN: Final = re.compile(r"\d+(?:[.,:h \u00a0\u202f]\d+)*|[^\W\d_\u3400-\u9fff]+|\s+|.", re.DOTALL)
_SHOWN: Final = 3  # changes that a note spells out; it says how many more there are
_MOST: Final = 80  # characters of a change that are shown
_LONG: Final = 1000  # tokens of a text in which the commonest are no longer compared: that would take minutes

Piece = tuple[int, int, int, int]
"""Tokens [a:b] of the old text that became tokens [c:d] of the new one."""


def note(before: str, after: str) -> Finding:
    """One note for all that is different; its place spans from the first change to the last."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces = _pieces(old, new)
    told = dict.fromkeys(f"“{_short(old[a:b])}” → “{_short(new[c:d])}”" for a, b, c, d in pieces)
    message = ", ".join(list(told)[:_SHOWN])
    if len(told) > _SHOWN:
        message += f" and {len(told) - _SHOWN} more"
    start = len("".join(new[: pieces[0][2]]))
    end = len("".join(new[: pieces[-1][3]]))
    return Finding("repaired", Severity.NOTE, message, target_span=(start, end))


def _short(tokens: list[str]) -> str:
    text = "".join(tokens).strip()
    return text if len(text) <= _MOST else f"{text[: _MOST // 2]}…{text[-_MOST // 2 :]}"


def _pieces(old: list[str], new: list[str]) -> list[Piece]:
    """What changed, each with a word beside it where it holds none itself."""
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > _LONG)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        while a > 0 and c > 0 and not (_has_word(old[a:b]) and _has_word(new[c:d])):
            a, c = a - 1, c - 1  # the same token is before both
        while b < len(old) and d < len(new) and _looks_same(old[a:b], new[c:d]):
            b, d = b + 1, d + 1
        if found and a < found[-1][1]:
            first = found.pop()
            a, c = first[0], first[2]
        found.append((a, b, c, d))
    return found


def _looks_same(ours: list[str], theirs: list[str]) -> bool:
    """True for two texts that only differ at an edge that is not shown, or one of which has no word."""
    shown = "".join(ours).strip(), "".join(theirs).strip()
    return shown[0] == shown[1] or not (_has_word(ours) and _has_word(theirs))


def _has_word(tokens: list[str]) -> bool:
    return any(char.isalnum() for token in tokens for char in token)
