"""Which words of a translation come from which words of its source, by a model's own attention.

Marian models trained with guided alignment are taught where to look by the first head of their last decoder
layer. Given a pair, the model is made to write the translation; what that head looked at becomes `Link`s.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Span = tuple[int, int]

# A number or a word; an ideograph, which is any other letter, stands for itself.
_LETTER = r"[^\W\d_\u3400-\u9fff]"
_WORD = re.compile(rf"\d+(?:[.,\u00a0\u202f]\d+)*|{_LETTER}(?:[’'-]?{_LETTER})*|[^\W\d_]")
_FAINT = 0.2  # of a piece's attention: less tells of no place
_CLEARLY = 1.5
_GAP = 2  # pieces within a translated term that may look elsewhere


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a translation and the piece of the source that it looks at most.

    `source`, `target`: half-open offsets in code points. `share` of its attention, 0 to 1.
    """

    source: Span
    target: Span
    share: float


def aligned(links: Sequence[Link], source: Span, translation: str) -> Span | None:
    """Where in `translation` the words at `source` are, in whole words; None if nothing looks at them.

    `links`: of the whole pair. Of several places the one that looks at the source most. A word that looks at
    others more belongs to them, as the verb behind a name may: it counts only where no word is left.
    """
    order = sorted({link.target for link in links})
    place = {target: number for number, target in enumerate(order)}
    those = [link for link in links if _overlap(link.source, source)]
    those = _own(those, links, translation) or [link for link in those if link.share >= _FAINT]
    hits = sorted(((place[link.target], link) for link in those), key=lambda hit: hit[0])
    runs: list[list[tuple[int, Link]]] = []
    for hit in hits:
        if runs and hit[0] - runs[-1][-1][0] <= _GAP:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    if not runs:
        return None
    best = max(runs, key=lambda run: sum(link.share for _, link in run))
    return _whole_words(translation, best[0][1].target[0], best[-1][1].target[1])


def _own(those: Sequence[Link], links: Sequence[Link], translation: str) -> list[Link]:
    """Those of `links` whose words look at what they link to clearly more than at anything else.

    Also counted is what is linked to a word because nothing looks at it: a verb may look at its subject most.
    """
    chosen = {id(link) for link in those}
    words = {link.target: _whole_words(translation, *link.target) for link in links}
    ours: dict[Span, float] = defaultdict(float)
    others: dict[Span, float] = defaultdict(float)
    for link in links:
        (ours if id(link) in chosen else others)[words[link.target]] += link.share
    most = max(ours.values(), default=0.0)
    kept = {
        word
        for word, own in ours.items()
        if own >= others[word] * (1 if own == most else _CLEARLY)  # the first of them is not to be lost
    }
    return [link for link in those if words[link.target] in kept]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _whole_words(text: str, start: int, end: int) -> Span:
    touched = [match.span() for match in _WORD.finditer(text) if _overlap(match.span(), (start, end))]
    return (min([start, *(first for first, _ in touched)]), max([end, *(last for _, last in touched)]))


def links(attention: NDArray[np.float32], source: Sequence[Span], target: Sequence[Span]) -> tuple[Link, ...]:
    """The links of one pair, in the order of the translation. `attention`: target pieces x source pieces.

    Each piece of the translation has one; a piece of the source that none of them looks at gets one from
    the piece that looks at it most. Pieces without a visible character have none.
    """
    rows = [number for number, span in enumerate(target) if span[0] < span[1]]
    columns = [number for number, span in enumerate(source) if span[0] < span[1]]
    if not rows or not columns:
        return ()
    seen = attention[rows][:, columns]  # (T, S)
    pairs = {(row, int(column)): None for row, column in enumerate(seen.argmax(1))}
    looked_at = {column for _, column in pairs}
    strongest = seen.argmax(0)
    pairs |= {
        (int(strongest[column]), column): None for column in range(len(columns)) if column not in looked_at
    }
    return tuple(
        Link(source[columns[column]], target[rows[row]], round(float(seen[row, column]), 4))
        for row, column in sorted(pairs)
    )


def chained(first: Sequence[Link], second: Sequence[Link]) -> tuple[Link, ...]:
    """Links from the source of `first` to the target of `second`, through the text between them."""
    strongest: dict[tuple[Span, Span], float] = {}
    for end in second:
        for start in first:
            if _overlap(start.target, end.source):
                key = (start.source, end.target)
                strongest[key] = max(strongest.get(key, 0.0), start.share * end.share)
    found = (Link(source, target, round(share, 4)) for (source, target), share in strongest.items())
    return tuple(sorted(found, key=lambda link: (link.target, link.source)))


def spans(text: str, pieces: Sequence[str]) -> list[Span]:
    """Where each piece stands in `text`, without space around it; an empty span for one that is not seen.

    A piece splitter normalises first: `’` may have become `'`, `½` three characters. What differs between
    two equal stretches belongs together.
    """
    place = _places("".join(pieces).replace("▁", " "), text)
    found, done = [], 0
    for piece in pieces:
        first, done = done, done + len(piece)
        found.append(_trimmed(text, place[first][0], place[done - 1][1]))  # places never go back
    return found


def _places(written: str, text: str) -> list[Span]:
    """Where each character of `written` stands in `text`."""
    lead = len(written) - len(text)
    if lead in (0, 1) and written[:lead].isspace() == bool(lead) and _is_alike(written[lead:], text):
        return [(0, 0)] * lead + [(number, number + 1) for number in range(len(text))]
    place: list[Span] = []
    for kind, first, last, start, end in SequenceMatcher(None, written, text, False).get_opcodes():
        if kind == "equal" or last - first == end - start:
            place += [(start + number, start + number + 1) for number in range(last - first)]
        else:
            place += [(start, end)] * (last - first)
    return place


def _is_alike(one: str, other: str) -> bool:
    """True if they differ in signs at most, each in the place of another: most texts, and soon seen."""
    if one == other:
        return True
    return all(a == b or not (a.isalnum() or b.isalnum()) for a, b in zip(one, other, strict=True))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
