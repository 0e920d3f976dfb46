"""Numbers, percentages, dates and hours of a sentence against those of its translation."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from translate.domain import Finding, Lang, Severity
from translate.text.checks import chinese, english, feasts, french, persons
from translate.text.checks.figures import Figure, Moment, Reading, Trust, values

_READERS: Mapping[Lang, Callable[[str], Reading]] = {
    Lang.FR: french.read,
    Lang.EN: english.read,
    Lang.ZH: chinese.read,
}
# The number of a paragraph: `14. `, `2.26 ` is often on one side only.
_ENUMERATOR = re.compile(
    r"\s*(?:(?:\(?\d{1,3}[.)．]|[A-Z]\.)\s?(?!\d)|\d{1,3}(?:\.\d{1,3})+\.?\s(?=[A-ZÀ-Ý\u3400-\u9fff]))"
)
# The number of a footnote: `(Malvinas)1, `, `[23]`, at the very end `"18`.
_FOOTNOTE = re.compile(
    r"(?<=[)”»\]])\d{1,2}(?![\d.,]\d)(?!\s?[%°\w])|(?<=\[)\d{1,3}(?=\])|(?<=[\"'])\d{1,2}(?=\W*$)"
)

# A list in a French sentence, up to its last item: `de Bâle, de Rotterdam et `.
_LIST = re.compile(r"[^,;:.()]+(?:, [^,;:.()]+)+?,? (?:et|ou|ainsi que) ")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands on one side only: its code, where, how sure it is, and what it may have become.

    `figure`: the number, unless it is a date or an hour; `moment`: that.
    """

    code: str
    span: Span
    trust: Trust
    kind: str = "number"  # or day, weekday, clock
    figure: Figure | None = None
    moment: Moment | None = None


@lru_cache(maxsize=1024)  # a sentence is read once for all its targets
def read(text: str, lang: Lang) -> Reading:
    """What counts or dates in a sentence of any of the three languages."""
    return _READERS[lang](text)


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """What the translation counts or dates otherwise than the source."""
    missing, extra = gaps(source, target, lang)
    said, told = read(source, Lang.FR), read(target, lang)
    if people := persons.otherwise(source, target, said, told):
        span, became = people
        message = f"“{source[slice(*span)]}” became “{target[slice(*became)]}”"
        yield Finding("numbers", Severity.ERROR, message, span, became)
        missing = [gap for gap in missing if gap.span != span]
        extra = [gap for gap in extra if gap.span != became]
    yield from _paired(source, target, missing, extra)
    if not missing and not extra:
        yield from _percentages(source, target, said, told)


def gaps(source: str, target: str, lang: Lang) -> tuple[list[Gap], list[Gap]]:
    """What counts or dates in the source only, and in the translation only."""
    said, told = read(source, Lang.FR), read(target, lang)
    missing = [*_unmatched_moments(said, told), *_unmatched_figures(source, said, told)]
    extra = [
        *_unmatched_moments(told, said, is_target=True),
        *_unmatched_figures(target, told, said, source=source),
    ]
    return _without_feasts(missing, target, lang), _without_feasts(extra, source, Lang.FR)


def _without_feasts(some: list[Gap], other: str, lang: Lang) -> list[Gap]:
    """Those but for the days that the other side calls by name."""
    return [
        each for each in some if each.moment is None or not _is_feast(each.moment, each.kind, other, lang)
    ]


def _is_feast(moment: Moment, kind: str, other: str, lang: Lang) -> bool:
    return kind == "day" and len(moment.key) == 2 and feasts.is_named(*moment.key, other, lang)


def _unmatched_figures(text: str, ours: Reading, theirs: Reading, source: str | None = None) -> Iterator[Gap]:
    """The numbers of `ours` that stand nowhere in `theirs`; where `ours` is the translation, `source` is its
    source, which may explain them."""
    known = theirs.values
    enumerator = _ENUMERATOR.match(text)
    notes = (
        {match.start() for match in _FOOTNOTE.finditer(text)}
        if "]" in text or ")" in text or '"' in text
        else ()
    )
    for figure in ours.figures:
        if figure.trust is Trust.HINT or figure.values & known:
            continue
        if source is not None and _is_explained(text, figure, ours, theirs, source):
            continue
        if figure.start in notes or (enumerator and figure.start < enumerator.end()):
            continue
        if figure.values <= {1.0, 0.0} and (figure.trust is not Trust.FIRM or ours.lang is Lang.ZH):
            continue  # Chinese counts what others give an article: 1名
        code = "dates" if figure.is_year else "numbers"
        yield Gap(code, (figure.start, figure.end), figure.trust, figure=figure)


def _is_explained(text: str, figure: Figure, told: Reading, said: Reading, source: str) -> bool:
    """True for a number of the translation that the source implies: a year that is understood, the year of a
    resolution (`1540 (2004)`), the number of what it lists (`the three conventions`)."""
    if figure.is_year:
        return _is_symbol(text, figure) or _is_understood(figure, told, said)
    return figure.trust is Trust.SPELLED and any(3 <= value <= _listed(source) for value in figure.values)


def _is_symbol(text: str, figure: Figure) -> bool:
    """True for a year in brackets right after a number: it is a part of what that number names."""
    before, after = text[max(0, figure.start - 3) : figure.start], text[figure.end : figure.end + 1]
    return after in (")", "）") and re.search(r"\d\s?[(（]$", before) is not None


def _is_understood(figure: Figure, told: Reading, said: Reading) -> bool:
    """True for a year beside a month that has none in the source, next to another year of the source."""
    years = {value for each in said.figures if each.is_year for value in each.values}
    (year, *others) = figure.values
    if others or not {year - 1, year + 1} & years:
        return False
    months = {moment.key[-1] for moment in said.months}
    return any(
        moment.key[-1] in months
        and (0 <= moment.start - figure.end <= 1 or 0 <= figure.start - moment.end <= 2)
        for moment in (*told.days, *told.months)
    )


def _listed(source: str) -> int:
    """How many things the longest list of a sentence has: `Bâle, Rotterdam et Stockholm` are three."""
    return max((2 + match[0].count(",") for match in _LIST.finditer(source)), default=0)


def _is_right_weekday(weekday: Moment, ours: Reading) -> bool:
    """True for the day of the week that a date of the same text is: 15 January 2015 was a Thursday."""
    years = {int(value) for figure in ours.figures if figure.is_year for value in figure.values}
    return any(
        day <= monthrange(year, month)[1] and date(year, month, day).weekday() == weekday.key[0]
        for year in years
        for day, month in (moment.key for moment in ours.days)
        if day
    )


def _unmatched_moments(ours: Reading, theirs: Reading, *, is_target: bool = False) -> Iterator[Gap]:
    """The dates, months, weekdays and hours of `ours` that `theirs` does not have."""
    days = {moment.key for moment in theirs.days}
    months = {moment.key[-1] for moment in (*theirs.days, *theirs.months)}
    for moment in ours.days:
        day, month = moment.key
        if moment.key not in days and not (day in theirs.values and (not months or month in months)):
            yield Gap("dates", (moment.start, moment.end), Trust.FIRM, "day", moment=moment)
    for moment in ours.months:
        if moment.trust is Trust.FIRM and moment.key[0] not in months:
            yield Gap("dates", (moment.start, moment.end), Trust.FIRM, "day", moment=moment)
    weekdays = {moment.key for moment in theirs.weekdays}
    for moment in ours.weekdays:
        if moment.trust is Trust.FIRM and moment.key not in weekdays:
            if is_target and not weekdays and _is_right_weekday(moment, ours):
                continue
            yield Gap("dates", (moment.start, moment.end), Trust.SPELLED, "weekday", moment=moment)
    for moment in ours.clocks:
        if moment.trust is Trust.FIRM and not _has_clock(moment.key, theirs):
            yield Gap("times", (moment.start, moment.end), Trust.FIRM, "clock", moment=moment)


def _has_clock(key: tuple[int, ...], theirs: Reading) -> bool:
    """True if `theirs` has the hour, on the same half of the day if it says which, or the duration."""
    hour, minute = key[:2]
    for moment in theirs.clocks:
        if moment.key[:2] == (hour, minute) or (moment.key == (hour % 12, minute, 12)):
            return True
    places = {moment.start for moment in theirs.clocks if moment.trust is Trust.FIRM}
    numbers = {value for figure in theirs.figures if figure.start not in places for value in figure.values}
    return bool(values(hour + minute / 60) & numbers) or values(hour, minute) <= numbers | {0.0}


def _paired(source: str, target: str, missing: Sequence[Gap], extra: Sequence[Gap]) -> Iterator[Finding]:
    """One finding for a number and what became of it, one for each that is left."""
    rest = list(extra)
    for gap in missing:
        same = [each for each in rest if each.kind == gap.kind]
        other = next((each for each in same if each.code == gap.code), same[0] if same else None)
        shown = f"“{_text(source, gap)}”"
        if other is None:
            message = f"{shown} is not in the translation"
            yield Finding(gap.code, _severity(gap), message, source_span=gap.span)
        else:
            rest.remove(other)
            message = f"{shown} became “{_text(target, other)}”"
            yield Finding(gap.code, _became(gap, other), message, gap.span, other.span)
    for gap in rest:
        message = f"“{_text(target, gap)}” is not in the source"
        yield Finding(gap.code, _severity(gap), message, target_span=gap.span)


def _severity(gap: Gap) -> Severity:
    return Severity.ERROR if gap.trust is Trust.FIRM else Severity.WARNING


def _became(gap: Gap, other: Gap) -> Severity:
    """A day of the week that is left out may be understood; another one is wrong."""
    if gap.kind == "weekday":
        return Severity.ERROR
    return _severity(max(gap, other, key=lambda each: each.trust))


def _text(text: str, gap: Gap) -> str:
    return text[slice(*gap.span)].strip()


def _percentages(source: str, target: str, said: Reading, told: Reading) -> Iterator[Finding]:
    """A percentage whose number is kept, but no longer as a percentage."""
    ours = _percent_values(said.figures)
    theirs = _percent_values(told.figures)
    bare = frozenset(v for f in told.figures if not f.percent and f.trust is not Trust.HINT for v in f.values)
    for figure in said.figures:
        if figure.percent and not figure.values & theirs and figure.values & bare:
            message = f"“{source[figure.start : figure.end].strip()}” is no percentage in the translation"
            yield Finding("percentages", Severity.WARNING, message, source_span=(figure.start, figure.end))
    plain = frozenset(v for f in said.figures if _is_plain(f) for v in f.values)
    for figure in told.figures:
        if figure.percent and not figure.values & ours and figure.values & plain:
            message = f"“{target[figure.start : figure.end].strip()}” is no percentage in the source"
            yield Finding("percentages", Severity.WARNING, message, target_span=(figure.start, figure.end))


def _is_plain(figure: Figure) -> bool:
    return figure.trust is Trust.FIRM and not figure.percent and not figure.is_points


def _percent_values(figures: Iterable[Figure]) -> frozenset[float]:
    return frozenset(value for figure in figures if figure.percent for value in figure.values)


def moments(reading: Reading) -> tuple[Moment, ...]:
    """Every date and hour of a sentence."""
    return (*reading.days, *reading.months, *reading.weekdays, *reading.clocks)
