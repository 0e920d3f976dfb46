"""TMX 1.4 read as a stream: unit after unit, whatever the size of the file.

Entity declarations are refused (they can blow up or read other files); a plain DOCTYPE is allowed
and never fetched. Inline codes (`bpt`, `ept`, `it`, `ph`, `ut`) are left out with all that is in them,
`hi` keeps its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from translate.errors import InputError
from translate.text.guarded_xml import GuardedParser

Reading = Callable[[int, int], None]
"""Told how it goes on: bytes read so far, and in all."""

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
_AT_ONCE = 1 << 16  # bytes
_INDENTED = re.compile(r"[ \t]*[\n\t][ \t\n]*")


@dataclass(frozen=True, slots=True)
class Seg:
    """The text of one language in a unit, inline codes left out.

    `line`: where it ends in the file that was read. `changed`: the `changedate` of its variant, as written.
    """

    text: str
    line: int | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit: segments by language tag as written, attributes, and `<prop>`s by type.

    A unit may hold a language twice; the first one counts.
    """

    segs: Mapping[str, Seg] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    props: Mapping[str, str] = field(default_factory=dict)


def units(path: Path, reading: Reading | None = None) -> Iterator[Unit]:
    """Every unit of the file, in order. A line break in a segment is layout: it counts as a space.

    Raises InputError with file and line: cannot be read, not XML, not TMX, an entity.
    """
    parser = _Parser(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            while data := file.read(_AT_ONCE):
                yield from parser.fed(data)
                if reading:
                    reading(file.tell(), size)
            yield from parser.fed(b"", last=True)
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=path) from err


class _Parser(GuardedParser):
    """Expat handlers that put units together; a unit that is given away is forgotten."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._done: list[Unit] = []
        self._depth = 0
        self._codes = 0  # how many inline codes we are inside of
        self._tag: str | None = None  # language of the open <tuv>
        self._changed: str | None = None  # and when it was changed
        self._text: list[str] | None = None  # pieces of the open <seg> or <prop>
        self._prop: str | None = None  # type of the open <prop> of a unit
        self._segs: dict[str, Seg] = {}
        self._props: dict[str, str] = {}
        self._attributes: Mapping[str, str] | None = None  # of the open <tu>

    def fed(self, data: bytes, last: bool = False) -> list[Unit]:
        """The units that end in `data`."""
        self.parse(data, last)
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "tmx":
            self.fail(f"not a TMX file: it begins with <{name}>")
        if name == "tu":
            self._segs, self._props, self._attributes = {}, {}, attributes
        elif name == "tuv":
            self._tag = attributes.get("xml:lang") or attributes.get("lang")
            if not self._tag:
                self.fail("a <tuv> without xml:lang")
            self._changed = attributes.get("changedate") or attributes.get("creationdate")
        elif name == "seg":
            self._text, self._codes = [], 0
        elif name == "prop" and self._attributes is not None and self._tag is None:
            self._prop, self._text, self._codes = attributes.get("type", ""), [], 0
        elif self._text is not None and name in _CODES:
            self._codes += 1

    def end(self, name: str) -> None:
        self._depth -= 1
        if name == "seg" and self._tag is not None and self._text is not None:
            text = _INDENTED.sub(" ", "".join(self._text)).strip(" ")
            self._segs.setdefault(self._tag, Seg(text, self.line, self._changed))
            self._text = None
        elif name == "prop" and self._prop is not None and self._text is not None:
            self._props[self._prop] = "".join(self._text)
            self._prop = self._text = None
        elif name == "tuv":
            self._tag = None
        elif name == "tu":
            self._done.append(Unit(self._segs, self._attributes or {}, self._props))
            self._attributes = None
        elif self._text is not None and name in _CODES:
            self._codes -= 1

    def characters(self, data: str) -> None:
        if self._text is not None and not self._codes:
            self._text.append(data)
