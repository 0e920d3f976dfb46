"""The hour of the clock put right in English, where there is no doubt which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.text.checks.changes import Change

_FRENCH = re.compile(r"(?<![\w.,])(?P<hour>[01]?\d|2[0-4])\s?[hH]\s?(?P<minutes>[0-5]\d)(?!\w)", re.ASCII)
_ENGLISH = re.compile(
    r"(?<![\d.,:])(?P<hour>0?\d|1[0-2])[:.](?P<minutes>[0-5]\d) ?(?P<half>[ap])\.?m\b\.?", re.ASCII
)


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
