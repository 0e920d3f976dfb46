"""Text without words: figures, scores, hours, addresses, signs. Written by rule, never by a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from translate.domain import Lang
from translate.text.anatomy.dates import read_day
from translate.text.house.moments import chinese_day, english_day

_SPACE = r"[ \u00a0\u2009\u202f]"
_NUMBER = rf"(?:\d{{1,3}}(?:(?:[.'’]|{_SPACE})\d{{3}}(?!\d))+|\d+)(?:,\d+)?"
_SCALES: Mapping[str, tuple[str, int]] = {
    "mille": ("thousand", 10**3),
    "million": ("million", 10**6),
    "milliard": ("billion", 10**9),
    "billion": ("trillion", 10**12),
}
_CURRENCIES: Mapping[str, tuple[str, str]] = {
    "euro": ("euro", "欧元"),
    "dollar": ("dollar", "美元"),
    "yuan": ("yuan", "元人民币"),
    "yen": ("yen", "日元"),
    "rouble": ("ruble", "卢布"),
    "franc cfa": ("CFA franc", "非洲法郎"),
    "franc suisse": ("Swiss franc", "瑞士法郎"),
}
_SIGNS: Mapping[str, tuple[str, str]] = {
    "€": ("€", "欧元"),
    "$": ("$", "美元"),
    "£": ("£", "英镑"),
    "¥": ("¥", "元"),
}
_UNITS: Mapping[str, str] = {
    "km/h": "公里/小时",
    "km2": "平方公里",
    "km²": "平方公里",
    "m2": "平方米",
    "m²": "平方米",
    "m3": "立方米",
    "m³": "立方米",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "公斤",
    "ha": "公顷",
    "MW": "兆瓦",
    "GW": "吉瓦",
    "°C": "摄氏度",
    "m": "米",
    "g": "克",
    "t": "吨",
}

_PIECE = re.compile(
    r"(?P<keep>(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[#@]\w+"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|fr|cn|info|eu|int)(?:/\S*)?)"
    r"|(?P<date>\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d\d/\d\d\b(?![/\d]))"
    r"|(?P<score>\b\d{1,3}\s?[-–]\s?\d{1,3}(?:\s?,\s?\d{1,3}\s?[-–]\s?\d{1,3})*\b)"
    rf"|(?P<lasts>\b(?P<h>\d{{1,2}}){_SPACE}h{_SPACE}(?P<m>\d{{1,2}}){_SPACE}?min"
    rf"(?:{_SPACE}(?P<s>\d{{1,2}}){_SPACE}?s)?\b)"
    rf"|(?P<time>\b(?P<hour>\d{{1,2}}){_SPACE}?[hH]{_SPACE}?(?P<minute>\d\d)?\b)"
    rf"|(?P<percent>(?P<p>{_NUMBER}){_SPACE}?(?:%|pour{_SPACE}cent\b))"
    rf"|(?P<big>\b(?P<b>{_NUMBER}){_SPACE}(?P<scale>mille|millions?|milliards?|billions?)\b"
    rf"(?:{_SPACE}(?:d['’]|de{_SPACE})?(?P<what>{'|'.join(_CURRENCIES)})s?(?:{_SPACE}?s)?\b)?)"
    rf"|(?P<sum>\b(?P<n>{_NUMBER}){_SPACE}(?P<currency>{'|'.join(_CURRENCIES)})s?\b)"
    rf"|(?P<priced>(?P<v>{_NUMBER}){_SPACE}?(?P<sign>[€$£¥]))"
    rf"|(?P<measure>\b(?P<q>{_NUMBER}){_SPACE}?(?P<unit>{'|'.join(map(re.escape, _UNITS))})(?!\w))"
    r"|(?P<ordinal>\b\d{1,3}(?:er|re|ère|e|ème|nd|nde)\b)"
    rf"|(?P<number>{_NUMBER})"
)


def is_plain(text: str) -> bool:
    """True if nothing in `text` is a word: figures, hours, scores, addresses, hashtags and signs alone."""
    place = 0  # up to the first word, which nearly always comes at once
    while place < len(text):
        if piece := _PIECE.match(text, place):
            place = piece.end()
        elif text[place].isalnum():
            return False
        else:
            place += 1
    return True


def render_plain(text: str, target: Lang) -> str:
    """`text` as the target writes it: `12,5 %` is `12.5%`, `3 milliards` is `3 billion` or `30亿`."""
    if target is Lang.FR:
        return text
    return _PIECE.sub(lambda match: _RENDER[_kind(match)](match, target), text).strip()


def _kind(match: re.Match[str]) -> str:
    return next(name for name in _RENDER if match[name] is not None)


def english_number(digits: str) -> str:
    """`5.806,18` -> `5,806.18`. Figures without separators get none: `2024` may be a year."""
    whole, _, decimals = digits.partition(",")
    grouped = re.search(rf"[.'’]|{_SPACE}", whole) is not None
    plain = re.sub(r"\D", "", whole)
    return (f"{int(plain):,}" if grouped else plain) + (f".{decimals}" if decimals else "")


def chinese_number(value: Decimal) -> str:
    """With 万, 亿 and 万亿 where Chinese counts by them: 12,500,000,000 -> `125亿`."""
    for size, sign in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if value >= size:
            scaled = value / size
            if scaled == scaled.quantize(Decimal("0.0001")):
                return f"{scaled.normalize():f}{sign}"
    return f"{value.normalize():f}" if value != value.to_integral() else f"{value.to_integral():f}"


def _value(digits: str) -> Decimal:
    return Decimal(re.sub(rf"[.'’]|{_SPACE}", "", digits).replace(",", "."))


def number(digits: str, target: Lang) -> str:
    """French digits without a scale word: `3.800` -> `3,800`, `3800`; `318.000` -> `31.8万`."""
    if target is Lang.EN:
        return english_number(digits)
    value = _value(digits)
    round_thousands = value >= 10_000 and value % 1000 == 0
    return (
        chinese_number(value)
        if round_thousands
        else re.sub(r"\.", "", re.sub(_SPACE, "", digits)).replace(",", ".")
    )


def _big(match: re.Match[str], target: Lang) -> str:
    word, factor = _SCALES[match["scale"].rstrip("s")]
    currency = _CURRENCIES[match["what"]] if match["what"] else None
    if target is Lang.ZH:
        return chinese_number(_value(match["b"]) * factor) + (currency[1] if currency else "")
    return f"{english_number(match['b'])} {word}" + (f" {_plural(currency[0])}" if currency else "")


def _plural(currency: str) -> str:
    return currency if currency in ("yuan", "yen") else f"{currency}s"


def _sum(match: re.Match[str], target: Lang) -> str:
    english, chinese = _CURRENCIES[match["currency"]]
    amount = number(match["n"], target)
    if target is Lang.ZH:
        return amount + chinese
    return f"{amount} {english if _value(match['n']) == 1 else _plural(english)}"


def _priced(match: re.Match[str], target: Lang) -> str:
    english, chinese = _SIGNS[match["sign"]]
    amount = number(match["v"], target)
    return f"{english}{amount}" if target is Lang.EN else amount + chinese


def _measure(match: re.Match[str], target: Lang) -> str:
    amount = number(match["q"], target)
    return f"{amount} {match['unit']}" if target is Lang.EN else amount + _UNITS[match["unit"]]


def _date(match: re.Match[str], target: Lang) -> str:
    read = read_day(match["date"])
    if read is None:
        return match["date"]
    return english_day(read[0], short=False) if target is Lang.EN else chinese_day(read[0])


def _time(match: re.Match[str], target: Lang) -> str:
    return (
        f"{int(match['hour']):02d}:{match['minute'] or '00'}" if int(match["hour"]) <= 24 else match["time"]
    )


def _lasts(match: re.Match[str], target: Lang) -> str:
    hours, minutes, seconds = match["h"], match["m"], match["s"]
    if target is Lang.ZH:
        return f"{hours}小时{minutes}分" + (f"{seconds}秒" if seconds else "")
    return f"{hours}:{int(minutes):02d}:{int(seconds):02d}" if seconds else f"{hours} hr {minutes} min"


def _ordinal(match: re.Match[str], target: Lang) -> str:
    place = int(re.sub(r"\D", "", match["ordinal"]))
    return f"第{place}" if target is Lang.ZH else ordinal(place)


def ordinal(place: int) -> str:
    """`21st`, `112th`."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


_RENDER: Mapping[str, Callable[[re.Match[str], Lang], str]] = {
    "keep": lambda match, target: match["keep"],
    "date": _date,
    "score": lambda match, target: match["score"],
    "lasts": _lasts,
    "time": _time,
    "percent": lambda match, target: f"{number(match['p'], target)}%",
    "big": _big,
    "sum": _sum,
    "priced": _priced,
    "measure": _measure,
    "ordinal": _ordinal,
    "number": lambda match, target: number(match["number"], target),
}
