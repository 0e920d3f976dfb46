"""The whole recipe in one command, within a wall-clock budget; run again, it goes on where it stopped.

    python -m training.run --data DATA --sets EVAL DATA --hours 2 -o translate/weights/embedded

prepare → templates → train (first stages) → synthesise (if the model learned en→fr) → train (rest)
→ average → export → score. Each step leaves files behind that tell the next run it is done.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from training.average import average
from training.corpora import load_corpora
from training.export import export, read_checkpoint
from training.model import ModelConfig
from training.prepare import CORPORA, prepare
from training.score import score
from training.stages import Stage, load_stages
from training.synthesise import synthesise
from training.templates import make, write_tokens
from training.train import Machine, launch
from training.vocabulary import Vocabulary, VocabularyConfig
from translate.evaluate import SUITE

STAGES = Path(__file__).with_name("stages.yaml")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make, of what, where, and how long it may take. `sets`: folders of development sets."""

    data: Path
    sets: tuple[Path, ...]
    run: Path
    output: Path
    hours: float
    vocabulary: VocabularyConfig
    width: int = 256
    template_pairs: int = 40_000
    synthetic_pairs: int = 100_000


def run(plan: Plan, machine: Machine, stages: tuple[Stage, ...]) -> None:
    """Does every step that is not done yet. Training time counts over all runs of the same folder."""
    held_out = [path for name in SUITE for folder in plan.sets for path in sorted(folder.glob(f"{name}.*"))]
    prepare(plan.data, held_out, plan.run, plan.vocabulary)
    if not (plan.run / "tokens" / "templates.fr-en.npz").exists():
        write_tokens(make(plan.template_pairs, seed=1), plan.run)
    size = Vocabulary(plan.run / "vocabulary").size
    heads = max(1, plan.width // 64)
    model = ModelConfig(size, width=plan.width, heads=heads, ffn=4 * plan.width)
    if any(corpus.reverse for corpus in load_corpora(CORPORA)):
        launch(plan.run, stages[:-1], model, machine, plan.hours * 3600)
        latest = plan.run / "checkpoint.pt"
        synthesise(latest, plan.run, plan.synthetic_pairs, device=machine.device)
    launch(plan.run, stages, model, machine, plan.hours * 3600)
    finish(plan.run, plan.output, plan.sets)


def finish(run: Path, output: Path, sets: tuple[Path, ...]) -> None:
    """Average of the last stage's late checkpoints → Hugging Face directory → scores."""
    late = sorted(run.glob("late-*.pt"))
    final = run / "average.pt"
    average(late, final)
    vocabulary = Vocabulary(run / "vocabulary")
    export(read_checkpoint(final, vocabulary.pad_id), vocabulary, output)
    if sets:
        score(final, run, sets, beam=4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and domain/")
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="folders of development sets")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("-o", "--output", type=Path, required=True, help="where the model directory goes")
    parser.add_argument("--hours", type=float, required=True, help="training time over all runs")
    parser.add_argument("--workers", type=int, default=1, help="processes that share each step")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--width", type=int, default=256)
    a = parser.parse_args()
    device = ("cuda" if torch.cuda.is_available() else "cpu") if a.device == "auto" else a.device
    on_gpu = device.startswith("cuda")
    machine = Machine(device, a.workers, batch_tokens=32_768 if on_gpu else 2048, compile=on_gpu)
    plan = Plan(a.data, tuple(a.sets), a.run, a.output, a.hours, VocabularyConfig(), a.width)
    run(plan, machine, load_stages(STAGES))


if __name__ == "__main__":
    main()
