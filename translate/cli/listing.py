"""Plain columns and JSON: listings look the same on a terminal and in a pipe."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Left-aligned columns, two spaces apart, under a head in capitals."""
    lines = [[cell.upper() for cell in head], *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def facts(pairs: Mapping[str, str | None]) -> str:
    """One `name  value` line for each fact that is known."""
    width = max(len(name) for name in pairs)
    return "".join(f"{name.ljust(width)}  {value}\n" for name, value in pairs.items() if value is not None)


def as_json(value: object) -> str:
    """Values, dataclasses among them, as indented JSON."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False) + "\n"


def plain(value: object) -> object:
    """`value` with nothing in it that JSON does not know."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum | Path):
        return str(value)
    return value


def megabytes(size: int | None) -> str:
    """A size for people: `298 MB`, or a question mark."""
    if size is None:
        return "?"
    return f"{size / 1e6:.1f} MB" if size < 10_000_000 else f"{size / 1e6:.0f} MB"
