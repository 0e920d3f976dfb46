"""The layers of `models.yaml` and how they are merged; names, defaults, and our own file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.registry.hub_server import environment, fr_en, marian_files, running_hub
from translate.domain import Lang
from translate.errors import RegistryError, WeightsError
from translate.registry import Decode, ModelSpec, Registry, Task, fetch, places

OWN = "schema: 1\nmodels:\n"
Write = Callable[[str, str], Path]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "home")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes a registry file below `tmp_path`; the working directory is empty at first."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    yield write


def directory_model(path: Path) -> Path:
    """A directory with all the files of a Marian model."""
    path.mkdir(parents=True)
    for name, data in marian_files().items():
        (path / name).write_bytes(data)
    return path


# ── the file we ship ──────────────────────────────────────────────────────────────────────────────


def test_the_models_we_promise(env: dict[str, str], write: Write) -> None:
    registry = Registry.load(env=env)
    hubs = {spec.hub for spec in registry.models}
    assert {
        "Helsinki-NLP/opus-mt-fr-en",
        "Helsinki-NLP/opus-mt-tc-big-fr-en",
        "Helsinki-NLP/opus-mt-tc-bible-big-deu_eng_fra_por_spa-zhx",
        "Helsinki-NLP/opus-mt-en-zh",
        "moussaKam/barthez-orangesum-abstract",
        "csebuetnlp/mT5_multilingual_XLSum",
        "facebook/bart-large-cnn",
    } <= hubs
    embedded = registry.get("embedded")
    assert embedded.path == places.package() / "weights" / "embedded"
    assert embedded.targets == {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
    assert embedded.rank == min(spec.rank for spec in registry.models)
    assert [part.id for part in registry.get("pivot-zh").parts] == ["opus-mt-fr-en", "opus-mt-en-zh"]


def test_every_model_we_ship_states_its_licence_and_pins_nothing_invented(
    env: dict[str, str], write: Write
) -> None:
    for spec in Registry.load(env=env).models:
        assert spec.licence, spec.id
        assert spec.revision is None, spec.id
        if spec.task is Task.TRANSLATE and not spec.via:
            assert spec.probe is not None, spec.id


def test_names_in_the_example_of_the_comments_work(env: dict[str, str], write: Write) -> None:
    lines = places.packaged_registry().read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line == "#   schema: 1")
    stop = next(n for n in range(start, len(lines)) if lines[n] == "#")
    path = write("example.yaml", "\n".join(line.removeprefix("#   ") for line in lines[start:stop]))
    registry = Registry.load(path, env=env)
    assert registry.get("opus-mt-fr-en").decode.beam == 6
    assert registry.get("our-newsroom").rank == 50


# ── layers ────────────────────────────────────────────────────────────────────────────────────────


def test_each_layer_beats_the_next_key_by_key(env: dict[str, str], write: Write, tmp_path: Path) -> None:
    named = write("named.yaml", OWN + "  fr-1: {task: translate, targets: [en], hub: a/one, rank: 1}\n")
    variable = write("variable.yaml", OWN + "  fr-1: {rank: 2, licence: two}\n")
    work = write("work/models.yaml", OWN + "  fr-1: {rank: 3, licence: three, size_mb: 3}\n")
    user = write("home/.config/translate/models.yaml", OWN + "  fr-1: {rank: 4, size_mb: 4, notes: four}\n")
    registry = Registry.load(named, env={**env, "TRANSLATE_MODELS": str(variable)})
    spec = registry.get("fr-1")
    # size_mb belongs to the files, and the layer that says where they are does not state it
    assert (spec.rank, spec.licence, spec.size_mb, spec.notes) == (1, "two", None, "four")
    assert registry.layers == (named, variable, Path("models.yaml"), user, places.packaged_registry())
    assert work.samefile("models.yaml")


def test_xdg_config_home(env: dict[str, str], write: Write, tmp_path: Path) -> None:
    path = write("xdg/translate/models.yaml", OWN + "  opus-mt-fr-en: {rank: 7}\n")
    registry = Registry.load(env={**env, "XDG_CONFIG_HOME": str(tmp_path / "xdg")})
    assert registry.layers[0] == path and registry.get("fr-en").rank == 7


def test_one_setting_of_many_can_change(env: dict[str, str], write: Write) -> None:
    path = write("own.yaml", OWN + "  mt5-xlsum: {decode: {beam: 2, no_repeat_ngram: null}}\n")
    before, after = Registry.load(env=env).get("mt5"), Registry.load(path, env=env).get("mt5")
    assert before.decode == Decode(beam=4, no_repeat_ngram=2, max_new_tokens=84)
    assert after == replace(before, decode=Decode(beam=2, max_new_tokens=84))


def test_another_place_for_a_known_model_drops_what_was_said_of_the_old_one(
    env: dict[str, str], write: Write
) -> None:
    low = write("low.yaml", OWN + "  opus-mt-fr-en: {revision: v1}\n")
    high = write("high.yaml", OWN + "  opus-mt-fr-en: {path: ./mine}\n")
    spec = Registry.load(high, env={**env, "TRANSLATE_MODELS": str(low)}).get("fr-en")
    assert (spec.hub, spec.revision, spec.size_mb) == (None, None, None)
    assert spec.path == high.parent / "mine"  # from the file, not from where we are


def test_null_takes_back(env: dict[str, str], write: Write) -> None:
    path = write("own.yaml", OWN + "  bart-large-cnn: null\n  opus-mt-en-zh: {probe: null}\n")
    registry = Registry.load(path, env=env)
    assert "bart-large-cnn" not in {spec.id for spec in registry.models}
    assert registry.get("en-zh").probe is None


def test_the_same_file_twice_is_one_layer(env: dict[str, str], write: Write) -> None:
    path = write("work/models.yaml", OWN + "  opus-mt-fr-en: {rank: 1}\n")
    registry = Registry.load(path, env={**env, "TRANSLATE_MODELS": str(path)})
    assert registry.layers == (path, places.packaged_registry())


def test_a_models_yaml_of_another_program_does_not_stop_us(env: dict[str, str], write: Write) -> None:
    path = write("work/models.yaml", "gpt:\n  temperature: 1\n")
    registry = Registry.load(env=env)
    assert registry.layers == (places.packaged_registry(),)
    assert "no `schema` key" in registry.notices[0]
    with pytest.raises(RegistryError) as caught:
        registry.get("mine")
    assert "no `schema` key" in str(caught.value.hint)
    with pytest.raises(RegistryError, match="unknown key `gpt`"):
        Registry.load(path, env=env)  # named by the user, it must be one of ours


@pytest.mark.parametrize("origin", ["--models", "TRANSLATE_MODELS"])
def test_a_named_file_that_is_not_there(
    env: dict[str, str], write: Write, tmp_path: Path, origin: str
) -> None:
    path = tmp_path / "absent.yaml"
    with pytest.raises(RegistryError, match=rf"absent\.yaml: no such file \(named by {origin}\)"):
        if origin == "--models":
            Registry.load(path, env=env)
        else:
            Registry.load(env={**env, origin: str(path)})


# ── names ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["opus-mt-fr-en", "fr-en", "Helsinki-NLP/opus-mt-fr-en"])
def test_id_alias_and_repository_name_a_model(env: dict[str, str], write: Write, name: str) -> None:
    assert Registry.load(env=env).get(name).id == "opus-mt-fr-en"


def test_an_unknown_name(env: dict[str, str], write: Write) -> None:
    registry = Registry.load(env=env)
    with pytest.raises(RegistryError, match="unknown model 'Embeded'; did you mean embedded") as caught:
        registry.get("Embeded")
    for spec in registry.models:
        assert spec.id in str(caught.value.hint)


def test_a_name_of_the_wrong_task(env: dict[str, str], write: Write) -> None:
    with pytest.raises(RegistryError, match="barthez is there to summarize, not to translate") as caught:
        Registry.load(env=env).get("barthez", task=Task.TRANSLATE)
    assert "embedded" in str(caught.value.hint) and "mt5" not in str(caught.value.hint)


# ── the default ───────────────────────────────────────────────────────────────────────────────────


def registry_of(env: dict[str, str], *specs: ModelSpec) -> Registry:
    return Registry(specs, (), (), env)


def test_the_default_is_the_best_that_is_present(env: dict[str, str], tmp_path: Path) -> None:
    embedded = fr_en(id="embedded", hub=None, path=directory_model(tmp_path / "a"), rank=-100)
    own = fr_en(id="own", hub=None, path=directory_model(tmp_path / "b"))
    absent = fr_en(rank=50)
    english = fr_en(id="en", source=Lang.EN, targets={Lang.EN: ""}, hub=None, path=own.path, rank=99)
    registry = registry_of(env, embedded, own, absent, english)
    assert registry.default(Task.TRANSLATE, Lang.EN) is own
    assert own.path is not None
    shutil.rmtree(own.path)
    assert registry.default(Task.TRANSLATE, Lang.EN) is embedded


def test_a_fetched_model_becomes_the_default(
    env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    embedded = fr_en(id="embedded", hub=None, path=directory_model(tmp_path / "a"), rank=-100)
    with running_hub() as hub:
        hub.repo().commit(marian_files())
        registry = registry_of(env, embedded, fr_en())
        assert registry.default(Task.TRANSLATE, Lang.EN) is embedded
        fetch(fr_en(), env={**env, "HF_ENDPOINT": hub.url})
        assert registry.default(Task.TRANSLATE, Lang.EN).id == "opus-mt-fr-en"


def test_a_pivot_is_present_with_both_halves_only(env: dict[str, str], tmp_path: Path) -> None:
    first = fr_en(id="a", hub=None, path=directory_model(tmp_path / "a"))
    second = fr_en(id="b", source=Lang.EN, targets={Lang.ZH: ""}, hub=None, path=tmp_path / "b")
    pivot = fr_en(id="p", targets={Lang.ZH: ""}, hub=None, via=("a", "b"), parts=(first, second))
    registry = registry_of(env, first, second, pivot)
    with pytest.raises(WeightsError) as caught:
        registry.default(Task.TRANSLATE, Lang.ZH)
    assert caught.value.hint == "translate models fetch p"
    directory_model(tmp_path / "b")
    assert registry.default(Task.TRANSLATE, Lang.ZH) is pivot


def test_the_built_in_summariser_is_the_default(env: dict[str, str], write: Write) -> None:
    assert Registry.load(env=env).default(Task.SUMMARIZE, Lang.FR).id == "extractive"


def test_no_model_does_this(env: dict[str, str], write: Write) -> None:
    with pytest.raises(RegistryError, match="no model is there to translate French into fr"):
        Registry.load(env=env).default(Task.TRANSLATE, Lang.FR)


def test_loading_imports_nothing_heavy_and_opens_no_socket(tmp_path: Path) -> None:
    code = """if True:
        import socket, sys
        def refuse(*args, **kwargs): raise AssertionError("network")
        socket.socket = socket.create_connection = socket.getaddrinfo = refuse
        from translate.domain import Lang
        from translate.registry import Registry, Task, describe
        registry = Registry.load()
        for spec in registry.models: describe(spec)
        registry.default(Task.SUMMARIZE, Lang.FR)
        print(*{name.split(".")[0] for name in sys.modules})
    """
    env = {**os.environ, **environment(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "huggingface_hub", "httpx", "httpx2"} & set(done.stdout.split())
