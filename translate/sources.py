"""A dispatch from a file, a pipe or memory: bytes within the limit, decoded, French, parsed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from translate.domain import Dispatch
from translate.errors import InputError
from translate.text.dispatch import parse
from translate.text.language import require_french
from translate.text.reading import TextLimits, read_text

STDIN = Path("-")
"""The path that means standard input."""


def read_dispatch(
    source: str | bytes | Path,
    *,
    name: str | None = None,
    force: bool = False,
    limits: TextLimits | None = None,
) -> Dispatch:
    """The parsed dispatch of a text (`str`, or undecoded `bytes`) or of a file (`Path`, `-` for stdin).

    `name`: what the dispatch is called, instead of the file's path. Raises InputError if it cannot be
    read, is over a limit, is no text or (without `force`) not French.
    """
    limits = limits or TextLimits()
    name = name or (str(source) if isinstance(source, Path) else "-")
    raw = read_text(bytes_of(source, limits.max_bytes), name, limits)
    require_french(raw.text, name, force=force)
    return parse(raw.text, name, raw.notices)


def bytes_of(source: str | bytes | Path, max_bytes: int) -> bytes:
    """The bytes of a text or a file, never more than `max_bytes`. Raises InputError."""
    if isinstance(source, bytes):
        return source
    if isinstance(source, str):
        return _encoded(source)
    where = "standard input" if source == STDIN else source
    try:
        data = _read(source, max_bytes + 1)
    except FileNotFoundError as err:
        raise InputError("no such file", path=where) from err
    except IsADirectoryError as err:
        raise InputError("this is a folder, not a dispatch", path=where, hint="name one file") from err
    except PermissionError as err:
        raise InputError("no permission to read it", path=where) from err
    except (OSError, ValueError) as err:  # ValueError: a NUL in the path
        reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
        raise InputError(f"cannot be read: {reason}", path=where) from err
    if len(data) > max_bytes:
        raise InputError(
            f"more than {max_bytes:,} bytes, the limit for one dispatch",
            path=where,
            hint="split the text, or raise the limit max_bytes",
        )
    return data


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as err:
        raise InputError(f"character {err.start + 1} is half of a surrogate pair, not text") from err


def _read(path: Path, limit: int) -> bytes:
    if path == STDIN:
        if sys.stdin is None:  # the caller closed it: `translate dispatch - <&-`
            raise InputError("standard input is closed", hint="name a file, or pipe a text in")
        return _at_most(sys.stdin.buffer, limit)
    # A named pipe or /dev/stdin is as welcome as a file: nothing here asks for a size or seeks.
    with path.open("rb") as file:
        return _at_most(file, limit)


def _at_most(file: BinaryIO, limit: int) -> bytes:
    """Everything up to `limit` bytes; a pipe gives its data in pieces."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := file.read(min(limit, 1 << 20))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)
