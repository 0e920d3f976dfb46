"""Who takes part."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed import peers
from benchmarks.speed.processes import System
from benchmarks.speed.race import OURS, REFERENCE

SAME = "CTranslate2, our search"
"""Tuned, and going on as long as ours before a search ends: what our answers cost without our own work."""
PATIENCE = 1.5


def systems(beam: int | None, folder: Path) -> list[System]:
    """The systems for a beam (`None`: the checkpoint's own), in the order in which they matter.

    `folder`: environments of peers.
    """
    width = {} if beam is None else {"beam": beam}
    return [
        System(OURS, "ours", {"engine": "ct2", **width}),
        System("CTranslate2", "ct2", {"at_once": True, **width}),
        System("CTranslate2, tuned", "ct2", {"tuned": True, **width}),
        System(SAME, "ct2", {"tuned": True, "patience": PATIENCE, **width}),
        System(REFERENCE, "generate", width),
        System("argos-translate", "argos", width, peers.python(folder, "argos")),
        System("EasyNMT", "easy", width, peers.python(folder, "easynmt")),
        System("translate, torch engine", "ours", {"engine": "torch", **width}),
    ]
