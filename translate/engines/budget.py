"""How large a batch may be: as large as a device gains from, less where its free memory is short.

What one piece of source needs is bounded from the model's shape. The bound is generous, because the formula
counts an answer of twice the pieces of its source, and cannot know what a library keeps for later; where it
is wrong all the same, the batch that does not fit is halved (`schedule.run`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_SHARE = 0.5  # of what is free: others on the machine need memory too
_SHORT = 16  # pieces of a short sentence: a batch of short ones has the most rows, and each has its logits
_COPIES = 3  # of the logits: as they come, as probabilities, and what looking for the best ones needs
_V1 = 2**60  # at and above that, the older cgroups mean that there is no limit

_PROC = Path("/proc")
_CGROUPS = Path("/sys/fs/cgroup")


def padded(fastest: int, config: Mapping[str, Any], free: int | None, workers: int = 1) -> int:
    """Padded source pieces that one batch may have, times the beam: `fastest`, or what `free` bytes hold.

    Args:
        config: the model's, of the Hugging Face format.
        free: bytes; `None` if nobody can tell.
        workers: they have a batch each at the same time.
    """
    if free is None:
        return fastest
    return max(1, min(fastest, int(free * _SHARE) // (workers * piece_bytes(config))))


def piece_bytes(config: Mapping[str, Any]) -> int:
    """Bytes that one padded piece of source needs in a search, for each answer of its beam.

    With D decoder layers of width d, inner width f and V pieces, in numbers of four bytes: the keys and
    values of two pieces of the answer, each twice while the beam's answers change places (8Dd); those of the
    source (2Dd); the encoder's largest state (f); three copies of the logits of a short sentence (3V/16).
    """
    layers, width = int(config["decoder_layers"]), int(config["d_model"])
    inner = int(config["encoder_ffn_dim"])
    rows = int(config.get("decoder_vocab_size") or config["vocab_size"])
    return 4 * (8 * layers * width + 2 * layers * width + inner + _COPIES * rows // _SHORT)


def free_bytes(device: str, number: int = 0) -> int | None:
    """Memory that is free for a model on `cpu`, `mps` or `cuda`, in bytes; `None` if nobody can tell."""
    return _free_on_card(number) if device == "cuda" else _free_here()


def _free_here(proc: Path = _PROC, cgroups: Path = _CGROUPS) -> int | None:
    """What the system can give without swapping, and what is left of the limit of each group around us."""
    try:
        facts = dict(line.split(":", 1) for line in (proc / "meminfo").read_text("ascii").splitlines())
        found = [int(facts["MemAvailable"].split()[0]) * 1024]
    except (OSError, KeyError, ValueError):  # not Linux
        found = []
    found += _left_in_groups(proc, cgroups)
    return min(found, default=None)


def _left_in_groups(proc: Path, cgroups: Path) -> Iterator[int]:
    """Limits of version 2 hold for a group and all those above it; version 1 has a folder of its own."""
    try:
        lines = (proc / "self/cgroup").read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, names, path = line.split(":", 2)
        if names not in ("", "memory"):
            continue
        top = cgroups / names
        files = ("memory.max", "memory.current") if not names else _OLD
        group = top / path.lstrip("/")
        for folder in [group, *group.parents]:
            if (left := _left(folder, *files)) is not None:
                yield left
            if folder == top:
                break


_OLD = ("memory.limit_in_bytes", "memory.usage_in_bytes")


def _left(folder: Path, limit: str, usage: str) -> int | None:
    """What is left of one group's limit; cached files count as free, as the kernel drops them first."""
    try:
        most, used = (int((folder / name).read_text("ascii")) for name in (limit, usage))
        lines = (folder / "memory.stat").read_text("ascii").splitlines()
        stat = {name: int(value) for name, value in map(str.split, lines)}
    except (OSError, ValueError):  # no such file, or "max"
        return None
    cached = stat.get("total_inactive_file") or stat.get("inactive_file", 0)
    return None if most >= _V1 else max(0, most - (used - cached))


def _free_on_card(number: int) -> int | None:
    """As torch tells it: without torch nobody asks the card."""
    try:
        import torch

        return torch.cuda.mem_get_info(number)[0] if torch.cuda.is_available() else None
    except (ImportError, RuntimeError):
        return None
