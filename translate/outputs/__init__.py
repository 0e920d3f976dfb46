"""Result formats: one `TranslatedDispatch` in, one text out. What people see is in `outputs.terminal`.

Each family of formats is one module, loaded when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from translate.domain import TranslatedDispatch

__all__ = ["Format", "read_json", "render"]


class Format(StrEnum):
    """Formats that are plain text: the same result gives the same bytes, with no escape codes.

    The aligned terminal view is not one of them; see `translate.outputs.terminal`.
    """

    JSON = "json"  # everything, indented, lossless
    JSONL = "jsonl"  # the same object on one line: one line per dispatch
    MD = "md"  # a bilingual document for readers
    TSV = "tsv"  # one row per sentence
    TXT = "txt"  # plain text for mail and pipes


def render(result: TranslatedDispatch, format: Format) -> str:
    """The result in one format: `\\n` line ends, a final newline, fit for UTF-8."""
    return _RENDERERS[format]()(result)


def read_json(text: str) -> TranslatedDispatch:
    """The result that `json` or one line of `jsonl` was made from. Raises InputError."""
    from translate.outputs.json_reader import read

    return read(text)


def _json() -> Callable[[TranslatedDispatch], str]:
    from translate.outputs.json_writer import to_json

    return to_json


def _jsonl() -> Callable[[TranslatedDispatch], str]:
    from translate.outputs.json_writer import to_json_line

    return to_json_line


def _markdown() -> Callable[[TranslatedDispatch], str]:
    from translate.outputs.markdown import to_markdown

    return to_markdown


def _table() -> Callable[[TranslatedDispatch], str]:
    from translate.outputs.table import to_tsv

    return to_tsv


def _plain() -> Callable[[TranslatedDispatch], str]:
    from translate.outputs.plain import to_text

    return to_text


_RENDERERS: Mapping[Format, Callable[[], Callable[[TranslatedDispatch], str]]] = {
    Format.JSON: _json,
    Format.JSONL: _jsonl,
    Format.MD: _markdown,
    Format.TSV: _table,
    Format.TXT: _plain,
}
