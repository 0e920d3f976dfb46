"""XML from outside, read without its dangers: entities are refused, errors name file and line."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from translate.errors import InputError


class GuardedParser:
    """An expat parser whose subclass takes elements and text; `path` is for its errors."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end
        self._parser.CharacterDataHandler = self.characters
        self._parser.EntityDeclHandler = self._entity_declared
        self._parser.SkippedEntityHandler = self._entity_skipped

    @property
    def line(self) -> int:
        """Where the parser is, from 1."""
        return self._parser.CurrentLineNumber

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def characters(self, data: str) -> None:
        raise NotImplementedError

    def parse(self, data: bytes, last: bool) -> None:
        """Raises InputError with file and line if it is not well-formed, or declares an entity."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as err:
            problem = expat.ErrorString(err.code) or "broken"
            raise InputError(f"not well-formed XML: {problem}", path=self.path, line=err.lineno) from err

    def fail(self, message: str, hint: str | None = None) -> NoReturn:
        raise InputError(message, path=self.path, line=self.line, hint=hint)

    def _entity_declared(self, name: str, *_: object) -> None:
        self.fail(
            f"declares the entity {name!r}", hint="entity declarations are refused; write the characters"
        )

    def _entity_skipped(self, name: str, _: object) -> None:
        self.fail(f"uses the undeclared entity &{name};", hint="write the character itself")
