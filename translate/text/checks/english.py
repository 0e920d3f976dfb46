"""Numbers, dates and hours of an English sentence: `1,234.5`, `$1.3bn`, `Oct. 9`, `3:30 p.m.`, `21st`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from translate.domain import Lang
from translate.text.checks import lasting, roman, spelled
from translate.text.checks.figures import (
    FOOTNOTE,
    Figure,
    Mask,
    Moment,
    Reading,
    Trust,
    glued,
    hints,
    values,
    words_of,
)

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3}(?!\d))+|\d+)(?:\.\d+)?"
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "thousand million": 1e9,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "k": 1e3,
}
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})"
    r"(?:\)?[ \u00a0-](?P<scale>thousand million|hundred|thousand|(?:m|b|tr)illion(?=s?\b))s?\b"
    r"|(?P<short>mn|bn|tn|m|b|k)\b)?"
    r"(?P<percent>\s?%|[ -](?:percent|per cent)(?:age)?\b)?"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"(?P<decade>['’]?s\b)?",
    re.IGNORECASE,
)
# A-400, COVID-19, G20, 5G
_CODE = re.compile(
    r"\b(?!Magnitude-)[A-Z][A-Za-z0-9.]*[-–/+]?\d+|\d+(?!st\b|nd\b|rd\b|th\b|s\b|mn\b|bn\b|tn\b|[mbk]\b)[A-Za-z]\w*"
)
_SHARES = re.compile(r"\s?(?:to|and|or|-|–)(?:\s[a-z]+)?\s?(?:[$€£¥]|US\$)?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|Jun(?:e|\.)|Jul(?:y|\.)|Aug(?:ust|\.)"
    r"|Sept(?:ember|\.)|Sep\.|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_MORE = r"((?:\s?(?:-|–|to|and|or|,)\s?(?:the\s)?\d{1,2}(?:st|nd|rd|th)?(?![\d,:]))*)"
_DATE = re.compile(
    rf"\b({_MONTH})\s{_NTH}{_MORE}(?:,?\s((?:19|20)\d\d)\b)?"
    rf"|\b(?:the\s)?(\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and|or|,)\s?(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?)*)"
    rf"\s(?:of\s)?({_MONTH})(?:,?\s((?:19|20)\d\d)\b)?"
)
_LONE_MONTH = re.compile(rf"\b{_MONTH}(?!\w)")
_UNSURE = ("may", "march", "mar.")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {form: number for number, name in enumerate(_DAYS) for form in (name, f"{name}s")}
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.](\d\d))?\s?(a|p)\.?m\b\.?|\b(\d{1,2}):(\d\d)(?![:\d])|\b(\d{1,2})\s?h\s?(\d\d)?\b"
    r"|\b(\d\d)(\d\d)(?=(?:\s(?:and|to)\s\d{4})?\s(?:GMT|UTC|hours)\b)"
    r"|(?<=\bat )(\d\d)(\d\d)(?=[,.;:]\s|\s(?:on|local)\b)",
    re.IGNORECASE,
)
_NOONS = {"noon": 12, "midday": 12, "midnight": 0}
_DIGIT = re.compile(r"\d")
_SUM = re.compile(r"(?:\b(?:Euro|EUR|USD|US|RMB|CHF|GBP)|\$[A-Z])(?=\d)")  # EUR5, $A5
_OCLOCK = re.compile(r"\b(\d{1,2}) o['’]clock\b")


def read(text: str) -> Reading:
    """What counts or dates in an English sentence."""
    mask = Mask(text)
    has_digits = _DIGIT.search(text) is not None
    if has_digits:
        mask.text = _SUM.sub(lambda code: "$" * len(code[0]), text)
    races = tuple(lasting.read(mask, Lang.EN)) if has_digits else ()
    clocks = tuple(_clocks(mask)) if has_digits else ()
    dates = tuple(_dates(mask)) if has_digits else ()
    months = tuple(_months(mask))
    figures = [*races, *(_figures(mask) if has_digits else ()), *_extra(mask, dates, clocks)]
    written = words_of(mask.text, _wanted())
    weekdays = tuple(
        Moment(word.start, word.end, (day,))
        for word in written
        if (day := _WEEKDAYS.get(word.text)) is not None
    )
    noons = tuple(
        Moment(word.start, word.end, (_NOONS[word.text], 0), Trust.HINT)
        for word in written
        if word.text in _NOONS
    )
    figures += spelled.read(mask.text, Lang.EN, written)
    days = tuple(day for day, _ in dates)
    return Reading(Lang.EN, tuple(figures), days, months, weekdays, (*clocks, *noons))


@cache
def _wanted() -> frozenset[str]:
    """The words that count or date."""
    return spelled.vocabulary(Lang.EN) | _WEEKDAYS.keys() | _NOONS.keys()


def _month(word: str) -> int:
    return 1 + _MONTHS.index(word[:3].lower())


def _dates(mask: Mask) -> Iterator[tuple[Moment, int | None]]:
    """Each day with its year; it is hidden from what is read later."""
    for match in _DATE.finditer(mask.text):
        month = _month(match[1] or match[6])
        days = [int(each) for each in re.findall(r"\d+", f"{match[2]} {match[3]}" if match[1] else match[5])]
        year = match[4] or match[7]
        if any(day > 31 or day < 1 for day in days):
            continue
        for day in days:
            yield Moment(match.start(), match.end(), (day, month)), int(year) if year else None
        mask.hide(match.start(), match.end())


def _months(mask: Mask) -> Iterator[Moment]:
    for match in _LONE_MONTH.finditer(mask.text):
        trust = Trust.HINT if match[0].lower() in _UNSURE else Trust.FIRM
        yield Moment(match.start(), match.end(), (_month(match[0]),), trust)


def _clocks(mask: Mask) -> Iterator[Moment]:
    for match in _CLOCK.finditer(mask.text):
        hour = int(match[1] or match[4] or match[6] or match[8] or match[10])
        minute = int(match[2] or match[5] or match[7] or match[9] or match[11] or 0)
        if hour > 24 or minute > 59:
            continue
        key: tuple[int, ...] = (hour % 24, minute)
        if match[3]:
            key = (hour % 12 + (12 if match[3].lower() == "p" else 0), minute)
        yield Moment(match.start(), match.end(), key)
        mask.hide(match.start(), match.end())
    for match in _OCLOCK.finditer(mask.text):
        yield Moment(match.start(), match.end(), (int(match[1]) % 12, 0, 12), Trust.HINT)


def _extra(
    mask: Mask, dates: tuple[tuple[Moment, int | None], ...], clocks: tuple[Moment, ...]
) -> Iterator[Figure]:
    for moment, year in dates:
        yield hints(moment.start, moment.end, moment.key)
        if year:
            yield Figure(moment.start, moment.end, values(year), Trust.FIRM, is_year=True)
    for clock in clocks:
        hour, minute = clock.key[:2]
        yield hints(clock.start, clock.end, (hour, minute, hour % 12, hour % 12 + 12, hour + minute / 60))
    yield from roman.read(mask.text)


def _figures(mask: Mask) -> Iterator[Figure]:
    for match in _CODE.finditer(mask.text):
        yield hints(match.start(), match.end(), (float(n) for n in re.findall(r"\d+", match[0])[:4]))
        if match[0][0].isalpha():
            mask.hide(match.start(), match.end())
    for match in FOOTNOTE.finditer(mask.text):
        yield hints(match.start(), match.end(), (int(match[0]),))
    found = list(_FIGURE.finditer(mask.text))
    for match, after in zip(found, [*found[1:], None], strict=False):
        if _CODE.match(mask.text, match.start()) and not match["ordinal"]:
            continue
        word = match["scale"] or match["short"]
        scale = _SCALES[word.lower()] if word else 1.0
        value = float(match["number"].replace(",", ""))
        several = {value * scale}
        if match["short"]:
            several.add(value)  # 5m: five metres
        if match["decade"] and value < 100:
            several |= {1900 + value, 2000 + value}
        shares = after is not None and _SHARES.fullmatch(mask.text[match.end() : after.start()])
        if after is not None and shares and after["scale"] and not word:
            several.add(value * _SCALES[after["scale"].lower()])
        several |= glued(match["number"])
        is_year = match["number"].isdigit() and 1800 <= value <= 2100 and not word
        percent = match["percent"] is not None
        if (
            after is not None
            and after["percent"]
            and not is_year
            and _SHARES.fullmatch(mask.text[match.end() : after.start()])
        ):
            percent = True
        yield Figure(
            match.start(), match.end(), values(*several), Trust.FIRM, percent=percent, is_year=is_year
        )
        mask.hide(match.start(), match.end())
