"""French written by our own model: learned by heart here, so that it is known what it must write."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.budget import Budget
from training.corpora import Corpus
from training.prepare import prepare
from training.recipe import Recipe
from training.stages import Stage
from training.store import TokenPairs
from training.synthesise import asked_for, pair_up, synthesise
from training.train import launch, stage_sampler
from training.trainer import Machine
from training.vocabulary import TAGS, Vocabulary
from translate.domain import Lang
from translate.errors import InputError

LESSONS = (
    ("le président arrive demain", "the president arrives tomorrow", "总统明天抵达"),
    ("les prix ont baissé", "prices have fallen", "价格下跌"),
    ("la pluie tombe sur la ville", "rain falls on the town", "城里下雨"),
    ("deux enfants jouent au parc", "two children play in the park", "两个孩子在公园玩"),
    ("le vote est terminé", "the vote is over", "投票结束"),
    ("nous voulons la paix", "we want peace", "我们要和平"),
)
STAGES = (
    Stage("heart", 0.9, "base", 40, (2e-3, 5e-4), 800, warmup=15, guide=0.5, smoothing=0.0),
    Stage("more", 0.1, "tune", 40, (1e-3, 1e-4), 256, reverse=False, synthesise=True),
)
RECIPE = Recipe(
    (
        Corpus("news", "news.fr-en.tsv", (Lang.FR, Lang.EN), 30, 0, reverse=True),
        Corpus("press", "press.en-zh.tsv", (Lang.EN, Lang.ZH), 10, 1),
        Corpus("synthetic-press", "-", (Lang.FR, Lang.ZH), 0, 1),
    ),
    STAGES, vocabulary_size=400, vocabulary_lines=3000, width=128, ffn=256, encoder_layers=1,
    decoder_layers=1, batch_tokens=400,
)  # fmt: skip
MACHINE = Machine(batch_tokens=400, log_every=50)
BUDGET = Budget(130, in_steps=True)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run whose first stage learned the lessons, and whose French is made."""
    folder = tmp_path_factory.mktemp("synthesis")
    pairs = {"news.fr-en.tsv": (0, 1), "press.en-zh.tsv": (1, 2)}
    for name, (a, b) in pairs.items():
        lines = "".join(f"{row[a]}\t{row[b]}\n" for row in LESSONS)
        (folder / name).write_text(lines, encoding="utf-8")
    prepare(folder, [], folder / "run", RECIPE.vocabulary, RECIPE.corpora)
    torch.manual_seed(0)
    model = RECIPE.model(Vocabulary(folder / "run" / "vocabulary").size)
    assert launch(folder / "run", STAGES, model, MACHINE, BUDGET, RECIPE.corpora, until=1)
    assert synthesise(folder / "run" / "checkpoint.pt", folder / "run", RECIPE.corpora, 100, device="cpu")
    return folder / "run"


def written(run: Path) -> dict[int, str]:
    rows = (line.split("\t") for line in (run / "synthetic.tsv").read_text(encoding="utf-8").splitlines())
    return {int(number): text for name, number, text in rows if name == "press"}


def test_the_model_writes_the_french_that_it_learned(run: Path) -> None:
    french = written(run)
    assert sorted(french) == list(range(len(LESSONS)))
    right = sum(french[number] == lesson[0] for number, lesson in enumerate(LESSONS))
    assert right >= len(LESSONS) - 1


def test_each_french_source_stands_beside_the_chinese_of_its_english(run: Path) -> None:
    vocabulary = Vocabulary(run / "vocabulary")
    made = TokenPairs.load(run / "tokens" / "synthetic-press.fr-zh.npz")
    pairs = {
        (vocabulary.decode(source), vocabulary.decode(target))
        for source, target in zip(
            np.split(made.source, made.source_ends[:-1]),
            np.split(made.target, made.target_ends[:-1]),
            strict=True,
        )
    }
    assert len(pairs & {(lesson[0], lesson[2]) for lesson in LESSONS}) >= len(LESSONS) - 1
    tags = made.source[made.source_ends - made.source_lengths]
    assert set(tags.tolist()) == {vocabulary.ids[TAGS[Lang.ZH]]}
    assert len(made.links) == len(made.target)


def test_the_next_stage_learns_from_it_and_from_no_reversed_pair(run: Path) -> None:
    vocabulary = Vocabulary(run / "vocabulary")

    def french_to_chinese(stage: Stage) -> int:
        sampler = stage_sampler(run, stage, RECIPE.corpora, vocabulary.pad_id, MACHINE, 0, 1)
        assert (vocabulary.ids[TAGS[Lang.FR]] in sampler.tags) == stage.reverse
        french = {int(i) for row in vocabulary.encode([lesson[0] for lesson in LESSONS], None) for i in row}
        english = {int(i) for row in vocabulary.encode([lesson[1] for lesson in LESSONS], None) for i in row}
        only_french = french - english
        batches = iter(sampler)
        chinese = vocabulary.ids[TAGS[Lang.ZH]]
        some = [next(batches) for _ in range(8)]
        return sum(
            bool(only_french & set(row.tolist())) for b in some if b.tag == chinese for row in b.source
        )

    assert french_to_chinese(STAGES[1]) > 0
    assert french_to_chinese(STAGES[0]) == 0
    model = RECIPE.model(vocabulary.size)
    assert launch(run, STAGES, model, MACHINE, BUDGET, RECIPE.corpora)


def test_what_is_translated_is_not_translated_again(run: Path, tmp_path: Path) -> None:
    """A call that was cut in the middle of a line goes on there; its own lines stay."""
    for name in ("vocabulary", "tokens"):
        (tmp_path / name).mkdir()
        for path in (run / name).iterdir():
            if not path.name.startswith("synthetic-"):
                (tmp_path / name / path.name).write_bytes(path.read_bytes())
    (tmp_path / "synthetic.tsv").write_text("press\t0\tle chat dort\npress\t1\tles pr", encoding="utf-8")
    assert not synthesise(run / "1-heart.pt", tmp_path, RECIPE.corpora, 100, device="cpu", seconds=0)
    assert synthesise(run / "1-heart.pt", tmp_path, RECIPE.corpora, 100, device="cpu")
    french = written(tmp_path)
    assert french[0] == "le chat dort"
    assert {n: text for n, text in french.items() if n} == {n: text for n, text in written(run).items() if n}
    lines = (tmp_path / "synthetic.tsv").read_text(encoding="utf-8")
    assert lines.count("press\t0\t") == 1


def test_french_that_is_empty_or_out_of_proportion_is_left_out(run: Path) -> None:
    vocabulary = Vocabulary(run / "vocabulary")
    corpus = TokenPairs.load(run / "tokens" / "press.en-zh.npz")
    french = ["le vote " * 40, "", "nous voulons la paix"]
    made = pair_up(vocabulary, french, corpus, np.array([0, 1, 5]))
    assert len(made) == 1
    assert vocabulary.decode(made.source) == "nous voulons la paix"
    assert vocabulary.decode(made.target) == LESSONS[5][2]


def test_a_synthetic_corpus_of_nothing_is_an_error() -> None:
    corpora = [replace(RECIPE.corpora[2], name="synthetic-letters"), *RECIPE.corpora[:2]]
    with pytest.raises(InputError, match="no English–Chinese corpus called letters"):
        asked_for(corpora)
    with pytest.raises(InputError, match="called news"):
        asked_for([replace(RECIPE.corpora[2], name="synthetic-news"), *RECIPE.corpora[:2]])
