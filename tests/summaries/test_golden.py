"""Whole dispatches and the two sentences an editor would take from them.

Each file in `golden/` is a title, numbered paragraphs and the expected summary. The events are invented. The
summaries are made without a model, from character n-grams, so they are the same everywhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from translate.summaries import SummaryInput
from translate.summaries.extractive import ExtractiveSummarizer
from translate.text.segment import segment

FILES = sorted((Path(__file__).parent / "golden").glob("*.txt"))
_NUMBERED = re.compile(r"\[([\d, ]+)\] (.+)")


def numbered(text: str) -> list[tuple[tuple[int, ...], str]]:
    """Block numbers and text of each line `[1, 2] …`."""
    found = (_NUMBERED.fullmatch(line) for line in text.splitlines())
    return [(tuple(int(n) for n in match[1].split(",")), match[2]) for match in found if match]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_editor_would_take_these_sentences(file: Path) -> None:
    dispatch, expected = file.read_text(encoding="utf-8").split("=== two sentences")
    title = dispatch.partition("\n")[0].removeprefix("# ")
    paragraphs = {block: tuple(s.text for s in segment(text)) for (block,), text in numbered(dispatch)}
    found = ExtractiveSummarizer(None).summarize(SummaryInput(title, paragraphs)).sentences
    assert [(sentence.sources, sentence.text) for sentence in found] == numbered(expected)


def test_there_are_golden_dispatches() -> None:
    assert len(FILES) >= 8
