"""A memory on disk for each test, and the corpus they share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from translate.memory import Memory

RECIPE = "m:tiny@1a2b3c4d|e:ct2|b:4|g:0011"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite"


@pytest.fixture
def memory(place: Path) -> Iterator[Memory]:
    with Memory.open(place) as opened:
        yield opened
