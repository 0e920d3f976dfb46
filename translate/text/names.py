"""Places and agencies that dispatches name in datelines and credits, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from translate.domain import Lang
from translate.text import lexicon
from translate.text.tables import folded, rows


@dataclass(frozen=True, slots=True)
class Name:
    """A name in French, English and Chinese."""

    fr: str
    en: str
    zh: str

    def to(self, target: Lang) -> str:
        return {Lang.FR: self.fr, Lang.EN: self.en, Lang.ZH: self.zh}[target]


def place(name: str, land: bool = False) -> Name | None:
    """The place with that French name, a town rather than a land unless `land`; None if it is unknown."""
    key = _key(name)
    kinds = ("land", "city") if land else ("city", "land")
    return next((found for kind in kinds if (found := _places().get((kind, key)))), None)


def is_land(name: str) -> bool:
    """True for a land, or part of one, that no town is called by."""
    key = _key(name)
    return ("land", key) in _places() and ("city", key) not in _places()


def listed(name: str) -> Name | None:
    """A smaller place, of the dictionary of names; as that has persons too, the context must tell a place."""
    written = name.title() if name.isupper() else name
    chinese = lexicon.name(written, Lang.ZH)
    return Name(name, lexicon.name(written, Lang.EN) or written, chinese) if chinese else None


def agency(name: str) -> Name | None:
    """The news agency with that French name, or None."""
    return _agencies().get(_key(name))


def is_agency(name: str) -> bool:
    return agency(name) is not None


def _key(name: str) -> str:
    """Hyphens, apostrophes and spaces are written in many ways in capitals: `ADDIS ABEBA`, `N'DJAMENA`."""
    return folded(name).replace("-", " ").replace("' ", "'").strip(" .")


@cache
def _places() -> Mapping[tuple[str, str], Name]:
    return {(kind, _key(fr)): Name(fr, en, zh) for kind, fr, en, zh in rows("places.tsv", columns=4)}


@cache
def _agencies() -> Mapping[str, Name]:
    return {_key(fr): Name(fr, en, zh) for fr, en, zh in rows("agencies.tsv", columns=3)}
