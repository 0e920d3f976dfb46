"""TMX 1.4: the units of one language pair. A small streaming reader on the standard library.

Entity declarations are refused (they can blow up or read other files); a plain DOCTYPE is allowed
and never fetched. Inline codes (`bpt`, `ept`, `it`, `ph`, `ut`) are left out, `hi` keeps its text.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from translate.errors import InputError
from translate.evaluate.tags import best_match, is_traditional

_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


def read_tmx(path: Path, languages: tuple[str, str]) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """(source, reference) of each unit that has both languages, and notices about the others.

    Raises InputError with file and line: not XML, not TMX, an empty segment, no unit with both.
    """
    reader = _Reader(path, languages)
    try:
        with path.open("rb") as file:
            reader.parser.ParseFile(file)
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=path) from err
    except expat.ExpatError as err:
        problem = expat.ErrorString(err.code) or "broken"
        raise InputError(f"not well-formed XML: {problem}", path=path, line=err.lineno) from err
    if not reader.pairs:
        found = ", ".join(sorted(reader.seen)) or "none"
        wanted = " and ".join(languages)
        raise InputError(f"no unit has both {wanted}", path=path, hint=f"languages in the file: {found}")
    return reader.pairs, reader.notices


class _Reader:
    """Expat handlers that collect pairs as the units go by; nothing else is kept in memory."""

    def __init__(self, path: Path, languages: tuple[str, str]) -> None:
        self.path = path
        self.languages = languages
        self.pairs: list[tuple[str, str]] = []
        self.seen: set[str] = set()
        self.skipped = 0
        self._traditional: Counter[str] = Counter()
        self._depth = 0
        self._codes = 0  # how many inline codes we are inside of
        self._tag: str | None = None  # language of the open <tuv>
        self._text: list[str] | None = None  # pieces of the open <seg>
        self._unit: dict[str, tuple[str, int]] = {}  # tag -> text and line
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity_declared
        self.parser.SkippedEntityHandler = self._entity_skipped

    @property
    def notices(self) -> tuple[str, ...]:
        """What was left out, and which references are in traditional characters."""
        lines = []
        if self.skipped:
            total = self.skipped + len(self.pairs)
            lines.append(f"{self.skipped} of {total} units lack {' or '.join(self.languages)}: left out")
        for tag, count in self._traditional.items():
            lines.append(f"{count} segments are {tag}: traditional characters")
        return tuple(lines)

    def _fail(self, message: str, line: int | None = None, hint: str | None = None) -> NoReturn:
        where = self.parser.CurrentLineNumber if line is None else line
        raise InputError(message, path=self.path, line=where, hint=hint)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "tmx":
            self._fail(f"not a TMX file: it begins with <{name}>")
        if name == "tu":
            self._unit = {}
        elif name == "tuv":
            self._tag = attributes.get("xml:lang") or attributes.get("lang")
            if not self._tag:
                self._fail("a <tuv> without xml:lang")
        elif name == "seg":
            self._text, self._codes = [], 0
        elif self._text is not None and name in _CODES:
            self._codes += 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "seg" and self._tag is not None and self._text is not None:
            text = " ".join("".join(self._text).split())
            # A unit may hold a language twice; the first one counts.
            self._unit.setdefault(self._tag, (text, self.parser.CurrentLineNumber))
            self._text = None
        elif name == "tuv":
            self._tag = None
        elif name == "tu":
            self._close_unit()
        elif self._text is not None and name in _CODES:
            self._codes -= 1

    def _close_unit(self) -> None:
        self.seen.update(self._unit)
        tags = [best_match(language, self._unit) for language in self.languages]
        source, reference = tags
        if source is None or reference is None:
            self.skipped += 1
            return
        for tag in (source, reference):
            text, line = self._unit[tag]
            if not text:
                self._fail(f"an empty segment ({tag})", line)
            if is_traditional(tag):
                self._traditional[tag] += 1
        self.pairs.append((self._unit[source][0], self._unit[reference][0]))

    def _characters(self, data: str) -> None:
        if self._text is not None and not self._codes:
            self._text.append(data)

    def _entity_declared(self, name: str, *_: object) -> None:
        self._fail(
            f"declares the entity {name!r}", hint="entity declarations are refused; write the characters"
        )

    def _entity_skipped(self, name: str, _: object) -> None:
        self._fail(f"uses the undeclared entity &{name};", hint="write the character itself")
