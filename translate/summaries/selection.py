"""Choosing sentences that are good, say different things (maximal marginal relevance) and read on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from translate.summaries.vectors import Floats

REDUNDANCY = 6.0  # points lost by a sentence whose words all stand in a chosen one
READS_ON = 2.0  # points gained by the sentence that follows a chosen one
NEAR_EQUAL = 0.8  # share of common content words from which two sentences are the same news


def rank(points: Floats, stems: Sequence[frozenset[str]], count: int) -> list[int]:
    """Up to `count` indices, best first, each chosen against those before it.

    Sentences that are nearly equal to a chosen one are passed over, so fewer than `count` may come back.
    Ties go to the earlier sentence.
    """
    remaining = np.asarray(points, dtype=np.float64).copy()
    overlap = np.zeros(len(stems))
    chosen: list[int] = []
    while len(chosen) < min(count, len(stems)):
        best = int(np.argmax(remaining - REDUNDANCY * overlap))
        if remaining[best] == -np.inf:
            break
        chosen.append(best)
        for index, words in enumerate(stems):
            common = len(words & stems[best])
            overlap[index] = max(overlap[index], common / max(min(len(words), len(stems[best])), 1))
            if common >= NEAR_EQUAL * max(len(words | stems[best]), 1):
                remaining[index] = -np.inf
        remaining[best] = -np.inf
        if best + 1 < len(stems):
            remaining[best + 1] += READS_ON
    return chosen
