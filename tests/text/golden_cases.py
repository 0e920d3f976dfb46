"""Reads golden files: `input`, a line `---`, what is expected, a line `===` between cases."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "golden"


def golden_cases(folder: str) -> list[tuple[str, list[str]]]:
    """Every case of the text files in `tests/golden/FOLDER`: the input and the expected lines."""
    cases: list[tuple[str, list[str]]] = []
    for path in sorted((GOLDEN / folder).glob("*.txt")):
        for case in path.read_text(encoding="utf-8").split("\n===\n"):
            given, expected = case.split("\n---\n")
            cases.append((given, expected.strip("\n").split("\n")))
    return cases
