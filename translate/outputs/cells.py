"""Text as a terminal or a mail shows it: what is safe to show, and how many cells it takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

Measure = Callable[[str], int]

# White space that must not break a line or a table: tabs, line ends, line and paragraph separators.
_LINE_SPACE = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")
# Controls that a terminal would obey, and bidirectional controls that would reorder what stands beside them.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)
_REGIONAL = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"


def visible(text: str) -> str:
    """The text with every control character made visible, so that it can do no harm on a screen.

    Line ends and tabs become spaces; controls become their pictures (`␛`) or their number (`⟨U+202E⟩`).
    """
    return _UNSAFE.sub(_picture, _LINE_SPACE.sub(" ", text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"⟨U+{code:04X}⟩"


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each character as a reader counts them: a base with its marks, an emoji, a flag."""
    if text.isascii():
        yield from ((index, index + 1) for index in range(len(text)))
        return
    start = 0
    for index in range(1, len(text)):
        if not _continues(text, start, index):
            yield start, index
            start = index
    if text:
        yield start, len(text)


def _continues(text: str, start: int, index: int) -> bool:
    """True if the character at `index` belongs to the cluster that began at `start`."""
    char, code = text[index], ord(text[index])
    if char == _JOINER or text[index - 1] == _JOINER or code in _EMOJI_MODIFIERS or code in _TAGS:
        return True
    if code in _REGIONAL:
        return index - start == 1 and ord(text[start]) in _REGIONAL
    return code >= 0x300 and unicodedata.category(char).startswith("M")


@lru_cache(maxsize=4096)
def _cluster_width(cluster: str) -> int:
    if _EMOJI_STYLE in cluster or (len(cluster) == 2 and ord(cluster[0]) in _REGIONAL):
        return 2
    return max(_char_width(char) for char in cluster)


def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") and char != "\u00ad" else 1


def cell_width(text: str) -> int:
    """How many terminal cells the text takes: two for a Chinese character, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(_cluster_width(text[start:end]) for start, end in clusters(text))
