"""Processes that share each step, and meet once in it."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import torch
import torch.distributed as dist
import torch.multiprocessing as mp

from training.command import end_with_parent


def spread(work: Callable[..., None], arguments: tuple[Any, ...], workers: int) -> None:
    """Calls `work` with its rank and `arguments`: here if there is one worker, else in as many processes."""
    if workers == 1:
        work(0, *arguments)
        return
    with socket.socket() as probe:  # a free port: an earlier run may still hold any fixed one
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    mp.spawn(_begin, (work, *arguments), nprocs=workers)  # type: ignore[attr-defined, no-untyped-call]


@contextlib.contextmanager
def joined(rank: int, workers: int) -> Iterator[None]:
    """In a worker: its share of the cores, and a group that gradients are summed over."""
    if workers == 1:
        yield
        return
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // workers))
    dist.init_process_group("gloo", init_method="env://", rank=rank, world_size=workers)
    yield
    dist.destroy_process_group()


def _begin(rank: int, work: Callable[..., None], *arguments: Any) -> None:
    end_with_parent()
    work(rank, *arguments)
