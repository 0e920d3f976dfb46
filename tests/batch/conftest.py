"""Folders in memory where there are any: a job flushes a lot, and a real disk makes that slow."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.wire import write_wire


@pytest.fixture
def room() -> Iterator[Path]:
    """An empty folder."""
    memory = Path("/dev/shm")
    path = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None)).resolve()
    yield path
    shutil.rmtree(path)


@pytest.fixture
def wire(room: Path) -> Path:
    """A folder of eight dispatches in two folders."""
    write_wire(room / "wire")
    return room / "wire"
