"""A command line of one's own: no settings from outside, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from translate.cli.app import app

BRIEF = """\
Accord sur le climat à Genève

GENEVE, 12 mai (Xinhua) -- Les ministres ont signé un accord sur le climat. Il entrera en vigueur en 2025.

Le président de la conférence a salué un pas important. Les pays du Sud demandent des moyens supplémentaires.
"""

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty home, no TRANSLATE_… variable, and an environment that is put back afterwards."""
    before = dict(os.environ)
    for name in before:
        if name.startswith(("TRANSLATE_", "HF_", "TRANSFORMERS_")) or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "store"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def run() -> Run:
    """Call the command line in this process: `run("dispatch", "brief.txt").exit_code`."""

    def call(*arguments: str | Path, input: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=input)
        assert "Traceback" not in result.stdout + result.stderr
        return result

    return call


@pytest.fixture
def brief() -> Path:
    path = Path("brief.txt")
    path.write_text(BRIEF, encoding="utf-8")
    return path


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[bytes]:
    """The command line in a process of its own, as a shell would start it."""
    command = [sys.executable, "-m", "translate", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]
