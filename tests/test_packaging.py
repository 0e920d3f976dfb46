"""The wheel: everything is inside, nothing else is, and it works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="needs the build backend, `pip install hatchling`")

ROOT = Path(__file__).parent.parent
CODE = {".py", ".pyc"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    command += ["--disable-pip-version-check", "--no-index", "--wheel-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("translate_dispatch-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it, and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    command += ["--disable-pip-version-check", "--target", str(folder), str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def from_wheel(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command with the installed wheel before everything else, in a folder far from the checkout."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "HOME": str(folder),
        "TRANSLATE_HOME": str(folder),
    }
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_every_file_of_the_package_is_inside(wheel: Path) -> None:
    """Code, word lists, the registry, the types marker, and whatever the weights directory holds."""
    inside = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "translate").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert package - inside == set()
    assert {"translate/models.yaml", "translate/py.typed"} <= inside
    assert any(Path(name).suffix == ".tsv" for name in inside)


def test_nothing_else_is_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"translate", "translate_dispatch"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_registry_inside_is_ours(wheel: Path) -> None:
    assert zipfile.ZipFile(wheel).read("translate/models.yaml") == (ROOT / "models.yaml").read_bytes()


def test_the_licence_and_the_command_are_declared(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (info,) = (name.partition("/")[0] for name in archive.namelist() if name.endswith("/METADATA"))
    assert "translate = translate.cli.app:main" in archive.read(f"{info}/entry_points.txt").decode()
    assert archive.read(f"{info}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()


def test_the_installed_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    done = from_wheel(installed, tmp_path, "-c", "import translate; print(translate.__file__)")
    assert done.stdout.strip() == str(installed / "translate" / "__init__.py")


def test_the_registry_is_found_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = from_wheel(installed, tmp_path, "-m", "translate", "models", "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "opus-mt-fr-en" in done.stdout


@pytest.mark.weights
@pytest.mark.skipif(
    not (ROOT / "translate/weights/embedded").is_dir(), reason="the embedded model is not in this checkout"
)
def test_the_main_job_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("Le ministre chinois a signé un accord à Paris.", encoding="utf-8")
    done = from_wheel(installed, tmp_path, "-m", "translate", "dispatch", "brief.txt", "--offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert "m:embedded@" in done.stdout or "embedded" in done.stdout
