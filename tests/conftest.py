"""For all tests: no network, and small real checkpoints that are made once per run."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.tiny_models import (
    CHINESE,
    ENGLISH,
    LESSONS_EN,
    LESSONS_ZH,
    make_marian,
    make_summarizer,
)
from tests.tiny_registry import tiny

__all__ = ["tiny"]

# No deadlines: a busy machine is not a bug. The same examples in every run where nobody looks for new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches another machine."""
    block(monkeypatch, LOOPBACK)


@pytest.fixture
def no_network(no_internet: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even this machine: any attempt to connect or to look up a name is an error."""
    block(monkeypatch, ())


def block(monkeypatch: pytest.MonkeyPatch, allowed: tuple[str, ...]) -> None:
    """Make every way to reach a host that is not `allowed` fail."""

    def guarded(real: Callable[..., Any], place: int) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            address = args[place] if len(args) > place else options.get("host")
            if place == 1 and isinstance(address, str):
                return real(*args, **options)  # a Unix socket: no network
            host = address[0] if isinstance(address, tuple) else address
            name = os.fsdecode(host) if isinstance(host, (str, bytes)) else host
            if name is not None and name not in allowed:
                raise AssertionError(f"a test tried to reach {name}")
            return real(*args, **options)

        return call

    for method in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, method, guarded(getattr(socket.socket, method), 1))
    monkeypatch.setattr(socket, "getaddrinfo", guarded(socket.getaddrinfo, 0))


@pytest.fixture(scope="session")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """French to English; knows `LESSONS_EN` by heart."""
    return make_marian(tmp_path_factory.mktemp("marian") / "fr-en", lessons=LESSONS_EN)


@pytest.fixture(scope="session")
def marian_tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """French to English and Chinese, chosen by a prefix."""
    lessons = [(f">>eng<< {source}", target) for source, target in LESSONS_EN]
    lessons += [(f">>cmn_Hans<< {source}", target) for source, target in LESSONS_ZH]
    return make_marian(
        tmp_path_factory.mktemp("marian") / "tagged",
        target=[*ENGLISH, *CHINESE],
        tags=[">>eng<<", ">>cmn_Hans<<"],
        lessons=lessons,
    )


@pytest.fixture(scope="session")
def marian_en_zh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """English to Chinese: the second half of a chain."""
    lessons = list(zip(ENGLISH, CHINESE, strict=False))
    path = tmp_path_factory.mktemp("marian") / "en-zh"
    return make_marian(path, source=ENGLISH, target=CHINESE, lessons=lessons)


@pytest.fixture(scope="session")
def babbler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has learned nothing, and says it in loops."""
    return make_marian(tmp_path_factory.mktemp("marian") / "babbler")


@pytest.fixture(scope="session")
def summarizer_bart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BART with random weights."""
    return make_summarizer(tmp_path_factory.mktemp("summarizer") / "bart", "bart")
