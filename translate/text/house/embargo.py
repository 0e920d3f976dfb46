"""Embargoes in English and Chinese: `EMBARGOED UNTIL MAY 3, 18:00 (GMT)`, `禁发至5月3日18:00（GMT）`."""

from __future__ import annotations

from translate.domain import Lang
from translate.text.anatomy.embargo import read_embargo
from translate.text.house.moments import chinese_day, clock_time, english_day


def embargo(text: str, target: Lang) -> str | None:
    """An embargo in the target language; None if `text` is not just that."""
    read = read_embargo(text)
    if read is None or read.end != len(text):
        return None
    time = clock_time(read.clock, target) if read.clock else ""
    if target is Lang.ZH:
        return f"禁发至{chinese_day(read.day) if read.day else ''}{time}{'：' if read.sign else ''}"
    day = english_day(read.day, short=True) if read.day else ""
    words = f"Embargoed until {', '.join(filter(None, (day, time)))}"
    sign = read.sign if read.sign in ("", ":") else f" {read.sign}"
    return f"{words.upper() if text.split()[0].isupper() else words}{sign}"
