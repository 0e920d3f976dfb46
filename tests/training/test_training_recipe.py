"""The whole recipe of the embedded model at toy size, on invented sentences: every step, resumed once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from transformers import MarianMTModel, MarianTokenizer

from training.align import add_links
from training.batches import Sampler
from training.export import export
from training.model import Marian, ModelConfig
from training.run import Plan, run
from training.stages import Stage
from training.store import NO_LINK, TokenPairs
from training.templates import make
from training.train import Machine
from training.vocabulary import TAGS, Vocabulary, VocabularyConfig
from translate.domain import Lang

STAGES = (
    Stage("short", 0.5, "base", 40, (3e-3, 3e-3), 512, warmup=5, guide=0.5, restrict=0.7),
    Stage("news", 0.5, "tune", 60, (3e-3, 1e-4), 512, dropout=0.1),
)
MACHINE = Machine(batch_tokens=512, log_every=1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was stopped after one second of training and taken up again."""
    folder = tmp_path_factory.mktemp("recipe")
    rows = make(500, seed=3)
    (folder / "data" / "domain").mkdir(parents=True)
    (folder / "data" / "domain" / "A.train.tsv").write_text(
        "".join("\t".join(row) + "\n" for row in rows[:-20]), encoding="utf-8"
    )
    (folder / "sets" / "domain").mkdir(parents=True)
    (folder / "sets" / "domain" / "dev.tsv").write_text(
        "".join("\t".join(row) + "\n" for row in rows[-20:]), encoding="utf-8"
    )
    plan = Plan(
        folder / "data", (folder / "sets",), folder / "run", folder / "model", 2 / 3600,
        VocabularyConfig(size=1500, sentences=3000), width=64, template_pairs=200,
    )  # fmt: skip
    torch.manual_seed(0)
    run(replace(plan, sets=()), MACHINE, STAGES)
    run(replace(plan, hours=8 / 3600), MACHINE, STAGES)
    return folder


def log(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "run" / "log.jsonl").read_text().splitlines()]


def test_the_loss_falls_and_training_goes_on_where_it_stopped(made: Path) -> None:
    entries = log(made)
    full = [
        entry["loss"] for entry in entries if entry["stage"] == "news"
    ]  # the other's softmax is restricted
    assert min(full[-5:]) < full[0]
    assert [entry["step"] for entry in entries] == sorted({entry["step"] for entry in entries})


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_the_result_is_a_marian_checkpoint_that_transformers_loads_and_uses(made: Path) -> None:
    model = MarianMTModel.from_pretrained(made / "model", local_files_only=True, dtype=torch.float32)
    tokenizer = MarianTokenizer.from_pretrained(made / "model", local_files_only=True)
    assert tokenizer.pad_token_id == len(tokenizer.get_vocab()) - 1
    assert not model.model.shared.weight[tokenizer.pad_token_id].any()
    batch = tokenizer([">>eng<< Le texte a été adopté."], return_tensors="pt")
    assert batch["input_ids"][0, 0] == tokenizer.get_vocab()[">>eng<<"]
    assert model.generate(**batch, max_new_tokens=8).shape[1] > 1


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
    torch.testing.assert_close(got, expected, atol=5e-2, rtol=5e-2)  # float16 weights in between


def test_the_fused_loss_has_the_gradient_of_the_plain_one() -> None:
    torch.manual_seed(2)
    model = Marian(ModelConfig(50, width=16, heads=2, ffn=32, encoder_layers=1, decoder_layers=1), pad=49)
    source, target = torch.randint(2, 40, (3, 5)), torch.randint(2, 40, (3, 4))
    links = torch.full((3, 4), NO_LINK)
    model.loss(source, target, links, 0.1, 0.0, None)[0].backward()  # type: ignore[no-untyped-call]
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


def test_batches_keep_every_pair_once_and_one_target_language_each() -> None:
    rng = np.random.default_rng(5)
    corpora = {}
    for tag in (60, 61):
        sources = [
            np.array([tag, *rng.integers(2, 50, rng.integers(1, 9)), 0], np.uint16) for _ in range(300)
        ]
        targets = [np.array([*rng.integers(2, 50, rng.integers(1, 9)), 0], np.uint16) for _ in range(300)]
        corpora[str(tag)] = TokenPairs.from_lists(sources, targets)
    sampler = Sampler(
        corpora, {"60": 1.0, "61": 1.0}, pad=63, max_tokens=30, batch_tokens=64, seed=1, rank=0, ranks=1
    )
    seen: list[tuple[int, ...]] = []
    for batch in sampler:
        assert {int(tag) for tag in batch.source[:, 0]} == {batch.tag}
        assert batch.target.numel() <= 64 or len(batch.target) == 1
        seen += [tuple(i for i in row.tolist() if i != 63) for row in batch.source]
        if len(seen) >= 600:
            break
    wanted = [
        tuple(corpus.source[end - length : end].tolist())
        for corpus in corpora.values()
        for end, length in zip(corpus.source_ends, corpus.source_lengths, strict=True)
    ]
    assert sorted(seen) == sorted(wanted)


def test_the_source_side_forgives_what_wires_do_to_typography(made: Path) -> None:
    vocabulary = Vocabulary(made / "run" / "vocabulary")
    plain = vocabulary.source.encode("L'oeuvre: \"oui\" - c'est tout...", out_type=str)
    wired = vocabulary.source.encode("L’œuvre\u00a0: «\u202foui\u00a0» – c’est tout…", out_type=str)
    assert plain == wired
    assert set(TAGS) == set(Lang)
