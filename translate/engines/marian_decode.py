"""Batches of ids in, answers, vectors and attention out: what a Marian model on torch is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers.models.marian.modeling_marian import MarianMTModel

from translate.domain import Lang
from translate.engines.marian_graph import SHARE, Recorder
from translate.engines.marian_layers import Layers
from translate.engines.marian_task import Task, Written
from translate.engines.marian_voice import Reference, Search, Voice
from translate.engines.pieces import Pieces
from translate.engines.search import Answer, Decoding

_ATTENTION = [SDPBackend.FLASH_ATTENTION, SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]


class Decoder:
    """Writes answers for batches of encoded sentences.

    Args:
        vocabularies: the ids that answers in each language may have. There is no probability for others,
            instead of a mask in each step: their share goes to these, and every way of decoding agrees.
        reference: with the library's `generate` instead of our own search.
        recorder: how the device records steps of our search, where it can.
    """

    def __init__(
        self,
        model: MarianMTModel,
        pieces: Pieces,
        vocabularies: Mapping[Lang, Sequence[int]],
        *,
        reference: bool = False,
        recorder: Recorder | None = None,
    ) -> None:
        self._model = model
        self._pieces = pieces
        self._start: int = model.generation_config.decoder_start_token_id
        self._biases = {lang: _bias(model, ids) for lang, ids in vocabularies.items()}
        self._searches: dict[Lang, Search] = {}
        if reference:
            self._searches |= {lang: Reference(model, bias) for lang, bias in self._biases.items()}
            return
        layers, share = Layers(model), SHARE / len(vocabularies)
        voices = {
            ids: Voice(layers, ids, self._start, pieces.eos, recorder, share)
            for ids in set(map(tuple, vocabularies.values()))
        }
        self._searches |= {lang: voices[tuple(ids)] for lang, ids in vocabularies.items()}

    @property
    def notices(self) -> tuple[str, ...]:
        """What has been given up."""
        return tuple(dict.fromkeys(each for one in self._searches.values() for each in one.notices))

    def answers(
        self,
        rows: Sequence[Sequence[int]],
        limits: Sequence[int],
        how: Decoding,
        target: Lang,
        begun: Sequence[Sequence[int]] = (),
        without: Sequence[Sequence[Sequence[int]]] = (),
    ) -> list[tuple[Answer, ...]]:
        """`how.answers` answers per row of ids. `limits`: the most pieces each answer may have.

        `begun`: the pieces that each row's answers begin with; `without`: those that must not follow one
        another in them.
        """
        task = Task(limits, self._start, self._pieces.eos, how, begun, without if any(without) else ())
        with self._computing():
            states, mask = self._read(rows)
            found = self._searches[target].search(task, states, mask)
            looks = iter(self._looks(rows, found, states, mask) if how.looks else ())
        return [
            tuple(self._answer(written, limit, next(looks, ())) for written in several)
            for several, limit in zip(found, limits, strict=True)
        ]

    def _looks(
        self,
        rows: Sequence[Sequence[int]],
        found: Sequence[Sequence[Written]],
        states: torch.Tensor,
        mask: torch.Tensor,
    ) -> list[tuple[float, ...]]:
        """The most attention that each id of a row had from what was written, the first piece left out."""
        pairs = [(number, written.ids) for number, several in enumerate(found) for written in several]
        own = torch.tensor([number for number, _ in pairs], device=states.device)
        sources, targets = [rows[number] for number, _ in pairs], [ids for _, ids in pairs]
        seen = self._attention(sources, targets, states[own], mask[own])
        return [tuple(each[1:].amax(0).tolist()) if len(each) > 1 else () for each in seen]

    @contextmanager
    def _computing(self) -> Iterator[None]:
        """Without gradients; on a CUDA device also without cuDNN's attention.

        That plans each shape it has not seen, which took 15 ms a call on an H200 where the kernel took 0.3;
        and here every batch has its own shape, and every step of an answer.
        """
        on_card = self._model.device.type == "cuda"
        with torch.inference_mode(), sdpa_kernel(_ATTENTION) if on_card else nullcontext():
            yield

    def _answer(self, written: Written, limit: int, looks: tuple[float, ...]) -> Answer:
        mean = written.total / (len(written.ids) + 1)  # with </s>
        seen = (looks,) if looks else ()
        return Answer(self._pieces.decode(written.ids), len(written.ids) >= limit, round(mean, 4), seen)

    def _read(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Encoder states (B, S, D) and mask (B, S)."""
        ids, mask = self._pad(rows)
        return self._model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state, mask

    def pooled(self, rows: Sequence[Sequence[int]], prefix: int) -> torch.Tensor:
        """Mean encoder state of each row, without `</s>` and the first `prefix` ids. (B, D), float32."""
        with self._computing():
            states, mask = self._read(rows)
        kept = mask.float()
        for number, row in enumerate(rows):
            kept[number, len(row) - 1] = 0.0  # </s>
        kept[:, :prefix] = 0.0
        total = torch.einsum("bs,bsd->bd", kept, states.float())
        return total / kept.sum(1, keepdim=True).clamp(min=1.0)

    def attention(
        self, sources: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]
    ) -> list[torch.Tensor]:
        """Where the first head of the last layer looks while the model writes each target. (T, S) each."""
        with self._computing():
            return self._attention(sources, targets, *self._read(sources))

    def _attention(
        self,
        sources: Sequence[Sequence[int]],
        targets: Sequence[Sequence[int]],
        states: torch.Tensor,
        mask: torch.Tensor,
    ) -> list[torch.Tensor]:
        """The same, of sources that have been read: states (B, S, D) and mask (B, S)."""
        written, _ = self._pad([[self._start, *target[:-1]] for target in targets])  # (B, T)
        last = self._model.model.decoder.layers[-1].encoder_attn
        asked: list[torch.Tensor] = []
        hook = last.register_forward_pre_hook(lambda module, args: asked.append(args[0]))
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

    def chances(
        self,
        sources: Sequence[Sequence[int]],
        targets: Sequence[Sequence[int]],
        asked: Sequence[Sequence[tuple[int, int]]],
        target: Lang,
    ) -> list[list[float]]:
        """The log-probability of each (step, piece) asked of a pair, while the model writes its target."""
        written, _ = self._pad([[self._start, *target] for target in targets])  # (B, 1 + T)
        found = []
        with self._computing():
            states, mask = self._read(sources)
            decoded = self._model.model.decoder(
                input_ids=written,
                encoder_hidden_states=states,
                encoder_attention_mask=mask,
                use_cache=False,
            ).last_hidden_state  # (B, 1 + T, D)
            for row, wanted in zip(decoded, asked, strict=True):  # one by one: logits are many numbers
                steps = torch.tensor([step for step, _ in wanted], dtype=torch.long, device=row.device)
                pieces = torch.tensor([piece for _, piece in wanted], dtype=torch.long, device=row.device)
                logits = self._model.lm_head(row[steps]) + self._biases[target]
                logs = logits.float().log_softmax(-1).gather(1, pieces[:, None])
                found.append(logs[:, 0].tolist())
        return found

    def _pad(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        longest = max(map(len, rows))
        pad = self._pieces.pad
        ids = torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        return ids.to(self._model.device), mask.to(self._model.device)


def _bias(model: MarianMTModel, vocabulary: Sequence[int]) -> torch.Tensor:
    """The model's own for the pieces of a language, minus infinity for all others. (1, V)"""
    bias = torch.full_like(model.final_logits_bias, -torch.inf)
    ids = torch.tensor(vocabulary, device=bias.device)
    bias[:, ids] = model.final_logits_bias[:, ids]
    return bias
