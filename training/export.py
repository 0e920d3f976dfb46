"""Turns a checkpoint of `training.train` into a Hugging Face MarianMT directory.

    python -m training.export runs/small/3-news.pt --run runs/small -o translate/weights/embedded

float16 safetensors, `<pad>` last in the vocabulary with a zero embedding (CTranslate2's converter
expects both), a generation config, the pieces that each language is written with, and SHA256SUMS over
everything.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from training.command import guarded
from training.model import Marian, ModelConfig
from training.vocabulary import EOS_ID, UNK_ID, Vocabulary
from training.written import written
from translate.engines.vocabulary import FILE

_BLOCKS = {
    "attention": "self_attn",
    "attention_norm": "self_attn_layer_norm",
    "cross": "encoder_attn",
    "cross_norm": "encoder_attn_layer_norm",
    "ffn_norm": "final_layer_norm",
    "ffn.inner": "fc1",
    "ffn.outer": "fc2",
}
# The logit of `<pad>`. Training leaves it out, so that of a zero embedding may be far above all others, and
# `generate` counts it among the probabilities before it forbids it, which leads a beam search astray.
_UNHEARD = -10_000.0
_PROJECTIONS = {"query": ("q_proj",), "key_value": ("k_proj", "v_proj"), "out": ("out_proj",)}


def read_checkpoint(path: Path, pad: int) -> Marian:
    """The model of a checkpoint, float32 on the CPU."""
    state = torch.load(path, weights_only=True, map_location="cpu")
    model = Marian(ModelConfig(**state["config"]), pad)
    sizes = [p.numel() for p in model.parameters()]
    with torch.no_grad():
        for p, weight in zip(model.parameters(), state["weights"].split(sizes), strict=True):
            p.copy_(weight.view(p.shape))
    return model


def hub_weights(model: Marian) -> dict[str, Tensor]:
    """Weights under the names MarianMTModel has for them. Tied matrices are stored once."""
    weights: dict[str, Tensor] = {}
    for name, value in model.state_dict().items():
        names = hub_names(name)
        weights |= zip(names, value.chunk(len(names)), strict=True)
    weights["final_logits_bias"] = torch.zeros(1, model.config.vocabulary)
    weights["final_logits_bias"][0, model.pad] = _UNHEARD
    return {name: value.contiguous() for name, value in weights.items()}


def hub_names(name: str) -> tuple[str, ...]:
    """What MarianMTModel calls a weight of ours: two names where it has two matrices, one after the other."""
    if name == "embedding.weight":
        return ("model.shared.weight",)
    side, layer, rest = name.split(".", 2)
    block, kind = rest.rsplit(".", 1)
    prefix = f"model.{side}.layers.{layer}"
    if block in _BLOCKS:
        return (f"{prefix}.{_BLOCKS[block]}.{kind}",)
    attention, projection = block.split(".")
    return tuple(f"{prefix}.{_BLOCKS[attention]}.{theirs}.{kind}" for theirs in _PROJECTIONS[projection])


def hub_config(config: ModelConfig, pad: int) -> dict[str, object]:
    sides = {
        f"{side}_{key}": value
        for side, layers in (("encoder", config.encoder_layers), ("decoder", config.decoder_layers))
        for key, value in (("layers", layers), ("ffn_dim", config.ffn), ("attention_heads", config.heads))
    }
    return {
        "model_type": "marian", "architectures": ["MarianMTModel"], "is_encoder_decoder": True,
        "d_model": config.width, **sides, "num_hidden_layers": config.encoder_layers,
        "vocab_size": config.vocabulary, "decoder_vocab_size": config.vocabulary,
        "max_position_embeddings": config.max_positions, "activation_function": "relu",
        "scale_embedding": True, "static_position_embeddings": True, "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True, "dropout": 0.1, "attention_dropout": 0.0, "activation_dropout": 0.0,
        "encoder_layerdrop": 0.0, "decoder_layerdrop": 0.0, "init_std": 0.02, "use_cache": True,
        "pad_token_id": pad, "decoder_start_token_id": pad,
        "eos_token_id": EOS_ID, "forced_eos_token_id": EOS_ID,
        "dtype": "float16",
    }  # fmt: skip


def write_json(path: Path, value: Mapping[str, object]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def export(
    model: Marian,
    vocabulary: Vocabulary,
    out: Path,
    *,
    pieces: Mapping[str, Sequence[int]] | None = None,
    beam: int = 4,
) -> None:
    """Writes the whole directory. `pieces`: those that each target tag's language is written with."""
    out.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        model.embedding.weight[model.pad] = 0
    halves = {name: value.half() for name, value in hub_weights(model).items()}
    save_file(halves, out / "model.safetensors", metadata={"format": "pt"})
    (out / "model.safetensors").chmod(0o644)  # safetensors makes it private
    write_json(out / "config.json", hub_config(model.config, model.pad))
    generation = {
        "bad_words_ids": [[model.pad]], "decoder_start_token_id": model.pad, "eos_token_id": EOS_ID,
        "forced_eos_token_id": EOS_ID, "pad_token_id": model.pad, "max_length": model.config.max_positions,
        "num_beams": beam,
    }  # fmt: skip
    write_json(out / "generation_config.json", generation)
    tokenizer = {
        "tokenizer_class": "MarianTokenizer", "source_lang": "fra", "target_lang": "eng+cmn_Hans",
        "model_max_length": model.config.max_positions, "separate_vocabs": False,
        "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>",
    }  # fmt: skip
    write_json(out / "tokenizer_config.json", tokenizer)
    for name in ("source.spm", "target.spm", "vocab.json"):
        shutil.copyfile(vocabulary.folder / name, out / name)
    assert vocabulary.ids["<unk>"] == UNK_ID
    if pieces:
        listed = {tag: list(ids) for tag, ids in pieces.items()}
        (out / FILE).write_text(json.dumps(listed, separators=(",", ":")) + "\n", encoding="utf-8")
    write_sums(out)


def write_sums(folder: Path) -> None:
    """SHA256SUMS, in the format of `sha256sum`, over every other file of the folder."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files)
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    vocabulary = Vocabulary(arguments.run / "vocabulary")
    model = read_checkpoint(arguments.checkpoint, vocabulary.pad_id)
    pieces = written(arguments.run / "tokens", vocabulary)
    export(model, vocabulary, arguments.output, pieces=pieces)
    return 0


if __name__ == "__main__":
    guarded(main)
