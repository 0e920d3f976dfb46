"""A model on CTranslate2 that is made to write what it is given: what it looks at, what it thinks of it, and
how it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate.engines.search import Encoded, Located

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MOST_CHANCES = 2**24  # log-probabilities that are held at a time


@dataclass(frozen=True, slots=True)
class Forced:
    """`model`: a translator; `tokens`: what it calls each id; `rows`: where each id is in its output;
    `on_host`: brings a result of its device here."""

    model: Any
    tokens: Sequence[str]
    rows: Callable[[], Mapping[int, int]]
    on_host: Callable[[Any], Any]

    def attention(self, batch: Sequence[Located]) -> list[NDArray[np.float32]]:
        """What the first head of the last layer looks at while the model is made to write the target.

        Asked for alternatives, the library reads the target at once, several times faster than piece by
        piece, but each by itself; so each is asked for alone, and nothing depends on what is asked beside it.
        """
        import numpy as np  # here: a first answer needs none

        pending = [
            self.model.translate_batch(
                [self._named(pair.source)],
                target_prefix=[self._named(pair.target)],
                asynchronous=True,
                return_alternatives=True,
                return_attention=True,
                beam_size=1,
                max_decoding_length=len(pair.target),
                max_input_length=0,
            )[0]
            for pair in batch
        ]
        return [np.array(each.result().attention[0], np.float32) for each in pending]

    def chances(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], asked: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[float]]:
        """The log-probability of each (step, piece) asked of a pair, while the model writes its target."""
        longest = max(len(target) for _, target in batch) + 1
        share = max(1, _MOST_CHANCES // (len(self.rows()) * longest))
        parts = [slice(start, start + share) for start in range(0, len(batch), share)]
        return [each for part in parts for each in self._chances(batch[part], asked[part])]

    def _chances(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], asked: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[float]]:
        room = max(len(target) for _, target in batch) + 1
        found = self._stepped(batch, room, return_logits_vocab=True)
        rows = self.rows()
        return [
            self._logs(each.logits[0], [(step, rows[piece]) for step, piece in wanted])
            for each, wanted in zip(found, asked, strict=True)
        ]

    def logits(self, batch: Sequence[Encoded], steps: int) -> list[NDArray[np.float32]]:
        """Those of all rows, (V,), at each of at most so many steps of the answers."""
        found = self._stepped([(each, ()) for each in batch], steps, return_logits_vocab=True)
        return [self._row(step) for each in found for step in each.logits[0]]

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]]) -> list[float]:
        """The log-probability of each translation, with `</s>`."""
        found = self.model.score_batch(
            [self._named(source.ids) for source, _ in batch],
            [self._named(target) for _, target in batch],
            max_input_length=0,
        )
        return [sum(each.log_probs) for each in found]

    def go_on(self, batch: Sequence[tuple[Encoded, Sequence[int]]], room: int) -> list[list[int]]:
        """What becomes of each beginning with the likeliest piece each time, up to `room` pieces in all."""
        return [[int(token) for token in each.hypotheses[0]] for each in self._stepped(batch, room)]

    def _stepped(self, batch: Sequence[tuple[Encoded, Sequence[int]]], room: int, **how: Any) -> Any:
        """Results of a greedy search from each beginning, of one call."""
        return self.model.translate_batch(
            [self._named(source.ids) for source, _ in batch],
            target_prefix=[self._named(begun) for _, begun in batch],
            beam_size=1,
            max_decoding_length=room,
            max_input_length=0,
            **how,
        )

    def _row(self, step: Any) -> NDArray[np.float32]:
        """The logits of one step, (V,)."""
        import numpy as np

        return np.array(self.on_host(step), np.float32).ravel()

    def _named(self, ids: Sequence[int]) -> list[str]:
        return [self.tokens[number] for number in ids]

    def _logs(self, logits: Sequence[Any], asked: Sequence[tuple[int, int]]) -> list[float]:
        """The log-probabilities of (step, row) pairs. `logits`: those of all rows (V,), step by step."""
        import numpy as np

        places = {step: place for place, step in enumerate(sorted({step for step, _ in asked}))}
        rows = np.stack([self._row(logits[step]) for step in places])
        rows -= rows.max(axis=1, keepdims=True)
        norms = np.log(np.exp(rows).sum(axis=1))
        return [float(rows[places[step], row] - norms[places[step]]) for step, row in asked]
