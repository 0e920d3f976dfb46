"""`--no-repair`, `--no-retry`: what is done with the model's translations is the user's to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import fakes
from tests.cli.conftest import Run
from translate.domain import Lang
from translate.revision import Revision
from translate.settings import Options


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """The options that pipelines are loaded with."""
    found: list[Options] = []

    def load(to: Sequence[Lang], *, options: Options, **_: object) -> object:
        found.append(options)
        return fakes.pipeline(dict.fromkeys(to, fakes.ShoutEngine()), None, options)

    monkeypatch.setattr("translate.loading.load", load)
    return found


@pytest.mark.parametrize("command", ["dispatch", "summary"])
@pytest.mark.parametrize(
    ("flags", "wanted"),
    [
        ([], Revision()),
        (["--no-retry"], Revision(retry=False)),
        (["--no-repair"], Revision(repair=False)),
        (["--no-repair", "--no-retry"], Revision(repair=False, retry=False)),
    ],
)
def test_a_command_revises_as_it_is_told(
    run: Run, brief: Path, seen: list[Options], command: str, flags: list[str], wanted: Revision
) -> None:
    assert run(command, brief, *flags).exit_code == 0
    assert [options.revision for options in seen] == [wanted]
