"""Small real checkpoints that tests of several layers share, made once per run."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

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
    return make_summarizer(tmp_path_factory.mktemp("summarizer") / "bart", "bart")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to connect is an error."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
