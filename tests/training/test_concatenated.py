"""Long pairs, made of pairs that follow one another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.training.toy import write_text
from training.concatenated import Row, Side, as_pairs, concatenated
from training.run import make_tokens
from training.store import NO_LINK, TokenPairs
from training.vocabulary import Vocabulary
from translate.domain import Lang

STOP, SEMICOLON, SPACE, OPENER, SMALL, SPACED, PLAIN = 10, 11, 12, 13, 14, 15, 16
FRENCH = Side(STOP, SEMICOLON, frozenset({STOP}), {OPENER: SMALL}, {})
CHINESE = Side(STOP, SEMICOLON, frozenset({STOP}), {}, {SPACE: -1, SPACED: PLAIN})
TAG, END = 99, 0


def pairs_of(*rows: tuple[list[int], list[int], list[int]]) -> TokenPairs:
    """Pairs of (source, target, links) without tag and ends."""
    sources = [np.array([TAG, *source, END], np.uint16) for source, _, _ in rows]
    targets = [np.array([*target, END], np.uint16) for _, target, _ in rows]
    bare = TokenPairs.from_lists(sources, targets)
    ends = [len(source) + 1 for source, _, _ in rows]
    links = np.concatenate([[*each, end] for (_, _, each), end in zip(rows, ends, strict=True)])
    return TokenPairs(bare.source, bare.target, bare.source_ends, bare.target_ends, links.astype(np.uint8))


def made(pairs: TokenPairs, seed: int = 1) -> TokenPairs:
    return as_pairs(concatenated(pairs, (FRENCH, CHINESE), np.random.default_rng(seed)), TAG)


def test_rows_stand_behind_one_another_with_their_links_and_one_end() -> None:
    both = made(
        pairs_of(([20, 21, STOP], [SPACED, STOP], [2, 3]), ([22, STOP], [SPACED, 31, STOP], [1, NO_LINK, 2]))
    )
    assert both.source.tolist() == [TAG, 20, 21, STOP, 22, STOP, END]
    assert both.target.tolist() == [SPACED, STOP, PLAIN, 31, STOP, END]
    assert both.links.tolist() == [2, 3, 4, NO_LINK, 5, 6]


def test_a_space_that_opens_chinese_is_gone_within_a_text() -> None:
    both = made(
        pairs_of(([20, STOP], [SPACED, STOP], [1, 2]), ([22, STOP], [SPACE, 31, STOP], [NO_LINK, 1, 2]))
    )
    assert both.target.tolist() == [SPACED, STOP, 31, STOP, END]
    assert both.links.tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "second",
    [
        ([22, 23], [SPACED, STOP], [1, 2]),  # a heading has no full stop
        ([22, STOP], [17, STOP], [1, 2]),  # this piece opens texts only
        ([STOP], [SPACED, STOP], [1, 2]),
    ],
)
def test_what_cannot_stand_behind_a_sentence_does_not(second: tuple[list[int], list[int], list[int]]) -> None:
    assert len(made(pairs_of(([20, STOP], [SPACED, STOP], [1, 2]), second))) == 0


def test_some_become_one_sentence() -> None:
    rows = [([OPENER, 21, STOP], [SPACED, 31, STOP], [1, 2, 3])] * 300
    all_of_it = made(pairs_of(*rows))
    text, answer = all_of_it.source.tolist(), all_of_it.target.tolist()
    joints = text.count(SEMICOLON)
    assert 0.3 < joints / (text.count(OPENER) + text.count(SMALL) - len(all_of_it)) < 0.5
    assert joints == answer.count(SEMICOLON) == text.count(SMALL)
    assert all(text[place + 1] == SMALL for place, piece in enumerate(text) if piece == SEMICOLON)


def test_links_that_are_too_far_for_a_byte_are_none() -> None:
    long = Row(np.full(200, 20, np.uint16), np.full(2, 30, np.uint16), np.array([1, 200]))
    both = as_pairs([[long, long]], TAG)
    assert both.links.tolist() == [2, 201, 202, NO_LINK, NO_LINK]


def test_the_tokens_are_sentences_of_the_news_mix(tmp_path: Path) -> None:
    plan = write_text(tmp_path)
    make_tokens(plan)
    vocabulary = Vocabulary(plan.run / "vocabulary")
    lines = (tmp_path / "data" / "domain" / "A.train.tsv").read_text(encoding="utf-8").splitlines()
    for column, target in ((1, Lang.EN), (2, Lang.ZH)):
        pairs = TokenPairs.load(plan.run / "tokens" / f"concatenated.fr-{target}.npz")
        assert len(pairs) > 10
        assert max(pairs.source_lengths) > 60
        known = {"".join(line.split("\t")[column].split()).casefold().rstrip(".。") for line in lines}
        for number in range(len(pairs)):
            one = pairs.between(number, number + 1)
            text = "".join(vocabulary.decode(one.target).split()).casefold()
            assert any(text.startswith(each) and text != each for each in known)
            assert one.source[0] == vocabulary.tag_id(target)
            assert len(one.links) == len(one.target)
