"""Sentences with rare words given: of the training text, by what the engine does, not of development sets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import lexicons
from tests.training.toy import RECIPE, write_text
from training.aided import aided, make, write_tokens
from training.corpora import Corpus, Pair
from training.run import make_tokens
from training.store import TokenPairs
from training.vocabulary import Vocabulary
from translate.domain import Lang

NEWS = Corpus("news", "news.tsv", (Lang.FR, Lang.EN, Lang.ZH), 1, 1)
ENGLISH = Corpus("english", "english.tsv", (Lang.EN, Lang.ZH), 1, 1)
STATUTES = Corpus("acts", "news.tsv", (Lang.FR, Lang.EN), 1, 1)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    english = {"cim": "\tenterie!cement works", "min": "\tistre!minister"}
    lexicons.use(monkeypatch, english, {"cim": "\tenterie!水泥厂"})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "news.tsv").write_text(
        "La cimenterie ferme.\tThe plant closes.\t水泥厂关闭。\nIl neige.\tIt is snowing.\t下雪了。\n",
        encoding="utf-8",
    )
    (tmp_path / "english.tsv").write_text("The cimenterie closes.\t水泥厂关闭了。\n", encoding="utf-8")
    return tmp_path


def test_only_sentences_with_a_rare_word_are_made_and_their_targets_stay() -> None:
    pairs = [Pair("La cimenterie.", "The plant."), Pair("Il neige.", "It is snowing.")]
    assert list(aided(iter(pairs), Lang.EN)) == [Pair("La cement works.", "The plant.")]


@pytest.mark.parametrize(
    ("target", "pair"),
    [
        (Lang.EN, Pair("La cement works ferme.", "The plant closes.")),
        (Lang.ZH, Pair("La 水泥厂 ferme.", "水泥厂关闭。")),
    ],
)
def test_they_are_made_of_french_text_for_each_target(data: Path, target: Lang, pair: Pair) -> None:
    assert list(make((NEWS, ENGLISH), data, frozenset(), target)) == [pair]


def test_not_of_the_development_sets_nor_of_statutes(data: Path) -> None:
    assert list(make((NEWS,), data, frozenset({"lacimenterieferme"}), Lang.EN)) == []
    assert list(make((STATUTES,), data, frozenset(), Lang.EN)) == []


def test_their_tokens_are_aligned(tmp_path: Path) -> None:
    plan = write_text(tmp_path)
    make_tokens(plan)
    assert plan.data is not None
    write_tokens(plan.run, RECIPE.corpora, plan.data, frozenset())
    pairs = TokenPairs.load(plan.run / "tokens" / "aided.fr-en.npz")
    assert len(pairs) and len(pairs.links) == len(pairs.target)
    vocabulary = Vocabulary(plan.run / "vocabulary")
    first = vocabulary.decode(np.split(pairs.source, pairs.source_ends[:-1])[0])
    assert "minister" in first.casefold()
