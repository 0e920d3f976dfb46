"""The way back from `training.export`: a finished model becomes the checkpoint of a run, to be trained on.

    python -m training.adopt translate/weights/embedded --run runs/mine --hours 12.1 --tokens 88.8

For another text than the recipe's, or for a run whose folder is gone. Writes `vocabulary/` and
`checkpoint.pt`; tokens are then made with the model's own vocabulary. The optimiser's moments are not part of
a model: training warms up for a hundred steps. With `--recipe training/deep` the run's model is as large as
that recipe says, and begins where the finished one stands (see `training.grow`).
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from training.command import guarded
from training.export import hub_config, hub_names
from training.grow import grown
from training.model import Marian, ModelConfig
from training.recipe import Recipe, load_recipe
from translate.errors import InputError, WeightsError

_STEP_TOKENS = 4096  # of all recipes, about: only the order of batches depends on the number of steps
_NO_WEIGHT = "final_logits_bias"  # the same in every export
_VOCABULARY = ("source.spm", "target.spm", "vocab.json")


def adopt(
    model: Path, run: Path, *, hours: float = 0.0, tokens: float = 0.0, recipe: Recipe | None = None
) -> Path:
    """Writes the checkpoint and returns its path.

    `hours`, `tokens` (millions): what it has been trained for; the run's clock and log go on from there.
    `recipe`: says how large the run's model is, no smaller than the finished one; as large, if not given.
    Raises InputError if the run has begun already, WeightsError if the model is not one of ours.
    """
    path = run / "checkpoint.pt"
    if path.exists():
        raise InputError("a run has begun here already", path=path, hint="give another folder with --run")
    trained = _filled(*read_model(model))
    if recipe:
        try:
            trained = grown(trained, recipe.encoder_layers, recipe.ffn)
        except ValueError as err:
            raise InputError(str(err), path=model, hint="give another recipe with --recipe") from err
    (run / "vocabulary").mkdir(parents=True, exist_ok=True)
    for name in _VOCABULARY:
        shutil.copyfile(model / name, run / "vocabulary" / name)
    seen = round(tokens * 1e6)
    state = {
        "weights": torch.cat([p.detach().flatten() for p in trained.parameters()]),
        "step": max(1, seen // _STEP_TOKENS),
        "tokens": seen,
        "elapsed_s": hours * 3600,
        "stage": "",
        "stage_step": 0,
        "config": asdict(trained.config),
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    return partial.replace(path)


def read_model(folder: Path) -> tuple[ModelConfig, dict[str, Tensor]]:
    """Shape and float32 weights of an exported model. Raises WeightsError if it is another kind of model."""
    try:
        found: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        config = ModelConfig(
            vocabulary=int(found["vocab_size"]),
            width=int(found["d_model"]),
            heads=int(found["encoder_attention_heads"]),
            ffn=int(found["encoder_ffn_dim"]),
            encoder_layers=int(found["encoder_layers"]),
            decoder_layers=int(found["decoder_layers"]),
            max_positions=int(found["max_position_embeddings"]),
        )
        weights = {name: value.float() for name, value in load_file(folder / "model.safetensors").items()}
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=folder) from err
    except (ValueError, KeyError, TypeError, SafetensorError) as err:
        raise WeightsError(f"{folder} is no model of training.export: {err}") from err
    wanted = hub_config(config, found.get("pad_token_id", -1))
    if other := [key for key, value in wanted.items() if found.get(key) != value]:
        raise WeightsError(f"{folder} is no model of training.export: {', '.join(other)}")
    return config, weights


def _filled(config: ModelConfig, weights: dict[str, Tensor]) -> Marian:
    """The model with these weights. Raises WeightsError if they are not all, and no more, of its own."""
    model, left = Marian(config, pad=config.vocabulary - 1), dict(weights)
    left.pop(_NO_WEIGHT, None)
    for name, value in model.named_parameters():
        try:
            part = torch.cat([left.pop(theirs) for theirs in hub_names(name)])
        except KeyError as err:
            raise WeightsError(f"the model has no {err.args[0]}") from err
        if part.shape != value.shape:
            raise WeightsError(f"{name}: {tuple(part.shape)} instead of {tuple(value.shape)}")
        value.data.copy_(part)
    if left:
        raise WeightsError(f"the model has more than its config.json says: {min(left)}")
    # An export has zeros for padding. In training they would be a logit of 0, which may be the largest.
    model.embedding.weight.data[model.pad] = model.embedding.weight.data[: model.pad].mean(dim=0)
    return model


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path, help="folder that training.export wrote")
    parser.add_argument("--run", type=Path, required=True, help="folder of the new run")
    parser.add_argument("--hours", type=float, default=0.0, help="how long it has been trained")
    parser.add_argument("--tokens", type=float, default=0.0, help="target tokens it has seen, in millions")
    parser.add_argument("--recipe", type=Path, help="folder of a recipe with a larger model, to be trained")
    a = parser.parse_args()
    recipe = load_recipe(a.recipe) if a.recipe else None
    print(adopt(a.model, a.run, hours=a.hours, tokens=a.tokens, recipe=recipe))
    return 0


if __name__ == "__main__":
    guarded(main)
