"""One YAML file as plain values that remember their line numbers. Strict where YAML is lax."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from translate.errors import RegistryError

MAX_BYTES = 1_000_000  # a registry of thousands of models is far smaller


class Table(dict[str, object]):
    """A YAML mapping with text keys, and the 1-based line of each key."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a registry file, for messages: file, line, and what is there (`barthez.decode`)."""

    path: Path
    line: int | None = None
    name: str = ""

    def error(self, message: str, *, hint: str | None = None) -> RegistryError:
        """The error to raise for what stands here."""
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return RegistryError(": ".join(part for part in (where, self.name, message) if part), hint=hint)

    def at(self, table: Table, key: str) -> Spot:
        """The spot of `key` inside the table that stands here."""
        name = f"{self.name}.{key}" if self.name else key
        return Spot(self.path, table.lines.get(key, self.line), name)


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses duplicate keys, keys that are not text, and anchors."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # Aliases let a file of a few lines grow to gigabytes; a registry has no use for them.
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(None, None, "anchors and aliases (`&`, `*`) are not allowed", mark)
        return super().compose_node(parent, index)


def _table(loader: _Loader, node: yaml.MappingNode) -> Iterator[Table]:
    table = Table()
    yield table
    for key_node, value_node in node.value:
        key: Hashable = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            message = f"the key {key!r} is not text; put it in quotes"
            raise yaml.MarkedYAMLError(None, None, message, key_node.start_mark)
        if key in table:
            message = f"the key `{key}` stands here twice (first in line {table.lines[key]})"
            raise yaml.MarkedYAMLError(None, None, message, key_node.start_mark)
        table.lines[key] = line
        table[key] = loader.construct_object(value_node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _table)


def read(path: Path) -> Table:
    """The mapping that the file holds.

    Raises:
        RegistryError: unreadable, too large, not UTF-8, not YAML, or not a mapping.
    """
    spot = Spot(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as err:
        raise spot.error(f"cannot be read: {err.strerror or err}") from err
    if len(data) > MAX_BYTES:
        raise spot.error(f"larger than {MAX_BYTES:,} bytes; this is no registry file")
    try:
        value: Any = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError as err:
        raise spot.error(f"not UTF-8 text (byte {err.start})") from err
    except RecursionError as err:
        raise spot.error("nested too deeply") from err
    except (yaml.YAMLError, ValueError) as err:  # ValueError: an impossible date, for instance
        raise _explained(err, spot) from err
    if not isinstance(value, Table):
        raise spot.error("must be a mapping with the keys `schema` and `models`")
    return value


def _explained(err: Exception, spot: Spot) -> RegistryError:
    mark = getattr(err, "problem_mark", None)
    problem = getattr(err, "problem", None) or str(err).splitlines()[0]
    line = mark.line + 1 if mark else None
    hint = None
    if mark and ">>" in (mark.get_snippet(max_length=200) or ""):
        hint = 'a target prefix needs quotes: ">>eng<<"'
    return Spot(spot.path, line).error(str(problem), hint=hint)
