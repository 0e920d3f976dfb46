"""`MarianMTModel.generate` as its documentation calls it: batches of 32 sentences in the order given."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import torch
import transformers


class Generate:
    def __init__(self, model: Any, tokenizer: Any, prefix: str, beam: int, batch: int) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._prefix = f"{prefix} " if prefix else ""
        self._beam = beam
        self._batch = batch

    def change(self, options: dict[str, Any]) -> None:
        self._beam = options.get("beam", self._beam)
        self._batch = options.get("batch", self._batch)

    def translate(self, sentences: list[str]) -> list[str]:
        answers: list[str] = []
        for start in range(0, len(sentences), self._batch):
            texts = [self._prefix + text for text in sentences[start : start + self._batch]]
            rows = self._tokenizer(texts, return_tensors="pt", padding=True).to(self._model.device)
            written = self._model.generate(**rows, num_beams=self._beam)
            answers += self._tokenizer.batch_decode(written, skip_special_tokens=True)
        return answers


def load(model: Path, options: dict[str, Any]) -> Generate:
    """In float32 on a CPU: faster there than the 16 bits that weights may be stored in."""
    messages: Any = transformers.logging  # it has no types
    messages.set_verbosity_error()
    warnings.simplefilter("ignore")  # the tokeniser recommends a package that only changes punctuation
    device = options.get("device", "cpu")
    dtype = torch.float32 if device == "cpu" else torch.bfloat16
    loaded = transformers.MarianMTModel.from_pretrained(model / "hf", dtype=dtype)
    tokenizer = transformers.MarianTokenizer.from_pretrained(model / "hf")
    moved: Any = loaded.to(device)
    return Generate(moved.eval(), tokenizer, options["prefix"], options["beam"], options.get("batch", 32))


def versions() -> dict[str, str]:
    return {"transformers": transformers.__version__, "torch": torch.__version__}
