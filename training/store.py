"""Tokenised pairs on disk: flat uint16 arrays and offsets, compressed, one set per corpus and direction.

    python -m training.store runs/deep/tokens --max-mib 30

A set is one file, `europarl.fr-en.npz`, or, where that would be large, parts of it:
`europarl.fr-en.1-of-2.npz`, `europarl.fr-en.2-of-2.npz`. Whoever reads or writes names the one file.
"""

from __future__ import annotations

import argparse
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.command import guarded
from training.corpora import Corpus
from translate.errors import WeightsError

NO_LINK = 255
MAX_PART_BYTES = 60 * 2**20

_PART = re.compile(r"\.(\d+)-of-(\d+)$")


@dataclass(frozen=True, slots=True)
class TokenPairs:
    """Many pairs of one direction. Sources begin with the target tag; both sides end with `</s>`.

    `source`, `target`: all ids in a row; `source_ends`, `target_ends`: where each pair ends.
    `links`: for each target token the position of its source token, or NO_LINK; empty until aligned.
    """

    source: NDArray[np.uint16]
    target: NDArray[np.uint16]
    source_ends: NDArray[np.int64]
    target_ends: NDArray[np.int64]
    links: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.source_ends)

    @property
    def source_lengths(self) -> NDArray[np.int64]:
        return np.diff(self.source_ends, prepend=0)

    @property
    def target_lengths(self) -> NDArray[np.int64]:
        return np.diff(self.target_ends, prepend=0)

    @classmethod
    def from_lists(
        cls, sources: Sequence[NDArray[np.uint16]], targets: Sequence[NDArray[np.uint16]]
    ) -> TokenPairs:
        ends = [np.cumsum([len(row) for row in rows], dtype=np.int64) for rows in (sources, targets)]
        flat = [np.concatenate(rows) if rows else np.zeros(0, np.uint16) for rows in (sources, targets)]
        return cls(flat[0], flat[1], ends[0], ends[1], np.zeros(0, np.uint8))

    @classmethod
    def joined(cls, parts: Sequence[TokenPairs]) -> TokenPairs:
        """All pairs of `parts`, in order."""
        offsets = {
            name: np.cumsum([0, *(len(getattr(part, name)) for part in parts)])
            for name in ("source", "target")
        }
        return cls(
            np.concatenate([part.source for part in parts]),
            np.concatenate([part.target for part in parts]),
            np.concatenate([p.source_ends + n for p, n in zip(parts, offsets["source"], strict=False)]),
            np.concatenate([p.target_ends + n for p, n in zip(parts, offsets["target"], strict=False)]),
            np.concatenate([part.links for part in parts]),
        )

    def between(self, start: int, stop: int) -> TokenPairs:
        """Pairs `start` to `stop`, `stop` left out."""
        s, t = (
            slice(ends[start - 1] if start else 0, ends[stop - 1] if stop else 0)
            for ends in (self.source_ends, self.target_ends)
        )
        return TokenPairs(
            self.source[s],
            self.target[t],
            self.source_ends[start:stop] - s.start,
            self.target_ends[start:stop] - t.start,
            self.links[t],
        )

    def save(self, path: Path, max_bytes: int = MAX_PART_BYTES) -> None:
        """Writes the set called `path`, in as many parts as it takes to keep each within `max_bytes`.

        What was there before stays whole until all parts are written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        written = self._write(path.with_suffix(""), max_bytes)
        total = len(written)
        names = [path]
        if total > 1:
            names = [path.with_suffix(f".{number}-of-{total}.npz") for number in range(1, total + 1)]
        before = set(_files(path))
        for partial, name in zip(written, names, strict=True):
            partial.replace(name)
        for old in before - set(names):
            old.unlink()

    def _write(self, stem: Path, max_bytes: int) -> list[Path]:
        """Files whose names say where they begin; halved until each is small enough."""
        partial = stem.with_name(f"{stem.name}.partial")
        with partial.open("wb") as file:
            np.savez_compressed(file, **{name: getattr(self, name) for name in self.__slots__})
        if partial.stat().st_size <= max_bytes or len(self) < 2:
            return [partial]
        partial.unlink()
        half = len(self) // 2
        first = self.between(0, half)._write(stem.with_name(f"{stem.name}-0"), max_bytes)
        return first + self.between(half, len(self))._write(stem.with_name(f"{stem.name}-1"), max_bytes)

    @classmethod
    def load(cls, path: Path) -> TokenPairs:
        """The set called `path`. Raises WeightsError if a part is missing or damaged."""
        files = [path] if path.exists() else _files(path)
        if not files:
            raise WeightsError(f"no tokens at {path}", hint="make them with `python -m training.prepare`")
        missing = _missing(files)
        if missing:
            raise WeightsError(f"{path}: parts {', '.join(missing)} are missing", hint="copy them beside it")
        parts = [cls._read(file) for file in files]
        return parts[0] if len(parts) == 1 else cls.joined(parts)

    @classmethod
    def _read(cls, file: Path) -> TokenPairs:
        try:
            with file.open("rb") as raw, np.load(raw) as arrays:
                return cls(**{name: arrays[name] for name in cls.__slots__})
        except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError) as err:
            raise WeightsError(f"{file} is damaged: {err}", hint="copy it again, or delete it") from err


def row(flat: NDArray[np.uint16], ends: NDArray[np.int64], number: int) -> NDArray[np.uint16]:
    """The ids of one side of a pair, of all of them in a row and where each ends."""
    return flat[ends[number - 1] if number else 0 : ends[number]]


def sets_of_mix(
    tokens: Path, corpora: Iterable[Corpus], mix: str, *, reverse: bool
) -> Iterator[tuple[Path, str, float]]:
    """The sets that a mix has a share of: file, direction, share. `reverse`: those into French, too."""
    for corpus in corpora:
        for path in stored(tokens, f"{corpus.name}.*.npz"):
            direction = path.stem.rpartition(".")[2]
            share = corpus.share(mix, direction)
            if share > 0 and (reverse or not direction.endswith("-fr")):
                yield path, direction, share


def is_stored(path: Path) -> bool:
    """Whether the set called `path` is there, whole."""
    return path.exists() or bool(_files(path) and not _missing(_files(path)))


def stored(folder: Path, pattern: str = "*.npz") -> list[Path]:
    """The names of all sets in `folder` that match, sorted; a set in parts is named once."""
    names = {path.with_name(f"{_PART.sub('', path.stem)}.npz") for path in folder.glob("*.npz")}
    return sorted(name for name in names if name.match(pattern))


def _files(path: Path) -> list[Path]:
    """The files of a set, parts in their order; the parts of the latest division if there are several."""
    parts = [file for file in path.parent.glob(f"{path.stem}.*-of-*.npz") if _PART.search(file.stem)]
    if not parts:
        return [path] if path.exists() else []
    total = _place(max(parts, key=lambda file: file.stat().st_mtime_ns))[1]
    return sorted((file for file in parts if _place(file)[1] == total), key=_place)


def _place(file: Path) -> tuple[int, int]:
    match = _PART.search(file.stem)
    return (int(match[1]), int(match[2])) if match else (1, 1)


def _missing(files: Sequence[Path]) -> list[str]:
    there, total = {_place(file)[0] for file in files}, _place(files[0])[1]
    return [f"{number} of {total}" for number in range(1, total + 1) if number not in there]


def main() -> int:
    parser = argparse.ArgumentParser(description="Cuts sets of tokens into parts that are small enough.")
    parser.add_argument("tokens", type=Path, help="folder of the sets")
    parser.add_argument("--max-mib", type=float, default=MAX_PART_BYTES / 2**20, help="size of a part")
    a = parser.parse_args()
    limit = int(a.max_mib * 2**20)
    for path in stored(a.tokens):
        if any(file.stat().st_size > limit for file in _files(path)):
            TokenPairs.load(path).save(path, limit)
            print(f"{path.name}: {len(_files(path))} parts", flush=True)
    return 0


if __name__ == "__main__":
    guarded(main)
