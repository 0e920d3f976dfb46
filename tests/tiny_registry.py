"""A registry with a small, real model in it, for tests that go through the whole product."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny_models import LESSONS_EN, LESSONS_ZH, make_marian

REGISTRY = """\
schema: 1
models:
  embedded: null
  tiny:
    task: translate
    targets: {en: ">>eng<<", zh: ">>cmn_Hans<<"}
    path: ./marian
    rank: 1000
"""


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models.yaml with a Marian checkpoint that writes English and Chinese and goes before all others."""
    home = tmp_path_factory.mktemp("tiny")
    lessons = [(f">>eng<< {french}", english) for french, english in LESSONS_EN]
    lessons += [(f">>cmn_Hans<< {french}", chinese) for french, chinese in LESSONS_ZH]
    make_marian(
        home / "marian",
        target=[text for _, text in lessons],
        tags=[">>eng<<", ">>cmn_Hans<<"],
        lessons=lessons,
    )
    registry = home / "models.yaml"
    registry.write_text(REGISTRY, encoding="utf-8")
    return registry
