"""Line breaking for French, English and Chinese in one text, in terminal cells.

Words stay whole where they fit. Chinese breaks between characters, but no line begins with closing
punctuation or ends with an opening bracket. French spaces before `: ; ? ! »` and after `«` never break.
A word wider than the line is cut between characters: nothing is dropped and nothing sticks out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from translate.outputs.cells import Measure, cell_width, clusters

Span = tuple[int, int]

_SPACES = frozenset(" \t\n\r\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000")
_NO_LINE_START = frozenset(
    "!%),.:;?]}¢°·’”†‡›»℃—…、。〃々〉》」』】〕〗〞︰︶﹐﹑﹒﹔﹕﹖﹗！％），．：；？］｝～"
)
_NO_LINE_END = frozenset("([{«‹‘“〈《「『【〔〖〝（［｛＄￥£$")
_AFTER_SPACE_NO_LINE_START = frozenset(":;?!»›%")  # the French ones that take a space before
_BEFORE_SPACE_NO_LINE_END = frozenset("«‹")
_HYPHENS = frozenset("-‐–")
_GLUE = frozenset("\u00a0\u202f\u2007\u2060\ufeff")  # no-break spaces and word joiners


def wrap(text: str, width: int, measure: Measure = cell_width, *, cut_words: bool = True) -> list[Span]:
    """The lines of the text as half-open spans, without the spaces at their ends; none for blank text.

    `measure(text[start:end]) <= width` for each line, except for one character wider than `width`,
    and except for long words if `cut_words` is false (a web address in a mail must stay whole). What two
    pieces measure is what they measure together.
    """
    lines: list[Span] = []
    line: Span | None = None
    used = 0  # of the line, so that it is measured once and not at each of its words
    for start, end in _unbreakable(text):
        if line and (longer := used + measure(text[line[1] : end])) <= width:
            line, used = (line[0], end), longer
            continue
        if line:
            lines.append(line)
        line, used = (start, end), measure(text[start:end])
        if cut_words and used > width:
            *full, line = _cut(text, start, end, width, measure)
            lines, used = [*lines, *full], measure(text[slice(*line)])
    return [*lines, line] if line else lines


def _cut(text: str, start: int, end: int, width: int, measure: Measure) -> Iterator[Span]:
    """Pieces of one long word, each as long as the line allows; at least one character each."""
    piece = start
    for left, right in clusters(text[start:end]):
        left, right = left + start, right + start
        if right - left > 1 and measure(text[left:right]) > width:  # a monster of joined emoji
            units = [(index, index + 1) for index in range(left, right)]
        else:
            units = [(left, right)]
        for low, high in units:
            if low > piece and measure(text[piece:high]) > width:
                yield piece, low
                piece = low
    yield piece, end


def _unbreakable(text: str) -> Iterator[Span]:
    """Runs that must stay on one line, in order; the spaces between them belong to none."""
    start: int | None = None
    previous: Span | None = None
    for cluster in clusters(text):
        if text[cluster[0]] in _SPACES:
            continue
        if start is None:
            start = cluster[0]
        elif previous and _may_break(text, previous, cluster):
            yield start, previous[1]
            start = cluster[0]
        previous = cluster
    if start is not None and previous:
        yield start, previous[1]


def _may_break(text: str, before: Span, after: Span) -> bool:
    """True if a line may end after the cluster `before` and go on with `after` (spaces between apart)."""
    left, right = text[before[0]], text[after[0]]
    if after[0] > before[1]:
        grouped = left.isdecimal() and right.isdecimal()  # 20 000: one number
        return left not in _BEFORE_SPACE_NO_LINE_END and not grouped and not _is_spaced_mark(text, after)
    if left in _GLUE or right in _GLUE or right in _NO_LINE_START or left in _NO_LINE_END:
        return False
    if left in _HYPHENS:
        return right.isalpha() and before[0] > 0 and text[before[0] - 1].isalpha()
    if left.isdecimal() and _is_ideographic(right):
        return False  # 4月, 6.8级: a number stays with its unit
    return _is_ideographic(left) or _is_ideographic(right)


def _is_spaced_mark(text: str, after: Span) -> bool:
    """True for a French mark that stands alone after its space: `mot ?`, but not `!important`."""
    if text[after[0]] not in _AFTER_SPACE_NO_LINE_START:
        return False
    return after[1] == len(text) or not text[after[1]].isalnum()


def _is_ideographic(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
