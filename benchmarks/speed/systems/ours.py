"""This package: `translate.engines`, engine `ct2` or `torch`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from translate import __version__, engines
from translate.domain import Lang
from translate.registry.spec import ModelSpec, Task


class Ours:
    """What a caller of the library gets: checked, nothing cut, equal sentences once."""

    def __init__(self, engine: engines.LoadedEngine) -> None:
        self._engine = engine

    def translate(self, sentences: list[str]) -> list[str]:
        return [one.text for one in self._engine.translate(sentences, Lang.EN)]


def load(model: Path, options: dict[str, Any]) -> Ours:
    spec = ModelSpec("measured", Task.TRANSLATE, Lang.FR, {Lang.EN: options["prefix"]})
    device = options.get("device", "cpu")
    engine = engines.load(spec, model / "hf", device=device, beam=options["beam"], engine=options["engine"])
    return Ours(engine)


def versions() -> dict[str, str]:
    return {"translate-dispatch": __version__}
