"""After the last stage: minimum risk training, on answers of the model itself.

    python -m training.risk --run runs/small --rounds 15 --workers 2

Cross-entropy teaches the next piece of a reference; what is wanted is a good answer as a whole, without
loops. In each round the model answers new sources of the news mix several times (`training.answers`), and
learns from that once, the better ones against the worse (`training.risk_loss`). `risk.pt` holds the newest
state; run again, it goes on after the last round. `risk-late-*.pt` are to be averaged (`training.average`).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import torch
from torch import Tensor

from training.answers import Answerer, Question, draw, valued
from training.command import guarded
from training.corpora import Corpus
from training.export import export, read_checkpoint
from training.lots import Lot, lots
from training.model import ModelConfig
from training.recipe import SMALL, load_recipe
from training.risk_loss import ExpectedWorth, Weights
from training.trainer import Machine, Trainer
from training.vocabulary import TAGS, Vocabulary
from training.workers import joined, spread
from training.written import LEAST, written
from translate.domain import Lang
from translate.engines.ct2_machine import cores
from translate.errors import InputError

LATEST = "risk.pt"
_STAGE = "risk"  # in a checkpoint; its steps are rounds
_MIX = "tune"
_LOTS = 3  # in a step, of each worker: of other lengths and languages


@dataclass(frozen=True, slots=True)
class Course:
    """`rounds` of `questions` each. The rate stays for three fifths of them, then falls to a tenth."""

    rounds: int
    questions: int
    rate: float
    weights: Weights = field(default_factory=Weights)

    def rate_at(self, number: int) -> float:
        """That of a round, counted from 0."""
        fall = max(0.0, (number + 1) / self.rounds - 0.6) / 0.4
        return self.rate * (1 - 0.9 * fall)

    def is_late(self, number: int) -> bool:
        """Whether the round's weights are one of those to average: the last third."""
        return number >= self.rounds - max(1, self.rounds // 3)


class RiskTrainer(Trainer):
    """A worker that learns from answers. `allowed`: the pieces that each language is written with."""

    def __init__(
        self,
        run: Path,
        model: ModelConfig,
        machine: Machine,
        rank: int,
        weights: Weights,
        allowed: Mapping[Lang, Sequence[int]],
    ) -> None:
        super().__init__(run, model, machine, rank)
        self.weights = weights
        self.allowed = {lang: torch.tensor(ids, device=machine.device) for lang, ids in allowed.items()}

    def step_on(self, some: Sequence[Lot], rate: float) -> dict[str, float]:
        """One optimiser step over all workers. Cross-entropy for each token of the references, and expected
        worth for each source, both before it."""
        self.slope.zero_()
        sums = torch.zeros(2, device=self.machine.device)
        for lot in some:
            sums += self._learn_from(lot)[1:]
        tokens = sum(lot.reference_tokens for lot in some)
        total, entropy, worth, sources = self._update(
            rate, tokens, sums, float(sum(len(lot.source) for lot in some))
        )
        return {"entropy": entropy / total, "worth": worth / sources}

    def _learn_from(self, lot: Lot) -> Tensor:
        """Adds a lot's gradient. Loss, cross-entropy of the references, expected worth: sums, (3,)."""
        device = self.machine.device
        source, target, of = lot.source.to(device), lot.target.to(device), lot.of.to(device)
        with self._precision():
            states, _ = self.model(source, target, guided=False, of=of)
            real = target != self.vocabulary.pad_id
            gold = target[real]
            among = torch.unique(torch.cat([self.allowed[lot.lang], gold]))
            sequence = torch.arange(len(target), device=device)[:, None].expand_as(target)[real]
            losses: Tensor = ExpectedWorth.apply(  # type: ignore[no-untyped-call]
                states[real].bfloat16(),
                self.model.embedding.weight[among].bfloat16(),
                torch.searchsorted(among, gold),
                sequence,
                of,
                lot.worth.to(device),
                self.weights,
            )
        losses[0].backward()  # type: ignore[no-untyped-call]
        return losses.detach()


def learn(
    rank: int,
    run: Path,
    begin: Path,
    model: ModelConfig,
    machine: Machine,
    course: Course,
    allowed: Mapping[Lang, Sequence[int]],
    questions: Sequence[Question],
    number: int,
) -> None:
    """One worker's share of a round, counted from 0: each question once. Writes `risk.pt`, and the log.

    Raises InputError if there is not a lot for each worker.
    """
    with joined(rank, machine.workers):
        trainer = RiskTrainer(run, model, machine, rank, course.weights, allowed)
        trainer.resume(begin)
        all_lots = lots(questions, trainer.vocabulary.pad_id, seed=machine.seed + number)
        mine = all_lots[rank : len(all_lots) // machine.workers * machine.workers : machine.workers]
        if not mine:
            raise InputError(
                f"{len(questions)} questions are too few for {machine.workers} workers", path=run
            )
        rate = course.rate_at(number)
        told = [trainer.step_on(mine[at : at + _LOTS], rate) for at in range(0, len(mine), _LOTS)]
        trainer.stage, trainer.stage_step = _STAGE, number + 1
        if rank == 0:
            trainer.save(run / LATEST)
            if course.is_late(number):
                trainer.save(run / f"risk-late-{number + 1:03}.pt", whole=False)
            means = {key: round(sum(each[key] for each in told) / len(told), 4) for key in told[0]}
            _log(run, {"round": number + 1, "of": course.rounds, "steps": len(told), "rate": rate, **means})


def train(
    run: Path,
    corpora: Sequence[Corpus],
    machine: Machine,
    course: Course,
    least: int = LEAST,
) -> Path:
    """All rounds that are not done yet. Returns the newest checkpoint.

    `least`: answers are made of pieces that the text has as often.

    Raises InputError where there is no checkpoint to begin with.
    """
    vocabulary = Vocabulary(run / "vocabulary")
    latest = run / LATEST
    those = (latest, run / "average.pt", run / "checkpoint.pt")
    begin = next((path for path in those if path.exists()), None)
    if begin is None:
        raise InputError("no model here that could answer", path=run, hint="python -m training.train")
    config = ModelConfig(**torch.load(begin, weights_only=True, map_location="cpu", mmap=True)["config"])
    pieces = written(run / "tokens", vocabulary, least)
    allowed = {lang: pieces[tag] for lang, tag in TAGS.items() if tag in pieces}
    with ProcessPoolExecutor(cores(), get_context("spawn")) as pool:
        for number in range(_done(latest), course.rounds):
            questions = draw(run, corpora, _MIX, course.questions, seed=machine.seed + number)
            answered = _answered(begin, questions, vocabulary, pieces, machine.device, pool)
            spread(learn, (run, begin, config, machine, course, allowed, answered, number), machine.workers)
            begin = latest
    return begin


def _answered(
    checkpoint: Path,
    questions: Sequence[Question],
    vocabulary: Vocabulary,
    pieces: Mapping[str, Sequence[int]],
    device: str,
    pool: Executor,
) -> list[Question]:
    with tempfile.TemporaryDirectory() as temporary:
        export(read_checkpoint(checkpoint, vocabulary.pad_id), vocabulary, Path(temporary), pieces=pieces)
        answerer = Answerer(Path(temporary), {each.target for each in questions}, device)
        answers = answerer.answers(questions)
    return valued(questions, answers, vocabulary, pool)


def _done(latest: Path) -> int:
    """How many rounds the newest checkpoint has had."""
    if not latest.exists():
        return 0
    return int(torch.load(latest, weights_only=True, map_location="cpu", mmap=True)["stage_step"])


def _log(run: Path, entry: Mapping[str, float]) -> None:
    line = json.dumps(entry)
    with (run / "risk.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    print(line, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--recipe", type=Path, default=SMALL, help="folder of a recipe; its news mix is used")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--questions", type=int, default=5000, help="sources of a round")
    parser.add_argument("--rate", type=float, default=5e-5, help="at first; it ends at a tenth")
    parser.add_argument("--workers", type=int, default=1, help="processes that share each step")
    parser.add_argument("--device", default="auto")
    a = parser.parse_args()
    recipe = load_recipe(a.recipe)
    machine = Machine.of(a.device, a.workers, recipe.batch_tokens)
    train(a.run, recipe.corpora, machine, Course(a.rounds, a.questions, a.rate))
    return 0


if __name__ == "__main__":
    guarded(main)
