"""Records steps on a CPU as a CUDA graph does on a GPU: operations on memory, nothing of Python.

What a step only knows when it is recorded (a number of the host, a tensor made anew each time) is the same in
every play, and what would make a GPU's recording fail is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

# What needs the host to know a number that is on the device, or a tensor of the host.
REFUSED = {
    "_local_scalar_dense",
    "nonzero",
    "masked_select",
    "lift_fresh",
    "lift_fresh_copy",
    "item",
    "unique2",
}


class Tape:
    """A recorder for `marian_graph`. Counts what was recorded and played."""

    def __init__(self) -> None:
        self.recorded: list[int] = []  # operations of each
        self.plays = 0

    def record(self, work: Callable[[], None]) -> Callable[[], None]:
        listening = _Listening()
        with listening:
            work()
        self.recorded.append(len(listening.heard))

        def play() -> None:
            self.plays += 1
            for again in listening.heard:
                again()

        return play


class _Listening(TorchDispatchMode):  # type: ignore[no-untyped-call]  # it has no types
    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.heard: list[Callable[[], object]] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        name, options = func.overloadpacket.__name__, kwargs or {}
        if name in REFUSED or (name.startswith("index") and _chooses(args)):
            raise RuntimeError(f"operation not permitted when stream is capturing: {name}")
        made = func(*args, **options)
        given = {_memory(each) for each in tree_leaves((args, options)) if isinstance(each, torch.Tensor)}
        results = [each for each in tree_leaves(made) if isinstance(each, torch.Tensor)]
        if func._schema.is_mutable:
            self.heard.append(lambda: func(*args, **options))
        elif any(_memory(each) not in given for each in results):  # the others are views of what is there

            def again() -> None:
                for old, new in zip(results, tree_leaves(func(*args, **options)), strict=True):
                    old.copy_(new)

            self.heard.append(again)
        return made


class Devices(TorchDispatchMode):  # type: ignore[no-untyped-call]  # it has no types
    """Sees on which devices there is anything that an operation reads or makes."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.seen: set[str] = set()

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        made = func(*args, **(kwargs or {}))
        tensors = [each for each in tree_leaves((args, kwargs, made)) if isinstance(each, torch.Tensor)]
        self.seen |= {each.device.type for each in tensors}
        return made


def _chooses(args: tuple[Any, ...]) -> bool:
    """Whether places are given as yes or no: how many of them are yes the host has to ask."""
    given = [each for each in tree_leaves(args[1:]) if isinstance(each, torch.Tensor)]
    return any(each.dtype == torch.bool for each in given)


def _memory(tensor: torch.Tensor) -> int:
    found: int = tensor.untyped_storage()._cdata
    return found
