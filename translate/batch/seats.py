"""How many processes a machine should have for a job, and what each of them may use."""

from __future__ import annotations

import os
from collections.abc import Mapping

from translate.batch.processes import Seat
from translate.engines.device import parse
from translate.errors import EngineError

CORES_EACH = 4
"""Cores for one process. What is not the model's work, a tenth of it all, is done by one core at a time: with
more than four of them it would keep the others waiting."""

_SHOWN = "CUDA_VISIBLE_DEVICES"


def seats(
    device: str = "auto", processes: int | None = None, env: Mapping[str, str] = os.environ
) -> list[Seat]:
    """One seat for each GPU if `device` is not a certain one; else one for every four cores.

    `processes`: that many, instead. Raises EngineError for more processes on GPUs than there are GPUs.
    """
    kind, _ = parse(device)
    named = ":" in device
    cards = _cards() if kind in ("auto", "cuda") and not named else 0
    if cards:
        if processes is not None and processes > cards:
            raise EngineError(f"{processes} processes for {cards} GPUs", hint="one process each is the most")
        shown = [name for name in env.get(_SHOWN, "").split(",") if name.strip()]
        names = shown or [str(card) for card in range(cards)]
        return [Seat({_SHOWN: name}) for name in names[: processes or cards]]
    if kind == "mps" or named:
        return [Seat()] * (processes or 1)
    from translate.engines.ct2_machine import cores

    there = cores(env)
    number = processes or max(1, there // CORES_EACH)
    return [Seat({"OMP_NUM_THREADS": str(max(1, there // number))}) for _ in range(number)]


def _cards() -> int:
    """GPUs that CUDA shows."""
    from translate.engines.ct2_machine import cuda_cards

    return cuda_cards()
