"""Numbers, dates and hours of a Chinese sentence: `1.3万亿`, `5000多万`, `10月9日`, `下午3点半`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, TypeVar

from translate.domain import Lang
from translate.text.checks import lasting, roman
from translate.text.checks.figures import Figure, Mask, Moment, Reading, Trust, glued, hints, values

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_HAN = "零〇一二两三四五六七八九十百千万亿"
_UNITS = "十百千万亿"
_ARABIC = r"\d{1,3}(?:(?:[, ]| , )\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?"
_N: Final = (
    rf"(?:{_ARABIC})(?:[多余几来]?[{_UNITS}]+(?:(?:{_ARABIC}|[{_HAN}]+)(?=[{_UNITS}]))?)*"
    rf"|[{_HAN}](?:[{_HAN}]|[多余几来](?=[{_UNITS}]))*"
)
_WHOLE = "[零〇一二两三四五六七八九十]{1,3}"
_NO_MARKS = str.maketrans("", "", ", ")
_TOKEN = re.compile(rf"{_ARABIC}|[{_HAN}]")
_FIGURE = re.compile(
    rf"(?P<vague>数以|[数几近]?)(?P<percent>百分之|(?P<per>[百千万])分之)?(?P<number>{_N})"
    r"(?P<sign>\s?%|％|个百分点)?(?P<after>成|倍|半|分之)?"
)
# A-400, COVID-19, G20, 5G, habitat3
_CODE = re.compile(r"\b[A-Z][A-Za-z0-9.]*[-–/+]?\d+|\d+[A-Za-z]+|(?<=[a-z]{3})\d+(?![\d.])", re.ASCII)
# The first number of `700至1000万`, whose scale may stand with the second only.
_SHARES = re.compile(
    r"(?P<first>\d[\d.,]*)\s?[至到~～—–-]{1,2}\s?(?:\d[\d ,]*(?:\.\d+)?)(?P<scale>[千万亿]+)"
)
_DECADE = re.compile(rf"(?:(\d{{1,2}}|{_WHOLE}|上)世纪)?(\d{{2,4}}|{_WHOLE})年代")
_MONTH_BEFORE = re.compile(r"(?<!\d)(\d{1,2})月?[-–—至到、和](?=\d{1,2}月)")  # 7-8月
_DATE = re.compile(rf"(\d{{1,2}}|{_WHOLE})月(?:份)?(?:(?:[^\d，。；]{{0,2}})(\d{{1,2}}|{_WHOLE})[日号])?")
_DAY_MORE = re.compile(rf"[至和、到与或—–-]{{1,2}}(\d{{1,2}}|{_WHOLE})[日号]")
_DAY_BEFORE = re.compile(r"(\d{1,2})[日号]?[至和、到与或—–-]{1,2}$")
_WEEKDAY = re.compile(r"(?<!每)(?:周|星期|礼拜)([一二三四五六日天])(?![个次名种])")
_EVERY = re.compile(r"每(?:周|星期)([一二三四五六日天])")
_CLOCK = re.compile(
    rf"(凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|晚上|晚间|深夜|夜间|午夜|当晚|晚)?"
    rf"(?<![\d.])(?:(\d{{1,2}}):(\d\d)(?![:\d])|(\d{{1,2}}|{_WHOLE})(?:时|点钟|点)(?!间|代|期(?!间)|名|击|半?出)(?:(\d{{1,2}}|{_WHOLE})分|(半)|(整))?)"
)
_MAY_CLOCK = re.compile("[时点午:]")
_NIGHT = frozenset(("下午", "傍晚", "晚上", "晚间", "深夜", "夜间", "当晚", "晚"))
_NOON = re.compile(r"(正午|中午|午夜|零点|零时)")
# What stands for a number without being one: (sign, values).
_HINTS = (
    ("半", (0.5, 30, 6, 15)),
    ("双", (2, 4)),
    ("俩", (2,)),
    ("对", (2,)),
    ("倍", (2,)),
    ("翻番", (2,)),
    ("翻一番", (2,)),
    ("季", (3,)),
    ("旬", (10,)),
    ("单", (1,)),
    ("首", (1,)),
    ("次", (2, 1)),
    ("亚军", (2,)),
    ("刻", (15,)),
    ("数十", (10, 20, 30)),
    ("世纪", (100,)),
    ("年代", (10,)),
    ("打", (12,)),
    ("甲", (1,)),
    ("整", (0,)),
    ("逢", (10,)),
)
_POINT = re.compile("零点([一二三四五六七八九])")
_SIGNS = re.compile("|".join(sign for sign, _ in sorted(_HINTS, key=lambda each: -len(each[0]))))
_MEANS = dict(_HINTS)
_BLANK = re.compile(r"(?<=\d)[ \u00a0](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[ \u00a0](?=\d)")
_Placed = TypeVar("_Placed", Figure, Moment)
_MAY_SHARE = re.compile("[至到~～—–-]")
_KILO = re.compile("千(?=瓦|米|克|伏|赫|卡|吨|兆)|百(?=升)")  # 36.5亿千瓦: kilowatts, not thousands
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．：①②③④⑤⑥⑦⑧⑨⑴⑵⑶⑷⑸⑹⑺⑻⑼", "0123456789.:" + "123456789" * 2)


def read(text: str) -> Reading:
    """What counts or dates in a Chinese sentence, also with blanks around its numbers: `70 年代`."""
    gaps = [match.start() for match in _BLANK.finditer(text)] if " " in text or "\u00a0" in text else []
    if not gaps:
        return _read(text)
    reading = _read(_BLANK.sub("", text))
    kept = [place for place in range(len(text)) if place not in set(gaps)]

    def back(each: _Placed) -> _Placed:
        return replace(each, start=kept[each.start], end=kept[each.end - 1] + 1)

    return Reading(
        Lang.ZH,
        tuple(map(back, reading.figures)),
        tuple(map(back, reading.days)),
        tuple(map(back, reading.months)),
        tuple(map(back, reading.weekdays)),
        tuple(map(back, reading.clocks)),
    )


def _read(text: str) -> Reading:
    mask = Mask(_KILO.sub("¤", text.translate(_FULL_WIDTH)))
    decades = tuple(_decades(mask)) if "年代" in text else ()
    days, months = _dates(mask) if "月" in text else ((), ())
    weekdays = tuple(
        Moment(m.start(), m.end(), ("一二三四五六日天".index(m[1]) % 7 if m[1] != "天" else 6,))
        for m in _WEEKDAY.finditer(text)
    )
    for day in weekdays:
        mask.hide(day.start, day.end)
    weekdays += tuple(
        Moment(m.start(), m.end(), ("一二三四五六日天".index(m[1]) % 7,), Trust.HINT)
        for m in _EVERY.finditer(text)
    )
    races = tuple(lasting.read(mask, Lang.ZH))
    clocks = tuple(_clocks(mask)) if _MAY_CLOCK.search(mask.text) else ()
    figures = [*decades, *races, *_figures(mask), *_extra(mask, (*days, *months), clocks)]
    return Reading(Lang.ZH, tuple(figures), days, months, weekdays, clocks)


def value(number: str) -> float:
    """The value of a Chinese number, whatever digits it is written in: `1亿2000万`, `五十`, `二〇二五`."""
    tokens = _TOKEN.findall(number)
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return float("".join(str(_DIGITS[token]) for token in tokens))
    total = section = 0.0
    current: float | None = None
    for token in tokens:
        if token in _LARGE:
            below = section + (current or 0.0)
            if token == "亿":
                total = (total + below or 1.0) * _LARGE[token]
            else:
                total += (below or (0.0 if total else 1.0)) * _LARGE[token]
            section, current = 0.0, None
        elif token in _SMALL:
            section += (1.0 if current is None else current) * _SMALL[token]
            current = None
        else:
            current = float(_DIGITS[token]) if token in _DIGITS else float(token.translate(_NO_MARKS))
    return total + section + (current or 0.0)


def _small(number: str) -> int:
    return int(value(number))


def _decades(mask: Mask) -> Iterator[Figure]:
    for match in _DECADE.finditer(mask.text):
        years = value(match[2])
        several = {years, 1900 + years, 2000 + years}
        if match[1] and match[1] != "上":
            several = {years, (_small(match[1]) - 1) * 100 + years, value(match[1])}
        yield Figure(match.start(), match.end(), values(*several), Trust.FIRM, is_year=True)
        mask.hide(match.start(), match.end())


def _dates(mask: Mask) -> tuple[tuple[Moment, ...], tuple[Moment, ...]]:
    """Days and months without a day; they are hidden from what is read later."""
    days: list[Moment] = []
    months: list[Moment] = []
    for match in _MONTH_BEFORE.finditer(mask.text):
        if 1 <= int(match[1]) <= 12:
            months.append(Moment(match.start(1), match.end(1), (int(match[1]),), Trust.HINT))
            mask.hide(match.start(1), match.end(1))
    for match in _DATE.finditer(mask.text):
        month = _small(match[1])
        if not 1 <= month <= 12:
            continue
        end = match.end()
        if match[2] is None:
            trust = Trust.FIRM if match[1].isascii() else Trust.HINT  # 五月初五 is another calendar's
            months.append(Moment(match.start(), end, (month,), trust))
        else:
            days.append(Moment(match.start(), end, (_small(match[2]), month)))
            while more := _DAY_MORE.match(mask.text, end):
                days.append(Moment(more.start(1), more.end(), (_small(more[1]), month)))
                end = more.end()
        mask.hide(match.start(), end)
    return tuple(days), tuple(months)


def _clocks(mask: Mask) -> Iterator[Moment]:
    for match in _CLOCK.finditer(mask.text):
        hour = int(match[2]) if match[2] else _small(match[4])
        minute = int(match[3]) if match[3] else 30 if match[6] else _small(match[5]) if match[5] else 0
        firm = bool(match[3] or match[5]) or (match[4] or "").isdigit()
        if hour > 24 or minute > 59:
            continue
        if match[1] in _NIGHT and hour < 12:
            hour += 12
        key = (hour % 24, minute)
        yield Moment(match.start(), match.end(), key, Trust.FIRM if firm else Trust.HINT)
        if firm:
            mask.hide(match.start(), match.end())
    for match in _NOON.finditer(mask.text):
        yield Moment(
            match.start(),
            match.end(),
            (12 if match[1].endswith("午") and match[1] != "午夜" else 0, 0),
            Trust.HINT,
        )


def _extra(mask: Mask, moments: tuple[Moment, ...], clocks: tuple[Moment, ...]) -> Iterator[Figure]:
    for moment in moments:
        yield hints(moment.start, moment.end, moment.key)
    for clock in clocks:
        hour, minute = clock.key[:2]
        yield hints(clock.start, clock.end, (hour, minute, hour % 12, hour % 12 + 12, hour + minute / 60))
    for match in _SIGNS.finditer(mask.text):
        yield hints(match.start(), match.end(), _MEANS[match[0]])
    for match in _POINT.finditer(mask.text):  # 零点一度
        digit = _DIGITS[match[1]]
        yield hints(match.start(), match.end(), (digit / 10, digit, 10))
    yield from roman.read(mask.text)


def _figures(mask: Mask) -> Iterator[Figure]:
    for match in _CODE.finditer(mask.text):
        yield hints(match.start(), match.end(), (float(n) for n in re.findall(r"\d+", match[0])[:4]))
        if match[0][0].isalpha():
            mask.hide(match.start(), match.end())
    shares = _SHARES.finditer(mask.text) if _MAY_SHARE.search(mask.text) else ()
    scales = {match.start("first"): value(f"1{match['scale']}") for match in shares}
    for match in _FIGURE.finditer(mask.text):
        if _CODE.match(mask.text, match.start("number")):
            continue
        figure = _figure(match)
        if scale := scales.get(match.start("number")):
            several = {*figure.values, *(each * scale for each in figure.values)}
            figure = replace(figure, values=values(*several))
        yield figure


def _figure(match: re.Match[str]) -> Figure:
    number = match["number"]
    tokens = _TOKEN.findall(number)
    exact = value(number)
    several = {exact, *glued(number)}
    has_digits = any(char.isdecimal() and char.isascii() for char in number)
    if match["after"] == "成":
        several.add(exact * 10)
    elif match["after"] == "倍":
        several |= {exact + 1, exact - 1}
    elif match["after"] == "半":
        several |= {exact + 0.5}
    if not has_digits and len(tokens) > 1:  # 三四百: three or four hundred
        several |= {float(_DIGITS[token]) for token in tokens if token in _DIGITS}
        several.add(value("".join(tokens[:-1])))  # 十四五: the 14th five-year plan
    trust = Trust.FIRM if has_digits else Trust.HINT
    is_whole = any(token in _SMALL or token in _LARGE for token in tokens) or len(tokens) >= 4
    if not has_digits and len(tokens) > 1 and is_whole and exact > 10 and tokens[0] in _DIGITS | {"十": 10}:
        trust = Trust.SPELLED
    if (
        match["vague"] in ("数", "几", "数以")
        or match["after"] in ("分之", "成")
        or (not has_digits and match["after"])
    ):
        trust = Trust.HINT
    is_year = has_digits and number.isdigit() and 1800 <= exact <= 2100
    percent = bool(match["percent"] and not match["per"]) or match["sign"] is not None
    return Figure(match.start(), match.end(), values(*several), trust, percent=percent, is_year=is_year)
