"""The whole recipe of the embedded model at toy size, on invented sentences: every step, in several calls."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from transformers import MarianMTModel, MarianTokenizer

from tests.engines.tape import Tape
from tests.training.toy import CORPORA, MACHINE, RECIPE, STEPS, steps, write_text
from training.align import add_links
from training.budget import Budget
from training.carry import unpack
from training.corpora import Corpus
from training.export import export, read_checkpoint
from training.model import Marian, ModelConfig
from training.run import run
from training.store import NO_LINK, TokenPairs
from training.train import launch, stage_sampler
from training.trainer import Trainer
from training.vocabulary import TAGS, Vocabulary
from translate.domain import Lang
from translate.errors import InputError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole run. Stopped in its first stage, carried to another folder, and stopped again there."""
    folder = tmp_path_factory.mktemp("recipe")
    plan = write_text(folder)
    torch.manual_seed(0)
    first = replace(plan, run=folder / "first", carry=folder / "carry")
    assert not run(steps(first, STEPS, 6), MACHINE)
    shutil.copytree(folder / "first" / "vocabulary", plan.run / "vocabulary")
    shutil.copytree(folder / "first" / "tokens", plan.run / "tokens")
    elsewhere = replace(plan, data=None, carry=folder / "carry")
    assert not run(steps(elsewhere, STEPS, 20), MACHINE)
    assert run(replace(elsewhere, sets=(folder / "sets",)), MACHINE)
    return folder


def log(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "run" / "log.jsonl").read_text().splitlines()]


def test_the_loss_falls_and_training_goes_on_where_it_stopped(made: Path) -> None:
    entries = log(made)
    assert [entry["step"] for entry in entries] == list(range(1, STEPS + 1))
    assert [stage for stage, _ in groupby(entry["stage"] for entry in entries)] == ["short", "more", "news"]
    tokens = [entry["tokens"] for entry in entries]
    assert tokens == sorted(set(tokens))
    losses = [entry["loss"] for entry in entries if entry["stage"] != "short"]  # its softmax is restricted
    assert sum(losses[-5:]) < sum(losses[:5])


def test_what_is_carried_is_small_and_is_all_that_the_next_call_needs(made: Path) -> None:
    files = {path.name.split(".")[0]: path for path in (made / "carry").iterdir()}
    assert sorted(files) == ["checkpoint", "log", "scores", "synthetic"]
    plan = replace(write_text(made), data=None)
    model = plan.recipe.model(Vocabulary(made / "run" / "vocabulary").size)
    weights = sum(p.numel() for p in Marian(model, 0).parameters())
    carried = sum(path.stat().st_size for path in (made / "carry").glob("checkpoint.pt.*"))
    assert carried < 2.2 * weights < 0.3 * (made / "run" / "checkpoint.pt").stat().st_size
    unpack(made / "carry", made / "third")
    averaged = read_checkpoint(made / "run" / "average.pt", 0)
    again = read_checkpoint(made / "third" / "checkpoint.pt", 0)
    for one, other in zip(averaged.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(one, other, atol=2e-3, rtol=2e-3)


def test_a_finished_run_trains_no_more_and_exports_the_same(made: Path, tmp_path: Path) -> None:
    before = log(made)
    plan = replace(write_text(made), data=None, output=tmp_path / "again")
    assert run(plan, MACHINE)
    assert log(made) == before
    for name in ("model.safetensors", "config.json", "vocab.json", "target_pieces.json"):
        assert (tmp_path / "again" / name).read_bytes() == (made / "model" / name).read_bytes()


def test_finished_weights_from_elsewhere_are_exported_here(made: Path, tmp_path: Path) -> None:
    """Here are the tokens that were made of text, but not the synthetic ones; nothing is trained."""
    for name in ("vocabulary", "tokens"):
        shutil.copytree(made / "run" / name, tmp_path / "run" / name)
    for path in (tmp_path / "run" / "tokens").glob("synthetic-*"):
        path.unlink()
    plan = replace(write_text(made), data=None, run=tmp_path / "run", output=tmp_path / "model")
    assert run(replace(plan, carry=made / "carry"), MACHINE)
    assert not list((tmp_path / "run" / "tokens").glob("synthetic-*"))
    name = "model.safetensors"
    assert (tmp_path / "model" / name).read_bytes() == (made / "model" / name).read_bytes()


def test_checkpoints_of_before_are_resumed(made: Path, tmp_path: Path) -> None:
    """They did not say in which stage they were, nor how far."""
    shutil.copytree(made / "run" / "vocabulary", tmp_path / "vocabulary")
    state = torch.load(made / "run" / "1-short.pt", weights_only=True)
    torch.save({k: v for k, v in state.items() if not k.startswith("stage")}, tmp_path / "checkpoint.pt")
    config = ModelConfig(**state["config"])
    trainer = Trainer(tmp_path, config, MACHINE, 0)
    trainer.resume(tmp_path / "checkpoint.pt")
    assert (trainer.step, trainer.tokens) == (state["step"], state["tokens"])
    assert torch.equal(trainer.flat, state["weights"])
    mine, theirs = trainer.optimizer.state_dict(), state["optimizer"]
    assert torch.equal(mine["adam"]["state"][0]["exp_avg"], theirs["adam"]["state"][0]["exp_avg"])
    assert all(map(torch.equal, mine["momenta"], theirs["momenta"])) and mine["momenta"]
    torch.save(state | {"optimizer": {"state": {}, "param_groups": []}}, tmp_path / "checkpoint.pt")
    Trainer(tmp_path, config, MACHINE, 0).resume(tmp_path / "checkpoint.pt")  # Adam's for everything
    with pytest.raises(InputError, match="another model was begun here"):
        Trainer(tmp_path, replace(config, width=128), MACHINE, 0).resume(tmp_path / "checkpoint.pt")


def test_two_workers_take_one_step_together(made: Path, tmp_path: Path) -> None:
    for name in ("vocabulary", "tokens"):
        shutil.copytree(made / "run" / name, tmp_path / name)
    model = RECIPE.model(Vocabulary(tmp_path / "vocabulary").size)
    machine = replace(MACHINE, workers=2)
    budget = Budget(STEPS, 2, in_steps=True)
    assert not launch(tmp_path, RECIPE.stages, model, machine, budget, RECIPE.corpora)
    steps = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in steps] == [1, 2]
    assert all(entry["tokens"] > 0 for entry in steps)


def test_without_tokens_and_text_there_is_nothing_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no tokens here"):
        run(replace(write_text(tmp_path), data=None), MACHINE)


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_the_result_is_a_marian_checkpoint_that_transformers_loads_and_uses(made: Path) -> None:
    model = MarianMTModel.from_pretrained(made / "model", local_files_only=True, dtype=torch.float32)
    tokenizer = MarianTokenizer.from_pretrained(made / "model", local_files_only=True)
    assert tokenizer.pad_token_id == len(tokenizer.get_vocab()) - 1
    assert not model.model.shared.weight[tokenizer.pad_token_id].any()
    batch = tokenizer([">>eng<< Le texte a été adopté."], return_tensors="pt")
    assert batch["input_ids"][0, 0] == tokenizer.get_vocab()[">>eng<<"]
    assert model.generate(**batch, max_new_tokens=8).shape[1] > 1
    assert model.final_logits_bias[0].count_nonzero() == 1


def test_scores_are_logged_beside_the_tokens_seen(made: Path) -> None:
    rows = [json.loads(line) for line in (made / "run" / "scores.jsonl").read_text().splitlines()]
    assert {row["target"] for row in rows} == {"en", "zh"}
    assert all(row["tokens"] > 0 for row in rows)


def test_the_lean_model_computes_what_transformers_computes(made: Path, tmp_path: Path) -> None:
    vocabulary = Vocabulary(made / "run" / "vocabulary")
    torch.manual_seed(1)
    config = ModelConfig(vocabulary.size, width=32, heads=2, ffn=64, encoder_layers=2, decoder_layers=2)
    lean = Marian(config, vocabulary.pad_id).eval()
    export(lean, vocabulary, tmp_path / "model")
    theirs = MarianMTModel.from_pretrained(tmp_path / "model", local_files_only=True, dtype=torch.float32)
    pad = vocabulary.pad_id
    source = torch.tensor([[5, 6, 7, 0], [8, 0, pad, pad]])
    target = torch.tensor([[9, 10, 0], [11, 12, 0]])
    with torch.no_grad():
        states, _ = lean(source, target)
        expected = F.linear(states, lean.embedding.weight)
        shifted = F.pad(target[:, :-1], (1, 0), value=pad)
        got = theirs(
            input_ids=source, attention_mask=(source != pad).long(), decoder_input_ids=shifted
        ).logits
    assert expected.std() > 0.1
    assert (got[..., pad] < -9000).all()  # nobody is to write it
    # float16 weights in between
    torch.testing.assert_close(got[..., :pad], expected[..., :pad], atol=5e-2, rtol=5e-2)


def test_the_fused_loss_has_the_gradient_of_the_plain_one() -> None:
    torch.manual_seed(2)
    model = Marian(ModelConfig(50, width=16, heads=2, ffn=32, encoder_layers=1, decoder_layers=1), pad=49)
    source, target = torch.randint(2, 40, (3, 5)), torch.randint(2, 40, (3, 4))
    links = torch.full((3, 4), NO_LINK)
    model.loss(source, target, links, 0.1, 0.0)[0].backward()  # type: ignore[no-untyped-call]
    fused = model.embedding.weight.grad
    assert fused is not None
    model.zero_grad(set_to_none=True)
    states, _ = model(source, target)
    logits = F.linear(states, model.embedding.weight)
    F.cross_entropy(logits.flatten(0, 1), target.flatten(), label_smoothing=0.1, reduction="sum").backward()  # type: ignore[no-untyped-call]
    torch.testing.assert_close(fused, model.embedding.weight.grad)


def test_words_find_their_partners() -> None:
    """In three parallel vocabularies of 20 words each, most words are linked to their own translation."""
    rng = np.random.default_rng(4)
    sources, targets = [], []
    for _ in range(800):
        words = rng.choice(20, size=rng.integers(3, 8), replace=False)
        sources.append(np.array([2, *(words + 10), 0], np.uint16))
        targets.append(np.array([*(words + 40), 0], np.uint16))
    pairs = TokenPairs.from_lists(sources, targets)
    ((_, linked),) = add_links({Path("x"): pairs}, 64)
    right = total = 0
    for number in range(len(pairs)):
        start = pairs.target_ends[number] - pairs.target_lengths[number]
        for position in range(int(pairs.target_lengths[number]) - 1):
            right += int(linked.links[start + position]) == position + 1
            total += 1
    assert right > 0.9 * total


def test_recorded_batches_teach_what_others_teach(made: Path) -> None:
    """A tape stands in for the card: padding and all, the same losses, gradients and weights."""
    stage = replace(RECIPE.stages[0], restrict=0.0)
    machine = replace(MACHINE, copies=True, recorded=True, batch_tokens=256)
    config = RECIPE.model(Vocabulary(made / "run" / "vocabulary").size)
    tape, reports, weights, gradients = Tape(), [], [], []
    for new_recorder in (None, lambda: tape):
        trainer = Trainer(made / "run", config, machine, 0)
        trainer.new_recorder = new_recorder
        batches = iter(stage_sampler(made / "run", stage, CORPORA, trainer.vocabulary.pad_id, machine, 0, 1))
        for _ in range(8):
            reports.append(trainer.one_step(batches, stage, 1e-3, 0.0))
            weights.append(trainer.flat.clone())
            gradients.append(trainer.gradient[:-4].clone())
    assert tape.plays > 2 * len(tape.recorded) > 0
    for plain, played in zip(reports[:8], reports[8:], strict=True):
        assert plain == pytest.approx(played, rel=0.02)
    for gradient, other in zip(gradients[:8], gradients[8:], strict=True):
        assert (gradient - other).norm() < 0.05 * gradient.norm()
    # The third step's: later, Adam has made whole steps of gradients that are next to nothing but rounding.
    torch.testing.assert_close(weights[2], weights[10], atol=2e-3, rtol=0.05)


def test_each_stage_has_a_recorder_of_its_own(made: Path) -> None:
    """When the recordings of one are gone, a card does not record into their memory again."""
    stages = [replace(RECIPE.stages[0], restrict=0.0, dropout=dropout) for dropout in (0.0, 0.1)]
    machine = replace(MACHINE, copies=True, recorded=True, batch_tokens=256)
    trainer = Trainer(made / "run", RECIPE.model(Vocabulary(made / "run" / "vocabulary").size), machine, 0)
    tapes: list[Tape] = []

    def new_recorder() -> Tape:
        tapes.append(Tape())
        return tapes[-1]

    trainer.new_recorder = new_recorder
    for stage in stages:
        batches = iter(stage_sampler(made / "run", stage, CORPORA, trainer.vocabulary.pad_id, machine, 0, 1))
        trainer.model.set_dropout(0.0)  # a tape has no dice
        for _ in range(2):
            trainer.one_step(batches, stage, 1e-3, 0.0)
    assert len(tapes) == 2 and all(tape.recorded and tape.plays for tape in tapes)


def test_training_goes_on_where_nothing_can_be_recorded(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def record(self, work: Callable[[], None]) -> Callable[[], None]:
            raise RuntimeError("no graphs here")

    stage = replace(RECIPE.stages[0], restrict=0.0)
    trainer = Trainer(made / "run", RECIPE.model(Vocabulary(made / "run" / "vocabulary").size), MACHINE, 0)
    trainer.new_recorder = Broken
    batches = iter(stage_sampler(made / "run", stage, CORPORA, trainer.vocabulary.pad_id, MACHINE, 0, 1))
    assert trainer.one_step(batches, stage, 1e-3, 0.0)["loss"] > 0
    assert capsys.readouterr().out == "steps are not recorded: no graphs here\n"


@pytest.mark.parametrize(("restrict", "apart"), [(0.0, False), (0.3, True)])
def test_only_a_restricted_softmax_keeps_the_languages_apart(
    made: Path, restrict: float, apart: bool
) -> None:
    stage = replace(RECIPE.stages[0], restrict=restrict)
    sampler = stage_sampler(made / "run", stage, CORPORA, 0, MACHINE, 0, 1)
    assert sampler.apart is apart


def test_english_to_chinese_of_a_file_with_french_can_be_learned_less(made: Path) -> None:
    def pairs(pivot: float) -> int:
        corpora = [replace(corpus, pivot=pivot) for corpus in CORPORA]
        pad = Vocabulary(made / "run" / "vocabulary").pad_id
        sampler = stage_sampler(made / "run", RECIPE.stages[0], corpora, pad, MACHINE, 0, 1)
        return len(sampler.epoch())

    three = Corpus("news", "news.tsv", (Lang.FR, Lang.EN, Lang.ZH), 3, 2, pivot=0.5)
    assert [three.share("base", way) for way in ("fr-en", "fr-zh", "en-zh")] == [3, 3, 1.5]
    assert Corpus("press", "press.tsv", (Lang.EN, Lang.ZH), 3, 2, pivot=0.5).share("tune", "en-zh") == 2
    assert pairs(1) > pairs(0.5) > pairs(0) > 0


def test_copies_in_bfloat16_learn_what_autocast_learns(made: Path, tmp_path: Path) -> None:
    """What a graphics card does. The weights stay float32; the copies follow them, after a resume too."""
    for name in ("vocabulary", "tokens"):
        shutil.copytree(made / "run" / name, tmp_path / name)
    config = RECIPE.model(Vocabulary(tmp_path / "vocabulary").size)
    stage = RECIPE.stages[0]
    losses = {}
    for copies in (False, True):
        machine = replace(MACHINE, copies=copies)
        trainer = Trainer(tmp_path, config, machine, 0)
        sampler = stage_sampler(tmp_path, stage, CORPORA, trainer.vocabulary.pad_id, machine, 0, 1)
        trainer.common = sampler.common_pieces()
        batches = iter(sampler)
        losses[copies] = [trainer.one_step(batches, stage, 3e-3, 0.0)["loss"] for _ in range(12)]
        assert trainer.flat.dtype == torch.float32
        assert trainer.model.embedding.weight.dtype == (torch.bfloat16 if copies else torch.float32)
    assert losses[True] == pytest.approx(losses[False], rel=0.05)
    assert losses[True][-1] < 0.95 * losses[True][0]
    trainer.save(tmp_path / "checkpoint.pt", whole=False)
    other = Trainer(tmp_path, config, replace(machine, seed=2), 0)
    other.resume(tmp_path / "checkpoint.pt")
    for one, same in zip(trainer.parameters, other.parameters, strict=True):
        assert torch.equal(one, same)


def test_the_source_side_forgives_what_wires_do_to_typography(made: Path) -> None:
    vocabulary = Vocabulary(made / "run" / "vocabulary")
    plain = vocabulary.source.encode("L'oeuvre: \"oui\" - c'est tout...", out_type=str)
    wired = vocabulary.source.encode("L’œuvre\u00a0: «\u202foui\u00a0» – c’est tout…", out_type=str)
    assert plain == wired
    assert set(TAGS) == set(Lang)
