"""Step 2: the training loop. Stages from short to long sentences, within a budget of time or steps.

    python -m training.train --run runs/small --hours 2 --workers 2

Each worker is a process with its own threads that takes its share of every step; gradients are summed
once a step. On a CPU that beats one process with many threads: nothing waits inside a step, so other
work on the machine slows it down by its share instead of stalling it. `log.jsonl` holds the curve; run
again, it goes on from `checkpoint.pt`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from training.batches import Prefetched, Sampler
from training.budget import Budget
from training.command import guarded
from training.corpora import Corpus
from training.model import ModelConfig
from training.recipe import SMALL, load_recipe
from training.stages import Stage, load_stages, rate_at
from training.store import TokenPairs, sets_of_mix
from training.trainer import Machine, Trainer
from training.vocabulary import Vocabulary
from training.workers import joined, spread
from translate.errors import InputError

_STRIDE = 8  # pieces: what matrix units like, and 22 shapes of batches up to 176

__all__ = ["Machine", "Trainer", "launch", "stage_sampler", "train"]


def stage_sampler(
    run: Path, stage: Stage, corpora: Sequence[Corpus], pad: int, machine: Machine, rank: int, seed: int
) -> Sampler:
    """Batches of the stage's mix. Raises InputError if there is nothing to learn from.

    Target languages are mixed unless the softmax is restricted to the pieces of one; then, what is done with
    a batch depends on more than its shape, and cannot be recorded.
    """
    restricted = stage.restrict > 0
    chosen, weights = {}, {}
    for path, _, share in sets_of_mix(run / "tokens", corpora, stage.mix, reverse=stage.reverse):
        chosen[path.stem], weights[path.stem] = TokenPairs.load(path), share
    try:
        return Sampler(
            chosen, weights, pad=pad, max_tokens=stage.max_tokens, batch_tokens=machine.batch_tokens,
            seed=seed, rank=rank, ranks=machine.workers, apart=restricted,
            stride=_STRIDE if machine.recorded and not restricted else 0,
        )  # fmt: skip
    except ValueError as err:
        raise InputError(f"stage {stage.name}: {err}", path=run / "tokens") from err


def train(
    rank: int,
    run: Path,
    stages: tuple[Stage, ...],
    model: ModelConfig,
    machine: Machine,
    budget: Budget,
    corpora: tuple[Corpus, ...],
    until: int,
) -> None:
    """Trains through the first `until` stages, or until the call's time is over. Resumes `checkpoint.pt`."""
    with joined(rank, machine.workers):
        trainer = Trainer(run, model, machine, rank)
        latest = run / "checkpoint.pt"
        if latest.exists():
            trainer.resume(latest)
        loop = Loop(trainer, budget, corpora)
        for number, (stage, span) in enumerate(zip(stages, budget.spans(stages), strict=True)):
            if number >= until or loop.call_is_over() or loop.spent() >= span[1]:
                continue
            loop.run_stage(stage, span, last=number == len(stages) - 1)
            if rank == 0 and loop.spent() >= span[1]:
                trainer.save(run / f"{number + 1}-{stage.name}.pt")


class Loop:
    """Steps of one worker, with its clock. All workers read the same clock, so they stop at the same step."""

    def __init__(self, trainer: Trainer, budget: Budget, corpora: Sequence[Corpus]) -> None:
        self.trainer, self.budget, self.corpora = trainer, budget, corpora
        self._begun_s = time.monotonic() - trainer.elapsed_s
        self._spent_before = self.spent()

    def spent(self) -> float:
        return self.budget.spent(self.trainer.step, self.trainer.elapsed_s)

    def call_is_over(self) -> bool:
        return self.spent() - self._spent_before >= self.budget.call

    def run_stage(self, stage: Stage, span: tuple[float, float], *, last: bool) -> None:
        """Trains until `span` ends. Keeps `late-<step>.pt` from the last stage's second half, to average."""
        trainer, machine = self.trainer, self.trainer.machine
        if trainer.stage not in (stage.name, None):
            trainer.stage_step = 0
            if last and trainer.rank == 0:
                _forget_late(trainer.run)
        trainer.model.set_dropout(stage.dropout)
        seed = machine.seed + trainer.step
        pad = trainer.vocabulary.pad_id
        sampler = stage_sampler(trainer.run, stage, self.corpora, pad, machine, trainer.rank, seed)
        trainer.common = {tag: ids.to(machine.device) for tag, ids in sampler.common_pieces().items()}
        batches = Prefetched(iter(sampler), pin=machine.on_gpu)
        try:
            self._steps(batches, stage, span, last)
        finally:
            batches.close()
        if trainer.rank == 0:
            self._save(last and self.spent() > sum(span) / 2)

    def _steps(self, batches: Prefetched, stage: Stage, span: tuple[float, float], last: bool) -> None:
        trainer, log_every = self.trainer, self.trainer.machine.log_every
        probe = [next(batches) for _ in range(4)] if trainer.rank == 0 else []
        every = self.budget.save_every(span)
        next_save = self.spent() + every
        while self.spent() < span[1] and not self.call_is_over():
            progress = (self.spent() - span[0]) / max(1e-9, span[1] - span[0])
            rate = rate_at(stage, trainer.stage_step, progress)
            report = trainer.one_step(batches, stage, rate, time.monotonic() - self._begun_s)
            trainer.elapsed_s = report.pop("clock")
            if trainer.rank != 0:
                continue
            if trainer.step % log_every == 0:
                if trainer.step % (8 * log_every) == 0:
                    report["true_source"], report["other_source"] = trainer.use_of_source(probe)
                _log(trainer, stage, rate, report)
            if self.spent() > next_save:
                self._save(last and progress > 0.5)
                next_save = self.spent() + every

    def _save(self, late: bool) -> None:
        self.trainer.save(self.trainer.run / "checkpoint.pt")
        if late:
            self.trainer.save(self.trainer.run / f"late-{self.trainer.step:08}.pt", whole=False)


def _forget_late(run: Path) -> None:
    """An earlier, shorter run may have ended here: its late checkpoints are no part of this one's average."""
    for path in run.glob("late-*.pt"):
        path.unlink()


def _log(trainer: Trainer, stage: Stage, rate: float, report: dict[str, float]) -> None:
    entry = {
        "stage": stage.name, "step": trainer.step, "tokens": trainer.tokens,
        "elapsed_s": round(trainer.elapsed_s, 1), "rate": rate, **report,
    }  # fmt: skip
    rounded = {
        key: float(f"{value:.5g}") if isinstance(value, float) else value for key, value in entry.items()
    }
    with (trainer.run / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(rounded) + "\n")
    print(json.dumps(rounded), flush=True)


def launch(
    run: Path,
    stages: tuple[Stage, ...],
    model: ModelConfig,
    machine: Machine,
    budget: Budget,
    corpora: tuple[Corpus, ...],
    until: int | None = None,
) -> bool:
    """Trains through the first `until` stages, or all. False if the call's time was over before."""
    until = len(stages) if until is None else until
    end = budget.spans(stages)[until - 1][1]
    if spent(run, budget) >= end:
        return True
    spread(train, (run, stages, model, machine, budget, corpora, until), machine.workers)
    return spent(run, budget) >= end


def spent(run: Path, budget: Budget) -> float:
    """How much of the budget the run's checkpoint has used."""
    path = run / "checkpoint.pt"
    if not path.exists():
        return 0.0
    state = torch.load(path, weights_only=True, map_location="cpu", mmap=True)
    return budget.spent(state["step"], state["elapsed_s"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--recipe", type=Path, default=SMALL, help="folder of a recipe; the small one if not given"
    )
    parser.add_argument("--stages", type=Path, help="another curriculum than the recipe's")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--hours", type=float, required=True, help="wall-clock budget, all stages and runs")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="auto")
    a = parser.parse_args()
    recipe = load_recipe(a.recipe)
    machine = Machine.of(a.device, a.workers, recipe.batch_tokens)
    model = recipe.model(Vocabulary(a.run / "vocabulary").size)
    stages = load_stages(a.stages) if a.stages else recipe.stages
    launch(a.run, stages, model, machine, Budget(a.hours * 3600), recipe.corpora)
    return 0


if __name__ == "__main__":
    guarded(main)
