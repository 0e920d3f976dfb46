"""A job's one file: JSON Lines or Parquet, with everything that is known of every document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from translate.domain import TranslatedDispatch
from translate.errors import OutputError
from translate.outputs import Format, render

_UNWRITABLE = re.compile("[\ud800-\udfff]")

Writer = Callable[[Iterable[bytes]], Iterator[bytes]]
"""Makes the pieces of a file of JSON lines, in their order."""


def json_line(name: str, columns: Mapping[str, Any] | None, result: TranslatedDispatch) -> str:
    """The line of a document: its id, a row's other columns, then all of the result."""
    head = json.dumps({"id": name, "columns": dict(columns or {})}, ensure_ascii=False, default=str)
    return f"{writable(head)[:-1]}, {render(result, Format.JSONL)[1:]}"


def writable(text: str) -> str:
    """JSON that UTF-8 can hold: half of a surrogate pair is written out."""
    return _UNWRITABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def writer(path: Path) -> Writer:
    """What writes a file of this ending. Raises OutputError for Parquet without pyarrow."""
    if path.suffix.lower() != ".parquet":
        return iter
    try:
        import pyarrow.parquet  # noqa: F401  # to know now, and not after a weekend
    except ModuleNotFoundError as err:
        raise OutputError(
            f"{path}: Parquet needs pyarrow", hint="pip install 'translate-dispatch[parquet]'"
        ) from err
    from translate.batch.parquet import pieces

    return pieces
