"""Days of the week that a translation leaves out, and whether the model, led to them, has understood.

It has if it looks at the day while it writes it; where else it would say it, nobody knows what happened then.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate.domain import Finding, Lang
from translate.engines.alignment import Link
from translate.revision.looking import clearest, share
from translate.revision.restoring import added
from translate.text.checks.figures import Moment
from translate.text.checks.numbers import gaps, moments, read


def dropped(source: str, text: str, lang: Lang) -> dict[Moment, tuple[str, ...]]:
    """The days of the source that are not in the translation, and how each may be written.

    None at all where the translation has another day, which may be meant for it.
    """
    missing, extra = gaps(source, text, lang)
    if any(gap.kind == "weekday" for gap in extra):
        return {}
    return {
        gap.moment: _forms(gap.moment.key[0], lang)
        for gap in missing
        if gap.moment is not None and gap.kind == "weekday"
    }


def understood(
    source: str, text: str, links: Sequence[Link], lost: Sequence[Moment], lang: Lang
) -> tuple[Finding, ...]:
    """A note for each of the `lost` days that `text` has; none at all if one of them is not understood.

    `links`: of `source` and `text`. `lost`: all that were missing before.
    """
    left = dropped(source, text, lang).keys()
    every = moments(read(source, Lang.FR))
    notes = []
    for day in lost:
        if day in left:
            continue
        places = [each for each in read(text, lang).weekdays if each.key == day.key]
        if len(places) != 1:
            return ()
        span = (places[0].start, places[0].end)
        which = clearest([share(links, (each.start, each.end), span) for each in every])
        if which is None or every[which] != day:
            return ()
        notes.append(added(source, (day.start, day.end), text[slice(*span)], span))
    return tuple(notes)


def _forms(day: int, lang: Lang) -> tuple[str, ...]:
    from translate.text.house.moments import WEEKDAYS, ZH_WEEKDAYS  # which few sentences need

    if lang is Lang.ZH:
        return (f"周{ZH_WEEKDAYS[day]}",)
    return (f"on {WEEKDAYS[day]}", WEEKDAYS[day])
