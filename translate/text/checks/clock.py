"""Hours of the clock: as French writes them, of 24 with `p.m.`, and another one than the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.text.checks.changes import Change

_HOUR = r"(?<![\w.,])(?P<hour>[01]?\d|2[0-4])\s?{}\s?(?P<minutes>[0-5]\d)(?!\w)"
_LEFT = re.compile(_HOUR.format("h"), re.ASCII)
_FRENCH = re.compile(_HOUR.format("[hH]"), re.ASCII)
_AFTER_NOON = re.compile(r"(?<![\d.:])(1[3-9]|2[0-3])(?=(?:[:.][0-5]\d)? ?p\.m\.)")
# $214.30 p.m., 52 p.m.: not 4:52 p.m., nor 930 p.m.
_NO_HOUR = re.compile(
    r"(?:[$€£¥]\d[\d,]*(?:\.\d+)?|(?<![\d.:,/$€£¥])(?P<number>2[5-9]|[3-9]\d))(?P<noon> ?[ap]\.m(?:\.|\b))"
)
_ENDED = re.compile(r"[\"”’)]*\s*$")
# 03.42 a.m., 00:15 a.m., 4.27 p.m.
_NOT_AMERICAN = re.compile(
    r"(?<![\w.,:$€£¥])(?:0(?P<zero>\d)[:.]|(?P<hour>1[0-2]|[1-9])\.)(?=[0-5]\d [ap]\.m\.)"
)
_ENGLISH = re.compile(r"(?<![\d.,:])(?P<hour>0?\d|1[0-2])[:.](?P<minutes>[0-5]\d) ?[ap]\.?m\b\.?", re.ASCII)


def untranslated(source: str, target: str) -> Iterator[Change]:
    """Hours that stand in the target as in the source: `17h46`."""
    for match in _LEFT.finditer(target):
        if match[0] in source:
            yield match.start(), match.end(), f"{match['hour']}:{match['minutes']}"


def after_noon(source: str, target: str) -> Iterator[Change]:
    """Hours of a day of 24 with `p.m.` behind them: 18:45 p.m."""
    for match in _AFTER_NOON.finditer(target):
        yield match.start(), match.end(), str(int(match[0]) - 12)


def american(source: str, target: str) -> Iterator[Change]:
    """Hours as American wires write them, without a zero before them and with a colon: 03.42 a.m."""
    for match in _NOT_AMERICAN.finditer(target) if ".m." in target else ():
        yield *match.span(), f"{match['hour'] or match['zero'].replace('0', '12')}:"


def no_hour(source: str, target: str) -> Iterator[Change]:
    """`p.m.` behind a sum, or behind a number of the source that no clock shows: `$214.30 p.m.`, `52 p.m.`"""
    for match in _NO_HOUR.finditer(target) if ".m" in target else ():
        if match["number"] and not re.search(rf"(?<![\d.,:hH]){match['number']}(?![\d.,:hH]\d)", source):
            continue
        yield match.start("noon"), match.end("noon"), "." if _ENDED.match(target, match.end()) else ""


def hour(source: str, target: str) -> Iterator[Change]:
    """`8.30 a.m.` for `10H30`: the only hour of both, with the same minutes, which are not 0."""
    french, english = list(_FRENCH.finditer(source)), list(_ENGLISH.finditer(target))
    if len(french) != 1 or len(english) != 1:
        return
    meant, said = french[0], english[0]
    minutes = meant["minutes"]
    if minutes == "00" or said["minutes"] != minutes:
        return
    right = int(meant["hour"]) % 24
    if int(said["hour"]) % 12 == right % 12:
        return  # which half of the day it was is another question
    yield said.start(), said.end(), f"{right % 12 or 12}:{minutes} {'a' if right < 12 else 'p'}.m."
