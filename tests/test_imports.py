"""What an import costs, and that what is exported, documented and offered is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import translate
from translate.cli.app import app

HEAVY = {
    "torch",
    "transformers",
    "ctranslate2",
    "numpy",
    "huggingface_hub",
    "sentencepiece",
    "sacrebleu",
    "yaml",
}
ROOT = Path(__file__).parent.parent


def loaded_by(code: str) -> set[str]:
    """The top-level modules in a fresh interpreter after `code`."""
    report = f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_check_below_can_fail() -> None:
    assert "numpy" in loaded_by("import numpy")


@pytest.mark.parametrize(
    "code", ["import translate", "import translate.cli.app", "import translate.__main__"]
)
def test_an_import_loads_nothing_heavy(code: str) -> None:
    assert not HEAVY & loaded_by(code)


def test_reading_a_dispatch_loads_nothing_heavy() -> None:
    """Bad input is told before a model is loaded, so it must not wait for torch."""
    code = "import translate\ntranslate.read_dispatch('Le ministre a parlé de la paix dans le pays.')"
    assert not (HEAVY - {"yaml"}) & loaded_by(code)


def test_help_is_instant(tmp_path: Path) -> None:
    """0.3 s of processor time: the wall clock of a busy machine says little about us."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # an installed package is compiled once, not at every start
    took = []
    for _ in range(6):
        before = os.times()
        command = [sys.executable, "-m", "translate", "--help"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        after = os.times()
        assert "dispatch" in done.stdout and not done.stderr
        took.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    assert min(took) <= 0.3


def test_exports_are_complete_sorted_and_there() -> None:
    exported = translate.__all__
    assert exported == sorted(exported)
    assert len(set(exported)) == len(exported)
    for name in exported:
        assert getattr(translate, name) is not None
    assert set(exported) <= set(dir(translate))


def test_every_lazy_name_is_exported_and_the_other_way_round() -> None:
    assert set(translate._HOMES) | {"__version__"} == set(translate.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        translate.nonsense  # noqa: B018


def test_the_version_is_the_one_that_is_installed() -> None:
    assert f'version = "{translate.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"## {translate.__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def commands() -> list[tuple[str, typer.core.TyperCommand]]:
    """Every command, as a person types it."""
    found: list[tuple[str, typer.core.TyperCommand]] = []
    root = typer.main.get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    for name, command in root.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            inner = command.commands.items()
            found += [
                (f"{name} {key}", one) for key, one in inner if isinstance(one, typer.core.TyperCommand)
            ]
        elif isinstance(command, typer.core.TyperCommand):
            found.append((name, command))
    return found


def test_the_commands_are_found() -> None:
    assert {"dispatch", "summary", "models fetch", "doctor"} <= {name for name, _ in commands()}


@pytest.mark.parametrize(
    ("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_has_help_with_an_example_and_is_documented(
    name: str, command: typer.core.TyperCommand
) -> None:
    assert command.help
    assert f"translate {name}" in command.help, "the help teaches with an example"
    assert f"## `translate {name}" in (ROOT / "docs/command-line.md").read_text("utf-8")


def test_every_option_is_documented_has_help_and_a_variable() -> None:
    page = (ROOT / "docs/command-line.md").read_text("utf-8")
    own = {"--help", "--models"}  # the registry reads TRANSLATE_MODELS itself
    for name, command in commands():
        for param in command.params:
            long = next((opt for opt in param.opts if opt.startswith("--")), None)
            if long is None:
                continue
            assert getattr(param, "help", None), f"{name} {long} has no help"
            assert f"`{long}" in page, f"{long} is not in docs/command-line.md"
            if name in ("dispatch", "summary") and long not in own:
                assert param.envvar == f"TRANSLATE_{str(param.name).upper()}"


def test_one_spelling_means_one_thing() -> None:
    """The same option with another short form in another command would be a trap."""
    seen: dict[str, tuple[str, ...]] = {}
    for name, command in commands():
        for param in command.params:
            if param.param_type_name == "option" and param.name != "help":
                long, spelled = max(param.opts, key=len), tuple(param.opts)
                assert seen.setdefault(long, spelled) == spelled, f"{name}: {param.opts}"


def test_the_environment_is_not_touched_by_an_import() -> None:
    code = "import os\nbefore = dict(os.environ)\nimport translate.cli.app\nassert dict(os.environ) == before"
    subprocess.run([sys.executable, "-c", code], check=True)
