"""The weights of a Marian checkpoint as arrays, without torch.

As strict as loading with torch: every key is accounted for, every shape and every number checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from translate.engines.checkpoint import AGAIN, SHARED, tied_keys
from translate.engines.fingerprint import weight_files
from translate.errors import WeightsError

Array = NDArray[Any]

_DTYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "BF16": "<u2"}
# Tables that follow from the configuration; a file may hold them or not.
_COMPUTED = ("model.encoder.embed_positions.weight", "model.decoder.embed_positions.weight")


class Tensors:
    """The weights of a checkpoint. What no part of the model has asked for at the end is unexpected."""

    def __init__(self, directory: Path, config: Mapping[str, Any]) -> None:
        self._directory = directory
        self._found: dict[str, Array] = {}
        for file in weight_files(directory):
            self._found |= read_safetensors(file)
        self._taken = {*_COMPUTED, SHARED}  # beside embeddings of its own, the shared one is of no use
        self.notices = self._tie(tied_keys(config))  # what had to be repaired

    def take(self, name: str, *shape: int) -> Array:
        """Weights in float32. Raises WeightsError if they are missing, misshapen or not numbers."""
        if name not in self._found:
            raise WeightsError(f"{self._directory}: missing keys in the weights: {name}", hint=AGAIN)
        self._taken.add(name)
        value = self._found[name]
        if value.shape != shape:
            raise WeightsError(
                f"{self._directory}: mismatched keys in the weights: {name} is {value.shape}, not {shape}",
                hint=AGAIN,
            )
        value = value.astype(np.float32, copy=False)
        with np.errstate(all="ignore"):  # the sum is one fast pass; each number is looked at only if it fails
            if not np.isfinite(value.sum()) and (count := int((~np.isfinite(value)).sum())):
                raise WeightsError(
                    f"{self._directory}: {name} has {count} weights that are not numbers", hint=AGAIN
                )
        return value

    def one_of(self, names: Sequence[str], *shape: int) -> Array:
        """The first of `names` that is there."""
        return self.take(next((name for name in names if name in self._found), names[0]), *shape)

    def optional(self, name: str, *shape: int) -> Array | None:
        return self.take(name, *shape) if name in self._found else None

    def finish(self) -> None:
        """Raises WeightsError if there are weights that no part of the model has taken."""
        if left := sorted(set(self._found) - self._taken):
            some = ", ".join(left[:3]) + (f" and {len(left) - 3} more" if len(left) > 3 else "")
            raise WeightsError(f"{self._directory}: unexpected keys in the weights: {some}", hint=AGAIN)

    def _tie(self, tied: Sequence[str]) -> tuple[str, ...]:
        """Put one matrix where the configuration says one; says which others differed from it.

        Exports exist in which they differ; what they were exported for is that the first one is used.
        """
        held = {key: self._found[key] for key in tied if key in self._found}
        if not held:
            return ()
        trusted = held.get(tied[0])
        differing = [key for key, value in held.items() if trusted is not None and not _same(value, trusted)]
        if trusted is None:
            trusted, *rest = held.values()
            if not all(_same(trusted, other) for other in rest):
                raise WeightsError(
                    f"{self._directory}: {tied[0]} is missing and the weights tied to it differ", hint=AGAIN
                )
        self._found |= dict.fromkeys(tied, trusted.astype(np.float32))  # one object, which its users can see
        self._taken |= set(tied)
        return (f"tied again as its configuration says: {', '.join(differing)}",) if differing else ()


def _same(one: Array, other: Array) -> bool:
    return one is other or np.array_equal(one, other)


def read_safetensors(file: Path) -> dict[str, Array]:
    """The tensors of a safetensors file as arrays; of bfloat16, which numpy lacks, as float32.

    Raises WeightsError if the file is damaged, or holds another kind of number.
    """
    try:
        raw = np.fromfile(file, dtype=np.uint8)
        start = 8 + int.from_bytes(raw[:8].tobytes(), "little")
        header = json.loads(raw[8:start].tobytes()) if start <= len(raw) else {}
        header.pop("__metadata__", None)
        ends = [entry["data_offsets"][1] for entry in header.values()]
        if max(ends, default=-1) != len(raw) - start:
            raise ValueError("sizes do not fit")
        return {name: _array(raw[start:], entry) for name, entry in header.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as err:
        raise WeightsError(f"{file}: damaged or incomplete ({str(err)[:200]})", hint=AGAIN) from err


def _array(data: Array, entry: Mapping[str, Any]) -> Array:
    first, last = entry["data_offsets"]
    kind = _DTYPES.get(entry["dtype"])
    if kind is None:
        raise ValueError(f"numbers of kind {entry['dtype']}")
    # A copy: offsets need not be aligned.
    values: Array = np.frombuffer(data[first:last].tobytes(), dtype=kind)
    if entry["dtype"] == "BF16":
        values = (values.astype(np.uint32) << 16).view(np.float32)
    return values.reshape(entry["shape"])
