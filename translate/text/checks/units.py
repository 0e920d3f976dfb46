"""Units that a model takes for others: cubic metres for `m2`, kilometres for `miles`.

Of 2,500 pairs of human translations with an area or a volume none takes one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change

_M2: Final = r"(?<=[\d\skcdh])m[2²](?!\w)"
_M3: Final = r"(?<=[\d\skcdh])m[3³](?!\w)"
_AREA: Final = re.compile(rf"{_M2}|\bcarrée?s?\b", re.IGNORECASE)
_VOLUME: Final = re.compile(rf"{_M3}|\bcubes?\b|\bcubiques?\b", re.IGNORECASE)
_SHAPE: Final = re.compile(
    r"\b(?:square|cubic)(?= (?:kilo|centi|deci)?met(?:er|re)s?\b)|(?:平方|立方)(?=[公千厘]?[里米尺])",
    re.IGNORECASE,
)
_AREAS: Final = {"cubic": "square", "Cubic": "Square", "立方": "平方"}
_VOLUMES: Final = {area: volume for volume, area in _AREAS.items()}
_MEASURED_AREA: Final = re.compile(rf"{_M2}|mètres? carrés?\b", re.IGNORECASE)
_MEASURED_VOLUME: Final = re.compile(rf"{_M3}|mètres? cubes?\b", re.IGNORECASE)
_LENGTH: Final = re.compile(r"(?<=[\d\skc])m(?![\w²³])|mètres?\b(?! c(?:arr|ub))", re.IGNORECASE)
# 9 million meters; not `264 metres squared`
_METRES: Final = re.compile(r"(?<=[\dn] )(?:kilo|centi)?met(?:er|re)s?\b(?! (?:squared|cubed))")
_METRES_IN_CHINESE: Final = re.compile(r"(?<=[\d万亿])(?:米|公里)(?!\w?高)")
_MILES: Final = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s?miles?\b", re.IGNORECASE)
_KILOMETRES: Final = re.compile(r"(?<![\d.,])(\d+(?:\.\d+)?) ?(?:(kilomet(?:er|re))(?=s?\b)|(公里|千米))")


def shape(source: str, target: str) -> Iterator[Change]:
    """Areas are squares and volumes cubes, where the source tells of one of them alone."""
    found = list(_SHAPE.finditer(target)) if "ub" in target or "quare" in target or "方" in target else ()
    has_areas = bool(found and _AREA.search(source))
    if not found or has_areas == bool(_VOLUME.search(source)):
        return
    right = _AREAS if has_areas else _VOLUMES
    for match in found:
        if match[0] in right:
            yield *match.span(), right[match[0]]


def lost(source: str, target: str) -> Iterator[Change]:
    """`square` or `cubic` where a sentence has one measure, and its kind is missing: `9 millions de m3`."""
    found = [*_METRES.finditer(target), *_METRES_IN_CHINESE.finditer(target)]
    if len(found) != 1 or _SHAPE.search(target) or _LENGTH.search(source):
        return
    areas, volumes = _MEASURED_AREA.findall(source), _MEASURED_VOLUME.findall(source)
    if len(areas) + len(volumes) == 1:
        square, cubic = ("平方", "立方") if found[0][0] in ("米", "公里") else ("square ", "cubic ")
        yield found[0].start(), found[0].start(), square if areas else cubic


def miles(source: str, target: str) -> Iterator[Change]:
    """As many miles as in the source, not kilometres, of which it has not as many."""
    told = {match[1].replace(",", ".") for match in _MILES.finditer(source)} if "mile" in source else set()
    for match in _KILOMETRES.finditer(target) if told else ():
        kilometres = re.search(rf"(?<![\d.,]){match[1].replace('.', '[.,]')}\s?k", source)
        if match[1] in told and not kilometres:
            group = 2 if match[2] else 3
            yield *match.span(group), "mile" if match[2] else "英里"
