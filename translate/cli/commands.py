"""The commands by name, each imported when it is called or listed; none waits for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from translate.cli.boundary import ErrorBoundary

# The module of each, in the order in which the help page lists them.
_HOMES = {
    "dispatch": "dispatch",
    "summary": "dispatch",
    "batch": "batch",
    "evaluate": "evaluate",
    "doctor": "doctor",
    "models": "models",
    "glossary": "glossary",
    "memory": "memory",
}


class Commands(Mapping[str, Any]):
    """Typer's command, or group of commands, for each name."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _made(name, import_module(f"translate.cli.{_HOMES[name]}"))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


class Root(ErrorBoundary):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = Commands()  # type: ignore[assignment]  # it is only read


def _made(name: str, home: object) -> Any:
    """The command, or the Typer with commands, that `home` calls `name`, as Typer makes it within a group."""
    parent = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    found = getattr(home, name)
    if isinstance(found, typer.Typer):
        parent.add_typer(found, name=name)
    else:
        parent.callback()(lambda: None)
        parent.command()(found)
    group = typer.main.get_command(parent)
    assert isinstance(group, TyperGroup)
    return group.commands[name]
