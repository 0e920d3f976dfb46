"""One worker of the training: model, flat gradient, optimiser, counters; a step, a checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor

from training.batches import Batch
from training.model import Marian, ModelConfig
from training.optimizer import Optimizer, matrices_of
from training.recorded import Recordings
from training.stages import Stage
from training.vocabulary import Vocabulary
from translate.engines.marian_graph import CudaRecorder, Recorder
from translate.errors import InputError

_REWARM_STEPS = 100  # after a resume without the optimiser's moments: its first steps would be too long


@dataclass(frozen=True, slots=True)
class Machine:
    """How the work is spread. `batch_tokens`: padded target tokens that go through the model at once.

    `copies`: the model computes with a copy of its weights in bfloat16, and not by autocast. A graphics card
    would wait for autocast, which launches as many conversions as there are other kernels.
    `recorded`: batches come in few shapes, so that the card can record what is done with each.
    """

    device: str = "cpu"
    workers: int = 1
    batch_tokens: int = 2048
    log_every: int = 25
    seed: int = 1
    copies: bool = False
    recorded: bool = False

    @classmethod
    def of(cls, device: str, workers: int, batch_tokens: int) -> Machine:
        """What suits `device`; "auto" is a graphics card if there is one."""
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        if device.startswith("cuda"):
            return cls(device, workers, batch_tokens, log_every=50, copies=True, recorded=True)
        return cls(device, workers, batch_tokens)

    @property
    def on_gpu(self) -> bool:
        return self.device.startswith("cuda")


class Trainer:
    """The state of one worker. `stage`, `stage_step`: where in the curriculum the last step was made; `norm`:
    of its gradient."""

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
        # What the model computes with: the same memory, or its like in bfloat16.
        self.working, self.slope = self.flat, self.gradient[:-4]
        if machine.copies:
            self.working, self.slope = self.flat.bfloat16(), self.slope.bfloat16()
        weights, grads = torch.split(self.working, sizes), torch.split(self.slope, sizes)
        for p, weight, grad in zip(self.parameters, weights, grads, strict=True):
            p.data = weight.view(p.shape)
            p.grad = grad.view(p.shape)
        self.flat.grad = self.gradient[:-4]
        self.optimizer = Optimizer(self.flat, matrices_of(self.model))
        self.new_recorder: Callable[[], Recorder] | None = None
        if machine.recorded and machine.on_gpu:
            self.new_recorder = partial(CudaRecorder, torch.device(machine.device))
        self._recordings: tuple[Stage, Recordings] | None = None
        self.common: dict[int, Tensor] = {}
        self.step = self.tokens = self.stage_step = 0
        self.stage: str | None = ""  # None: a checkpoint that does not say
        self.elapsed_s = self.norm = 0.0
        self._moments_from = 0

    def state(self) -> dict[str, Any]:
        return {
            "weights": self.flat,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "tokens": self.tokens,
            "elapsed_s": self.elapsed_s,
            "stage": self.stage,
            "stage_step": self.stage_step,
            "config": asdict(self.config),
        }

    def resume(self, path: Path) -> None:
        """Goes on from a checkpoint; one without the optimiser's moments costs a short new warm-up."""
        state = torch.load(path, weights_only=True, map_location=self.machine.device)
        was, now = ({**config, "dropout": 0.0} for config in (state["config"], asdict(self.config)))
        if was != now:
            raise InputError(f"another model was begun here: {was}, not {now}", path=path)
        self.flat.copy_(state["weights"])
        self._refresh()
        self.step, self.tokens, self.elapsed_s = state["step"], state["tokens"], state["elapsed_s"]
        self.stage, self.stage_step = state.get("stage"), state.get("stage_step", 0)
        if "momenta" in state.get("optimizer", {}):  # those of Adam alone are of no use
            self.optimizer.load_state_dict(state["optimizer"])
        else:
            self._moments_from = self.step

    def _refresh(self) -> None:
        """The weights that the model computes with, after the others have changed."""
        if self.machine.copies:
            self.working.copy_(self.flat)

    def save(self, path: Path, *, whole: bool = True) -> None:
        """Writes a checkpoint; not `whole`: without the optimiser's moments, two thirds of it."""
        state = self.state()
        if not whole:
            del state["optimizer"]
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def one_step(
        self, batches: Iterator[Batch], stage: Stage, rate: float, elapsed_s: float
    ) -> dict[str, float]:
        """One optimiser step over all workers. Returns mean losses per token, and the workers' mean clock."""
        tokens, sums = self._gradient_of(batches, stage)
        total, entropy, guided, clock = self._update(rate, tokens, sums, elapsed_s / self.machine.workers)
        self.stage, self.stage_step = stage.name, self.stage_step + 1
        return {"loss": entropy / total, "guided": guided / total, "norm": self.norm, "clock": clock}

    def _update(self, rate: float, tokens: int, sums: Tensor, other: float) -> list[float]:
        """The weights after the gradients of all workers, by the token; a longer one than 1 counts as 1.

        Returns the sums over workers of `tokens`, the two `sums`, and `other`.
        """
        if self.machine.copies:
            self.gradient[:-4].copy_(self.slope)
        self.gradient[-4], self.gradient[-3:-1], self.gradient[-1] = tokens, sums, other
        if self.machine.workers > 1:
            dist.all_reduce(self.gradient)
        self.flat.grad.div_(self.gradient[-4])  # type: ignore[union-attr]
        norm = self.flat.grad.norm()  # type: ignore[union-attr]
        self.flat.grad.mul_((1.0 / (norm + 1e-6)).clamp(max=1.0))  # type: ignore[union-attr]
        if self._moments_from:
            rate *= min(1.0, (self.step - self._moments_from + 1) / _REWARM_STEPS)
        self.optimizer.step(rate)
        self._refresh()
        # Read at the end: a card then has all of the step before the host waits for it.
        found: list[float] = self.gradient[-4:].tolist()
        self.norm = float(norm)
        self.step += 1
        self.tokens += int(found[0])
        return found

    def _gradient_of(self, batches: Iterator[Batch], stage: Stage) -> tuple[int, Tensor]:
        """Fills the gradient with this worker's share of a step. Its target tokens, and sums of losses."""
        self.slope.zero_()
        machine = self.machine
        done = tokens = 0
        sums = torch.zeros(2, device=machine.device)  # read once a step: no wait for the device in between
        wanted = stage.step_tokens // machine.workers - machine.batch_tokens // 2  # the nearest whole batch
        while done < wanted or not done:
            batch = next(batches)
            sums += self._learn(batch, stage)[1:]
            tokens += batch.tokens
            done += batch.target.numel()
        return tokens, sums

    def _learn(self, batch: Batch, stage: Stage) -> Tensor:
        """Adds a batch's gradient. Sums of its losses, (3,)."""
        if stage.restrict == 0 and self.new_recorder:
            try:
                return self._played(stage, self.new_recorder)(batch.source, batch.target, batch.links)
            except RuntimeError as err:  # whatever a device says
                print(f"steps are not recorded: {err}", flush=True)
                self.new_recorder = self._recordings = None
        source, target, links = self._on_device(batch)
        among = None
        if float(torch.rand(())) < stage.restrict:
            among = torch.unique(torch.cat([self.common[batch.tag], target.flatten()]))
        return self._losses(stage, source, target, links, among)

    def _played(self, stage: Stage, new_recorder: Callable[[], Recorder]) -> Recordings:
        """The recordings of the stage. Those of another are of no use: its rates are in them.

        Each stage has a recorder of its own: once all its recordings are gone, a card's memory for them is,
        too, and to record into it again fails.
        """
        if self._recordings is None or self._recordings[0] != stage:
            work = partial(self._losses, stage, recordable=True)
            self._recordings = None  # their memory first
            self._recordings = stage, Recordings(work, new_recorder(), self.slope)
        return self._recordings[1]

    def _losses(
        self,
        stage: Stage,
        source: Tensor,
        target: Tensor,
        links: Tensor,
        among: Tensor | None = None,
        *,
        recordable: bool = False,
    ) -> Tensor:
        with self._precision():
            losses = self.model.loss(
                source, target, links, stage.smoothing, stage.guide, among, recordable=recordable
            )
        losses[0].backward()  # type: ignore[no-untyped-call]
        return losses.detach()

    def _precision(self) -> torch.autocast:
        """bfloat16 products: by autocast, unless the weights are bfloat16 themselves."""
        device = self.machine.device.split(":")[0]
        return torch.autocast(device, dtype=torch.bfloat16, enabled=not self.machine.copies)

    def _on_device(self, batch: Batch) -> tuple[Tensor, ...]:
        parts = (batch.source, batch.target, batch.links)
        return tuple(part.to(self.machine.device, non_blocking=True) for part in parts)

    @torch.no_grad()
    def use_of_source(self, batches: list[Batch]) -> tuple[float, float]:
        """Cross-entropy per token with the true source, and with another sentence's source.

        As long as the two are equal, the model is only a language model of its targets.
        """
        self.model.eval()
        totals = torch.zeros(3)
        for batch in batches:
            source, target, links = self._on_device(batch)
            with self._precision():
                for column, given in enumerate((source, source.roll(1, dims=0))):
                    totals[column] += self.model.loss(given, target, links, 0.0, 0.0, None)[1].cpu()
            totals[2] += batch.tokens
        self.model.train()
        return float(totals[0] / totals[2]), float(totals[1] / totals[2])
