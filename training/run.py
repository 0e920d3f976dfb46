"""The whole recipe in one command, within a budget of time; run again, it goes on where it stopped.

    python -m training.run --data DATA --sets EVAL DATA --hours 2 -o translate/weights/embedded

prepare → templates, terms, aided, capitals, concatenated → train the first stages → synthesise, where the
curriculum says so → train the rest → average → export → score. Each step leaves files behind that tell the
next call that it is done.

On a machine that is lent for minutes, with tokens made elsewhere (`--tokens-only`):

    python -m training.run --recipe training/deep --run runs/deep --hours 0.3 --minutes 9 \\
        --carry parts -o runs/deep/model

Exit code 75 means: the call's time was over; run it again.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass, replace
from pathlib import Path

from training import aided, capitals, concatenated, terms
from training.average import average
from training.budget import Budget
from training.carry import pack, unpack
from training.command import guarded
from training.corpora import held_out_keys
from training.export import export, read_checkpoint
from training.prepare import prepare
from training.recipe import SMALL, Recipe, load_recipe
from training.score import score
from training.store import is_stored
from training.synthesise import synthesise
from training.templates import make, write_tokens
from training.train import launch, spent
from training.trainer import Machine
from training.vocabulary import Vocabulary
from training.written import written
from translate.errors import InputError
from translate.evaluate import SUITE

AGAIN = 75  # the exit code of a call whose time was over: "temporary failure" in sysexits.h
_RESERVE = 0.1  # of a call's time, for what comes after the training: checkpoints, parts


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make, of what, where, and how long it may take.

    `data`: None if the tokens are there already. `sets`: folders of development sets. `carry`: folder for
    what the next call needs if this machine is gone by then. `call_s`: how long this call may last.
    """

    recipe: Recipe
    run: Path
    output: Path
    budget: Budget
    data: Path | None = None
    sets: tuple[Path, ...] = ()
    carry: Path | None = None
    call_s: float = math.inf


def run(plan: Plan, machine: Machine) -> bool:
    """Does every step that is not done yet. Whether all are done; training time counts over all calls."""
    ends = time.monotonic() + plan.call_s
    if plan.carry:
        unpack(plan.carry, plan.run)
    make_tokens(plan)
    done = learn(plan, machine, ends - min(_RESERVE * plan.call_s, 60.0))
    newest = finish(plan) if done else plan.run / "checkpoint.pt"
    if plan.carry:
        pack(plan.run, plan.carry, newest)
    return done


def make_tokens(plan: Plan) -> None:
    """Vocabulary and tokens of all corpora. Raises InputError if they are missing and there is no text."""
    recipe, data, tokens = plan.recipe, plan.data, plan.run / "tokens"
    held_out = [path for name in SUITE for folder in plan.sets for path in sorted(folder.glob(f"{name}.*"))]
    if data is not None:
        prepare(data, held_out, plan.run, recipe.vocabulary, recipe.corpora)
    elif not (plan.run / "vocabulary" / "vocab.json").exists():
        raise InputError("no tokens here, and no text to make them of", path=plan.run, hint="give --data")
    names = {corpus.name for corpus in recipe.corpora}

    def is_wanted(name: str) -> bool:
        return name in names and not is_stored(tokens / f"{name}.fr-en.npz")

    if is_wanted("templates"):
        write_tokens(make(recipe.template_pairs, seed=1), plan.run)
    if data is not None and is_wanted("terms"):
        terms.write_tokens(plan.run, recipe.corpora, data, held_out_keys(held_out))
    if data is not None and is_wanted(aided.NAME):
        aided.write_tokens(plan.run, recipe.corpora, data, held_out_keys(held_out))
    if is_wanted(capitals.NAME):
        capitals.write_tokens(plan.run, recipe.corpora)
    if is_wanted(concatenated.NAME):
        concatenated.write_tokens(plan.run, recipe.corpora)


def learn(plan: Plan, machine: Machine, ends: float) -> bool:
    """Trains all stages, and synthesises before those that ask for it. False if `ends` came first."""
    recipe = plan.recipe
    if spent(plan.run, plan.budget) >= plan.budget.spans(recipe.stages)[-1][1]:
        return True  # also where the finished weights came from elsewhere, without the tokens made there
    model = recipe.model(Vocabulary(plan.run / "vocabulary").size)

    def train(until: int) -> bool:
        left = plan.budget if math.isinf(ends) else replace(plan.budget, call=ends - time.monotonic())
        return launch(plan.run, recipe.stages, model, machine, left, recipe.corpora, until)

    for number, stage in enumerate(recipe.stages):
        if stage.synthesise:
            if not train(number):
                return False
            latest, left = plan.run / "checkpoint.pt", ends - time.monotonic()
            if not synthesise(
                latest, plan.run, recipe.corpora, recipe.synthetic_pairs, device=machine.device, seconds=left
            ):
                return False
    return train(len(recipe.stages))


def finish(plan: Plan) -> Path:
    """Average of the last stage's late checkpoints → Hugging Face directory → scores. Returns the average."""
    final = plan.run / "average.pt"
    average(sorted(plan.run.glob("late-*.pt")) or [plan.run / "checkpoint.pt"], final)
    vocabulary = Vocabulary(plan.run / "vocabulary")
    pieces = written(plan.run / "tokens", vocabulary)
    export(read_checkpoint(final, vocabulary.pad_id), vocabulary, plan.output, pieces=pieces)
    if plan.sets:
        score(final, plan.run, plan.sets, beam=4)
    return final


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--recipe", type=Path, default=SMALL, help="folder of a recipe; the small one if not given"
    )
    parser.add_argument(
        "--data", type=Path, help="folder with train/ and domain/; needless once tokens are made"
    )
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="folders of development sets")
    parser.add_argument(
        "--run", type=Path, default=Path("runs/small"), help="where all steps keep their files"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="where the model directory goes")
    parser.add_argument("--hours", type=float, required=True, help="training time over all calls")
    parser.add_argument("--minutes", type=float, default=math.inf, help="how long this call may last")
    parser.add_argument("--carry", type=Path, help="folder for what the next call needs, in small files")
    parser.add_argument("--tokens-only", action="store_true", help="stop once the tokens are made")
    parser.add_argument("--workers", type=int, default=1, help="processes that share each step")
    parser.add_argument("--device", default="auto")
    a = parser.parse_args()
    recipe = load_recipe(a.recipe)
    machine = Machine.of(a.device, a.workers, recipe.batch_tokens)
    plan = Plan(
        recipe, a.run, a.output, Budget(a.hours * 3600), a.data, tuple(a.sets), a.carry, a.minutes * 60
    )
    if a.tokens_only:
        make_tokens(plan)
        return 0
    return 0 if run(plan, machine) else AGAIN


if __name__ == "__main__":
    guarded(main)
