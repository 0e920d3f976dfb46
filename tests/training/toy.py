"""A recipe small enough for a test: invented sentences, a narrow model, a few steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training.budget import Budget
from training.corpora import Corpus
from training.recipe import Recipe
from training.run import Plan
from training.stages import Stage
from training.templates import make
from training.trainer import Machine
from translate.domain import Lang

STEPS = 48
STAGES = (
    Stage("short", 0.5, "base", 40, (3e-3, 3e-3), 512, warmup=5, guide=0.5, restrict=0.7),
    Stage("more", 0.25, "base", 60, (3e-3, 3e-3), 512, reverse=False, synthesise=True),
    Stage("news", 0.25, "tune", 60, (3e-3, 1e-4), 512, dropout=0.1, reverse=False),
)
CORPORA = (
    Corpus("agency", "domain/*.train.tsv", (Lang.FR, Lang.EN, Lang.ZH), 1, 1, reverse=True),
    Corpus("press", "train/press.en-zh.tsv", (Lang.EN, Lang.ZH), 1, 1),
    Corpus("templates", "-", (Lang.FR, Lang.EN, Lang.ZH), 0.5, 0.2),
    Corpus("capitals", "-", (Lang.FR, Lang.EN, Lang.ZH), 0.3, 0.3),
    Corpus("concatenated", "-", (Lang.FR, Lang.EN, Lang.ZH), 0.3, 0.3),
    Corpus("synthetic-press", "-", (Lang.FR, Lang.ZH), 3, 3),
)
RECIPE = Recipe(
    CORPORA, STAGES, vocabulary_size=1500, vocabulary_lines=3000, width=64, ffn=128, encoder_layers=2,
    decoder_layers=1, batch_tokens=512, template_pairs=120, synthetic_pairs=40,
)  # fmt: skip
MACHINE = Machine(batch_tokens=512, log_every=1)


def write_text(folder: Path) -> Plan:
    """Text for the recipe in `folder`, and the plan to make a model of it there. The budget is in steps."""
    rows = make(420, seed=3)
    tables: dict[str, Sequence[tuple[str, ...]]] = {
        "data/domain/A.train.tsv": rows[:340],
        "data/train/press.en-zh.tsv": [row[1:] for row in rows[340:400]],
        "sets/domain/dev.tsv": rows[400:],
    }
    for name, table in tables.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join("\t".join(row) + "\n" for row in table), encoding="utf-8")
    return Plan(
        RECIPE, folder / "run", folder / "model", Budget(STEPS, in_steps=True), folder / "data"
    )  # fmt: skip


def steps(plan: Plan, total: float, call: float) -> Plan:
    """The plan with another budget."""
    return replace(plan, budget=Budget(total, call, in_steps=True))
