"""Which files make a model. The same rules choose what to download and judge what is on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable

CONFIG = "config.json"
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
_SHARD = re.compile(r"model-\d{5}-of-(\d{5})\.safetensors")
_PICKLED = re.compile(r".*\.(bin|pt|pth|ckpt|pkl|h5|msgpack|ot|onnx)")

MARIAN_TOKENIZER = ("source.spm", "target.spm", "vocab.json")
# Each is a whole tokeniser of a summariser; the first group that is there is enough.
OTHER_TOKENIZERS = (
    ("tokenizer.json",),
    ("spiece.model",),
    ("sentencepiece.bpe.model",),
    ("spm.model",),
    ("vocab.json", "merges.txt"),
)
OPTIONAL = (
    "generation_config.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "target_vocab.json",  # Marian models with one vocabulary per side
    "target_pieces.json",  # which pieces each language is written with
)
_PLAIN = frozenset(
    {CONFIG, *OPTIONAL, *MARIAN_TOKENIZER, *(name for group in OTHER_TOKENIZERS for name in group)}
)


def needed(names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` that loading uses, sorted. Never a pickled weight file, code or a path."""
    there = set(names)
    chosen = there & _PLAIN
    if WEIGHTS in there:
        chosen.add(WEIGHTS)
    elif INDEX in there:
        chosen |= {INDEX, *(name for name in there if _SHARD.fullmatch(name))}
    return tuple(sorted(chosen))


def lacking(names: Iterable[str]) -> tuple[str, ...]:
    """What a directory or repository with these files still needs to be a model; empty if whole."""
    there = set(names)
    faults = [] if CONFIG in there else [CONFIG]
    if WEIGHTS not in there:
        faults += _missing_shards(there) if INDEX in there else [WEIGHTS]
    if "source.spm" in there or "target.spm" in there:
        faults += [name for name in MARIAN_TOKENIZER if name not in there]
    elif not any(there.issuperset(group) for group in OTHER_TOKENIZERS):
        faults.append("a tokeniser (source.spm, target.spm and vocab.json; or tokenizer.json)")
    return tuple(faults)


def pickled(names: Iterable[str]) -> tuple[str, ...]:
    """Weight files in formats that we never load, because they can run code or need another library."""
    return tuple(sorted(name for name in names if _PICKLED.fullmatch(name)))


def _missing_shards(there: set[str]) -> list[str]:
    shards = [name for name in there if _SHARD.fullmatch(name)]
    totals = {int(match[1]) for name in shards if (match := _SHARD.fullmatch(name))}
    total = max(totals, default=1)
    wanted = (f"model-{number:05}-of-{total:05}.safetensors" for number in range(1, total + 1))
    return [name for name in wanted if name not in there]
