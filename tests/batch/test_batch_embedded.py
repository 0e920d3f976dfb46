"""The embedded model in 8 bits, as it is used: every way through a job ends with the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import translate
from tests.bands import require_bands, write_dispatches
from tests.batch.wire import job, tree
from translate.batch import Plan, Processes, Seat
from translate.domain import Lang
from translate.outputs import Format, render
from translate.pipeline import Pipeline

ONE_CORE = Seat({"OMP_NUM_THREADS": "1"})


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    loaded = translate.load("en", model="embedded", engine="ct2", device="cpu")
    require_bands(loaded.engines[Lang.EN])
    return loaded


@pytest.fixture
def wire(room: Path) -> Path:
    write_dispatches(room / "wire")
    return room / "wire"


def test_alone_in_windows_in_processes_and_by_itself(pipeline: Pipeline, wire: Path, room: Path) -> None:
    job([wire], room / "together", used=pipeline, window=1000)
    together = tree(room / "together")
    assert len(together) == 6 and len(scores(together)) > 30

    alone = {name: dispatch_alone(pipeline, wire / Path(name).with_suffix(".txt")) for name in together}
    assert alone == together, "translate dispatch"

    fresh = translate.load("en", model="embedded", engine="ct2", device="cpu")
    job([wire], room / "singly", used=fresh, window=1)
    assert tree(room / "singly") == together

    with Processes(Plan.of("en", model="embedded", engine="ct2", device="cpu"), [ONE_CORE, ONE_CORE]) as crew:
        job([wire], room / "processes", used=crew, window=2)
    assert tree(room / "processes") == together


def dispatch_alone(pipeline: Pipeline, path: Path) -> bytes:
    made = render(pipeline.translate(path), Format.JSON)
    return made.replace(json.dumps(str(path)), json.dumps(str(path.relative_to(path.parents[1])))).encode()


def scores(files: dict[str, bytes]) -> list[float]:
    found: list[float] = []

    def note(value: dict[str, object]) -> dict[str, object]:
        if isinstance(score := value.get("score"), float):
            found.append(score)
        return value

    for data in files.values():
        json.loads(data, object_hook=note)
    return found
