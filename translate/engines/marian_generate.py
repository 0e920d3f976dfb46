"""Decoding with the library's own `generate`: the reference that our own search has to equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers.generation.configuration_utils import GenerationConfig
from transformers.generation.logits_process import LogitsProcessor, LogitsProcessorList
from transformers.modeling_outputs import BaseModelOutput
from transformers.models.marian.modeling_marian import MarianMTModel

from translate.engines.marian_rules import without_words
from translate.engines.marian_task import Bounds, Task, Written


class RowLimits(LogitsProcessor):
    """Ends each sentence at its own limit, so that what it becomes does not depend on its batch."""

    def __init__(self, limits: Sequence[int], eos: int, device: torch.device) -> None:
        self._limits = torch.tensor(limits, device=device)  # (B,)
        self._first = min(limits)
        self._eos = eos

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        written = input_ids.shape[1] - 1  # without the start token
        if written < self._first:  # nothing to do in nearly all steps
            return scores
        over = (self._limits <= written).repeat_interleave(scores.shape[0] // len(self._limits))
        ended = torch.full_like(scores, -torch.inf)
        ended[:, self._eos] = 0.0
        return torch.where(over[:, None], ended, scores)  # (B * beam, V)


class Beginnings(LogitsProcessor):
    """Lets each sentence begin as it has to, at no cost."""

    def __init__(self, begun: Sequence[Sequence[int]]) -> None:
        self._begun = begun

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        written, beam = input_ids.shape[1] - 1, scores.shape[0] // len(self._begun)
        for number, ids in enumerate(self._begun):
            if written < len(ids):
                rows = slice(number * beam, (number + 1) * beam)
                scores[rows] = -torch.inf
                scores[rows, ids[written]] = 0.0
        return scores


class Without(LogitsProcessor):
    """Keeps each sentence from its words."""

    def __init__(self, without: torch.Tensor) -> None:
        self._without = without  # (B, W, L)

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        beam = scores.shape[0] // len(self._without)
        return without_words(scores, input_ids, self._without.repeat_interleave(beam, 0))


def generated(
    model: MarianMTModel, task: Task, states: torch.Tensor, mask: torch.Tensor
) -> list[tuple[Written, ...]]:
    """What `generate` answers to each sentence, best first. `states` (B, S, D), `mask` (B, S)."""
    count = task.how.answers
    written = model.generate(
        # Its own object: generate repeats the states for each beam inside the object it is given.
        encoder_outputs=BaseModelOutput(last_hidden_state=states),
        attention_mask=mask,
        generation_config=_config(task, model.generation_config.pad_token_id),
        logits_processor=LogitsProcessorList(
            [
                *([Without(Bounds.of(task, model.device).without)] if task.without else []),
                *([Beginnings(task.begun)] if task.begun else []),
                RowLimits(task.limits, task.eos, model.device),
            ]
        ),
    )  # (B * answers, 1 + T)
    states, mask = (each.repeat_interleave(count, 0) for each in (states, mask))
    totals = _totals(model, states, mask, written, task.eos)
    rows = [
        Written(tuple(row[: row.index(task.eos)] if task.eos in row else row), total)
        for row, total in zip(written[:, 1:].tolist(), totals, strict=True)
    ]
    return [tuple(rows[start : start + count]) for start in range(0, len(rows), count)]


def _config(task: Task, pad: int) -> GenerationConfig:
    """All settings in one object; nothing is left to the checkpoint's defaults."""
    make: Any = GenerationConfig  # it has no types
    how = task.how
    config: GenerationConfig = make(
        num_beams=how.beam,
        num_return_sequences=how.answers,
        do_sample=False,
        length_penalty=how.length_penalty,
        early_stopping=how.early_stopping,
        no_repeat_ngram_size=how.no_repeat_ngram,
        repetition_penalty=how.repetition_penalty,
        min_new_tokens=how.min_pieces or None,
        max_new_tokens=max(task.limits) + 1,  # and </s>, which RowLimits sets
        decoder_start_token_id=task.start,
        eos_token_id=task.eos,
        pad_token_id=pad,
        use_cache=True,
    )
    return config


def _totals(
    model: MarianMTModel, states: torch.Tensor, mask: torch.Tensor, written: torch.Tensor, eos: int
) -> list[float]:
    """The log-probability of each answer, `</s>` included, read in one pass."""
    decoded = model.model.decoder(
        input_ids=written[:, :-1], encoder_hidden_states=states, encoder_attention_mask=mask, use_cache=False
    ).last_hidden_state  # (B, T, D)
    found = []
    # Answer by answer: the logits of all at once would be B x T x V numbers.
    for row, labels in zip(decoded, written[:, 1:], strict=True):
        ends = (labels == eos).nonzero()
        length = int(ends[0, 0]) + 1 if len(ends) else len(labels)
        logits = model.lm_head(row[:length]) + model.final_logits_bias
        logs = logits.float().log_softmax(-1).gather(1, labels[:length, None])
        found.append(float(logs.sum()))
    return found
