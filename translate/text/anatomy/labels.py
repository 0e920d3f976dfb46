"""Labels: `PORTRAIT - …`, `Luxe : …`, `Q: …`. They head a line, or are one, and are written by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from translate.text.names import Name
from translate.text.tables import folded, rows

_MAX_CHARACTERS: Final = 60
_LABEL = re.compile(
    r"(?P<open>\(|[*¤]{2,3}\s*)?(?P<words>[^\W\d_][^\n:()*¤/.—–]{0,40}?)(?P<close>\)|\s*[*¤]{2,3})?"
    r"(?:\s*(?P<sign>:|\.(?=\s|$)|/{2,3}|¤{2,3})|\s+(?P<dash>[-–—]{1,2})(?=\s|$)|(?<=[)*¤])(?=\s)|\s*$)"
)
_LAST = re.compile(
    r"[.!?…»”\"]\s+(?P<words>(?:Entretien|Interview|Portrait|Reportage|Analyse|Décryptage)\.)$"
)
_BULLET = re.compile(r"[-–—•*]\s*")


class Where(StrEnum):
    """Where a label stands to be one; elsewhere it is a word like others."""

    HEAD = "head"  # before a sign: Luxe : la reprise…
    LINE = "line"  # before a sign, or a line by itself
    CAPITALS = "capitals"  # the same, but only in capitals
    ALERT = "alert"  # the same, at the head of a line above the title
    TURN = "turn"  # of an interview


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it heads a text. `end`: where it ends, its brackets and its sign included.

    `opening` and `closing` are brackets, stars or empty; `sign` is empty for a label that is all of a line.
    """

    name: Name
    words: str
    opening: str
    closing: str
    sign: str
    where: Where
    end: int


def read_label(text: str, turn: bool = False) -> Label | None:
    """The label at the head of `text`, or None. `turn`: `R. Non.` is an answer here, and no initial."""
    label = _known(text)
    return label if label and _is_one(label, text, turn) else None


def as_label(text: str) -> Label | None:
    """The label that the whole of `text` is, cut off wherever it stood; None if it is none."""
    label = _known(text)
    return label if label and label.end == len(text) else None


def _known(text: str) -> Label | None:
    """What may be a label at the head of `text`, by its words."""
    match = _LABEL.match(text[:_MAX_CHARACTERS])
    if match is None or (known := _table().get(folded(match["words"]))) is None:
        return None
    where, name = known
    words, sign = match["words"], match["sign"] or match["dash"] or ""
    opening, closing = ((match[part] or "").strip() for part in ("open", "close"))
    if (opening == "(") is not (closing == ")") or not words[0].isupper():
        return None
    return Label(name, words, opening, closing, sign, where, len(match[0].rstrip()))


def label_start(text: str) -> int | None:
    """Where the label begins that ends a paragraph and says what follows it: `… en lice. Entretien.`"""
    match = _LAST.search(text)
    return match.start("words") if match and as_label(match["words"]) else None


def is_label(line: str) -> bool:
    """True if the whole line is a label: `PORTRAIT`, `Dates clés :`."""
    label = read_label(line)
    return label is not None and label.end == len(line.rstrip())


def is_alert(line: str) -> bool:
    """True for `URGENT ¤¤¤ Séisme en Indonésie`, which is no title yet."""
    label = read_label(line)
    return label is not None and label.where is Where.ALERT


def turns(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines that are a question or an answer of an interview.

    `Q:` and `R:` always are; `R.` may be the initial of a name, so there must be both, questions and answers.
    """
    read = {i: label for i, line in enumerate(lines) if (label := _turn(line))}
    both = len({label.name.en[0] for label in read.values()}) > 1
    return frozenset(i for i, label in read.items() if both or label.sign == ":")


def _turn(line: str) -> Label | None:
    bullet = _BULLET.match(line)
    label = read_label(line[bullet.end() :] if bullet else line, turn=True)
    return label if label and label.where is Where.TURN else None


def _is_one(label: Label, text: str, turn: bool) -> bool:
    """True if the word is a label by the signs around it, and by its capitals."""
    whole = label.end == len(text.rstrip())
    marked = bool(label.sign or label.opening or label.closing)
    if label.where is Where.TURN:
        return not whole and marked and (turn or label.sign == ":")
    if label.sign == ".":
        return label.words.isupper() and label.where is not Where.HEAD
    if label.where is Where.HEAD:
        return bool(label.sign) and not whole
    if label.where in (Where.CAPITALS, Where.ALERT) and not label.words.isupper():
        return False
    return marked or whole


@cache
def _table() -> dict[str, tuple[Where, Name]]:
    table = rows("labels.tsv", columns=4)
    return {folded(fr): (Where(where), Name(fr, en, zh)) for where, fr, en, zh in table}
