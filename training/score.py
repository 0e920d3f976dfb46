"""Step 7: what a checkpoint scores on the development sets, one line per set and target.

    python -m training.score runs/small/3-news.pt --run runs/small --sets EVAL DATA [--limit 200]

Appends to `scores.jsonl`, so that score against tokens seen can be plotted.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from training.command import guarded
from training.export import export, read_checkpoint
from training.vocabulary import TAGS, Vocabulary
from translate.domain import Lang
from translate.engines import load
from translate.evaluate import SUITE, Absent, TestSet, evaluate, find_set
from translate.registry import ModelSpec, Task


def shorten(testset: TestSet, limit: int | None) -> TestSet:
    """Every nth segment, so that about `limit` are left; the whole set without a limit."""
    step = max(1, len(testset) // limit) if limit else 1
    sources = testset.sources[::step] if testset.sources else None
    name = testset.name if step == 1 else f"{testset.name}/{step}"
    return replace(testset, name=name, sources=sources, references=testset.references[::step])


def score(
    checkpoint: Path, run: Path, folders: Sequence[Path], *, limit: int | None = None, beam: int = 1
) -> list[dict[str, object]]:
    """Scores on every set that is there. Sets that are not are left out."""
    vocabulary = Vocabulary(run / "vocabulary")
    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as temporary:
        export(read_checkpoint(checkpoint, vocabulary.pad_id), vocabulary, Path(temporary))
        spec = ModelSpec(
            checkpoint.stem, Task.TRANSLATE, Lang.FR, {Lang.EN: TAGS[Lang.EN], Lang.ZH: TAGS[Lang.ZH]}
        )
        engine = load(spec, Path(temporary), beam=beam)
        for name in SUITE:
            for target in (Lang.EN, Lang.ZH):
                testset = find_set(name, target, folders)
                if isinstance(testset, Absent):
                    continue
                report = evaluate(engine, shorten(testset, limit), target)
                scores = {str(s.metric): round(s.value, 2) for s in report.scores}
                row = {"checkpoint": checkpoint.name, "tokens": state["tokens"], "set": report.set,
                       "target": str(target), "beam": beam, **scores}  # fmt: skip
                rows.append(row)
                print(json.dumps(row), flush=True)
    with (run / "scores.jsonl").open("a", encoding="utf-8") as log:
        log.writelines(json.dumps(row) + "\n" for row in rows)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--sets", type=Path, nargs="+", required=True, help="folders with the sets")
    parser.add_argument("--limit", type=int, help="about so many segments of each set")
    parser.add_argument("--beam", type=int, default=1)
    arguments = parser.parse_args()
    score(arguments.checkpoint, arguments.run, arguments.sets, limit=arguments.limit, beam=arguments.beam)
    return 0


if __name__ == "__main__":
    guarded(main)
