"""TMX 1.4b written as a stream. Without a DOCTYPE: no reader can be led to fetch one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from translate.text.tmx import Unit

TOOL = "translate-dispatch"
_AT_ONCE = 512  # units in one piece

# What XML 1.0 cannot hold, however it is written.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\r\x7f-\x9f\u2028]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def pieces(units: Iterable[Unit], *, source: str, version: str) -> Iterator[str]:
    """The text of a TMX file, some hundred units at a time.

    Characters that XML cannot hold are left out. `source`: language tag of the source segments;
    `version`: of this program.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="{TOOL}" creationtoolversion="{_escaped(version)}" segtype="sentence"'
        f' o-tmf="{TOOL}" adminlang="en" srclang="{_escaped(source)}" datatype="plaintext"/>\n<body>\n'
    )
    waiting: list[str] = []
    for unit in units:
        waiting.append(_unit(unit))
        if len(waiting) == _AT_ONCE:
            yield "".join(waiting)
            waiting = []
    yield "".join(waiting) + "</body>\n</tmx>\n"


def _unit(unit: Unit) -> str:
    props = "".join(
        f'  <prop type="{_escaped(name)}">{_escaped(value)}</prop>\n' for name, value in unit.props.items()
    )
    variants = "".join(
        f'  <tuv xml:lang="{_escaped(tag)}"><seg>{_escaped(seg.text)}</seg></tuv>\n'
        for tag, seg in unit.segs.items()
    )
    return f"<tu{_attributes(unit.attributes)}>\n{props}{variants}</tu>\n"


def _attributes(values: Mapping[str, str]) -> str:
    return "".join(f' {name}="{_escaped(value)}"' for name, value in values.items())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(
        lambda match: _NAMED.get(match[0]) or f"&#{ord(match[0])};", _IMPOSSIBLE.sub("", text)
    )
