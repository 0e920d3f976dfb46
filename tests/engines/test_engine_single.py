"""Requests for one sentence: when a team of threads is asked, and when it is left alone again."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.bands import FRENCH
from translate import engines
from translate.domain import Lang
from translate.engines import budget, ct2_cache, neighbours
from translate.engines.ct2 import Ct2Engine
from translate.engines.ct2_cache import Conversion
from translate.engines.ct2_machine import Machine
from translate.engines.ct2_pace import Pace
from translate.engines.ct2_single import Singles
from translate.registry import Registry, require

PREFIXES = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}


@dataclass
class Loader:
    """In place of a machine: its models are the bytes that they were loaded from."""

    team: int = 2
    kind: str = "cpu"
    error: Exception | None = None
    loaded: list[bytes] = field(default_factory=list)

    def team_of(self, files: Mapping[str, bytes]) -> Any:
        if self.error:
            raise self.error
        self.loaded.append(files["model.bin"])
        return files["model.bin"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    translators = {PREFIXES[Lang.EN]: {"model.bin": b"english"}, PREFIXES[Lang.ZH]: {"model.bin": b"chinese"}}
    file = tmp_path / "conversion.zip"
    assert ct2_cache.keep(file, Conversion(translators, {"model.bin": b"encoder"})) is None
    return file


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(neighbours, "has_room", lambda threads: True)
    yield
    Singles._holder = None


def singles(kept: Path, loader: Loader) -> Singles:
    return Singles(loader, kept, PREFIXES.__getitem__)  # type: ignore[arg-type]


def settled(asked: Singles, target: Lang = Lang.EN) -> Any:
    """What the next request gets, once nothing is being loaded."""
    for _ in range(1000):
        if asked._loading is None:
            break
        time.sleep(0.005)
    return asked.team(target)


def test_a_team_comes_when_such_requests_follow_one_another(kept: Path) -> None:
    loader = Loader()
    asked = singles(kept, loader)
    assert [asked.team(Lang.EN) for _ in range(2)] == [None, None]  # the second one has it loaded, beside
    assert settled(asked) == b"english"
    assert loader.loaded == [b"english"]


def test_a_request_for_several_breaks_the_row(kept: Path) -> None:
    loader = Loader()
    asked = singles(kept, loader)
    for _ in range(20):  # a dispatch, then its headline alone, again and again
        asked.team(Lang.EN)
        asked.several()
    assert settled(asked) is None
    assert loader.loaded == []


def test_each_target_has_a_row_of_its_own(kept: Path) -> None:
    asked = singles(kept, Loader())
    for _ in range(20):
        assert asked.team(Lang.EN) is None
        assert asked.team(Lang.ZH) is None
    asked.team(Lang.ZH)
    assert settled(asked, Lang.ZH) == b"chinese"
    assert asked.team(Lang.EN) is None


def test_a_process_has_one_team(kept: Path) -> None:
    first, second = singles(kept, Loader()), singles(kept, Loader())
    for asked in (first, second, first):
        asked.team(Lang.EN)
        asked.team(Lang.EN)
        assert settled(asked) == b"english"
    assert second.team(Lang.EN) is None


def test_a_team_goes_with_its_engine(kept: Path) -> None:
    asked = singles(kept, Loader())
    asked.team(Lang.EN)
    asked.team(Lang.EN)
    assert settled(asked) == b"english"
    gone = weakref.ref(asked)
    del asked
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    "loader", [Loader(team=1), Loader(error=RuntimeError("no")), Loader(error=MemoryError())], ids=repr
)
def test_without_cores_or_room_all_is_as_usual(kept: Path, loader: Loader) -> None:
    asked = singles(kept, loader)
    assert [settled(asked) for _ in range(6)] == [None] * 6


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"not an archive")])
def test_what_is_kept_no_more_is_not_missed(kept: Path, damage: Any) -> None:
    damage(kept)
    asked = singles(kept, Loader())
    assert [settled(asked) for _ in range(6)] == [None] * 6


def test_no_team_is_loaded_where_memory_is_short(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = kept.stat().st_size
    for free, expected in ((7 * size, None), (9 * size, b"english")):
        monkeypatch.setattr(budget, "free_bytes", lambda *_, free=free: free)
        asked = singles(kept, Loader())
        assert [settled(asked) for _ in range(3)][-1] == expected


def test_a_team_without_cores_is_not_asked(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = singles(kept, Loader())
    for _ in range(2):
        asked.team(Lang.EN)
    assert settled(asked) == b"english"
    monkeypatch.setattr(neighbours, "has_room", lambda threads: threads < 2)
    assert asked.team(Lang.EN) is None
    monkeypatch.setattr(neighbours, "has_room", lambda threads: threads == 2)
    assert asked.team(Lang.EN) == b"english"


@pytest.mark.parametrize("target", list(PREFIXES))
def test_answers_of_a_team_are_those_of_a_worker_to_the_last_bit(
    target: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = Registry.load().get("embedded")
    engine = engines.load(spec, require(spec), device="cpu", engine="ct2")
    assert isinstance(engine, Ct2Engine)
    together = engine.translate(FRENCH, target)
    monkeypatch.setattr(Machine, "team", 2)
    asked = Ct2Engine.load(spec, require(spec), device="cpu", beam=None)
    monkeypatch.setattr(Pace, "slower", lambda *_: 0.0)
    inner = asked._backend._singles  # type: ignore[attr-defined]
    for _ in range(2):
        asked.translate(FRENCH[:1], target)
    inner._loading and inner._loading.join()
    assert [asked.translate([text], target)[0] for text in FRENCH] == together
    assert inner._model is not None
    assert inner._choice._team._newest  # it was the team that answered


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="comes with GNU's OpenMP on Linux only")
@pytest.mark.parametrize(("given", "heard"), [(None, "100000"), ("5", "5")])
def test_the_library_is_told_how_long_to_spin_and_nobody_else_is(given: str | None, heard: str) -> None:
    script = "import os; from translate.engines import ct2_library; print(os.environ.get('GOMP_SPINCOUNT'))"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GOMP_", "OMP_"))}
    env |= {"OMP_DISPLAY_ENV": "verbose"} | ({"GOMP_SPINCOUNT": given} if given else {})
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(given)
    assert f"GOMP_SPINCOUNT = '{heard}'" in done.stderr
