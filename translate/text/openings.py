"""Opening marks with a space behind them, and back: for a model that knows words by the space before them.

A vocabulary of pieces has a word as it stands behind a space. Behind a quotation mark or a bracket the same
word falls into syllables and letters, which a small model garbles: `"Récemment` became `"Reasely`. With
`" Récemment` it reads, and writes, the piece that it knows.
"""

from __future__ import annotations

import re
from typing import Final

_GUILLEMETS: Final = (re.compile(r"[«“„]\s*"), re.compile(r"\s*[»”]"))
_OPENING: Final = re.compile(r"(?<![^\s'’])([\"(\[]+)(?=\w)")
_APART: Final = re.compile(r"(?<![^\s'’])([\"(\[]+) (?=\w)")
_MARKS: Final = re.compile(r"[\"(\[«»“”„]")
# As AFP marks a quotation inside another: "le soutien des +gilets jaunes+".
_INNER: Final = re.compile(r"(?<![\w+])\+(?=[^\W\d_])([^+\n]{1,80}?)\+(?![\w+])")
# Spaces that are in no vocabulary: a model takes one for a letter. No-break, narrow and thin ones are known.
_RARE_SPACE: Final = re.compile(r"[\u2000-\u2008\u200a\u205f\u3000]")
_SPACED: Final = re.compile(r"(?<![^\s('’])(?<!\d )\" ([^\"]*?) \"(?!\w)")


def read(sentence: str) -> str:
    """A French sentence as a source is read: `apart`, its quotation marks being those of most wires."""
    return apart(usual(sentence))


def usual(sentence: str) -> str:
    """A French sentence with the quotation marks and spaces of most wires instead of those that some have."""
    sentence = _RARE_SPACE.sub(" ", sentence)
    if "+" in sentence:
        sentence = _INNER.sub(r'"\1"', sentence)
    if '"' in sentence:
        sentence = _SPACED.sub(r'"\1"', sentence)
    return sentence


def apart(text: str) -> str:
    """The text with a space behind its opening marks, and its quotation marks straight."""
    if not _MARKS.search(text):
        return text  # most sentences
    opening, closing = _GUILLEMETS
    text = closing.sub('"', opening.sub('"', text))
    return _OPENING.sub(lambda match: f"{match[0]} ", text)


def together(text: str) -> str:
    """What `apart` put in is taken out again."""
    return _APART.sub(r"\1", text)
