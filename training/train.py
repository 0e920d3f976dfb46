"""Step 2: the training loop. Stages from short to long sentences, within a wall-clock budget.

    python -m training.train --run runs/small --stages training/stages.yaml --hours 2 --workers 2

Each worker is a process with its own threads that takes its share of every step; gradients are summed
once a step. On a CPU that beats one process with many threads: nothing waits inside a step, so other
work on the machine slows it down by its share instead of stalling it. `log.jsonl` holds the curve.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import Tensor

from training.batches import Batch, Sampler
from training.corpora import load_corpora
from training.model import Marian, ModelConfig
from training.prepare import CORPORA
from training.stages import Stage, load_stages, rate_at
from training.store import TokenPairs
from training.vocabulary import Vocabulary

_SAVE_EVERY_S = 300


@dataclass(frozen=True, slots=True)
class Machine:
    """How the work is spread."""

    device: str = "cpu"
    workers: int = 1
    batch_tokens: int = 2048
    compile: bool = False
    log_every: int = 25
    seed: int = 1


class Trainer:
    """Model, flat gradient, optimiser and counters of one worker."""

    def __init__(self, run: Path, model: ModelConfig, machine: Machine, rank: int) -> None:
        self.run, self.machine, self.rank = run, machine, rank
        self.vocabulary = Vocabulary(run / "vocabulary")
        torch.manual_seed(machine.seed)
        self.config = model
        self.model = Marian(model, self.vocabulary.pad_id).to(machine.device)
        self.parameters = list(self.model.parameters())
        sizes = [p.numel() for p in self.parameters]
        # One flat vector each for weights and gradients: one optimiser kernel, one all-reduce.
        self.flat = torch.cat([p.detach().flatten() for p in self.parameters])
        self.gradient = torch.zeros(self.flat.numel() + 4, device=machine.device)  # + sums of the step
        weights, grads = torch.split(self.flat, sizes), torch.split(self.gradient[:-4], sizes)
        for p, weight, grad in zip(self.parameters, weights, grads, strict=True):
            p.data = weight.view(p.shape)
            p.grad = grad.view(p.shape)
        self.flat.grad = self.gradient[:-4]
        self.optimizer = torch.optim.Adam([self.flat], lr=0, betas=(0.9, 0.98), eps=1e-9, fused=True)
        if machine.compile:
            self.model.trunk = torch.compile(self.model.forward, dynamic=True)
        self.common: dict[int, Tensor] = {}
        self.step = self.tokens = 0
        self.elapsed_s = 0.0

    def state(self) -> dict[str, Any]:
        return {
            "weights": self.flat,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "tokens": self.tokens,
            "elapsed_s": self.elapsed_s,
            "config": asdict(self.config),
        }

    def resume(self, path: Path) -> None:
        state = torch.load(path, weights_only=True, map_location=self.machine.device)
        self.flat.copy_(state["weights"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.tokens, self.elapsed_s = state["step"], state["tokens"], state["elapsed_s"]

    def save(self, path: Path) -> None:
        partial = path.with_suffix(".partial")
        torch.save(self.state(), partial)
        partial.replace(path)

    def one_step(
        self, batches: Iterator[Batch], stage: Stage, rate: float, elapsed_s: float
    ) -> dict[str, float]:
        """One optimiser step over all workers. Returns mean losses per token, and the workers' mean clock."""
        self.gradient.zero_()
        machine = self.machine
        done = 0
        sums = torch.zeros(2, device=machine.device)  # read once a step: no wait for the device in between
        tokens = 0
        wanted = stage.step_tokens // machine.workers - machine.batch_tokens // 2  # the nearest whole batch
        while done < wanted:
            batch = next(batches)
            source, target, links = (x.to(machine.device) for x in (batch.source, batch.target, batch.links))
            among = None
            if float(torch.rand(())) < stage.restrict:
                among = torch.unique(torch.cat([self.common[batch.tag], target.flatten()]))
            with torch.autocast(machine.device.split(":")[0], dtype=torch.bfloat16):
                losses = self.model.loss(source, target, links, stage.smoothing, stage.guide, among)
            losses[0].backward()  # type: ignore[no-untyped-call]
            sums += losses[1:].detach()
            tokens += batch.tokens
            done += batch.target.numel()
        self.gradient[-4], self.gradient[-3:-1] = tokens, sums
        self.gradient[-1] = elapsed_s / machine.workers
        if machine.workers > 1:
            dist.all_reduce(self.gradient)
        total, entropy, guided, clock = self.gradient[-4:].tolist()
        self.flat.grad.div_(total)  # type: ignore[union-attr]
        norm = self.flat.grad.norm()  # type: ignore[union-attr]
        self.flat.grad.mul_((1.0 / (norm + 1e-6)).clamp(max=1.0))  # type: ignore[union-attr]
        self.optimizer.param_groups[0]["lr"] = rate
        self.optimizer.step()
        self.step += 1
        self.tokens += int(total)
        return {"loss": entropy / total, "guided": guided / total, "norm": float(norm), "clock": clock}

    @torch.no_grad()
    def use_of_source(self, batches: list[Batch]) -> tuple[float, float]:
        """Cross-entropy per token with the true source, and with another sentence's source.

        As long as the two are equal, the model is only a language model of its targets.
        """
        self.model.eval()
        totals = torch.zeros(3)
        for batch in batches:
            with torch.autocast(self.machine.device.split(":")[0], dtype=torch.bfloat16):
                for column, source in enumerate((batch.source, batch.source.roll(1, dims=0))):
                    source, target, links = (
                        x.to(self.machine.device) for x in (source, batch.target, batch.links)
                    )
                    totals[column] += self.model.loss(source, target, links, 0.0, 0.0, None)[1].cpu()
            totals[2] += batch.tokens
        self.model.train()
        return float(totals[0] / totals[2]), float(totals[1] / totals[2])


def stage_sampler(run: Path, stage: Stage, pad: int, machine: Machine, rank: int, seed: int) -> Sampler:
    corpora, weights = {}, {}
    for corpus in load_corpora(CORPORA):
        weight = getattr(corpus, stage.mix)
        for path in sorted((run / "tokens").glob(f"{corpus.name}.*.npz")):
            if weight > 0:
                corpora[path.stem], weights[path.stem] = TokenPairs.load(path), weight
    return Sampler(
        corpora, weights, pad=pad, max_tokens=stage.max_tokens, batch_tokens=machine.batch_tokens,
        seed=seed, rank=rank, ranks=machine.workers,
    )  # fmt: skip


def train(
    rank: int, run: Path, stages: tuple[Stage, ...], model: ModelConfig, machine: Machine, budget_s: float
) -> None:
    """Runs all stages, resuming from `checkpoint.pt`. `budget_s` counts training time over all runs."""
    if machine.workers > 1:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) // machine.workers))
        dist.init_process_group("gloo", init_method="env://", rank=rank, world_size=machine.workers)
    trainer = Trainer(run, model, machine, rank)
    latest = run / "checkpoint.pt"
    if latest.exists():
        trainer.resume(latest)
    begun = time.monotonic() - trainer.elapsed_s
    ends, done = [], 0.0
    for stage in stages:
        done += stage.share * budget_s
        ends.append(done)
    for number, stage in enumerate(stages):
        if trainer.elapsed_s >= ends[number]:
            continue
        started = ends[number - 1] if number else 0.0
        _run_stage(trainer, stage, (started, ends[number]), begun, last=stage is stages[-1])
        if rank == 0:
            trainer.save(run / f"{number + 1}-{stage.name}.pt")
    if machine.workers > 1:
        dist.destroy_process_group()


def _run_stage(
    trainer: Trainer, stage: Stage, span: tuple[float, float], begun: float, *, last: bool
) -> None:
    """Trains until `span` ends. Keeps `late-<step>.pt` from the second half of the last stage, to average."""
    machine, rank = trainer.machine, trainer.rank
    trainer.model.set_dropout(stage.dropout)
    seed = machine.seed + trainer.step
    sampler = stage_sampler(trainer.run, stage, trainer.vocabulary.pad_id, machine, rank, seed)
    trainer.common = {tag: ids.to(machine.device) for tag, ids in sampler.common_pieces().items()}
    batches = iter(sampler)
    probe = [next(batches) for _ in range(4)] if rank == 0 else []
    first = trainer.step
    every_s = min(_SAVE_EVERY_S, (span[1] - span[0]) / 8)
    next_save = trainer.elapsed_s + every_s
    while trainer.elapsed_s < span[1]:
        progress = (trainer.elapsed_s - span[0]) / max(1e-9, span[1] - span[0])
        rate = rate_at(stage, trainer.step - first, progress)
        report = trainer.one_step(batches, stage, rate, time.monotonic() - begun)
        trainer.elapsed_s = report.pop("clock")
        if rank != 0:
            continue
        if trainer.step % machine.log_every == 0:
            if trainer.step % (8 * machine.log_every) == 0:
                report["true_source"], report["other_source"] = trainer.use_of_source(probe)
            _log(trainer, stage, rate, report)
        if trainer.elapsed_s > next_save:
            trainer.save(trainer.run / "checkpoint.pt")
            if last and progress > 0.5:
                trainer.save(trainer.run / f"late-{trainer.step:08}.pt")
            next_save = trainer.elapsed_s + every_s
    if rank == 0:
        trainer.save(trainer.run / "checkpoint.pt")
        if last:
            trainer.save(trainer.run / f"late-{trainer.step:08}.pt")


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
    run: Path, stages: tuple[Stage, ...], model: ModelConfig, machine: Machine, budget_s: float
) -> None:
    """Starts the workers and waits for them."""
    if machine.workers == 1:
        train(0, run, stages, model, machine, budget_s)
        return
    with socket.socket() as probe:  # a free port: an earlier run may still hold any fixed one
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    mp.spawn(train, (run, stages, model, machine, budget_s), nprocs=machine.workers)  # type: ignore[attr-defined, no-untyped-call]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--stages", type=Path, default=Path(__file__).with_name("stages.yaml"))
    parser.add_argument("--hours", type=float, required=True, help="wall-clock budget, all stages and runs")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--batch-tokens", type=int, default=2048)
    parser.add_argument("--compile", action="store_true", help="worth it on a GPU, not on a CPU")
    parser.add_argument("--width", type=int, default=256)
    a = parser.parse_args()
    device = ("cuda" if torch.cuda.is_available() else "cpu") if a.device == "auto" else a.device
    machine = Machine(device, a.workers, a.batch_tokens, a.compile)
    vocabulary = Vocabulary(a.run / "vocabulary")
    model = ModelConfig(vocabulary.size, width=a.width, heads=a.width // 64, ffn=4 * a.width)
    launch(a.run, load_stages(a.stages), model, machine, a.hours * 3600)


if __name__ == "__main__":
    main()
