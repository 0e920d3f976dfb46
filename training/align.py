"""Word alignment for guided attention: IBM Model 1 with a diagonal prior, by expectation–maximisation.

Model 1: Brown et al., "The Mathematics of Statistical Machine Translation", 1993. The diagonal prior
(a word's partner stands at about the same relative position) and its tension of 4 with 0.08 for "no
partner" are those of fast_align: Dyer, Chahuneau and Smith, "A Simple, Fast, and Effective
Reparameterization of IBM Model 2", NAACL 2013. We keep the tension fixed and work on pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.store import NO_LINK, TokenPairs

_TENSION = 4.0
_NO_PARTNER = 0.08
_SURE = 0.4  # a link is kept if this share of the probability stands behind it
_MAX_TOKENS = 60  # longer pairs get no links: guided attention is for the early stages, on short sentences
_CELLS = 4_000_000  # table look-ups per block


def add_links(
    pairs: Mapping[Path, TokenPairs],
    vocabulary_size: int,
    *,
    iterations: int = 4,
    train_pairs: int = 500_000,
    device: str = "cpu",
) -> Iterator[tuple[Path, TokenPairs]]:
    """The same pairs with `links` filled in, one by one. One table serves all directions."""
    table = torch.full((vocabulary_size * vocabulary_size,), 1.0 / vocabulary_size, device=device)
    total = sum(len(corpus) for corpus in pairs.values()) or 1
    for iteration in range(iterations):
        counts = torch.full_like(table, 1e-7)  # never 0: a pair of pieces may turn up later
        for corpus in pairs.values():
            wanted = max(min(len(corpus), 2000), len(corpus) * train_pairs // total)
            for source, target, _ in _blocks(corpus, wanted, _MAX_TOKENS):
                posterior, cells = _posterior(table, vocabulary_size, source.to(device), target.to(device))
                counts.scatter_add_(0, cells.flatten(), posterior[:, 1:].flatten())
        rows = counts.view(vocabulary_size, vocabulary_size)
        table = rows.div_(rows.sum(dim=1, keepdim=True)).flatten()
        print(f"alignment: iteration {iteration + 1} of {iterations} done", flush=True)
    for path, corpus in pairs.items():
        yield path, _link(corpus, table, vocabulary_size)


def _link(corpus: TokenPairs, table: torch.Tensor, size: int) -> TokenPairs:
    links = np.full(len(corpus.target), NO_LINK, np.uint8)
    starts = corpus.target_ends - corpus.target_lengths
    for source, target, members in _blocks(corpus, len(corpus), _MAX_TOKENS):
        posterior, _ = _posterior(table, size, source.to(table.device), target.to(table.device))
        share, position = posterior[:, 1:].max(dim=1)  # (B, T)
        chosen = torch.where(share > _SURE, position, NO_LINK).to(torch.uint8).cpu().numpy()
        for row, member in zip(chosen, members, strict=True):
            links[starts[member] : starts[member] + len(row)] = row
    return TokenPairs(corpus.source, corpus.target, corpus.source_ends, corpus.target_ends, links)


def _blocks(
    corpus: TokenPairs, wanted: int, max_tokens: int
) -> Iterator[tuple[torch.Tensor, torch.Tensor, NDArray[np.int64]]]:
    """Groups of pairs with equal lengths on both sides: ids (B, S), (B, T) and their numbers. No padding."""
    source_lengths, target_lengths = corpus.source_lengths, corpus.target_lengths
    fits = np.flatnonzero((source_lengths < max_tokens) & (target_lengths < max_tokens))
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


def _posterior(
    table: torch.Tensor, size: int, source: torch.Tensor, target: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """P(source position | target token), (B, 1 + S, T) with "no partner" first; table cells (B, S, T)."""
    s, t = source.shape[1], target.shape[1]
    here = torch.arange(s, device=table.device).add(0.5).div(s)[:, None]
    there = torch.arange(t, device=table.device).add(0.5).div(t)[None, :]
    prior = torch.exp(-_TENSION * (here - there).abs())  # (S, T)
    prior[0] *= 0.01  # the language tag is nobody's partner
    prior = prior / prior.sum(dim=0, keepdim=True) * (1 - _NO_PARTNER)
    cells = source[:, :, None] * size + target[:, None, :]
    joint = table[cells] * prior
    nobody = torch.full((len(source), 1, t), _NO_PARTNER / size, device=table.device)
    joint = torch.cat([nobody, joint], dim=1)
    return joint / joint.sum(dim=1, keepdim=True), cells
