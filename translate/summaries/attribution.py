"""Which paragraphs a written sentence comes from, by the words they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from translate.domain import Lang
from translate.summaries.words import words_of

_WORTH_NAMING = 0.25  # share of the sentence's weight that a further paragraph must add


class Attribution:
    """Finds the source paragraphs of a sentence; words that few paragraphs have weigh more."""

    def __init__(self, paragraphs: Mapping[int, tuple[str, ...]], lang: Lang) -> None:
        self._words = words_of(lang)
        self._stems = {
            block: frozenset(self._words.stems(" ".join(sentences)))
            for block, sentences in paragraphs.items()
        }
        seen = Counter(stem for stems in self._stems.values() for stem in stems)
        self._weight = {stem: math.log(1 + len(self._stems) / count) for stem, count in seen.items()}

    def sources(self, sentence: str) -> tuple[int, ...]:
        """The blocks that cover the sentence best, ascending; the first one if none shares a word with it."""
        missing = {stem for stem in self._words.stems(sentence) if stem in self._weight}
        enough = _WORTH_NAMING * self._worth(missing)
        found: list[int] = []
        while missing:
            block = max(self._stems, key=lambda b: (self._worth(missing & self._stems[b]), -b))
            if found and self._worth(missing & self._stems[block]) < enough:
                break
            found.append(block)
            missing -= self._stems[block]
        return tuple(sorted(found)) or (min(self._stems),)

    def _worth(self, stems: set[str] | frozenset[str]) -> float:
        return math.fsum(self._weight[stem] for stem in stems)
