"""Step 5: the mean of the weights of several checkpoints, which scores a little better than the last one.

python -m training.average runs/small/late-*.pt -o runs/small/average.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.command import guarded


def average(paths: list[Path], out: Path) -> None:
    """Writes the last checkpoint with its weights replaced by the mean over all."""
    states = [torch.load(path, weights_only=True, map_location="cpu") for path in paths]
    mean = torch.stack([state["weights"].double() for state in states]).mean(dim=0).float()
    torch.save({**states[-1], "weights": mean}, out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoints", type=Path, nargs="+", help="oldest first")
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    average(arguments.checkpoints, arguments.output)
    return 0


if __name__ == "__main__":
    guarded(main)
