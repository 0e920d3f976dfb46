"""Over-long sentences into pieces that fit a model, cut where a reader would pause.

Places come in ranks: a semicolon, colon or dash first, then a comma, then a conjunction or relative
pronoun, then any white space, and, where there is none (Chinese, a ten-thousand-letter word), between
two characters. A piece that does not fit is cut at the best-ranked place near its middle, so pieces
stay balanced and `fits` is asked about twice per piece.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Sequence

from translate.domain import Segment

_LINKS = (
    "et|ou|mais|car|donc|or|ni|qui|que|qu['’]|dont|où|lorsqu['’]|lorsque|puisque|tandis|alors|afin|pour"
    "|parce|si|quand|comme|après|avant|ainsi|avec|sans|selon|depuis|pendant|lequel|laquelle|lesquels|lesquelles"
)
# One expression per rank; a place is the start of what follows the match. A blank between figures
# (1 250 000) or after a title (M. Dupont) is no place for a cut as long as there is another.
_RANKS = (
    re.compile(r"[;:；：。！？!?…](?:\s?[»”\"])?\s+|[;；。！？：]|\s(?=[–—-]{1,2}\s)"),
    re.compile(r",[»”\"]?\s+|[，、](?=.)|(?<=[)»”])\s+"),
    re.compile(rf"\s(?=(?:{_LINKS})(?!\w))"),
    re.compile(r"(?<![\d.])\s+(?=\S)|(?<=\d)\s+(?=[^\W\d])"),
    re.compile(r"\s+(?=\S)"),
)
_CENTRE = 0.25  # a cut keeps at least this share of the piece on each side, if a later rank allows it


def split_clauses(sentence: str, fits: Callable[[str], bool]) -> list[Segment]:
    """`sentence` in as few balanced pieces as needed for each to fit, nothing lost but white space.

    A single character that does not fit is still returned: nothing is ever dropped.
    """
    whole = _trimmed(sentence, 0, len(sentence))
    if whole is None:
        return []
    if fits(whole.text):
        return [whole]
    places = [[match.end() for match in rank.finditer(sentence)] for rank in _RANKS]
    return _joined(sentence, _pieces(sentence, whole, places, fits), fits)


def _pieces(
    sentence: str, whole: Segment, places: Sequence[Sequence[int]], fits: Callable[[str], bool]
) -> list[Segment]:
    done: list[Segment] = []
    waiting = [whole]  # a stack, because a text without a place to cut could be deeper than recursion allows
    while waiting:
        piece = waiting.pop()
        cut = None if piece is not whole and fits(piece.text) else _cut(sentence, piece, places)
        if cut is None:
            done.append(piece)
            continue
        halves = (_trimmed(sentence, piece.start, cut), _trimmed(sentence, cut, piece.end))
        waiting.extend(half for half in reversed(halves) if half is not None)
    return done


def _cut(sentence: str, piece: Segment, places: Sequence[Sequence[int]]) -> int | None:
    """The best place strictly inside `piece`, or None for a single character."""
    middle = (piece.start + piece.end) // 2
    margin = (piece.end - piece.start) * _CENTRE
    low, high = piece.start + margin, piece.end - margin
    for rank in places:
        nearest = _nearest(rank, middle)
        if nearest is not None and low <= nearest <= high:
            return nearest
    for rank in places[-2:]:  # rather an unbalanced cut at white space than one inside a word
        nearest = _nearest(rank, middle)
        if nearest is not None and piece.start < nearest < piece.end:
            return nearest
    return _between_characters(sentence, piece, middle)


def _nearest(ordered: Sequence[int], middle: int) -> int | None:
    after = bisect_left(ordered, middle)
    around = ordered[max(0, after - 1) : after + 1]
    return min(around, key=lambda place: abs(place - middle), default=None)


def _between_characters(sentence: str, piece: Segment, middle: int) -> int | None:
    """The place nearest to `middle` that parts no letter from its accents and no emoji from its joiner."""
    for distance in range(piece.end - piece.start):
        for place in (middle + distance, middle - distance):
            if piece.start < place < piece.end and not _is_joined(sentence, place):
                return place
    return middle if piece.start < middle < piece.end else None


def _is_joined(sentence: str, place: int) -> bool:
    before, after = sentence[place - 1], sentence[place]
    return unicodedata.category(after) in ("Mn", "Mc", "Me") or "\u200d" in (before, after)


def _joined(sentence: str, pieces: Sequence[Segment], fits: Callable[[str], bool]) -> list[Segment]:
    """Neighbours put together again where both fit in one piece."""
    joined: list[Segment] = []
    for piece in pieces:
        if joined:
            both = Segment(sentence[joined[-1].start : piece.end], joined[-1].start, piece.end)
            if fits(both.text):
                joined[-1] = both
                continue
        joined.append(piece)
    return joined


def _trimmed(sentence: str, start: int, end: int) -> Segment | None:
    text = sentence[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Segment(text, start, start + len(text)) if text else None
