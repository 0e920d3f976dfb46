"""A part of a job, for a cluster's job array or for several processes on one machine."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from translate.errors import InputError

_WRITTEN = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `of`. Which documents are in it depends on their ids alone."""

    number: int = 1
    of: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.of:
            raise InputError(f"there is no shard {self.number} of {self.of}", hint="count from 1: 1/8 … 8/8")

    @classmethod
    def read(cls, text: str) -> Shard:
        """The shard written as `3/8`. Raises InputError."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise InputError(f"{text!r} is no shard", hint="write 3/8 for the third of eight")
        return cls(int(match[1]), int(match[2]))

    def __contains__(self, id: str) -> bool:
        if self.of == 1:
            return True
        digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8]) % self.of == self.number - 1

    @property
    def name(self) -> str:
        """`3-of-8`; `all` if there is only one."""
        return "all" if self.of == 1 else f"{self.number}-of-{self.of}"

    def named(self, path: Path) -> Path:
        """The file of this shard that belongs to `path`: `results-3-of-8.jsonl`."""
        return path if self.of == 1 else path.with_name(f"{path.stem}-{self.name}{path.suffix}")
