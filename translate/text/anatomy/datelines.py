"""Datelines: `BEIJING, 4 avril (Xinhua) --`, `Rennes, Lorient, 8 jan (AFP) -`, `(Belga)`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from translate.text.anatomy.dates import Day, read_day
from translate.text.names import is_agency, is_land, place

_MAX_CHARACTERS = 160
_PARTICLES = frozenset(
    "de du des d la le les l sur en et al el da do di dos aux au of the ben bin".split()  # noqa: SIM905 - a word list
)
_NAME = r"[^\W\d_](?:[^\W\d_]|['’. -](?=[^\W_])){1,44}\.?"
_PLACE = re.compile(rf"(?P<city>{_NAME})(?:\s*\((?P<land>{_NAME})\))?")
_BETWEEN = re.compile(r"\s*[/,]\s*(?=[^\W\d_])")
_AND = re.compile(r"\s+et\s+", re.IGNORECASE)
_ABOARD = re.compile(r"[AÀ] bord (?:du|de la|de l['’]|de)\s?(?P<ship>[^,()]{2,40})", re.IGNORECASE)
_ANYWHERE = re.compile(r"(?P<city>[^\W\d_][^,()\n]{2,60})(?=, )")
_COMMA = re.compile(r"\s*,?\s*(?:le\s+)?")
_AGENCY = re.compile(r"\s*,?\s*\((?P<names>[^\W\d_][^()]{1,40})\)")
_DASH = re.compile(r"\s*(?P<dash>-{1,3}|[–—]{1,2}|:(?=\s))(?=\s|$|[«\"“A-ZÀ-Þ])\s*")
_BARE = re.compile(r"(?P<name>[A-ZÀ-Þ][^\W\d_]{1,12})\s+(?P<dash>[-–—]{1,2})(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """A town, and the land that stands after it; or a ship, if `aboard`."""

    city: str
    land: str | None = None
    aboard: bool = False


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
    found = _from(head, *_places(head))
    if _is_convincing(found):
        return replace(found, places=tuple(each for one in found.places for each in _two(one)))
    # What might as well be the words of a sentence is a dateline if day, agency and dash follow.
    for places in (_many(head), _anywhere(head)):
        found = _from(head, *places)
        if (
            found.places
            and found.day
            and found.dash
            and found.agencies
            and all(map(is_agency, found.agencies))
        ):
            return found
    return None


def _from(head: str, places: tuple[Place, ...], position: int) -> Dateline:
    """The dateline with these places, read on from where they end."""
    comma = _COMMA.match(head, position)
    read = read_day(head, comma.end() if comma else position)
    day, position = read or (None, position)
    agencies: tuple[str, ...] = ()
    if match := _AGENCY.match(head, position):
        agencies = tuple(name.strip() for name in re.split(r"[/,]| et ", match["names"]))
        position = match.end()
    dash = _DASH.match(head, position)
    return Dateline(
        places, day, agencies, dash["dash"] if dash else "", dash.end("dash") if dash else position
    )


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


def _many(head: str) -> tuple[tuple[Place, ...], int]:
    """Places with commas between them: `Rennes, Lorient`, `Sao Paulo, Brésil`."""
    found: list[Place] = []
    position = 0
    while (match := _PLACE.match(head, position)) and _is_name(match["city"]):
        city, land = match["city"].strip(), match["land"]
        if found and not found[-1].land and is_land(city):
            found[-1] = replace(found[-1], land=city)
        else:
            found += _two(Place(city, land))
        position = match.end()
        if not (between := _BETWEEN.match(head, position)):
            break
        position = between.end()
    return tuple(found), position


def _anywhere(head: str) -> tuple[tuple[Place, ...], int]:
    """A ship, or any words before a comma, which stay as they are."""
    if match := _ABOARD.match(head):
        return (Place(match["ship"].strip(), aboard=True),), match.end()
    match = _ANYWHERE.match(head)
    return ((Place(match["city"].strip()),), match.end()) if match else ((), 0)


def _two(found: Place) -> list[Place]:
    """`Washington et Pékin` as two places; `Trinité et Tobago` is one."""
    names = _AND.split(found.city)
    if len(names) == 1 or place(found.city) or found.aboard:
        return [found]
    return [*map(Place, names[:-1]), replace(found, city=names[-1])]


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
