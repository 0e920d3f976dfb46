"""Days of the week, months and dates that a translation leaves out, and whether the model, led to them,
has understood.

It has if it looks at the French one while it writes it; where else it would say it, nobody knows what
happened then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from translate.domain import Finding, Lang
from translate.engines.alignment import Link
from translate.revision.looking import clearest, share
from translate.revision.restoring import added
from translate.text.checks.figures import Moment, Reading
from translate.text.checks.numbers import Gap, gaps, moments, read

_KINDS: Final = frozenset({"weekday", "day"})


def dropped(source: str, text: str, lang: Lang) -> dict[Gap, tuple[str, ...]]:
    """The days, months and dates of the source that are not in the translation, and how each may be written.

    None of a kind of which the translation has another one, which may be meant for it.
    """
    missing, extra = gaps(source, text, lang)
    others = {gap.kind for gap in extra}
    return {
        gap: _forms(gap, lang)
        for gap in missing
        if gap.moment is not None and gap.kind in _KINDS and gap.kind not in others
    }


def understood(
    source: str, text: str, links: Sequence[Link], lost: Sequence[Gap], lang: Lang
) -> tuple[Finding, ...]:
    """A note for each of the `lost` that `text` has; none at all if one of them is not understood.

    `links`: of `source` and `text`. `lost`: all that were missing before.
    """
    left = {gap.moment for gap in dropped(source, text, lang)}
    every = moments(read(source, Lang.FR))
    notes = []
    for gap in lost:
        if gap.moment is None or gap.moment in left:
            continue
        places = [each for each in _written(gap, read(text, lang)) if each.key == gap.moment.key]
        if len(places) != 1:
            return ()
        span = (places[0].start, places[0].end)
        which = clearest([share(links, (each.start, each.end), span) for each in every])
        if which is None or every[which] != gap.moment:
            return ()
        notes.append(added(source, gap.span, text[slice(*span)], span))
    return tuple(notes)


def _written(gap: Gap, reading: Reading) -> tuple[Moment, ...]:
    """All of a text that are of the same kind."""
    if gap.kind == "weekday":
        return reading.weekdays
    return reading.months if _is_month(gap) else reading.days


def _is_month(gap: Gap) -> bool:
    return gap.kind == "day" and gap.moment is not None and len(gap.moment.key) == 1


def _forms(gap: Gap, lang: Lang) -> tuple[str, ...]:
    from translate.text.house.moments import MONTHS, SHORT_MONTHS, WEEKDAYS, ZH_WEEKDAYS  # few need them

    assert gap.moment is not None
    *day, last = gap.moment.key
    if gap.kind == "weekday":
        return (f"周{ZH_WEEKDAYS[last]}",) if lang is Lang.ZH else (f"on {WEEKDAYS[last]}", WEEKDAYS[last])
    if not last:  # `le 12`: of which month, the sentence does not say
        return ()
    if lang is Lang.ZH:
        return (f"{last}月{day[0]}日" if day else f"{last}月",)
    if day:
        return (f"on {SHORT_MONTHS[last - 1]} {day[0]}", f"{SHORT_MONTHS[last - 1]} {day[0]}")
    return (f"in {MONTHS[last - 1]}", MONTHS[last - 1])
