"""What a number counts, as far as the words behind it tell in each language: years, hours, money, things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from translate.domain import Lang
from translate.text.checks.money import named

# Of each unit the words of the three languages; an age is years.
_TIMES: Final[Mapping[str, Mapping[Lang, str]]] = {
    "year": {Lang.FR: "ans?|années?", Lang.EN: "years?", Lang.ZH: "周?年|岁"},
    "month": {Lang.FR: "mois", Lang.EN: "months?", Lang.ZH: "个?月"},
    "week": {Lang.FR: "semaines?", Lang.EN: "weeks?", Lang.ZH: "个?(?:周|星期)"},
    "day": {Lang.FR: "jours?|journées?", Lang.EN: "days?", Lang.ZH: "天|日"},
    "hour": {Lang.FR: "heures?", Lang.EN: "hours?", Lang.ZH: "个?(?:小时|钟头)"},
    "minute": {Lang.FR: "minutes?", Lang.EN: "minutes?", Lang.ZH: "分钟"},
    "second": {Lang.FR: "secondes?", Lang.EN: "seconds?", Lang.ZH: "秒"},
}
_BEHIND: Final = {
    Lang.FR: r"[ \u00a0\u202f](?:(?:autres?|premi[eè]re?s|derni[eè]re?s|longues?)\s)?",
    Lang.EN: r"[ -](?:(?:more|long|straight)\s)?",
    Lang.ZH: r"[ ]?[多余几]?",
}
_WHOLE: Final = "[个名人位家户只头颗艘架座顶票辆例]"  # of what Chinese counts so there is no half


def unit(text: str, end: int, lang: Lang) -> str | None:
    """`year`, `hour`… or `money`, if a number that ends at `end` counts that; None of anything else."""
    if match := _times(lang).match(text, end):
        return match.lastgroup
    return "money" if named(text, end, lang) else None


def is_whole(text: str, end: int) -> bool:
    """True if what a Chinese number counts that ends at `end` cannot be counted in fractions: 3名, 3.5名."""
    return re.match(f"[多余]?{_WHOLE}", text[end : end + 2]) is not None


@cache
def _times(lang: Lang) -> re.Pattern[str]:
    border = "" if lang is Lang.ZH else r"\b"
    words = "|".join(f"(?P<{name}>{forms[lang]})" for name, forms in _TIMES.items())
    return re.compile(f"{_BEHIND[lang]}(?:{words}){border}")
