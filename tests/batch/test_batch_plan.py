"""Plans travel: nothing in them is true of one machine only, and a machine fetches what it lacks once."""

from __future__ import annotations

import pickle
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from translate.batch import Plan
from translate.batch import plan as plan_module
from translate.domain import Lang
from translate.errors import RegistryError
from translate.registry import Registry, Task, files, hub, places


def test_a_plan_is_plain_data(tiny: Path) -> None:
    plan = Plan.of(["en", "zh"], models=tiny, beam=3)
    again = pickle.loads(pickle.dumps(plan))
    assert again == plan
    assert [model.id for model in again.models if model.task is Task.TRANSLATE] == ["tiny"]
    assert (again.targets, again.names, again.beam) == ((Lang.EN, Lang.ZH), ("tiny",), 3)


def test_the_folder_of_the_package_is_the_one_there(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = Registry.load()
    inside = replace(registry.models[0], hub=None, via=None, path=places.package() / "weights/embedded")
    packed = plan_module._packed(inside, registry)
    monkeypatch.setattr(places, "package", lambda: Path("/elsewhere/translate"))
    assert plan_module._unpacked(packed).path == Path("/elsewhere/translate/weights/embedded")


def test_the_commit_that_is_locked_here_is_the_one_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    commit = "a" * 40
    monkeypatch.setattr(plan_module, "locked", lambda spec, env: SimpleNamespace(revision=commit))
    (model,) = Plan.of("en", model="opus-mt-fr-en", summarizer=None).models
    assert model.hub and model.revision == commit


def test_an_unknown_model_is_told_before_anything_travels() -> None:
    with pytest.raises(RegistryError, match="unknown model"):
        Plan.of("en", model="nonsense")


def test_a_machine_fetches_once_for_all_its_processes(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(room))
    spec = Registry.load().get("opus-mt-fr-en")
    fetched: list[str] = []

    def fetch(spec: object, **how: object) -> None:
        time.sleep(0.2)
        fetched.append(spec.id)  # type: ignore[attr-defined]

    monkeypatch.setattr(files, "is_present", lambda spec, **how: bool(fetched))
    monkeypatch.setattr(hub, "fetch", fetch)
    threads = [threading.Thread(target=plan_module._fetch, args=([spec],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fetched == [spec.id]
