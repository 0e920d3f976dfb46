"""Minimum risk training: what an answer is worth, its gradient, and that better answers become likelier."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.test_synthesis import LESSONS
from training.answers import Answerer, Question, draw, valued, worth
from training.budget import Budget
from training.corpora import Corpus
from training.export import export, read_checkpoint
from training.loss import TiedCrossEntropy
from training.lots import lots
from training.model import ModelConfig
from training.prepare import prepare
from training.recipe import Recipe
from training.risk import LATEST, Course, learn, train
from training.risk_loss import ExpectedWorth, Weights
from training.stages import Stage
from training.train import launch
from training.trainer import Machine
from training.vocabulary import EOS_ID, TAGS, Vocabulary
from training.written import written
from translate.domain import Lang
from translate.errors import InputError

EN, ZH = Lang.EN, Lang.ZH


# The loss


def sample(seed: int = 4) -> tuple[torch.Tensor, ...]:
    """Two sources with a reference and three and two answers; eleven tokens."""
    torch.manual_seed(seed)
    sequence = torch.tensor([0, 0, 1, 1, 2, 3, 4, 4, 5, 6, 6])
    source = torch.tensor([0, 0, 0, 0, 1, 1, 1])
    nan = float("nan")
    values = torch.tensor([nan, 0.9, 0.2, -0.1, nan, 0.5, 0.4])
    states = torch.randn(len(sequence), 8, requires_grad=True)
    embedding = torch.randn(13, 8, requires_grad=True)
    return states, embedding, torch.randint(13, (len(sequence),)), sequence, source, values


def fused(*tensors: torch.Tensor, weights: Weights) -> torch.Tensor:
    """Loss, cross-entropy of the references, expected worth."""
    found: torch.Tensor = ExpectedWorth.apply(*tensors, weights)  # type: ignore[no-untyped-call]
    return found


def plainly(*tensors: torch.Tensor, weights: Weights) -> torch.Tensor:
    """The loss as the docstring of `ExpectedWorth` has it, term by term."""
    states, embedding, gold, sequence, source, values = tensors
    logs = F.log_softmax(states @ embedding.t(), dim=-1)
    loss = torch.zeros(())
    for group in range(int(source.max()) + 1):
        rows = [row for row in range(len(source)) if source[row] == group]
        answers = [row for row in rows if not values[row].isnan()]
        for row in set(rows) - set(answers):
            loss = loss + weights.reference * F.cross_entropy(
                states[sequence == row] @ embedding.t(), gold[sequence == row],
                label_smoothing=weights.smoothing, reduction="sum",
            )  # fmt: skip
        totals = torch.stack(
            [logs[sequence == row].gather(-1, gold[sequence == row, None]).sum() for row in answers]
        )
        shares = F.softmax(weights.sharpness * totals, dim=0)
        loss = loss - weights.worth / weights.sharpness * len(answers) * (shares @ values[answers])
    return loss


@pytest.mark.parametrize("weights", [Weights(), Weights(0.7, 2.0, 0.0), Weights(1.0, 0.0, 1.0, 0.3)])
def test_the_fused_loss_and_gradient_are_those_of_the_formula(weights: Weights) -> None:
    states, embedding, *rest = sample()
    loss = fused(states, embedding, *rest, weights=weights)[0]
    plain = plainly(states, embedding, *rest, weights=weights)
    torch.testing.assert_close(loss, plain)
    slopes = [torch.autograd.grad(each, (states, embedding)) for each in (loss, plain)]
    for ours, theirs in zip(*slopes, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)


def test_references_alone_have_the_gradient_of_the_training_before() -> None:
    states, embedding, gold, sequence, source, values = sample()
    none = torch.full_like(values, float("nan"))
    weights = Weights(reference=1.0, smoothing=0.1)
    loss, entropy, expected = fused(states, embedding, gold, sequence, source, none, weights=weights)
    real = torch.ones(len(gold), dtype=torch.bool)
    before = TiedCrossEntropy.apply(states, embedding, gold, 0.1, real)  # type: ignore[no-untyped-call]
    torch.testing.assert_close(entropy, before)
    slopes = [torch.autograd.grad(each, (states, embedding)) for each in (loss, before)]
    for ours, theirs in zip(*slopes, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)
    assert expected == 0


def test_answers_of_equal_worth_teach_nothing() -> None:
    states, embedding, gold, sequence, source, values = sample()
    equal = torch.where(values.isnan(), values, 0.5)
    loss = fused(states, embedding, gold, sequence, source, equal, weights=Weights(reference=0.0))[0]
    assert torch.autograd.grad(loss, states)[0].abs().max() < 1e-5


# Worth


def test_an_answer_is_worth_more_the_more_it_is_like_the_reference() -> None:
    exact, near, far = worth(
        "Le président arrive demain.",
        "The president arrives tomorrow.",
        ["The president arrives tomorrow.", "The president comes tomorrow.", "Rain falls on the town."],
        EN,
    )
    assert exact == pytest.approx(1.0) and exact > near > far >= -0.3


def test_a_lost_number_costs_more_than_another_word() -> None:
    source, reference = "Le séisme a fait 318 morts.", "The earthquake left 318 people dead."
    wrong, other = "The earthquake left 813 people dead.", "The tremor left 318 people dead."
    checked = worth(source, reference, [wrong, other], EN)
    unchecked = worth("", reference, [wrong, other], EN)
    assert checked[1] == unchecked[1]
    assert checked[0] <= unchecked[0] - 0.08


def test_chinese_said_twice_costs_unless_the_reference_says_something_twice() -> None:
    loop, once = "总统明天抵达首都，总统明天抵达首都", "总统明天抵达首都"
    twice = worth("", once, [loop], ZH)[0]
    assert twice < worth("", loop, [once], ZH)[0] - 0.1
    assert worth("", loop, [loop], ZH)[0] == pytest.approx(1.0)


def test_an_empty_answer_is_worth_least() -> None:
    empty, poor = worth("Il pleut à Paris.", "It is raining in Paris.", ["", "It is."], EN)
    assert empty < poor


# Lots


ids = st.lists(st.integers(2, 9), min_size=1, max_size=12).map(tuple)
questions = st.builds(
    lambda source, reference, target, answers: Question(
        source, reference, target, True, tuple(answers), tuple(0.1 * n for n in range(len(answers)))
    ),
    ids, ids, st.sampled_from([EN, ZH]), st.lists(ids, min_size=2, max_size=4),
)  # fmt: skip


@given(st.lists(questions, max_size=30), st.integers(0, 5), st.integers(1, 200))
@settings(deadline=None, max_examples=40)
def test_every_question_is_in_one_lot_with_all_its_answers(
    some: list[Question], seed: int, cells: int
) -> None:
    found = []
    for lot in lots(some, pad=0, seed=seed, cells=cells):
        assert lot.target.numel() <= cells or len(lot.source) == 1
        for place, source in enumerate(lot.source.tolist()):
            rows = [row for row, of in enumerate(lot.of.tolist()) if of == place]
            reference, *answers = ([i for i in lot.target[row].tolist() if i] for row in rows)
            assert lot.worth[rows[0]].isnan()
            found.append(
                (
                    lot.lang, [i for i in source if i], reference, answers,
                    [round(value, 6) for value in lot.worth[rows[1:]].tolist()],
                )
            )  # fmt: skip
        real = [row for row, value in zip(lot.target, lot.worth, strict=True) if value.isnan()]
        assert lot.reference_tokens == sum(int((row != 0).sum()) for row in real)
    wanted = [
        (
            q.target, list(q.source), list(q.reference), [list(a) for a in q.answers],
            [round(value, 6) for value in q.worth],
        )
        for q in some
    ]  # fmt: skip
    assert sorted(found, key=repr) == sorted(wanted, key=repr)


# A whole round


MACHINE = Machine(batch_tokens=400, log_every=50)
# What the model learns first: each lesson has two translations, and one is as good as the other.
BOTH = [(fr, en) for fr, en, _ in LESSONS] + [(fr, f"so {en} then") for fr, en, _ in LESSONS]
RECIPE = Recipe(
    (Corpus("news", "news.fr-en.tsv", (Lang.FR, Lang.EN), 30, 1, reverse=True),),
    (Stage("heart", 1.0, "base", 40, (2e-3, 5e-4), 800, warmup=15, guide=0.5, smoothing=0.0),),
    vocabulary_size=400, vocabulary_lines=3000, width=128, ffn=256, encoder_layers=1, decoder_layers=1,
    batch_tokens=400,
)  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that has learned both translations, and whose news have the second alone."""
    folder = tmp_path_factory.mktemp("risk")
    write(folder, BOTH)
    prepare(folder, [], folder / "run", RECIPE.vocabulary, RECIPE.corpora)
    model = RECIPE.model(Vocabulary(folder / "run" / "vocabulary").size)
    budget = Budget(110, in_steps=True)
    assert launch(folder / "run", RECIPE.stages, model, MACHINE, budget, RECIPE.corpora)
    write(folder, BOTH[len(LESSONS) :])
    for path in (folder / "run" / "tokens").iterdir():
        path.unlink()
    prepare(folder, [], folder / "run", RECIPE.vocabulary, RECIPE.corpora)
    return folder / "run"


def write(folder: Path, pairs: list[tuple[str, str]]) -> None:
    lines = "".join(f"{fr}\t{en}\n" for fr, en in pairs)
    (folder / "news.fr-en.tsv").write_text(lines, encoding="utf-8")


def preference(run: Path, checkpoint: str) -> float:
    """The mean log-probability of the second translations, above that of the first ones."""
    vocabulary = Vocabulary(run / "vocabulary")
    model = read_checkpoint(run / checkpoint, vocabulary.pad_id).eval()

    def total(fr: str, en: str) -> float:
        pair = vocabulary.pairs([fr], [en], EN)
        source, target = (torch.from_numpy(x.astype(np.int64))[None] for x in (pair.source, pair.target))
        with torch.no_grad():
            states, _ = model(source, target, guided=False)
            logs = F.log_softmax(states @ model.embedding.weight.t(), dim=-1)
            return float(logs.gather(-1, target[..., None]).sum())

    half = len(LESSONS)
    return sum(total(*b) - total(*a) for a, b in zip(BOTH[:half], BOTH[half:], strict=True)) / half


def test_answers_that_are_worth_more_become_likelier(run: Path) -> None:
    """Without a word of the references: what they are like is all that is learned from."""
    before = preference(run, "checkpoint.pt")
    course = Course(2, 300, 2e-3, Weights(reference=0.0))
    assert train(run, RECIPE.corpora, MACHINE, course, least=1) == run / LATEST
    after = preference(run, LATEST)
    assert after > before + 0.5
    log = [json.loads(line) for line in (run / "risk.jsonl").read_text().splitlines()]
    assert [entry["round"] for entry in log] == [1, 2]
    assert (run / "risk-late-002.pt").exists() and not (run / "risk-late-001.pt").exists()

    # Run again: nothing is left to do, and a longer course goes on with its third round, by two workers.
    train(run, RECIPE.corpora, MACHINE, course, least=1)
    assert preference(run, LATEST) == after
    train(run, RECIPE.corpora, replace(MACHINE, workers=2), replace(course, rounds=3), least=1)
    entries = (run / "risk.jsonl").read_text().splitlines()
    assert len(entries) == 3 and json.loads(entries[2])["round"] == 3
    assert preference(run, LATEST) != after


def test_answers_are_distinct_end_and_are_of_the_language(run: Path, tmp_path: Path) -> None:
    vocabulary = Vocabulary(run / "vocabulary")
    asked = draw(run, RECIPE.corpora, "tune", 5, seed=1)
    assert len(asked) == 5
    assert all(each.is_french and each.target is EN for each in asked)
    assert all(each.source[0] == vocabulary.ids[TAGS[EN]] and each.source[-1] == EOS_ID for each in asked)
    pieces = written(run / "tokens", vocabulary, 1)
    export(read_checkpoint(run / "checkpoint.pt", vocabulary.pad_id), vocabulary, tmp_path, pieces=pieces)
    found = Answerer(tmp_path, {EN}, "cpu").answers(asked)
    for answers in found:
        assert len(set(answers)) == len(answers) >= 2
        assert all(answer[-1] == EOS_ID and answer.count(EOS_ID) == 1 for answer in answers)
    with ThreadPoolExecutor(1) as pool:
        told = valued(asked, found, vocabulary, pool)
    first = told[0]
    assert first.answers == found[0] and len(first.worth) == len(first.answers)
    reference = vocabulary.decode(first.reference)
    texts = [vocabulary.decode(answer) for answer in first.answers]
    assert first.worth == worth(vocabulary.decode(first.source), reference, texts, EN)


def test_a_question_with_one_answer_teaches_nothing_and_is_left_out(run: Path) -> None:
    asked = draw(run, RECIPE.corpora, "tune", 2, seed=1)
    with ThreadPoolExecutor(1) as pool:
        assert valued(asked, [((3, EOS_ID),), ()], Vocabulary(run / "vocabulary"), pool) == []


def test_without_a_model_there_is_nothing_to_ask(run: Path, tmp_path: Path) -> None:
    for name in ("vocabulary", "tokens"):
        (tmp_path / name).symlink_to(run / name)
    with pytest.raises(InputError, match="no model here"):
        train(tmp_path, RECIPE.corpora, MACHINE, Course(1, 5, 1e-3))


def test_what_there_is_too_little_of_is_told(run: Path, tmp_path: Path) -> None:
    (tmp_path / "vocabulary").symlink_to(run / "vocabulary")
    with pytest.raises(InputError, match="no tokens of the mix tune"):
        draw(tmp_path, RECIPE.corpora, "tune", 5, seed=1)
    config = ModelConfig(**torch.load(run / "checkpoint.pt", weights_only=True)["config"])
    with pytest.raises(InputError, match="0 questions are too few for 1 workers"):
        learn(0, run, run / "checkpoint.pt", config, MACHINE, Course(1, 5, 1e-3), {}, [], 0)


def test_the_rate_stays_and_then_falls_to_a_tenth() -> None:
    course = Course(10, 5, 1e-3)
    rates = [course.rate_at(number) for number in range(10)]
    assert rates[:6] == [1e-3] * 6
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == pytest.approx(1e-4)
    assert [course.is_late(number) for number in range(10)] == [False] * 7 + [True] * 3
