"""What the shell offers when Tab is pressed. Never fails: no offer is better than an error in a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import typer

from translate.errors import TranslateError

_LANGUAGES = (("en", "English"), ("zh", "Chinese, simplified"))
_DEVICES = ("auto", "cpu", "cuda", "cuda:0", "mps")


def languages(incomplete: str) -> Iterator[tuple[str, str]]:
    yield from ((code, name) for code, name in _LANGUAGES if code.startswith(incomplete))


def engines(incomplete: str) -> Iterator[str]:
    from translate.engines import ENGINES

    yield from (name for name in ENGINES if name.startswith(incomplete))


def devices(incomplete: str) -> Iterator[str]:
    yield from (name for name in _DEVICES if name.startswith(incomplete))


def formats(incomplete: str) -> Iterator[str]:
    from translate.outputs import Format

    yield from (str(known) for known in Format if known.startswith(incomplete))


def limits(incomplete: str) -> Iterator[str]:
    from translate.text.reading import TextLimits

    yield from (f"{known.name}=" for known in fields(TextLimits) if known.name.startswith(incomplete))


def models(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Every registered model, whatever its task."""
    yield from _registered(ctx, incomplete, "translate", "summarize")


def translators(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    yield from _registered(ctx, incomplete, "translate")


def summarizers(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    yield from _registered(ctx, incomplete, "summarize")


def _registered(ctx: typer.Context, incomplete: str, *tasks: str) -> Iterator[tuple[str, str]]:
    from translate.registry import Registry

    try:
        registry = Registry.load(ctx.params.get("models"))
    except (TranslateError, OSError):
        return
    for spec in registry.models:
        for name in (spec.id, *spec.aliases):
            if spec.task in tasks and name.startswith(incomplete):
                yield name, f"{spec.source} → {', '.join(spec.targets)}"
