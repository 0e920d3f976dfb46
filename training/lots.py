"""Questions with their answers as tensors, those of like length together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.answers import Question
from translate.domain import Lang

_CELLS = 6000  # padded target pieces of a lot, references included
_POOL = 4000  # questions sorted together


@dataclass(frozen=True, slots=True)
class Lot:
    """Questions of one target language: ids (G, S); each one's reference and answers (R, T); `of` (R,): which
    source each answers; its worth (R,), NaN of a reference."""

    source: Tensor
    target: Tensor
    of: Tensor
    worth: Tensor
    lang: Lang
    reference_tokens: int


def lots(questions: Sequence[Question], pad: int, seed: int, cells: int = _CELLS) -> list[Lot]:
    """All questions once, those of like length together, in a random order."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(questions)).tolist()
    found = []
    for start in range(0, len(order), _POOL):
        pool = sorted(
            (questions[number] for number in order[start : start + _POOL]),
            key=lambda each: (each.target, len(each.source), each.width),
        )
        found += [_collated(group, pad) for group in _cut(pool, cells)]
    return [found[number] for number in rng.permutation(len(found))]


def _cut(questions: Sequence[Question], cells: int) -> Iterator[list[Question]]:
    group: list[Question] = []
    rows = width = 0
    for each in questions:
        more = 1 + len(each.answers)
        if group and ((rows + more) * max(width, each.width) > cells or group[0].target is not each.target):
            yield group
            group, rows, width = [], 0, 0
        group.append(each)
        rows, width = rows + more, max(width, each.width)
    if group:
        yield group


def _collated(group: Sequence[Question], pad: int) -> Lot:
    rows = [(place, row) for place, each in enumerate(group) for row in (each.reference, *each.answers)]
    worth = [value for each in group for value in (float("nan"), *each.worth)]
    return Lot(
        _filled([each.source for each in group], pad),
        _filled([row for _, row in rows], pad),
        torch.tensor([place for place, _ in rows]),
        torch.tensor(worth),
        group[0].target,
        sum(len(each.reference) for each in group),
    )


def _filled(rows: Sequence[Sequence[int]], pad: int) -> Tensor:
    filled = torch.full((len(rows), max(map(len, rows))), pad)
    for number, row in enumerate(rows):
        filled[number, : len(row)] = torch.tensor(row)
    return filled
