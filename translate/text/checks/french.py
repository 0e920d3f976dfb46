"""Numbers, dates and hours of a French sentence: `1.234,5`, `12 milliards`, `1er mars`, `15h30`, `XXIe`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from translate.domain import Lang
from translate.text.anatomy.dates import read_clock, read_day
from translate.text.checks import lasting, roman, spelled, turns
from translate.text.checks.figures import (
    FOOTNOTE,
    Figure,
    Mask,
    Moment,
    Reading,
    Trust,
    Word,
    glued,
    hints,
    values,
    words_of,
)
from translate.text.checks.scales import SCALE, SHORT, is_scaled, scale
from translate.text.tables import folded

_SPACE = r"[ \u00a0\u2009\u202f]"
NUMBER: Final = rf"(?:\d{{1,3}}(?:\.\d{{3}}(?![\d]))+|\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d))+|\d+)(?:[.,]\d+)?"
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<number>{NUMBER})"
    rf"(?:{SCALE})?"
    rf"(?P<percent>{_SPACE}?%|{_SPACE}pour{_SPACE}cent\b)?"
    r"(?P<ordinal>(?:er|re|ère|e|ème|nd|nde|èmes|es)\b)?"
)
# A-400, COVID-19, G20, 5G
_CODE = re.compile(rf"\b[A-Z][A-Za-z0-9.]*[-–/+]?\d+|\d+(?!{SHORT})[A-Za-z]\w*")
# The first number of `2,5 à 3 millions`, whose scale may stand with the second only.
_SHARES = re.compile(rf"{_SPACE}?(?:à|et|ou|-|–|voire)(?:{_SPACE}[a-z]+)?{_SPACE}?$")
_POINTS = re.compile(rf"{_SPACE}points?\b")
_OUT_OF = re.compile(r"¤(?:\s[\w'’-]+){0,3}\ssur\s$")  # the first number was read and is hidden
# What stands behind a number that counts what another of the sentence counts: `31 millions, puis 38`.
_BARE = re.compile(
    rf"[\"»”)]?(?:[.,;:!?](?!\d)|\s*$|{_SPACE}(?:et|ou|mais|contre|en|au|dans|selon|après|avant|depuis|lors|si|s['’]ils?)\b)"
)
# `46 sec 40`, `1 min 41 s 50`, `55 secondes 86 centièmes`: the hundredths may be written as decimals.
_SECONDS = re.compile(
    rf"\b(\d{{1,2}}){_SPACE}?(?:s|sec|secondes?)\.?{_SPACE}?(?:et{_SPACE})?(\d\d)(?:/100)?\b"
)
# `6 m 90`, `3 euros 50`: likewise.
_CENTS = re.compile(rf"\b(\d{{1,2}}){_SPACE}?(?:m|mètres?|euros?|€|francs?){_SPACE}(\d\d)\b(?![.,]\d)")
_RANGE = re.compile(
    r"\b(\d{1,2}|1er)(?=(?:\s?(?:au|et|ou|à|-|–|,)\s?(?:le\s)?(?:\d{1,2}|1er))+\s+"
    r"(janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)\b)",
    re.IGNORECASE,
)
_MONTH_NAMES = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_MONTHS |= {folded(name): number for name, number in _MONTHS.items()}
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_WEEKDAYS = {form: number for number, name in enumerate(_DAYS) for form in (name, f"{name}s")}
# What makes a feast of a day of the week, which has a name of its own in Chinese.
_HOLY = (
    " saint",
    " Saint",
    " gras",
    " des Cendres",
    " des Rameaux",
    " de Pâques",
    " de Pentecôte",
    " de l'Ascension",
)
_FOOLS = ("poisson d'", "poisson d’", "poissons d'", "poissons d’")
_SUNDAYS = frozenset(("dominical", "dominicale", "dominicales", "dominicaux"))
_DIGIT = re.compile(r"\d|\bpremier\b")
_DATE_START = re.compile(r"\b(?:\d|premier\b)")
_CLOCK_START = re.compile(r"\b\d{1,2}(?:\s?h\b|\s?h\s?\d\d\b|:\d\d)", re.IGNORECASE)
_CLOCK_SPACED = re.compile(rf"\b(\d{{1,2}}){_SPACE}h{_SPACE}(\d{{1,2}})\b(?![.,]\d)")  # 10 h 20
_SECTIONS = re.compile(r"\d+\.\d+")  # art. 10.103
_SECTION = re.compile(
    r"(?:\bart(?:icles?)?|\bsections?|\b(?:lois?|décrets?|ordonnances?|arrêtés?|normes?|versions?)|§|\bn[o°]s?)\.?\s*$"
)
# An hour or a duration: `à 8 heures` (8 a.m.), `20 heures` (20 hours).
_HOURS = re.compile(rf"\b(\d{{1,2}}){_SPACE}heures?(?:{_SPACE}(\d\d))?\b")


def read(text: str) -> Reading:
    """What counts or dates in a French sentence."""
    mask = Mask(text)
    written = words_of(text, _wanted())
    said = tuple(turns.read(mask))
    if said:
        written = [word for word in written if mask.text[word.start] != "¤"]
    has_digits = _DIGIT.search(text) is not None
    dates = tuple(_dates(mask)) if has_digits else ()
    races = tuple(lasting.read(mask, Lang.FR)) if has_digits else ()
    clocks = tuple(_clocks(mask, written)) if has_digits else ()
    weekdays, months = _named(text, written, [moment for moment, _ in dates])
    figures = [*said, *races, *(_figures(mask) if has_digits else ()), *_extra(mask, dates, clocks)]
    if has_digits:
        written = [word for word in written if mask.text[word.start] != "¤"]
    figures += spelled.read(mask.text, Lang.FR, written)
    return Reading(Lang.FR, tuple(figures), tuple(moment for moment, _ in dates), months, weekdays, clocks)


@cache
def _wanted() -> frozenset[str]:
    """The words that count or date."""
    return spelled.vocabulary(Lang.FR) | _WEEKDAYS.keys() | _MONTHS.keys() | _SUNDAYS | {"midi", "minuit"}


def _named(
    text: str, written: Sequence[Word], dates: Sequence[Moment]
) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
    """The days of the week, and the months that stand in no date."""
    weekdays, months = [], []
    for word in written:
        if (day := _WEEKDAYS.get(word.text)) is not None:
            trust = Trust.HINT if text.startswith(_HOLY, word.end) else Trust.FIRM
            weekdays.append(Moment(word.start, word.end, (day,), trust))
        elif word.text in _SUNDAYS:
            weekdays.append(Moment(word.start, word.end, (6,), Trust.HINT))
        elif (month := _MONTHS.get(word.text)) is not None:
            if any(date.start <= word.start < date.end for date in dates):
                continue
            is_none = (word.text == "mars" and word.is_capital) or text.endswith(_FOOLS, 0, word.start)
            months.append(Moment(word.start, word.end, (month,), Trust.HINT if is_none else Trust.FIRM))
    return tuple(weekdays), tuple(months)


def _dates(mask: Mask) -> Iterator[tuple[Moment, tuple[float, ...]]]:
    """Each date with the other numbers in it; it is hidden from what is read later."""
    for match in _RANGE.finditer(mask.text):
        day = 1 if match[1] == "1er" else int(match[1])
        if day <= 31:
            yield Moment(match.start(1), match.end(1), (day, _MONTHS[match[2].lower()])), ()
            mask.hide(match.start(1), match.end(1))
    for match in _DATE_START.finditer(mask.text):
        if mask.text[match.start()] == "¤":
            continue
        found = read_day(mask.text, match.start())
        if found is None:
            continue
        date, end = found
        yield Moment(match.start(), end, (date.day, date.month)), (date.year,) if date.year else ()
        mask.hide(match.start(), end)


def _clocks(mask: Mask, written: Sequence[Word]) -> Iterator[Moment]:
    for match in _CLOCK_SPACED.finditer(mask.text):
        if int(match[1]) <= 24 and int(match[2]) <= 59:
            yield Moment(match.start(), match.end(), (int(match[1]) % 24, int(match[2])))
            mask.hide(match.start(), match.end())
    for match in _CLOCK_START.finditer(mask.text):
        found = read_clock(mask.text, match.start())
        if found is None:
            continue
        clock, _ = found
        trust = Trust.FIRM if clock.second is None else Trust.HINT
        yield Moment(match.start(), match.end(), (clock.hour % 24, clock.minute or 0), trust)
        mask.hide(match.start(), match.end())
    for match in _HOURS.finditer(mask.text):
        hour, minute = int(match[1]), int(match[2] or 0)
        if hour <= 24:
            yield Moment(match.start(), match.end(), (hour % 24, minute), Trust.HINT)
    for word in written:
        if word.text in ("midi", "minuit"):
            yield Moment(word.start, word.end, (12 if word.text == "midi" else 0, 0), Trust.HINT)


def _extra(
    mask: Mask, dates: tuple[tuple[Moment, tuple[float, ...]], ...], clocks: tuple[Moment, ...]
) -> Iterator[Figure]:
    """Years of dates, and what dates, hours, decades and Roman numbers may stand for."""
    for moment, years in dates:
        yield hints(moment.start, moment.end, moment.key)
        for year in years:
            yield Figure(moment.start, moment.end, values(year), Trust.FIRM, is_year=True)
    for clock in clocks:
        hour, minute = clock.key
        yield hints(clock.start, clock.end, (hour, minute, hour % 12, hour % 12 + 12, hour + minute / 60))
    yield from roman.read(mask.text, ordinals=r"(?:er|ère|e|ème|es|èmes)")


def _figures(mask: Mask) -> Iterator[Figure]:
    for match in _CODE.finditer(mask.text):
        yield hints(match.start(), match.end(), (float(n) for n in re.findall(r"\d+", match[0])[:4]))
        if match[0][0].isalpha():
            mask.hide(match.start(), match.end())
    for pattern in (_SECONDS, _CENTS):
        for match in pattern.finditer(mask.text):
            whole, hundredths = int(match[1]), int(match[2])
            yield Figure(match.start(), match.end(), values(whole, whole + hundredths / 100), Trust.FIRM)
            yield hints(match.start(), match.end(), (hundredths,))
            mask.hide(match.start(), match.end())
    for match in FOOTNOTE.finditer(mask.text):
        yield hints(match.start(), match.end(), (int(match[0]),))
    yield from _written(mask)


def _written(mask: Mask) -> Iterator[Figure]:
    """The numbers in digits that are in no code."""
    found = list(_FIGURE.finditer(mask.text))
    scales = {scale(match) for match in found if is_scaled(match)}
    has_percent = any(match["percent"] for match in found)
    for match, after in zip(found, [*found[1:], None], strict=False):
        if _CODE.match(mask.text, match.start()) and not match["ordinal"]:
            continue
        several = _meant(match, mask.text)
        is_year = match["number"].isdigit() and 1800 <= int(match["number"]) <= 2100 and not is_scaled(match)
        percent, end = match["percent"] is not None, match.end()
        if after is not None and _SHARES.fullmatch(mask.text[match.end() : after.start()]):
            percent = percent or (after["percent"] is not None and not is_year)
            several |= _shared(match, after, several)
            end = after.end() if _POINTS.match(mask.text, after.end()) else end
        is_alone = not (percent or is_year or is_scaled(match) or match["ordinal"])
        is_bare = (
            is_alone and (has_percent or bool(scales)) and _BARE.match(mask.text, match.end()) is not None
        )
        several |= {value * each for value in several for each in scales if is_bare and value < 1000}
        yield Figure(
            match.start(),
            match.end(),
            values(*several),
            Trust.HINT if _is_base(match, mask.text) else Trust.FIRM,
            percent=percent,
            is_points=(is_bare and has_percent) or _POINTS.match(mask.text, end) is not None,
            is_year=is_year,
        )
        mask.hide(match.start(), match.end())


def _is_base(match: re.Match[str], text: str) -> bool:
    """True for the second number of `9 foyers sur 10`, which others may say as a share."""
    return match["number"] in ("2", "3", "4", "5", "10", "100") and bool(
        _OUT_OF.search(text, 0, match.start())
    )


def _meant(match: re.Match[str], text: str) -> set[float]:
    """What a number in digits may mean by itself."""
    times = scale(match)
    several = {value * times + (times / 2 if match["half"] else 0) for value in plain_values(match["number"])}
    several |= glued(match["number"])
    if _SECTIONS.fullmatch(match["number"]) and _SECTION.search(text, 0, match.start()):
        several.add(float(match["number"]))
    if spelled.names_decade(text, match.start()):
        several |= {1900 + value for value in several} | {2000 + value for value in several}
    several |= {value * each for value in several for each in spelled.spans(text, match.end(), Lang.FR)}
    return several


def _shared(match: re.Match[str], after: re.Match[str], several: set[float]) -> set[float]:
    """What the first number of `2,5 à 3 millions` or `15 à 20 000` is, if it counts as the second does."""
    if is_scaled(match):
        return set()
    if is_scaled(after):
        return {value * scale(after) for value in several}
    is_short = match["number"].isdigit() and len(match["number"]) < 4
    has_thousands = after["number"].endswith("000") and 5 <= len(after["number"]) <= 7
    has_thousands &= not after["number"].isdigit()
    return {value * 1000 for value in several} if is_short and has_thousands else set()


def plain_values(digits: str) -> set[float]:
    """What French digits mean: `1.234,5`; in `5.3` the point is another language's, or of an article."""
    whole, mark, decimals = digits.partition(",")
    bare = re.sub(rf"{_SPACE}", "", whole)
    if not mark and re.fullmatch(r"\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+", bare):
        return {float(bare), *(float(part) for part in bare.split("."))}  # article 49.3
    bare = bare.replace(".", "")
    if mark and len(decimals) == 3 and 0 < len(bare) <= 3 and bare != "0":  # 5,000 in a French text
        return {float(f"{bare}.{decimals}"), float(bare + decimals)}
    return {float(f"{bare}.{decimals or 0}")}
