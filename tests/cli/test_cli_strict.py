"""`--strict`: errors that the checks find are told by the exit code; the result is written all the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import fakes
from tests.cli.conftest import Run
from translate.domain import Hypothesis, Lang, Severity
from translate.engines import Progress
from translate.outputs import read_json


class Echo(fakes.ShoutEngine):
    """Says every sentence with the number that it is told to say."""

    year = "2025"

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return [Hypothesis(f"It will come into force in {self.year}.") for _ in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        return [(one,) for one in self.translate(sentences, target)]


@pytest.fixture(autouse=True)
def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(to: Sequence[Lang], *, summarizer: str | None, options: object, **_: object) -> object:
        return fakes.pipeline(dict.fromkeys(to, Echo()), None, options)  # type: ignore[arg-type]

    monkeypatch.setattr("translate.loading.load", load)


@pytest.fixture
def note() -> Path:
    path = Path("note.txt")
    path.write_text("L'accord entrera en vigueur en 2025, a dit le ministre.\n", encoding="utf-8")
    return path


def test_a_sound_translation_ends_with_0(run: Run, note: Path) -> None:
    assert run("dispatch", note, "--to", "en", "--strict", "-f", "json").exit_code == 0


def test_an_error_ends_with_6_and_the_result_is_written(
    run: Run, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Echo, "year", "2052")
    result = run("dispatch", note, "--to", "en", "--strict", "--no-retry", "-f", "json")
    assert result.exit_code == 6
    assert "the checks found an error: “2025” became “2052” [dates]" in " ".join(result.stderr.split())
    assert [finding.severity for _, _, finding in read_json(result.stdout).findings] == [Severity.ERROR]


def test_without_strict_the_findings_are_only_shown(
    run: Run, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Echo, "year", "2052")
    result = run("dispatch", note, "--to", "en", "--no-retry")
    assert result.exit_code == 0
    assert "2025” became “2052" in " ".join(result.stdout.split())
