"""Golden dispatches: `tests/golden/dispatch/*.txt`.

Each file holds a text, a line `---`, and its blocks as `kind: text`. A block with several parts is `kind:`
with its parts below it, indented. To add a case, add a file; events and figures in them are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from translate.domain import Dispatch
from translate.text.dispatch import parse

GOLDEN = sorted((Path(__file__).parent.parent / "golden" / "dispatch").glob("*.txt"))


def written(dispatch: Dispatch) -> Iterator[str]:
    """The blocks of a dispatch as a golden file has them."""
    for block in dispatch.blocks:
        if len(block.parts) == 1:
            yield f"{block.kind}: {block.text}"
        else:
            yield f"{block.kind}:"
            yield from (f"    {part.kind}: {part.text}" for part in block.parts)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_dispatch(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").rpartition("\n---\n")
    assert list(written(parse(text))) == expected.splitlines()


def test_there_are_golden_dispatches() -> None:
    assert len(GOLDEN) >= 15
