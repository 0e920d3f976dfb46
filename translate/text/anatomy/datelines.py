"""Datelines: `BEIJING, 4 avril (Xinhua) --`, `Gand (Belgique), 9 jan (AFP) -`, `(Belga)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.text.anatomy.dates import Day, read_day
from translate.text.names import is_agency, place

_MAX_CHARACTERS = 160
_PARTICLES = frozenset(
    "de du des d la le les l sur en et al el da do di dos aux au of the ben bin".split()  # noqa: SIM905 - a word list
)
_NAME = r"[^\W\d_](?:[^\W\d_]|['’. -](?=[^\W_])){1,44}\.?"
_PLACE = re.compile(rf"(?P<city>{_NAME})(?:\s*\((?P<land>{_NAME})\))?")
_COMMA = re.compile(r"\s*,?\s*(?:le\s+)?")
_AGENCY = re.compile(r"\s*,?\s*\((?P<names>[^\W\d_][^()]{1,40})\)")
_DASH = re.compile(r"\s*(?P<dash>-{1,3}|[–—]{1,2}|:(?=\s))(?=\s|$|[«\"“A-ZÀ-Þ])\s*")
_BARE = re.compile(r"(?P<name>[A-ZÀ-Þ][^\W\d_]{1,12})\s+(?P<dash>[-–—]{1,2})(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """A town, and the land that stands in brackets after it."""

    city: str
    land: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; it is `text[:end]` of the paragraph, without the white space after it."""

    places: tuple[Place, ...]
    day: Day | None
    agencies: tuple[str, ...]
    dash: str
    end: int


def read_dateline(text: str) -> Dateline | None:
    """The dateline at the head of `text`, or None."""
    head = text[:_MAX_CHARACTERS]
    if (bare := _BARE.match(head)) and is_agency(bare["name"]):  # AFP - La Bourse de Paris…
        return Dateline((), None, (bare["name"],), bare["dash"], bare.end("dash"))
    places, position = _places(head)
    comma = _COMMA.match(head, position)
    read = read_day(head, comma.end() if comma else position)
    day, position = read or (None, position)
    agencies: tuple[str, ...] = ()
    if match := _AGENCY.match(head, position):
        agencies = tuple(name.strip() for name in re.split(r"[/,]| et ", match["names"]))
        position = match.end()
    dash = _DASH.match(head, position)
    found = Dateline(
        places, day, agencies, dash["dash"] if dash else "", dash.end("dash") if dash else position
    )
    return found if _is_convincing(found) else None


def _places(head: str) -> tuple[tuple[Place, ...], int]:
    """Towns at the head (`PARIS/LONDRES`), and where they end."""
    found: list[Place] = []
    position = 0
    while match := _PLACE.match(head, position):
        if not _is_name(match["city"]):
            break
        found.append(Place(match["city"].strip(), match["land"]))
        if match["land"] and is_agency(match["land"]):  # PARIS (AFP): that is no land
            found[-1] = Place(match["city"].strip())
            return tuple(found), match.end("city")
        position = match.end()
        if not head.startswith("/", position):
            break
        position += 1
    return tuple(found), position


def _is_name(words: str) -> bool:
    """Every word begins with a capital, but for particles. `Réunis à Paris` is no name."""
    parts = re.split(r"[\s'’-]+", words.strip(". "))
    if all(part.casefold() in _PARTICLES for part in parts):
        return False
    return parts[0][:1].isupper() and all(
        part[:1].isupper() or part.casefold() in _PARTICLES for part in parts if part
    )


def _is_convincing(found: Dateline) -> bool:
    """Enough of place, day, agency and dash that it cannot be the beginning of a sentence."""
    agency = bool(found.agencies) and all(map(is_agency, found.agencies))
    dash = found.dash not in ("", ":")
    capitals = bool(found.places) and all(p.city.isupper() for p in found.places)
    known = bool(found.places) and all(place(p.city) for p in found.places)
    if not found.places:
        return agency and (dash or found.day is not None or (len(found.agencies) == 1 and found.end < 12))
    if found.day is not None:
        return dash or agency or (bool(found.agencies) and capitals)
    if found.agencies:
        return (agency and (dash or capitals)) or (dash and capitals and known)
    return capitals and known and dash
