"""Days, hours and stamps in English and Chinese. Months are always named: never 08/05."""

from __future__ import annotations

import re

from translate.domain import Lang
from translate.text.anatomy.dates import Clock, Day
from translate.text.anatomy.stamps import Moment, Stamp, Verb, read_stamp
from translate.text.names import agency, place

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ZH_WEEKDAYS = "一二三四五六日"
_ZH_VERBS = {
    Verb.LAST_UPDATED: "最后更新于",
    Verb.UPDATED: "更新时间：",
    Verb.PUBLISHED: "发布时间：",
    Verb.MODIFIED: "修改时间：",
}


def english_day(day: Day, short: bool) -> str:
    """`April 4`, `Thursday, May 21, 2020`; `short` abbreviates the long months as agencies do: `Nov. 18`."""
    month = (SHORT_MONTHS if short else MONTHS)[day.month - 1]
    weekday = f"{WEEKDAYS[day.weekday]}, " if day.weekday is not None else ""
    return f"{weekday}{month} {day.day}" + (f", {day.year}" if day.year else "")


def chinese_day(day: Day) -> str:
    """`4月4日`, `2020年5月21日（星期四）`."""
    weekday = f"（星期{ZH_WEEKDAYS[day.weekday]}）" if day.weekday is not None else ""
    return (f"{day.year}年" if day.year else "") + f"{day.month}月{day.day}日{weekday}"


def clock_time(clock: Clock, target: Lang) -> str:
    """`17:46`, `12:00 (Paris time)`, `12:00（巴黎时间）`."""
    time = f"{clock.hour:02d}:{clock.minute or 0:02d}" + (
        f":{clock.second:02d}" if clock.second is not None else ""
    )
    if clock.zone is None:
        return time
    zone = _zone(clock.zone, target)
    return f"{time}（{zone}）" if target is Lang.ZH else f"{time} ({zone})"


def _zone(zone: str, target: Lang) -> str:
    if zone.upper() in ("GMT", "UTC", "TU"):
        return "UTC" if zone.upper() == "TU" else zone.upper()
    if zone.casefold().endswith("locale"):
        return {Lang.EN: "local time", Lang.ZH: "当地时间"}[target]
    town = re.sub(r"^heure\s+d(?:e\s+|['’]\s?)", "", zone, flags=re.IGNORECASE)
    known = place(town)
    return f"{known.to(target) if known else town}{' time' if target is Lang.EN else '时间'}"


def stamp(text: str, target: Lang) -> str | None:
    """A stamp in the target language; None if its date cannot be read."""
    read = read_stamp(text)
    if read is None:
        return None
    if target is Lang.EN:
        body = " - ".join(_english_moment(moment) for moment in read.moments)
    else:
        body = " ".join(_chinese_moment(moment) for moment in read.moments)
    body = _source(read, target) + body
    return f"[{body}]" if read.bracket else body


def _source(read: Stamp, target: Lang) -> str:
    """What stands before the first statement: `Xinhua | `, `Orange with AFP, `."""
    if read.source is None:
        return ""
    if known := agency(read.source):
        name = known.to(target)
    else:
        words = {Lang.EN: (" with ", " and "), Lang.ZH: ("、", "、")}[target]
        name = re.sub(r"\s+avec\s+", words[0], re.sub(r"\s+et\s+", words[1], read.source))
    comma = {Lang.EN: ", ", Lang.ZH: "，"}[target]
    return name + {"|": " | ", ",": comma, "": " "}[read.mark]


def _english_moment(moment: Moment) -> str:
    day = english_day(moment.day, short=moment.day.year is not None) if moment.day else ""
    time = clock_time(moment.clock, Lang.EN) if moment.clock else ""
    verb = str(moment.verb) if moment.verb else ""
    if moment.capital:
        verb = verb.capitalize()
    if moment.colon:
        verb += " on:" if day and moment.day_first else ":"
    says_on = moment.verb is not None and not moment.colon
    if moment.day_first:
        between = {"à": " at ", "a": " at ", "": ", "}.get(moment.between.casefold(), f" {moment.between} ")
        when = ("on " if says_on and day else "") + day + (between if day and time else "") + time
    else:
        when = ("at " if says_on else "") + time + (f" on {day}" if day else "")
    return f"{verb} {when}".strip()


def _chinese_moment(moment: Moment) -> str:
    verb = _ZH_VERBS[moment.verb] if moment.verb else ""
    day = chinese_day(moment.day) if moment.day else ""
    time = clock_time(moment.clock, Lang.ZH) if moment.clock else ""
    return verb + day + (" " if day and time and not moment.verb else "") + time
