"""Word alignment for guided attention: IBM Model 1 with a diagonal prior, by expectation–maximisation.

Model 1: Brown et al., "The Mathematics of Statistical Machine Translation", 1993. The diagonal prior
(a word's partner stands at about the same relative position) and its tension of 4 with 0.08 for "no
partner" are those of fast_align: Dyer, Chahuneau and Smith, "A Simple, Fast, and Effective
Reparameterization of IBM Model 2", NAACL 2013. We keep the tension fixed and work on pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.store import NO_LINK, TokenPairs

_TENSION = 4.0
_NO_PARTNER = 0.08
_SURE = 0.4  # a link is kept if this share of the probability stands behind it
_LONGEST = (
    59  # tokens of a pair that gets links: guided attention is for the early stages, on short sentences
)
_CELLS = 4_000_000  # table look-ups per block


class Table:
    """How likely each target token is the partner of each source token; at first, all are equally likely.

    `cells`: of the table, if it is to be smaller than `sources` x `targets`; then pairs of tokens share one
    with others now and then.
    """

    def __init__(self, sources: int, targets: int, cells: int | None = None, device: str = "cpu") -> None:
        self.targets = targets
        self.counts = torch.ones(cells or sources * targets, device=device)
        self.totals = torch.full((sources,), float(targets), device=device)

    @property
    def device(self) -> torch.device:
        return self.counts.device

    def posterior(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """P(source position | target token), (B, 1 + S, T) with "no partner" first.

        The first source token is nobody's partner: the language tag, or whatever stands in its place.
        """
        s, t = source.shape[1], target.shape[1]
        here = torch.arange(s, device=self.device).add(0.5).div(s)[:, None]
        there = torch.arange(t, device=self.device).add(0.5).div(t)[None, :]
        prior = torch.exp(-_TENSION * (here - there).abs())  # (S, T)
        prior[0] *= 0.01
        prior = prior / prior.sum(dim=0, keepdim=True) * (1 - _NO_PARTNER)
        joint = self.counts[self._cells(source, target)] / self.totals[source][:, :, None] * prior
        nobody = torch.full((len(source), 1, t), _NO_PARTNER / self.targets, device=self.device)
        joint = torch.cat([nobody, joint], dim=1)
        return joint / joint.sum(dim=1, keepdim=True)

    def after(self, blocks: Iterable[tuple[torch.Tensor, torch.Tensor]]) -> Table:
        """The table that these pairs suggest, read with this one: one round of expectation–maximisation."""
        new = copy(self)
        new.counts = torch.full_like(self.counts, 1e-7)  # never 0: a pair of tokens may turn up later
        new.totals = torch.full_like(self.totals, 1e-7 * self.targets)
        for source, target in blocks:
            source, target = source.to(self.device), target.to(self.device)
            expected = self.posterior(source, target)[:, 1:]  # (B, S, T)
            new.counts.scatter_add_(0, self._cells(source, target).flatten(), expected.flatten())
            new.totals.scatter_add_(0, source.flatten(), expected.sum(dim=2).flatten())
        return new

    def _cells(self, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        return (source[:, :, None] * self.targets + target[:, None, :]) % len(self.counts)


def add_links(
    pairs: Mapping[Path, TokenPairs],
    vocabulary_size: int,
    *,
    iterations: int = 4,
    train_pairs: int = 500_000,
    device: str = "cpu",
) -> Iterator[tuple[Path, TokenPairs]]:
    """The same pairs with `links` filled in, one by one. One table serves all directions."""
    table = Table(vocabulary_size, vocabulary_size, device=device)
    total = sum(len(corpus) for corpus in pairs.values()) or 1
    for iteration in range(iterations):
        table = table.after(
            (source, target)
            for corpus in pairs.values()
            for source, target, _ in blocks(
                corpus, max(min(len(corpus), 2000), len(corpus) * train_pairs // total)
            )
        )
        print(f"alignment: iteration {iteration + 1} of {iterations} done", flush=True)
    for path, corpus in pairs.items():
        yield path, _link(corpus, table)


def _link(corpus: TokenPairs, table: Table) -> TokenPairs:
    found = np.full(len(corpus.target), NO_LINK, np.uint8)
    starts = corpus.target_ends - corpus.target_lengths
    for source, target, members in blocks(corpus, len(corpus)):
        for row, member in zip(links(table, source, target, _SURE), members, strict=True):
            found[starts[member] : starts[member] + len(row)] = row
    return TokenPairs(corpus.source, corpus.target, corpus.source_ends, corpus.target_ends, found)


def links(table: Table, source: torch.Tensor, target: torch.Tensor, sure: float) -> NDArray[np.uint8]:
    """The source position of each target token, (B, T); NO_LINK where none is as likely as `sure`."""
    posterior = table.posterior(source.to(table.device), target.to(table.device))
    share, position = posterior[:, 1:].max(dim=1)  # (B, T)
    chosen: NDArray[np.uint8] = torch.where(share > sure, position, NO_LINK).to(torch.uint8).cpu().numpy()
    return chosen


def blocks(
    corpus: TokenPairs, wanted: int, longest: int = _LONGEST
) -> Iterator[tuple[torch.Tensor, torch.Tensor, NDArray[np.int64]]]:
    """Groups of pairs with equal lengths on both sides: ids (B, S), (B, T) and their numbers. No padding.

    About `wanted` pairs, evenly spread, without those that have a side of more than `longest` tokens.
    """
    source_lengths, target_lengths = corpus.source_lengths, corpus.target_lengths
    fits = np.flatnonzero((source_lengths <= longest) & (target_lengths <= longest))
    if wanted < len(fits):
        fits = fits[:: max(1, len(fits) // wanted)]
    order = fits[np.lexsort((target_lengths[fits], source_lengths[fits]))]
    shape = source_lengths[order] * 1000 + target_lengths[order]
    for group in np.split(order, np.flatnonzero(np.diff(shape)) + 1):
        if not len(group):
            continue
        s, t = int(source_lengths[group[0]]), int(target_lengths[group[0]])
        for part in np.array_split(group, max(1, len(group) * s * t // _CELLS)):
            source = corpus.source[(corpus.source_ends[part] - s)[:, None] + np.arange(s)]
            target = corpus.target[(corpus.target_ends[part] - t)[:, None] + np.arange(t)]
            yield torch.from_numpy(source.astype(np.int64)), torch.from_numpy(target.astype(np.int64)), part
