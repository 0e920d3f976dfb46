"""Days that head a list, in English and Chinese: `MONDAY, NOV. 16`, `11月16日（星期一）`."""

from __future__ import annotations

from translate.domain import Lang
from translate.text.anatomy.days import read_days
from translate.text.house.moments import chinese_day, english_day


def days(text: str, target: Lang) -> str | None:
    """Days in the target language; None if `text` is not just that."""
    read = read_days(text)
    if read is None or read.end != len(text):
        return None
    if target is Lang.ZH:
        last = f"{'至' if read.is_range else '和'}{chinese_day(read.last)}" if read.last else ""
        return f"{chinese_day(read.first)}{last}{'：' if read.sign else ''}"
    words = english_day(read.first, short=True)
    if read.last:
        link = "to" if read.is_range else "and"
        comma = "," if "," in words else ""
        words = f"{words}{comma} {link} {english_day(read.last, short=True)}"
    return f"{words.upper() if text.isupper() else words}{read.sign}"
