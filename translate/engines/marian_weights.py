"""Loads a Marian checkpoint from a local directory, and trusts nothing about it.

A damaged or wrongly tied model does not fail: it writes fluent nonsense. So the files, the keys, the
shapes and every number are checked, and the model answers a probe sentence before it is used.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from transformers.models.marian.modeling_marian import MarianMTModel
from transformers.models.marian.tokenization_marian import MarianTokenizer
from transformers.utils import logging as _logging

from translate.engines.checkpoint import AGAIN, read_config, tied_keys
from translate.engines.fingerprint import weight_files
from translate.errors import EngineError, WeightsError

logging: Any = _logging  # it has no types


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A loaded model and tokeniser. `notices`: what loading had to repair."""

    directory: Path
    model: MarianMTModel
    tokenizer: MarianTokenizer
    notices: tuple[str, ...] = ()


def load(directory: Path, device: torch.device) -> Checkpoint:
    """The checkpoint in `directory`, on `device` and ready to run. Raises WeightsError."""
    config = read_config(directory)
    files = weight_files(directory)
    tied = tied_keys(config)
    differing = _differing(files, tied) if tied else ()
    with quiet():
        tokenizer = _load_tokenizer(directory)
        model = _load_model(directory)
    _check_vocabulary(directory, tokenizer, model)
    notices = (_tie(model, differing),) if differing else ()
    _check_numbers(directory, model)
    return Checkpoint(directory, _place(model, device), tokenizer, notices)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps the library's progress bars, warnings and advice off stderr, and puts its settings back."""
    verbosity, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()


def _differing(files: Sequence[Path], tied: Sequence[str]) -> tuple[str, ...]:
    """Keys that should be one matrix but are several in the file.

    transformers 5 then leaves them apart and the model writes nonsense; earlier versions tied them, which is
    what these checkpoints were exported for. Raises WeightsError if a file is damaged.
    """
    found: dict[str, torch.Tensor] = {}
    for file in files:
        try:
            with safe_open(file, framework="pt") as tensors:
                found |= {key: tensors.get_tensor(key) for key in tied if key in tensors.keys()}  # noqa: SIM118
        except (SafetensorError, OSError) as err:
            raise WeightsError(f"{file}: damaged or incomplete ({err})", hint=AGAIN) from err
    trusted = found.get(tied[0])
    if trusted is None:
        rest = list(found.values())
        if all(torch.equal(rest[0], other) for other in rest[1:]):
            return ()
        raise WeightsError(
            f"{files[0].parent}: {tied[0]} is missing and the weights tied to it differ", hint=AGAIN
        )
    return tuple(key for key, value in found.items() if not torch.equal(value, trusted))


def _load_tokenizer(directory: Path) -> MarianTokenizer:
    try:
        tokenizer: MarianTokenizer = MarianTokenizer.from_pretrained(str(directory), local_files_only=True)
    except Exception as err:  # whatever the library raises for broken vocabulary files
        raise WeightsError(f"{directory}: the vocabulary cannot be read ({_line(err)})", hint=AGAIN) from err
    return tokenizer


def _load_model(directory: Path) -> MarianMTModel:
    """The model in float32, all keys accounted for."""
    try:
        loaded: Any = MarianMTModel.from_pretrained(
            str(directory),
            local_files_only=True,
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
        )
    except Exception as err:  # whatever the library raises for broken weights
        raise WeightsError(f"{directory}: the weights cannot be read ({_line(err)})", hint=AGAIN) from err
    model, report = loaded  # in evaluation mode: no dropout
    for problem in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        if keys := sorted(map(str, report[problem])):
            some = ", ".join(keys[:3]) + (f" and {len(keys) - 3} more" if len(keys) > 3 else "")
            raise WeightsError(f"{directory}: {problem.replace('_', ' ')} in the weights: {some}", hint=AGAIN)
    checked: MarianMTModel = model
    return checked


def _check_vocabulary(directory: Path, tokenizer: MarianTokenizer, model: MarianMTModel) -> None:
    """Raises WeightsError unless each id of the vocabulary has its weights, and the special ids agree."""
    read, written = dict(tokenizer.encoder), dict(tokenizer.decoder)
    sizes = {"input": (max(read.values()), model.model.encoder.embed_tokens.num_embeddings)}
    sizes["output"] = (max(written), model.lm_head.out_features)
    for side, (highest, rows) in sizes.items():
        if highest >= rows:
            raise WeightsError(
                f"{directory}: the vocabulary has {highest + 1} {side} ids, the weights {rows}"
            )
    for name in ("eos_token_id", "pad_token_id"):
        ours, theirs = getattr(tokenizer, name), getattr(model.config, name)
        if ours != theirs:
            raise WeightsError(f"{directory}: {name} is {ours} in vocab.json and {theirs} in config.json")


def _tie(model: MarianMTModel, differing: Sequence[str]) -> str:
    """Tie what the configuration calls tied; says so."""
    shared = model.config.share_encoder_decoder_embeddings
    trusted = model.model.shared.weight if shared else model.model.decoder.embed_tokens.weight
    if shared:
        model.model.encoder.embed_tokens.weight = trusted
        model.model.decoder.embed_tokens.weight = trusted
    model.lm_head.weight = trusted
    return f"tied again as its configuration says: {', '.join(differing)}"


def _check_numbers(directory: Path, model: MarianMTModel) -> None:
    """Raises WeightsError if a weight is not finite."""
    for name, weight in model.state_dict().items():
        # The sum is one fast pass; only if it is not finite every number is looked at.
        if not torch.isfinite(weight.sum()) and not torch.isfinite(weight).all():
            count = int((~torch.isfinite(weight)).sum())
            raise WeightsError(f"{directory}: {name} has {count} weights that are not numbers", hint=AGAIN)


def _place(model: MarianMTModel, device: torch.device) -> MarianMTModel:
    """The model on its device: float32 on CPU and MPS, 16 bits on CUDA."""
    placed: Any = model  # the library's annotation of `to` is wrong
    try:
        placed.to(device)
        if device.type == "cuda":
            placed.to(
                torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
            )
    except RuntimeError as err:  # out of memory, a driver that fails
        raise EngineError(
            f"the model does not fit on {device} ({_line(err)})", hint="use --device cpu or a smaller model"
        ) from err
    return model


def _line(err: Exception) -> str:
    """The first line of a foreign error, not too long for one line of ours."""
    lines = str(err).strip().splitlines() or [type(err).__name__]
    return lines[0][:200]
