"""What a French sentence says, clause by clause: the words that a translation has to answer for.

Also of a sentence in which some words stand in the target language already, as a model may be given them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]

# Between figures a comma or colon is part of a number or an hour.
_BREAK = re.compile(r"[;()«»\"“”…–—]|[,:](?!\d)|\.{3}|(?<=\s)-(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEAST: Final = 4  # letters of a word that says something
_FIRST_IDEOGRAPH: Final = "\u3400"
# Those of four letters and more that a good translation may have no word for.
_SMALL: Final = (
    " ainsi alors après aucun aucune aussi autre autres avaient avait avant avec avez avoir avons bien"
    " cela celle celles celui cette ceux chez comme contre dans depuis donc dont elle elles encore"
    " entre étaient était étant être faire fait font leur leurs lors lorsque mais même mêmes moins"
    " notamment notre nous parce pendant plus pour puis quand quel quelle quelles quelque quelques"
    " quels sans selon sera seraient serait seront soit sont sous tandis tant tous tout toute toutes"
    " très trop vers votre vous "
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks. `words`: the places of those that say something."""

    start: int
    end: int
    words: tuple[Span, ...]


def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order; those without a letter or figure are none."""
    marks = [match.span() for match in _BREAK.finditer(sentence)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(sentence)]
    return tuple(
        _clause(sentence, start, end)
        for start, end in zip(starts, ends, strict=True)
        if any(map(str.isalnum, sentence[start:end]))
    )


def _clause(sentence: str, start: int, end: int) -> Clause:
    text = sentence[start:end]
    words = tuple(match.span() for match in _WORD.finditer(sentence, start, end) if _says(match.group()))
    start += len(text) - len(text.lstrip())
    return Clause(start, start + len(text.strip()), words)


def _says(word: str) -> bool:
    is_ideographic = word[0] >= _FIRST_IDEOGRAPH
    return is_ideographic or (len(word) >= _LEAST and f" {word.lower()} " not in _SMALL)
