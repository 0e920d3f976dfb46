"""This package: `translate.engines`, engine `ct2` or `torch`.

`graphs`: False takes each step of the torch engine by itself on CUDA. `rows`: answers on one of its boards.
`chunk`: pieces that a worker of the ct2 engine takes at a time; `workers`: how many it has on a card.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from translate import __version__, engines
from translate.domain import Lang
from translate.registry.spec import ModelSpec, Task


class Ours:
    """What a caller of the library gets: checked, nothing cut, equal sentences once."""

    def __init__(self, model: Path, options: dict[str, Any]) -> None:
        self._model = model
        self._options = options
        self._engine = _loaded(model, options)

    def change(self, options: dict[str, Any]) -> None:
        self._options = self._options | options
        self._engine = _loaded(self._model, self._options)

    def translate(self, sentences: list[str]) -> list[str]:
        found = [one.text for one in self._engine.translate(sentences, Lang.EN)]
        if self._options.get("graphs") and self._engine.notices:
            raise RuntimeError(self._engine.notices[-1])  # what was measured is not what it is called
        return found


def load(model: Path, options: dict[str, Any]) -> Ours:
    return Ours(model, options)


def _loaded(model: Path, options: dict[str, Any]) -> engines.LoadedEngine:
    spec = ModelSpec("measured", Task.TRANSLATE, Lang.FR, {Lang.EN: options["prefix"]})
    device, beam, engine = options.get("device", "cpu"), options["beam"], options["engine"]
    if "chunk" in options:
        from translate.engines import ct2_machine

        ct2_machine.ON_CARD_CHUNK = options["chunk"]
        ct2_machine.ON_CARD = options["workers"]
    if "graphs" not in options:
        return engines.load(spec, model / "hf", device=device, beam=beam, engine=engine)
    from translate.engines import marian, marian_graph

    marian_graph.ROWS = options.get("rows", marian_graph.ROWS)
    return marian.MarianEngine.load(spec, model / "hf", device=device, beam=beam, graphs=options["graphs"])


def versions() -> dict[str, str]:
    return {"translate-dispatch": __version__}
