"""A Hugging Face sequence-to-sequence checkpoint that writes: BART, BARThez, mBARThez, T5, mT5 …

Only reached through the lazy loader. Files come from a local directory, weights from safetensors alone, and
no code of a checkpoint is ever run.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.engines.device import pick
from translate.engines.fingerprint import weight_files
from translate.errors import EngineError, WeightsError
from translate.registry.spec import ModelSpec

if TYPE_CHECKING:
    import torch
    from transformers import GenerationConfig

BATCH = 8  # texts written at once
LENGTH_STEP = 32  # texts are written together if their token counts agree when rounded up to this
BEAM = 4  # where neither the registry nor the checkpoint says
MAX_NEW_TOKENS = 160
SHORTER = 2  # a summary has at most this fraction (1/2) of its source's tokens …
LEAST_NEW_TOKENS = 24  # … but may always have these
LEAST_LIMIT = 16  # a model that reads less at once cannot summarise


@dataclass(frozen=True, slots=True)
class Candidate:
    """One text a model wrote. `complete`: the model ended it itself, it was not cut at the limit."""

    text: str
    complete: bool


class Seq2SeqWriter:
    """A loaded checkpoint with its tokeniser."""

    def __init__(self, spec: ModelSpec, tokenizer: Any, model: Any, device: torch.device) -> None:
        self._spec = spec
        self._tokenizer = tokenizer
        self._model = model
        self._device = device
        self._prefix = spec.targets.get(spec.source, "")
        self._extra_tokens = len(tokenizer(self._prefix)["input_ids"])

    @classmethod
    def load(cls, spec: ModelSpec, directory: Path, device: str) -> Seq2SeqWriter:
        """The checkpoint in `directory`. Raises WeightsError or EngineError."""
        chosen = pick(device)
        if not directory.is_dir():
            raise WeightsError(
                f"{spec.id}: no directory {directory}", hint=f"translate models fetch {spec.id}"
            )
        weight_files(directory)
        tokenizer, model = _read(spec, directory)
        writer = cls(spec, tokenizer, model.to(chosen).eval(), chosen)
        if writer.limit < LEAST_LIMIT:
            raise WeightsError(f"{spec.id}: reads {writer.limit} tokens at once, {LEAST_LIMIT} are needed")
        writer._check_probe()
        return writer

    @property
    def limit(self) -> int:
        """How many tokens of text one call may read; prefix and special tokens are already taken off."""
        known = (
            self._spec.limits.max_source_tokens,
            getattr(self._model.config, "max_position_embeddings", None),
            self._tokenizer.model_max_length,
        )
        return min(number for number in known if number) - self._extra_tokens

    def size(self, text: str) -> int:
        """The number of tokens of `text`, without prefix and special tokens."""
        return len(self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"])

    def write(self, texts: Sequence[str]) -> list[list[Candidate]]:
        """For each text what the model makes of it, best first. Each must fit `limit`. Raises EngineError."""
        rounded = [-(-self.size(text) // LENGTH_STEP) * LENGTH_STEP for text in texts]
        written: dict[int, list[Candidate]] = {}
        for length in sorted(set(rounded)):
            # One length, one set of settings: what a text becomes does not depend on its company.
            settings = self._settings(length)
            for batch in _batches([n for n, own in enumerate(rounded) if own == length], BATCH):
                answers = self._generate([texts[index] for index in batch], settings)
                written.update(zip(batch, answers, strict=True))
        return [written[index] for index in range(len(texts))]

    def _generate(self, texts: Sequence[str], settings: GenerationConfig) -> list[list[Candidate]]:
        import torch

        inputs = self._tokenizer([self._prefix + text for text in texts], padding=True, return_tensors="pt")
        length = int(inputs["input_ids"].shape[1])
        if length > self.limit + self._extra_tokens:
            raise EngineError(f"{self._spec.id}: {length} tokens at once, the limit is {self.limit}")
        inputs.pop("token_type_ids", None)  # some tokenisers give them, no encoder-decoder takes them
        try:
            with torch.inference_mode():
                ids = self._model.generate(**inputs.to(self._device), generation_config=settings)
        except RuntimeError as err:  # out of memory is one too
            raise EngineError(f"{self._spec.id} cannot run on {self._device}: {err}") from err
        candidates = [self._candidate(row, settings) for row in ids.tolist()]
        each = settings.num_return_sequences
        return [candidates[start : start + each] for start in range(0, len(candidates), each)]

    def _settings(self, source_tokens: int) -> GenerationConfig:
        """The checkpoint's own settings, except where the registry or the length of the source says more."""
        settings: GenerationConfig = copy.deepcopy(self._model.generation_config)
        decode = self._spec.decode
        most = min(decode.max_new_tokens or MAX_NEW_TOKENS, self._spec.limits.max_target_tokens)
        settings.max_length = None
        settings.max_new_tokens = min(most, max(source_tokens // SHORTER, LEAST_NEW_TOKENS))
        # A checkpoint made for long articles forces 50 tokens and more, which it must invent for a paragraph.
        least = min(settings.min_length or 0, source_tokens // 4, settings.max_new_tokens)
        settings.min_length = None
        settings.min_new_tokens = least or None
        settings.do_sample = False
        settings.num_beams = decode.beam or settings.num_beams or BEAM
        settings.early_stopping = bool(settings.early_stopping) and settings.num_beams > 1
        settings.num_return_sequences = settings.num_beams
        if isinstance(decode.length_penalty, int | float):
            settings.length_penalty = decode.length_penalty
        if decode.no_repeat_ngram is not None:
            settings.no_repeat_ngram_size = decode.no_repeat_ngram
        return settings

    def _candidate(self, ids: list[int], settings: GenerationConfig) -> Candidate:
        padding = self._tokenizer.pad_token_id
        written = [token for token in ids[1:] if token != padding]  # the first is the decoder's start
        text = self._tokenizer.decode(ids, skip_special_tokens=True)
        return Candidate(" ".join(text.split()), complete=len(written) < settings.max_new_tokens)

    def _check_probe(self) -> None:
        """Raises WeightsError if the model does not pass its registry probe: its weights are broken."""
        probe = self._spec.probe
        if probe is None:
            return
        answer = self.write([probe.text])[0][0].text
        if not any(word.casefold() in answer.casefold() for word in probe.expect):
            raise WeightsError(f"{self._spec.id} fails its self-check: it wrote {answer[:80]!r}")


def _read(spec: ModelSpec, directory: Path) -> tuple[Any, Any]:
    """Tokeniser and model, complete. Raises WeightsError for whatever is wrong with the files."""
    from safetensors import SafetensorError
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True, trust_remote_code=False)
        model, report = AutoModelForSeq2SeqLM.from_pretrained(
            directory,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            output_loading_info=True,
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError, SafetensorError) as err:
        raise WeightsError(f"{spec.id}: cannot load {directory}: {_first_line(err)}") from err
    wrong = [*report["missing_keys"], *report["mismatched_keys"]]
    if wrong:
        # The library would fill them with random numbers and go on.
        raise WeightsError(f"{spec.id}: {directory} lacks {len(wrong)} weights, among them {wrong[0]}")
    if len(tokenizer) > model.get_input_embeddings().num_embeddings:
        raise WeightsError(f"{spec.id}: the tokeniser in {directory} has more pieces than the model")
    return tokenizer, model


def _first_line(err: Exception) -> str:
    return str(err).strip().partition("\n")[0] or type(err).__name__


def _batches(items: Sequence[int], size: int) -> Iterator[list[int]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
