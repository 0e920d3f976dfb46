"""A hub on this machine, and a store of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.registry.hub_server import Hub, environment, running_hub
from translate.registry import remote


@pytest.fixture
def online_and_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's client may connect, and nothing waits between two attempts."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr(remote, "PAUSE_S", 0.0)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub() as hub:
        yield hub


@pytest.fixture
def env(tmp_path: Path, hub: Hub) -> dict[str, str]:
    return environment(tmp_path, hub)
