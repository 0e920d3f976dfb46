"""One input of a job: a file or a row of a table, and the name and place it has in the job."""

from __future__ import annotations

import hashlib
import json
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from translate.errors import InputError, TranslateError
from translate.sources import bytes_of

_LONGEST_NAME = 120  # bytes; file systems allow 255, and an ending has to fit too
_HARMLESS = frozenset("-_+=,@() .")


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a job. Nothing is read before `read` is called.

    `id`: what it is called in reports; of a row, the table and its id. `place`: where its outputs go,
    relative to the output folder and without an ending. `columns`: a row's other columns; `table`: the
    name of its table; `row`: all that is known of it. `fault`: what is already known to be wrong.
    """

    id: str
    place: str
    path: Path | None = None
    text: str = ""
    columns: Mapping[str, Any] | None = None
    fault: TranslateError | None = None
    table: str | None = None
    row: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """The id as Unicode text, whatever bytes a file name is made of."""
        try:
            return self.id.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        except UnicodeEncodeError:  # half of a surrogate pair, from JSON
            return self.id.encode("utf-8", "backslashreplace").decode()

    @property
    def origin(self) -> str:
        """What tells two documents of one place apart: the file, or the row."""
        return str(self.path.absolute()) if self.path else self.id

    def read(self, max_bytes: int) -> bytes:
        """The undecoded text. Raises InputError."""
        if self.fault:
            raise self.fault
        if self.path is None:
            return bytes_of(self.text, max_bytes)
        if wrong := unreadable(self.path):
            raise wrong
        return bytes_of(self.path, max_bytes)

    def digest(self, data: bytes, recipe: bytes) -> bytes:
        """What says whether this very content was already made with this recipe."""
        columns = b"" if self.columns is None else json.dumps(dict(self.columns), default=str).encode()
        parts = (recipe, hashlib.sha256(data).digest(), hashlib.sha256(columns).digest())
        return hashlib.sha256(b"".join(parts)).digest()


def unreadable(path: Path) -> InputError | None:
    """Why `path` is no file that can be read to its end, if so. A pipe would block the whole job."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
        return InputError(reason[:1].lower() + reason[1:], path=path)
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    kind = "a named pipe" if stat.S_ISFIFO(mode) else "a device or a socket"
    return InputError(f"this is {kind}, not a file", path=path)


def safe_name(id: str) -> str:
    """A file name made of `id`: another one for each id, and never a way out of a folder."""
    name = "".join(_safe(char) for char in id)
    if name[:1] == "." or name[-1:] in (".", " "):
        edge = 0 if name[0] == "." else len(name) - 1
        name = f"{name[:edge]}%{ord(name[edge]):02X}{name[edge + 1 :]}"
    if len(data := name.encode()) > _LONGEST_NAME:
        mark = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        name = f"{data[: _LONGEST_NAME - 17].decode(errors='ignore')}~{mark}"
    return name


def _safe(char: str) -> str:
    if char in _HARMLESS or unicodedata.category(char)[0] in "LN":
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))
