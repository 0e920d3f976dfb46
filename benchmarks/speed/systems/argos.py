"""argos-translate: CTranslate2, paragraph by paragraph, in batches of 32 pieces. In its own environment.

Its sentence splitter is a model that it fetches from the network when it is first used. Here every paragraph
is one sentence, and a splitter that leaves it as it is stands in: that costs less than the real one.
"""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import Any


class AsItIs:
    """Takes the place of a sentence splitter."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


class Argos:
    def __init__(self, translation: Any) -> None:
        self._translation = translation

    def translate(self, sentences: list[str]) -> list[str]:
        answers: list[str] = self._translation.translate("\n".join(sentences)).split("\n")
        return answers


def load(model: Path, options: dict[str, Any]) -> Argos:
    place = model / "argos"
    os.environ |= {
        "ARGOS_PACKAGES_DIR": str(place / "packages"),
        "ARGOS_BEAM_SIZE": str(options["beam"]),
        "XDG_DATA_HOME": str(place / "data"),
        "XDG_CACHE_HOME": str(place / "cache"),
    }
    # It reads all this when it is imported, in an environment of its own.
    import argostranslate.translate  # type: ignore[import-not-found]

    translation = argostranslate.translate.get_translation_from_codes("fr", "en")
    translation.underlying.sentencizer = AsItIs()
    return Argos(translation)


def versions() -> dict[str, str]:
    return {f"argos's {name}": version(name) for name in ("argostranslate", "ctranslate2")}
