"""What a Marian checkpoint directory says about itself, before any weight is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from translate.errors import WeightsError

NEEDED = ("config.json", "vocab.json", "source.spm", "target.spm")
AGAIN = "fetch the model again: translate models fetch"

SHARED = "model.shared.weight"
ENCODER = "model.encoder.embed_tokens.weight"
DECODER = "model.decoder.embed_tokens.weight"
OUTPUT = "lm_head.weight"


def read_config(directory: Path) -> Mapping[str, Any]:
    """`config.json`, after a look at which files are there. Raises WeightsError."""
    if not directory.is_dir():
        raise WeightsError(f"{directory}: no such model directory", hint=AGAIN)
    for name in NEEDED:
        if not (directory / name).is_file():
            raise WeightsError(f"{directory}: {name} is missing", hint=AGAIN)
    config = read_json(directory / "config.json")
    if (kind := config.get("model_type")) != "marian":
        raise WeightsError(f"{directory}: this is a {kind or 'nameless'} model, not a marian one")
    return config


def read_json(file: Path) -> dict[str, Any]:
    """The object in a JSON file; an empty one for JSON of another kind. Raises WeightsError."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as err:
        raise WeightsError(f"{file}: not valid JSON ({err})", hint=AGAIN) from err
    return value if isinstance(value, dict) else {}


def tied_keys(config: Mapping[str, Any]) -> tuple[str, ...]:
    """Keys that one matrix stands behind, the one to trust first. Empty if the configuration ties nothing."""
    if not config.get("tie_word_embeddings", True):
        return ()
    if config.get("share_encoder_decoder_embeddings", True):
        return (SHARED, ENCODER, DECODER, OUTPUT)
    return (DECODER, OUTPUT)
