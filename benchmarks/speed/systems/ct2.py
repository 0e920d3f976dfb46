"""CTranslate2 called directly: all sentences in one call, tokenised by sentencepiece.

`tuned` is how its performance guide wants it for throughput: as many single-threaded workers as there are
cores, sentences sorted and cut into batches of 2,048 tokens. `patience` is its own, 1, unless it is given.
Otherwise every setting is the default.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece


class Direct:
    def __init__(self, translator: Any, model: Path, prefix: str, settings: dict[str, Any]) -> None:
        self._translator = translator
        self._source = sentencepiece.SentencePieceProcessor(model_file=str(model / "hf/source.spm"))
        self._target = sentencepiece.SentencePieceProcessor(model_file=str(model / "hf/target.spm"))
        self._prefix = [prefix] if prefix else []
        self._settings = settings

    def change(self, options: dict[str, Any]) -> None:
        names = {"beam": "beam_size", "tokens": "max_batch_size"}
        self._settings |= {names[key]: value for key, value in options.items()}

    def translate(self, sentences: list[str]) -> list[str]:
        split = self._source.encode(sentences, out_type=str)
        rows = [[*self._prefix, *pieces, "</s>"] for pieces in split]
        found = self._translator.translate_batch(rows, **self._settings)
        texts: list[str] = self._target.decode([result.hypotheses[0] for result in found])
        return texts


def load(model: Path, options: dict[str, Any]) -> Direct:
    device = options.get("device", "cpu")
    settings: dict[str, Any] = {"beam_size": options["beam"], "max_decoding_length": 512}
    settings |= {"patience": options["patience"]} if "patience" in options else {}
    machine: dict[str, Any] = {}
    if options.get("tuned"):
        settings |= {"max_batch_size": options.get("tokens", 2048), "batch_type": "tokens"}
        if device == "cpu":
            machine = {"inter_threads": os.cpu_count() or 1, "intra_threads": 1}
    compute = "int8" if device == "cpu" else "float16"
    translator = ctranslate2.Translator(str(model / "ct2"), device=device, compute_type=compute, **machine)
    return Direct(translator, model, options["prefix"], settings)


def versions() -> dict[str, str]:
    return {"ctranslate2": ctranslate2.__version__}
