"""EasyNMT: `generate` of an older transformers on batches sorted by length. In its own environment."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import easynmt  # type: ignore[import-not-found]  # lives in an environment of its own


class Easy:
    """`translate` with each sentence as a document: its splitter would need data from the network."""

    def __init__(self, model: Any, prefix: str, beam: int) -> None:
        self._model = model
        self._prefix = f"{prefix} " if prefix else ""
        self._beam = beam

    def translate(self, sentences: list[str]) -> list[str]:
        texts = [self._prefix + text for text in sentences]
        settings = {"beam_size": self._beam, "batch_size": 32, "perform_sentence_splitting": False}
        answers: list[str] = self._model.translate(texts, source_lang="fr", target_lang="en", **settings)
        return answers


def load(model: Path, options: dict[str, Any]) -> Easy:
    place = model / "easynmt"
    os.chdir(
        place
    )  # where `Helsinki-NLP/opus-mt-fr-en` is a folder: it takes that before a name on the network
    return Easy(easynmt.EasyNMT(str(place)), options["prefix"], options["beam"])


def versions() -> dict[str, str]:
    return {f"EasyNMT's {name}": version(name) for name in ("easynmt", "transformers", "torch")}
