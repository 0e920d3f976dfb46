"""Headlines in capitals, made of pairs that are there."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import numpy as np

from tests.training.toy import RECIPE, write_text
from training.capitals import in_capitals
from training.corpora import Pair
from training.run import make_tokens
from training.store import TokenPairs
from training.vocabulary import Vocabulary
from translate.domain import Lang

PAIR = Pair("L'économie française a ralenti.", "The French economy slowed.")


def test_french_and_english_are_in_capitals_and_chinese_is_as_it_was() -> None:
    rng = random.Random(2)
    english = {in_capitals(PAIR, Lang.EN, rng).target for _ in range(9)}
    chinese = {in_capitals(Pair(PAIR.source, "法国经济放缓。"), Lang.ZH, rng).target for _ in range(9)}
    assert english == {"THE FRENCH ECONOMY SLOWED."}
    assert chinese == {"法国经济放缓。"}


def test_accents_are_kept_on_some_and_dropped_on_others() -> None:
    rng = random.Random(2)
    sources = [in_capitals(PAIR, Lang.EN, rng).source for _ in range(50)]
    assert set(sources) == {"L'ÉCONOMIE FRANÇAISE A RALENTI.", "L'ECONOMIE FRANCAISE A RALENTI."}
    assert all(unicodedata.is_normalized("NFC", source) for source in sources)


def test_the_tokens_are_pairs_of_the_news_mix_in_capitals(tmp_path: Path) -> None:
    plan = write_text(tmp_path)
    make_tokens(plan)
    vocabulary = Vocabulary(plan.run / "vocabulary")
    known = set()
    for line in (tmp_path / "data" / "domain" / "A.train.tsv").read_text(encoding="utf-8").splitlines():
        known.add(" ".join(line.split("\t")[1].upper().split()))
    pairs = TokenPairs.load(plan.run / "tokens" / "capitals.fr-en.npz")
    assert len(pairs) > 50
    targets = [vocabulary.decode(row) for row in np.split(pairs.target, pairs.target_ends[:-1])]
    assert {" ".join(target.split()) for target in targets} <= known
    sources = [vocabulary.decode(row) for row in np.split(pairs.source, pairs.source_ends[:-1])]
    assert all(source == source.upper() for source in sources)
    assert len(pairs.links) == len(pairs.target)
    assert {corpus.name for corpus in RECIPE.corpora} >= {"capitals"}
