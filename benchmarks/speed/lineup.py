"""Who takes part."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed import peers
from benchmarks.speed.processes import System
from benchmarks.speed.race import OURS, REFERENCE


def systems(beam: int | None, folder: Path) -> list[System]:
    """The systems for a beam (`None`: the checkpoint's own), ours first. `folder`: environments of peers."""
    width = {} if beam is None else {"beam": beam}
    return [
        System(OURS, "ours", {"engine": "ct2", **width}),
        System("translate, torch engine", "ours", {"engine": "torch", **width}),
        System(REFERENCE, "generate", width),
        System("CTranslate2", "ct2", {"at_once": True, **width}),
        System("CTranslate2, tuned", "ct2", {"tuned": True, **width}),
        System("EasyNMT", "easy", width, peers.python(folder, "easynmt")),
        System("argos-translate", "argos", width, peers.python(folder, "argos")),
    ]
