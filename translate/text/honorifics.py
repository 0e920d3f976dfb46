"""Titles before a name which are other words elsewhere: `Me Leclerc` is a lawyer, `sœur Emmanuelle` a nun."""

from __future__ import annotations

import re
from typing import Final

from translate.domain import Lang
from translate.text.given_names import is_followed_by_name

_LAWYER: Final = {Lang.EN: "lawyer", Lang.ZH: "律师"}
_NUN: Final = {Lang.EN: "Sister", Lang.ZH: "修女"}
_MONK: Final = {Lang.EN: "Brother", Lang.ZH: "修士"}
_TITLES: Final = {
    **dict.fromkeys(("Me", "Mes", "maître", "Maître"), _LAWYER),
    **dict.fromkeys(("sœur", "soeur", "Sœur", "Soeur"), _NUN),
    **dict.fromkeys(("frère", "Frère"), _MONK),
}
# `sa sœur Marie`, `l'ancien maître Wang`: of someone, or one of several.
_OF_SOMEONE: Final = re.compile(
    r"\b(?:[mts](?:on|a|es)|[nv]otre|leurs?|l[ae]s?|une?|des?|du|au|cet?(?:te)?|ces|deux|ancien(?:ne)?|vieux"
    r"|grande?s?|petite?s?|demi)[\s-]$|(?:\b[ld]|qu)['’]$",
    re.IGNORECASE,
)
_NO_TITLE: Final = re.compile(r"\sToo\b")


def honorific(sentence: str, start: int, end: int, target: Lang) -> str:
    """What the title at a place is in the target language; nothing where no name follows, or it is none."""
    said = _TITLES.get(sentence[start:end])
    if said is None or not is_followed_by_name(sentence, end) or _NO_TITLE.match(sentence, end):
        return ""
    is_short = sentence[start:end] in ("Me", "Mes")  # nothing else is written so before a name
    return "" if not is_short and _OF_SOMEONE.search(sentence, 0, start) else said[target]
