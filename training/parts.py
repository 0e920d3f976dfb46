"""A large file in small parts with an index, for ways that carry small files only, and back.

    python -m training.parts split runs/deep/checkpoint.pt -o parts [--slim]
    python -m training.parts join parts/checkpoint.pt.json -o runs/deep

The index lists the SHA-256 of the whole and of each part. `--slim` takes a checkpoint's weights alone,
in float16: a sixth of its size; training that goes on from it warms up for a hundred steps.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import torch

from training.command import guarded
from translate.errors import InputError, WeightsError

MAX_PART_BYTES = 16 * 2**20


def split(path: Path, folder: Path, max_bytes: int = MAX_PART_BYTES) -> Path:
    """Writes `path` in parts of at most `max_bytes`, then `<name>.json`, which is returned.

    Parts of another content have other names, and the index is replaced at once: whoever copies the
    folder while it is written gets the old file or the new one, whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    total = _digest(path)
    parts: list[dict[str, str | int]] = []
    with path.open("rb") as file:
        while data := file.read(max_bytes):
            name = f"{path.name}.{total[:8]}.{len(parts):03}"
            (folder / name).write_bytes(data)
            parts.append({"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    index = folder / f"{path.name}.json"
    content = {"file": path.name, "bytes": path.stat().st_size, "sha256": total, "parts": parts}
    partial = index.with_suffix(".partial")
    partial.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    partial.replace(index)
    kept = {part["name"] for part in parts}
    for old in folder.glob(f"{path.name}.*.[0-9][0-9][0-9]"):
        if old.name not in kept:
            old.unlink()
    return index


def join(index: Path, folder: Path) -> Path:
    """Puts the file together again in `folder`. Raises WeightsError if a part is missing or changed."""
    try:
        content = json.loads(index.read_text(encoding="utf-8"))
        name, total, parts = Path(content["file"]).name, content["sha256"], content["parts"]
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=index) from err
    except (ValueError, KeyError, TypeError) as err:
        raise WeightsError(f"{index} is no index of parts") from err
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.joining"
    try:
        with partial.open("wb") as file:
            for data in _checked(index.parent, parts):
                file.write(data)
        if _digest(partial) != total:
            raise WeightsError(f"{index}: the parts do not make the file that was split")
        return partial.replace(folder / name)
    finally:
        partial.unlink(missing_ok=True)


def _checked(folder: Path, parts: list[dict[str, str]]) -> Iterator[bytes]:
    for part in parts:
        path = folder / Path(part["name"]).name
        if not path.is_file():
            raise WeightsError(f"{path} is missing", hint="copy all parts beside their index")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != part["sha256"]:
            raise WeightsError(f"{path} is not what was split", hint="copy it again")
        yield data


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def slim(checkpoint: Path, out: Path) -> None:
    """Writes a checkpoint's weights in float16, with its counters, without the optimiser's moments."""
    state = torch.load(checkpoint, weights_only=True, map_location="cpu", mmap=True)
    state.pop("optimizer", None)
    torch.save({**state, "weights": state["weights"].half()}, out)


def split_slim(checkpoint: Path, folder: Path, name: str, max_bytes: int = MAX_PART_BYTES) -> Path:
    """`slim`, then `split` under the name given."""
    with tempfile.TemporaryDirectory() as temporary:
        small = Path(temporary) / name
        slim(checkpoint, small)
        return split(small, folder, max_bytes)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    what = parser.add_subparsers(required=True, dest="what")
    apart = what.add_parser("split", help="a file into parts and an index")
    apart.add_argument("file", type=Path)
    apart.add_argument("--slim", action="store_true", help="a checkpoint's weights alone, in float16")
    apart.add_argument("--max-mib", type=float, default=MAX_PART_BYTES / 2**20, help="size of a part")
    together = what.add_parser("join", help="parts into their file")
    together.add_argument("index", type=Path)
    for command in (apart, together):
        command.add_argument("-o", "--output", type=Path, required=True, help="folder to write into")
    a = parser.parse_args()
    if a.what == "join":
        print(join(a.index, a.output))
        return 0
    if not a.file.is_file():
        raise InputError("no such file", path=a.file)
    limit = max(1, int(a.max_mib * 2**20))
    print(split_slim(a.file, a.output, a.file.name, limit) if a.slim else split(a.file, a.output, limit))
    return 0


if __name__ == "__main__":
    guarded(main)
