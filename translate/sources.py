"""The bytes of a dispatch, from a file, a pipe or memory, and never more than the limit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from translate.errors import InputError

STDIN = Path("-")
"""The path that means standard input."""


def bytes_of(source: str | bytes | Path, max_bytes: int) -> bytes:
    """The bytes of a text (`str` or `bytes`) or of a file (`Path`; `-` is standard input).

    Reads one byte more than `max_bytes` at most, so that whoever checks the limit can see that it is
    passed. Raises InputError if there is nothing there that can be read.
    """
    if isinstance(source, bytes):
        return source
    if isinstance(source, str):
        return _encoded(source)
    try:
        if source == STDIN:
            return _all_of(_stdin(), max_bytes + 1)
        # A named pipe or /dev/stdin is welcome: nothing here asks for a size or seeks.
        with source.open("rb") as file:
            return _all_of(file, max_bytes + 1)
    except FileNotFoundError as err:
        raise InputError("no such file", path=source) from err
    except IsADirectoryError as err:
        raise InputError("this is a folder, not a dispatch", path=source, hint="name one file") from err
    except PermissionError as err:
        raise InputError("no permission to read it", path=source) from err
    except (OSError, ValueError) as err:  # ValueError: a NUL in the path
        reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
        raise InputError(f"cannot be read: {reason}", path=source) from err


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # the caller closed it: `translate dispatch - <&-`
        raise InputError("standard input is closed", hint="name a file, or pipe a text in")
    return sys.stdin.buffer


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as err:
        raise InputError(f"character {err.start + 1} is half of a surrogate pair, not text") from err


def _all_of(file: BinaryIO, limit: int) -> bytes:
    """Everything up to `limit` bytes; a pipe gives its data in pieces."""
    pieces: list[bytes] = []
    while limit > 0 and (piece := file.read(min(limit, 1 << 20))):
        pieces.append(piece)
        limit -= len(piece)
    return b"".join(pieces)
