"""Datelines in English and Chinese: `BEIJING, April 4 (Xinhua) --`, `新华社北京4月4日电`."""

from __future__ import annotations

import re

from translate.domain import Lang
from translate.text.anatomy.datelines import Dateline, Place, read_dateline
from translate.text.house.moments import chinese_day, english_day
from translate.text.names import Name, agency, listed, place
from translate.text.tables import folded

_UNITED_NATIONS = "nations unies"


def dateline(text: str, target: Lang) -> str | None:
    """A dateline in the target language; None if `text` is no dateline from end to end."""
    read = read_dateline(text)
    if read is None or text[read.end :].strip():
        return None
    return _chinese(read) if target is Lang.ZH else _english(read, bracket=text.startswith("("))


def _english(read: Dateline, bracket: bool) -> str:
    places = "/".join(_english_place(found) for found in read.places)
    day = english_day(read.day, short=True) if read.day else ""
    names = "/".join(known.en if (known := agency(name)) else name for name in read.agencies)
    if read.places or read.day or bracket:
        names = f"({names})" if names else ""
    head = ", ".join(filter(None, (places, day)))
    return " ".join(filter(None, (head, names, read.dash)))


def _english_place(found: Place) -> str:
    if found.aboard:
        return f"{'ABOARD THE' if found.city.isupper() else 'Aboard the'} {found.city}"
    if found.land and folded(found.land) == _UNITED_NATIONS:
        return "UNITED NATIONS" if found.city.isupper() else "United Nations"
    known = _known(found.city)
    city = known.en if known else found.city
    capitals = found.city.isupper()
    city = city.upper() if capitals else city
    if found.land is None:
        return city
    known_land = _known(found.land, land=True)
    land = known_land.en if known_land else found.land
    return f"{city}, {land}" if capitals else f"{city} ({land})"


def _chinese(read: Dateline) -> str:
    names = "、".join(known.zh if (known := agency(name)) else name for name in read.agencies)
    places = "、".join(_chinese_place(found) for found in read.places)
    day = chinese_day(read.day) if read.day else ""
    return _spaced(names, places, f"{day}电")


def _chinese_place(found: Place) -> str:
    if found.aboard:
        return f"“{found.city}”号"
    if found.land and folded(found.land) == _UNITED_NATIONS:
        return "联合国"
    known = _known(found.city)
    city = known.zh if known else found.city
    if found.land is None:
        return city
    known_land = _known(found.land, land=True)
    return _spaced(known_land.zh if known_land else found.land, city)


def _known(name: str, land: bool = False) -> Name | None:
    return place(name, land) or listed(name)


def _spaced(*words: str) -> str:
    """The words without spaces, but for Latin letters, which need one on both sides."""
    joined = ""
    for word in filter(None, words):
        latin = re.search(r"[A-Za-zÀ-ÿ.]$", joined) or (joined and re.match(r"[A-Za-zÀ-ÿ]", word))
        joined += f" {word}" if latin else word
    return joined
