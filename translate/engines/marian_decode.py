"""Decoding with the library's own `generate`: the reference that any faster decoder has to equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers.generation.configuration_utils import GenerationConfig
from transformers.generation.logits_process import LogitsProcessor, LogitsProcessorList
from transformers.modeling_outputs import BaseModelOutput
from transformers.models.marian.modeling_marian import MarianMTModel

from translate.engines.pieces import Pieces
from translate.engines.search import Answer, Decoding


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


class GreedyScores(LogitsProcessor):
    """Notes the log-probability of the best piece in each step, which is the one that greedy search takes."""

    def __init__(self) -> None:
        self._steps: list[torch.Tensor] = []

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        self._steps.append(scores.amax(-1) - scores.logsumexp(-1))  # (B,)
        return scores

    def means(self, kept: torch.Tensor) -> torch.Tensor:
        """Mean over the pieces of each answer that `kept` (B, T) marks. (B,)"""
        return (torch.stack(self._steps, 1) * kept).sum(1) / kept.sum(1)


class Decoder:
    """Writes answers for batches of encoded sentences."""

    def __init__(self, model: MarianMTModel, pieces: Pieces) -> None:
        self._model = model
        self._pieces = pieces
        # Marian itself never writes <unk> or padding. No probability for them, instead of a mask in each
        # step: their share goes to the other pieces, and every way of decoding gets it for free.
        model.final_logits_bias[:, list(pieces.silent)] = -torch.inf

    def answers(
        self, rows: Sequence[Sequence[int]], limits: Sequence[int], how: Decoding
    ) -> list[tuple[Answer, ...]]:
        """`how.answers` answers per row of ids. `limits`: the most pieces each answer may have."""
        ids, mask = self._pad(rows)  # (B, S)
        processors = LogitsProcessorList([RowLimits(limits, self._pieces.eos, self._model.device)])
        noted = GreedyScores()
        if how.is_plain:
            processors.append(noted)
        with torch.inference_mode():
            states = self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
            written = self._model.generate(
                # Its own object: generate repeats the states for each beam inside the object it is given.
                encoder_outputs=BaseModelOutput(last_hidden_state=states),
                attention_mask=mask,
                generation_config=self._config(how, max(limits)),
                logits_processor=processors,
            )  # (B * answers, 1 + T)
            kept = written[:, 1:] != self._pieces.pad  # after </s> there is only padding
            states, mask = (each.repeat_interleave(how.answers, 0) for each in (states, mask))
            means = noted.means(kept) if how.is_plain else self._score(states, mask, written, kept)
        scores = [round(score, 4) for score in means.tolist()]
        every = [limit for limit in limits for _ in range(how.answers)]
        found = [self._answer(*each) for each in zip(written[:, 1:].tolist(), every, scores, strict=True)]
        return [tuple(found[start : start + how.answers]) for start in range(0, len(found), how.answers)]

    def pooled(self, rows: Sequence[Sequence[int]], prefix: int) -> torch.Tensor:
        """Mean encoder state of each row, without `</s>` and the first `prefix` ids. (B, D), float32."""
        ids, mask = self._pad(rows)
        with torch.inference_mode():
            states = self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
        kept = mask.float() * (ids != self._pieces.eos)
        kept[:, :prefix] = 0.0
        total = torch.einsum("bs,bsd->bd", kept, states.float())
        return total / kept.sum(1, keepdim=True).clamp(min=1.0)

    def attention(
        self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]
    ) -> list[torch.Tensor]:
        """Where the first head of the last layer looks while the model writes each target. (T, S) each."""
        ids, mask = self._pad(sources)
        start = self._model.generation_config.decoder_start_token_id
        written, _ = self._pad([[start, *target[:-1]] for target in targets])  # (B, T)
        last = self._model.model.decoder.layers[-1].encoder_attn
        asked: list[torch.Tensor] = []
        hook = last.register_forward_pre_hook(lambda module, args: asked.append(args[0]))
        with torch.inference_mode():
            states = self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
            try:
                self._model.model.decoder(
                    input_ids=written,
                    encoder_hidden_states=states,
                    encoder_attention_mask=mask,
                    use_cache=False,
                )
            finally:
                hook.remove()
            head = slice(last.head_dim)
            queries = last.q_proj(asked[0])[..., head] * last.scaling  # (B, T, d)
            seen = queries @ last.k_proj(states)[..., head].transpose(1, 2)  # (B, T, S)
            shares = seen.float().masked_fill(mask[:, None] == 0, -torch.inf).softmax(-1)
        sizes = zip(shares, targets, sources, strict=True)
        return [share[: len(target), : len(source)] for share, target, source in sizes]

    def _pad(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(map(len, rows))
        pad = self._pieces.pad
        ids = torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        return ids.to(self._model.device), mask.to(self._model.device)

    def _config(self, how: Decoding, limit: int) -> GenerationConfig:
        """All settings in one object; nothing is left to the checkpoint's defaults."""
        make: Any = GenerationConfig  # it has no types
        config: GenerationConfig = make(
            num_beams=how.beam,
            num_return_sequences=how.answers,
            do_sample=False,
            length_penalty=how.length_penalty,
            early_stopping=how.early_stopping,
            no_repeat_ngram_size=how.no_repeat_ngram,
            repetition_penalty=how.repetition_penalty,
            min_new_tokens=how.min_pieces or None,
            max_new_tokens=limit + 1,  # and </s>, which RowLimits sets
            decoder_start_token_id=self._model.generation_config.decoder_start_token_id,
            eos_token_id=self._pieces.eos,
            pad_token_id=self._pieces.pad,
            use_cache=True,
        )
        return config

    def _answer(self, row: Sequence[int], limit: int, score: float) -> Answer:
        """A row up to its `</s>`."""
        eos = self._pieces.eos
        ids = tuple(row[: row.index(eos)] if eos in row else row)
        return Answer(self._pieces.decode(ids), cut=len(ids) >= limit, score=score)

    def _score(
        self, states: torch.Tensor, mask: torch.Tensor, written: torch.Tensor, kept: torch.Tensor
    ) -> torch.Tensor:
        """Mean log-probability of each answer, `</s>` included, read in one pass. (B,)"""
        decoded = self._model.model.decoder(
            input_ids=written[:, :-1],
            encoder_hidden_states=states,
            encoder_attention_mask=mask,
            use_cache=False,
        ).last_hidden_state  # (B, T, D)
        # Answer by answer: the logits of all at once would be B x T x V numbers.
        found = [
            self._logs(row[keep]).gather(1, labels[keep][:, None]).mean()
            for row, labels, keep in zip(decoded, written[:, 1:], kept, strict=True)
        ]
        return torch.stack(found)

    def _logs(self, decoded: torch.Tensor) -> torch.Tensor:
        """Log-probabilities from decoder states: (T, D) -> (T, V)."""
        logits: torch.Tensor = self._model.lm_head(decoded) + self._model.final_logits_bias
        return logits.float().log_softmax(-1)
