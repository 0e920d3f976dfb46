"""Numbers of the source that a translation leaves out, and whether the model, led to them, has understood.

A model can be made to write any number anywhere. It has understood the number if it looks at it while it
writes it, and lets it count what it counts in the source; else what was left out would only be said wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from translate.domain import Finding, Lang
from translate.engines.alignment import Link
from translate.revision.places import Place, suits
from translate.revision.restoring import added, form, is_seen
from translate.text.checks.counted import unit
from translate.text.checks.figures import Figure
from translate.text.checks.numbers import gaps
from translate.text.house.figures import is_ordinal

_HOURS = 24


def dropped(source: str, text: str, lang: Lang) -> dict[Figure, str | None]:
    """The numbers of the source that are not in the translation; and how each is written, if that is sure."""
    missing, _ = gaps(source, text, lang)
    return {gap.figure: _whole(source, gap.figure, lang) for gap in missing if gap.figure is not None}


def _whole(source: str, figure: Figure, lang: Lang) -> str | None:
    """A number with what belongs to it: `12%`, 第14. Of 20 heures nobody knows: an hour, or how many?"""
    new = form(source, figure, lang)
    if new is None or (unit(source, figure.end, Lang.FR) == "hour" and max(figure.values) <= _HOURS):
        return None
    if lang is Lang.ZH and is_ordinal(source[figure.start : figure.end]):
        return f"第{new}"
    return f"{new}%" if figure.percent else new


def understood(
    source: str, text: str, links: Sequence[Link], lost: Mapping[Figure, str | None], lang: Lang
) -> tuple[Finding, ...]:
    """A note for each of the `lost` numbers that `text` has; none at all if one of them is not understood, or
    another number was lost for them.

    `links`: of `source` and `text`. `lost`: all that were missing before.
    """
    left = {gap.figure for gap in gaps(source, text, lang)[0] if gap.figure is not None}
    if not left < lost.keys():
        return ()
    notes = []
    for figure, new in lost.items():
        if figure in left:
            continue
        place = _place(text, new) if new else None
        if new is None or place is None or not is_seen(links, figure, place, source):
            return ()
        if not suits(source, figure, text, place, lang):
            return ()
        span = (place.start, place.start + len(new.lstrip("第")))
        notes.append(added(source, (figure.start, figure.end), new, span))
    return tuple(notes)


def _place(text: str, new: str) -> Place | None:
    """Where a number stands, as it was written; None if it became a part of another, or stands twice."""
    bare = new.removesuffix("%").removeprefix("第")
    found = list(re.finditer(rf"(?<![\d.,]){re.escape(bare)}(?![\d.,]*\d|[十百千万亿])", text))
    if len(found) != 1:
        return None
    (match,) = found
    is_percent = text[match.end() : match.end() + 1] in ("%", "％")
    behind = text[: match.start()].endswith("第") or re.search(r"\d(?:st|nd|rd|th)$", bare) is not None
    return Place(match.start(), match.end(), is_percent, behind)
