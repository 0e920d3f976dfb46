"""Batches: the same as gathered pair by pair, every pair once, and the same made ahead by a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from training.batches import Batch, Prefetched, Sampler
from training.store import NO_LINK, TokenPairs

PAD = 63


def corpus(tag: int, size: int, seed: int, *, linked: bool = False) -> TokenPairs:
    rng = np.random.default_rng(seed)
    sources = [np.array([tag, *rng.integers(2, 50, rng.integers(1, 9)), 0], np.uint16) for _ in range(size)]
    targets = [np.array([*rng.integers(2, 50, rng.integers(1, 9)), 0], np.uint16) for _ in range(size)]
    pairs = TokenPairs.from_lists(sources, targets)
    links = rng.integers(0, 9, len(pairs.target)).astype(np.uint8) if linked else pairs.links
    return TokenPairs(pairs.source, pairs.target, pairs.source_ends, pairs.target_ends, links)


CORPORA = {"a": corpus(60, 300, 1, linked=True), "b": corpus(61, 200, 2), "c": corpus(60, 90, 3)}
WEIGHTS = {"a": 1.0, "b": 2.5, "c": 0.4}


def sampler(weights: dict[str, float] = WEIGHTS, **changes: int) -> Sampler:
    options: dict[str, Any] = {"pad": PAD, "max_tokens": 30, "batch_tokens": 64, "seed": 1, **changes}
    return Sampler(CORPORA, weights, **options)


def rows_of(pairs: TokenPairs, number: int) -> tuple[list[int], list[int], list[int]]:
    """Source, target and links of one pair, read the plain way."""
    s = slice(pairs.source_ends[number - 1] if number else 0, pairs.source_ends[number])
    t = slice(pairs.target_ends[number - 1] if number else 0, pairs.target_ends[number])
    links = pairs.links[t].tolist() if len(pairs.links) else [NO_LINK] * (t.stop - t.start)
    return pairs.source[s].tolist(), pairs.target[t].tolist(), links


def plainly(members: NDArray[np.int64], weights: dict[str, float]) -> tuple[list[list[int]], ...]:
    """Padded rows of pairs, which are numbered over all corpora, made one by one."""
    every = [rows_of(CORPORA[name], number) for name in weights for number in range(len(CORPORA[name]))]
    chosen = [every[int(member)] for member in members]
    padded = []
    for side, fill in ((0, PAD), (1, PAD), (2, NO_LINK)):
        width = max(len(row[side]) for row in chosen)
        padded.append([row[side] + [fill] * (width - len(row[side])) for row in chosen])
    return tuple(padded)


def test_batches_are_what_they_are_when_gathered_pair_by_pair() -> None:
    quick, again = sampler(), sampler()
    batches = iter(quick)
    members = again._cut(again.epoch())
    again.rng.shuffle(members)
    assert len(members) > 20
    for wanted, batch in zip(members, batches, strict=False):
        source, target, links = plainly(wanted, WEIGHTS)
        assert batch.source.tolist() == source
        assert batch.target.tolist() == target
        assert batch.links.tolist() == links
        assert batch.tokens == sum(i != PAD for row in target for i in row)
        assert {row[0] for row in source} == {batch.tag}
        assert batch.target.numel() <= 64 or len(batch.target) == 1


def test_target_languages_are_mixed_where_they_need_not_be_apart() -> None:
    """A step of one language pushes the pieces of the others down."""
    batches = islice(iter(sampler(apart=False, batch_tokens=400)), 8)
    tags = [batch.source[:, 0] for batch in batches]
    assert all({60, 61} == set(each.tolist()) for each in tags)
    pairs = sampler(apart=False, batch_tokens=400)
    cut = np.concatenate(pairs._cut(epoch := pairs.epoch()))
    assert sorted(cut.tolist()) == sorted(epoch.tolist())


def test_a_stride_makes_few_shapes_and_loses_nothing() -> None:
    fixed = sampler(apart=False, stride=4, batch_tokens=64)
    epoch = fixed.epoch()
    batches = [fixed._collate(pairs) for pairs in fixed._cut(epoch)]
    shapes = {tuple(batch.source.shape) for batch in batches}
    assert shapes == {(16, 4), (8, 8), (5, 12)}
    assert all(batch.source.shape == batch.target.shape == batch.links.shape for batch in batches)
    lines = [row[row != PAD].tolist() for batch in batches for row in batch.source if (row != PAD).any()]
    every = [rows_of(CORPORA[name], number)[0] for name in WEIGHTS for number in range(len(CORPORA[name]))]
    assert sorted(lines) == sorted(every[number] for number in epoch)
    assert sum(batch.tokens for batch in batches) == int(fixed.target.lengths[epoch].sum())


def test_one_pass_has_every_pair_as_often_as_its_corpus_weighs() -> None:
    passed = sampler().epoch()
    numbers, counts = np.unique(passed, return_counts=True)
    assert set(counts[numbers < 300]) == {1}
    assert set(counts[(numbers >= 300) & (numbers < 500)]) == {2, 3}
    assert counts[(numbers >= 300) & (numbers < 500)].sum() == 500
    assert counts[numbers >= 500].sum() == 36


def test_ranks_share_the_batches() -> None:
    whole = [batch.source.tolist() for batch in islice(iter(sampler()), 10)]
    shares = [iter(sampler(rank=rank, ranks=2)) for rank in (0, 1)]
    shared = [next(shares[number % 2]).source.tolist() for number in range(10)]
    assert shared == whole


def test_long_pairs_are_left_out_and_nothing_left_is_an_error() -> None:
    batches = iter(sampler(max_tokens=6))
    assert max(next(batches).source.shape[1] for _ in range(30)) == 6
    with pytest.raises(ValueError, match="at most 1 pieces"):
        sampler(max_tokens=1)
    with pytest.raises(ValueError, match="every corpus is empty"):
        Sampler(
            {"a": TokenPairs.from_lists([], [])}, {"a": 1.0}, pad=PAD, max_tokens=9, batch_tokens=9, seed=1
        )


def test_common_pieces_are_counted_for_each_target_language() -> None:
    common = sampler().common_pieces(minimum=25)
    for tag, names in ((60, "ac"), (61, "b")):
        ids = np.concatenate([CORPORA[name].target for name in names])
        wanted = [i for i in range(50) if (ids == i).sum() >= 25]
        assert common[tag].tolist() == wanted


def test_batches_made_ahead_are_the_same_in_the_same_order() -> None:
    plain = list(islice(iter(sampler()), 60))
    ahead = Prefetched(iter(sampler()), ahead=3)
    for one, other in zip(plain, islice(ahead, 60), strict=True):
        assert torch.equal(one.source, other.source)
        assert torch.equal(one.target, other.target)
        assert torch.equal(one.links, other.links)
        assert (one.tokens, one.tag) == (other.tokens, other.tag)
    before = threading.active_count()
    ahead.close()
    assert threading.active_count() == before - 1


def test_what_goes_wrong_ahead_is_raised_where_a_batch_is_asked_for() -> None:
    def broken() -> Iterator[Batch]:
        yield next(iter(sampler()))
        raise RuntimeError("disk gone")

    ahead = Prefetched(broken())
    next(ahead)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="disk gone"):
            next(ahead)
    ahead.close()


def test_an_end_is_an_end() -> None:
    ahead = Prefetched(islice(iter(sampler()), 3))
    assert len(list(ahead)) == 3
    assert list(ahead) == []
    ahead.close()
