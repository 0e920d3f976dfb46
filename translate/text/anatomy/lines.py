"""Raw text -> lines as the writer meant them: hard wraps joined, glued paragraphs parted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from translate.text.anatomy.datelines import read_dateline
from translate.text.anatomy.labels import read_label

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t]+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_OPEN_END = re.compile(
    r"(?:,|\b(?:de|du|des|d['’]|le|la|les|l['’]|un|une|à|au|aux|et|ou|en|que|qui|par|pour|dans|sur"
    r"|avec|sans|sous|a|ont|est"
    r"|son|sa|ses|leur|leurs|ce|cette|ces|se|ne|plus|très))$"
)
_HYPHEN_END = re.compile(r"\w-$")

_MIN_WIDTH, _MAX_WIDTH = 40, 100  # columns between which a text can be hard-wrapped
_TYPICAL_PARAGRAPH = 120  # characters; fewest wrong breaks on our own dispatches, wrapped at 60 to 80 columns
_QUOTES = '"«“'
_MIN_LEFT = 28  # a shorter line in an unwrapped text is a menu, not the first half of a sentence

# "(DIRPA).Samedi dernier": a paragraph break whose line end was lost. Two small letters or a closing sign
# before the point keep `M.Macron`, `U.S.A` and `J.-L.` whole; an address has no capital after its point.
_LOST_BREAK = re.compile(
    r"(?:(?<=[a-zà-ÿ]{2})|(?<=[»”)\]%0-9]))[.!?…](?:[»”]|\"(?=[A-ZÀ-Þ«“]))?(?:\.\.)?"
    r"(?=[A-ZÀ-Þ][a-zà-ÿ'’ ]|[«“])(?![A-ZÀ-Þ][\w-]{0,20}\.\w)"
)
_WIDE_GAP = re.compile(r"(?<=[.!?…»”\"])(?:[ \u00a0\t]{2,})(?=[A-ZÀ-Þ«\"“])")
_INLINE_SUBHEAD = re.compile(r"(?<=[.!?…»”\"])\s(?=[-–]\s[^\s-][^-–]{2,70}?\s[-–]\s[A-ZÀ-Þ«\"“])")
_MIN_PIECE = 60
_LONG = 900  # wide gaps between sentences are paragraph breaks only in a long line


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `first`, `last`: raw input lines, 1-based; `gap`: a blank line stands before it.

    `wraps`: where in `text` each raw line but the first begins.
    """

    text: str
    first: int
    last: int
    gap: bool
    wraps: tuple[int, ...] = ()

    def number(self, at: int) -> int:
        """The raw line that this place of the text is from."""
        return self.first + bisect_right(self.wraps, at)


def read_lines(text: str, is_fixed: Callable[[str], bool]) -> list[Line]:
    """The lines of `text` in order, blank ones left out.

    Args:
        text: the whole dispatch.
        is_fixed: says which lines stand alone (stamps, credits, furniture…) and are never joined.
    """
    lines = list(_raw(text))
    return [piece for line in _joined(lines, is_fixed) for piece in _parted(line)]


def _raw(text: str) -> Iterator[Line]:
    gap = False
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        if not (line := raw.strip()):
            gap = True
            continue
        yield Line(line, number, number, gap)
        gap = False


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text was hard-wrapped. `separated`: blank lines stand between all its paragraphs."""

    width: int
    separated: bool


def _joined(lines: list[Line], is_fixed: Callable[[str], bool]) -> list[Line]:
    """Hard wraps undone. Where nothing says that the text is wrapped, only halves of sentences are joined."""
    wrap = _wrap(lines)
    joined: list[Line] = []
    before = ""  # the raw line before, not the paragraph joined so far
    for line in lines:
        right = line.text
        if (
            joined
            and not line.gap
            and (
                _is_wrapped(joined[-1].text, before, right, wrap, is_fixed)
                if wrap
                else _goes_on(before, right, is_fixed)
            )
        ):
            glue = "" if _HYPHEN_END.search(before) and right[0].isalpha() else " "
            begun = joined[-1].text + glue
            wraps = (*joined[-1].wraps, len(begun))
            joined[-1] = replace(joined[-1], text=begun + right, last=line.last, wraps=wraps)
        else:
            joined.append(line)
        before = right
    return joined


def _wrap(lines: list[Line]) -> _Wrap | None:
    """How the text is wrapped, or None. Wrapped text breaks often inside sentences, before small letters."""
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if not b.gap]
    possible = [(a, b) for a, b in pairs if _MIN_WIDTH <= len(a) <= _MAX_WIDTH]
    broken = [a for a, b in possible if _is_open(a) and b[0].islower()]
    if len(broken) < 2 or len(broken) * 4 < len(possible) or len(possible) * 2 < len(pairs):
        return None
    width = max(map(len, broken))
    full = sum(_is_full(a, b, width) for a, b in pairs)
    return _Wrap(width, any(line.gap for line in lines[1:]) and full >= 0.9 * len(pairs))


def _is_full(left: str, right: str, width: int) -> bool:
    """True if the first word of `right` had no room left in `left`."""
    return len(left) + 1 + len(right.split(maxsplit=1)[0]) > width


def _is_wrapped(paragraph: str, left: str, right: str, wrap: _Wrap, is_fixed: Callable[[str], bool]) -> bool:
    """True if `right` goes on with the paragraph so far, whose last line is `left`, in a wrapped text."""
    if not _is_full(left, right, wrap.width):
        return _goes_on(left, right, is_fixed, min_left=_MIN_LEFT // 2)
    if wrap.separated or (right[0].islower() and _is_open(left)):
        return not is_fixed(paragraph)  # a wrapped line by itself may look like anything
    if is_fixed(left) or is_fixed(right) or read_dateline(right) or read_label(right):
        return False
    # A sentence that ends with a full line may end the paragraph too: then quotes and length must tell.
    return _is_open(left) or (right[0] not in _QUOTES and len(paragraph) < _TYPICAL_PARAGRAPH)


def _goes_on(left: str, right: str, is_fixed: Callable[[str], bool], min_left: int = _MIN_LEFT) -> bool:
    """True if `right` is the second half of a sentence that `left` begins."""
    if is_fixed(left) or is_fixed(right) or len(left) < min_left or not _is_open(left):
        return False
    return right[0].islower() or (_OPEN_END.search(left) is not None and len(left) <= _MAX_WIDTH)


def _is_open(line: str) -> bool:
    return _SENTENCE_END.search(line) is None


def _parted(line: Line) -> Iterator[Line]:
    """The paragraphs that were glued into one line, or the line itself."""
    gap, at = line.gap, 0
    for piece in _pieces(line.text):
        at = line.text.index(piece, at)
        text = _SPACES.sub(" ", piece).strip()
        if text:
            begin = at + len(piece) - len(piece.lstrip())
            end = begin + len(piece.strip())
            yield Line(text, line.number(begin), line.number(end - 1), gap)
            gap = False
        at += len(piece)


def _pieces(text: str) -> list[str]:
    cuts = set(_lost_breaks(text))
    if len(text) > _LONG:
        cuts |= {match.end() for match in _WIDE_GAP.finditer(text)}
    starts = [0]
    for cut in sorted(cuts):
        if cut - starts[-1] >= _MIN_PIECE and len(text) - cut >= _MIN_PIECE:
            starts.append(cut)
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [part for piece in pieces for part in _around_subheads(piece)]


def _lost_breaks(text: str) -> Iterator[int]:
    """Where paragraphs were glued. A straight quote there may end the first one or begin the second."""
    quotes, counted = 0, 0
    for match in _LOST_BREAK.finditer(text):
        end = match.end()
        if text[end - 1] == '"':
            quotes, counted = quotes + text.count('"', counted, end - 1), end - 1
            end -= quotes % 2 == 0
        yield end


def _around_subheads(text: str) -> list[str]:
    """Parts a line at dashed subheads inside it: `… fermées. - Grosse perte - Plus loin, …`."""
    parts, start = [], 0
    for match in _INLINE_SUBHEAD.finditer(text):
        head = re.compile(r"[-–]\s[^-–]{2,72}?\s[-–](?=\s)").match(text, match.end())
        if head is None or match.start() - start < _MIN_PIECE:
            continue
        parts += [text[start : match.start()], head.group()]
        start = head.end()
    return [*parts, text[start:]]
