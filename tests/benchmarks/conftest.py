"""A model of the speed benchmark's kind, small."""

from __future__ import annotations

import pytest

from benchmarks.speed import base_model, models, sentences
from tests.benchmarks.small_model import PIECES, SMALL


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> models.Prepared:
    """A model of the benchmark's kind, in the two forms that need no other package."""
    folder = tmp_path_factory.mktemp("small")
    base_model.make(folder / "hf", sentences.written()[:300], SMALL, PIECES)
    return models.Prepared("base", folder, "", base_model.BEAM)
