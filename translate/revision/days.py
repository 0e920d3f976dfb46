"""Days of the week, dates and months of the source put in the place of wrong ones.

One is the source's where the wrong one looks at it, or where both have the same day of the month; and where
one of the source and one of the translation are left, each without its counterpart, they belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from translate.domain import Lang
from translate.engines.alignment import Link
from translate.revision.looking import clearest, share
from translate.revision.restoring import Restored
from translate.revision.spans import Edit, Span, overlap
from translate.text.checks.figures import Moment, Reading, Trust
from translate.text.checks.numbers import Gap, gaps, moments, read

Key = tuple[int, ...]
_ELSE: Final[Key] = ()  # what is none of the dates that may be meant


@dataclass(frozen=True, slots=True)
class _Kind:
    """Dates, months or days of the week: the source's, the translation's, and what the latter has of them."""

    name: str
    ours: Sequence[Moment]
    theirs: Sequence[Moment]
    keys: set[Key]


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A date that the source has not. `shares`: what each of the source's has of the attention at it.

    `seen`: the one that has most, and clearly; None if none has, or nothing is known of it.
    """

    moment: Moment
    shares: Mapping[Key, float]
    seen: Key | None

    def may_be(self, key: Key) -> bool:
        """False if the model looked at something else; of several that it may be, also if not at this one."""
        is_alone = self.shares.keys() <= {key, _ELSE} or not self.shares
        return self.seen == key or (self.seen is None and (is_alone or self.shares[key] > 0))


def redated(
    source: str, text: str, links: Sequence[Link], lang: Lang, *, twice: bool = False
) -> list[Restored]:
    """What to write for the wrong days and months of a translation, in their order.

    `links`: of the whole pair; none if it is not known where the model looked. `twice`: also what makes it
    say a date again.
    """
    missing, extra = gaps(source, text, lang)
    if not any(gap.moment for gap in (*missing, *extra)):
        return []
    found = _left_french(source, text, missing) if lang is Lang.EN else []
    done = {one.span for one in found}
    said, told = read(source, Lang.FR), read(text, lang)
    strange = [gap.moment for gap in extra if gap.moment and not _is_moon(text, gap)]
    for kind in _kinds(said, told):
        wrong = [_wrong(moment, kind, said, links) for moment in strange if moment in kind.theirs]
        if wrong and kind.ours:
            lost = {each.key for each in kind.ours if _span(each) not in done} - kind.keys
            all_keys = {each.key for each in kind.ours}
            found += _edits(text, kind, _right(wrong, lost, all_keys if twice else lost), lang)
    return sorted(found, key=lambda one: one.edit.start)


def _kinds(said: Reading, told: Reading) -> Iterator[_Kind]:
    months = {each.key[-1:] for each in (*told.days, *told.months)}
    for name, ours, theirs, keys in (
        ("date", said.days, told.days, {each.key for each in told.days}),
        ("month", said.months, told.months, months),
        ("weekday", said.weekdays, told.weekdays, {each.key for each in told.weekdays}),
    ):
        yield _Kind(name, [each for each in ours if each.trust is Trust.FIRM], theirs, keys)


def _is_moon(text: str, gap: Gap) -> bool:
    """True for the month in 1月球: that is the moon."""
    return text[gap.span[1] : gap.span[1] + 1] == "球"


def _span(moment: Moment) -> Span:
    return moment.start, moment.end


def _wrong(moment: Moment, kind: _Kind, said: Reading, links: Sequence[Link]) -> _Wrong:
    if not links:
        return _Wrong(moment, {}, None)
    shares = {_ELSE: 0.0}
    for each in kind.ours:
        shares[each.key] = shares.get(each.key, 0.0) + share(links, _span(each), _span(moment))
    for span in (*map(_span, moments(said)), *((each.start, each.end) for each in said.figures)):
        if not any(overlap(span, _span(each)) for each in kind.ours):
            shares[_ELSE] = max(shares[_ELSE], share(links, span, _span(moment)))
    which = clearest(list(shares.values()))
    return _Wrong(moment, shares, None if which is None else list(shares)[which])


def _right(wrong: Sequence[_Wrong], lost: set[Key], allowed: set[Key]) -> dict[Moment, Key]:
    """What each wrong date should be, as far as that is sure.

    `lost`: what the source has and the translation has not. `allowed`: what may be put in.
    """
    found: dict[Moment, Key] = {}
    for each in wrong:
        near = _same_day(each.moment, lost) or _same_day(each.moment, allowed)
        if len(near) == 1:
            (key,) = near
            if each.seen is None or each.seen[-1:] == key[-1:]:  # of `du 7 au 10 avril` the 7 has no month
                found[each.moment] = key
        elif each.seen in allowed:
            found[each.moment] = each.seen
    left = lost - set(found.values())
    rest = [each for each in wrong if each.moment not in found]
    if len(left) == 1 and len({each.moment.key for each in rest}) == 1:
        (key,) = left
        found |= {each.moment: key for each in rest if each.may_be(key)}
    return found


def _same_day(moment: Moment, keys: set[Key]) -> set[Key]:
    """Of days with their months those that have the same day."""
    return {key for key in keys if len(key) == len(moment.key) == 2 and key[0] == moment.key[0]}


def _edits(text: str, kind: _Kind, right: Mapping[Moment, Key], lang: Lang) -> Iterator[Restored]:
    """One for each place: `October 9 to 12` are two dates in one."""
    for span in dict.fromkeys(map(_span, right)):
        keys = {moment.key: key for moment, key in right.items() if _span(moment) == span}
        old = text[slice(*span)]
        new = _written(old, kind.name, keys, lang)
        if new and new != old:
            those = [each for each in kind.ours if each.key in keys.values()]
            start, end = min(each.start for each in those), max(each.end for each in those)
            yield Restored((start, end), Edit(*span, new))


def _written(old: str, kind: str, right: Mapping[Key, Key], lang: Lang) -> str | None:
    from translate.text.house import calendar  # which few sentences need

    if kind == "date":
        return calendar.dates_like(old, right, lang)
    ((key,),) = right.values()
    return (calendar.weekday_like if kind == "weekday" else calendar.month_like)(old, key, lang)


_NAME: Final = r"(?i)\b(?:du|des?|la|les?|au)\s$"  # Journal du Dimanche
_HEAD: Final = r"(?:^|[.!?:«\"“(–-])\s*$"


def _left_french(source: str, text: str, missing: Sequence[Gap]) -> list[Restored]:
    """What an English sentence should say for days of the week and months that stand in it in French."""
    from translate.text.house.moments import MONTHS, WEEKDAYS

    found: dict[Span, Restored] = {}
    for gap in missing:
        if gap.moment is None or len(gap.moment.key) > 1:
            continue
        french, (key,) = source[slice(*gap.span)], gap.moment.key
        if french[0].isupper() and not re.search(_HEAD, source[: gap.span[0]]):
            continue  # a name
        is_weekday = gap.kind == "weekday"
        english = WEEKDAYS[key] if is_weekday else MONTHS[key - 1]
        before = r"(?:\b(?P<in>[Ii])n\s)?" if is_weekday else ""
        for match in re.finditer(rf"{before}(?<![^\W_])(?i:{french})(?![^\W_])", text):
            if not re.search(_NAME, text[: match.start()]):
                on = {"i": "on ", "I": "On "}.get(match.groupdict().get("in") or "", "")
                found.setdefault(match.span(), Restored(gap.span, Edit(*match.span(), f"{on}{english}")))
    return list(found.values())
