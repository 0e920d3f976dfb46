"""What multiplies matrices for CTranslate2 on a CPU, and what follows from it for batches.

The library takes MKL on processors of Intel, and oneDNN on others. How large a batch is worth its while,
and which sentences may share one without changing each other's numbers, is the routines' doing:
`docs/engines.md` says how it was measured.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from enum import Enum
from pathlib import Path

from translate.engines.schedule import Bands

EXACT = "TRANSLATE_EXACT"
_CPUINFO = Path("/proc/cpuinfo")
_FIRST_PROCESSOR = 8192  # bytes: more than it has to say of one, and a large machine has hundreds
# What CTranslate2 asks for before it uses registers of 512 bits itself.
_WIDE = {"avx512f", "avx512cd", "avx512vl", "avx512bw", "avx512dq"}
_LEAST_PADDED = 12
_VECTOR = 16  # numbers in a register
_BLOCK = 192  # numbers that are summed up at a time


class Routines(Enum):
    """MKL keeps weights as it needs them; oneDNN, as it is called, lays them out anew for each product."""

    ONEDNN = "oneDNN"
    MKL = "MKL"
    MKL_512 = "MKL with AVX-512"

    def chunk(self, *, plain: bool) -> int:
        """Pieces for one worker at a time: a call cannot be interrupted, so no more than it gains from.

        The work of laying weights out is the less the larger a batch is. Where it was done before, a
        batch only has to fill a product, and states that fit in a core's cache are worth more. In plain
        greedy search a sentence has one row to fill it with.
        """
        if self is Routines.ONEDNN:
            return 2048
        return 1024 if plain else 512

    def bands(self, positions: int, env: Mapping[str, str] = os.environ) -> Bands:
        """Lengths that may be padded to one another and give the same numbers in 8 bits, to the last bit.

        Rows of zeros make the routines take another way where a matrix gets wider than a vector, or has
        to be worked on in blocks. oneDNN's are the bands that it has with AVX-512; without, it has none.
        MKL with AVX-512 multiplies one row and a matrix eight steps at a time, then four, then one: only
        lengths that are all eights can be padded freely, others within their last four. What else there
        is of MKL has no such rule. With `TRANSLATE_EXACT=1` only equal lengths share a batch.
        """
        each, longer = range(_VECTOR), range(_BLOCK + 1, positions + 1)
        if self is Routines.MKL or equal_only(env):
            return Bands(range(positions + 1))
        if self is Routines.MKL_512:
            return Bands(
                (*each, *range(_VECTOR, _BLOCK + 1, 4), *longer), frozenset(range(_VECTOR, _BLOCK + 1, 8))
            )
        return Bands((*range(_LEAST_PADDED + 1), _VECTOR, *longer))

    def fills(self, positions: int) -> bool:
        """Whether there are lengths to which a batch can be padded so that shorter sentences may share it."""
        return self is not Routines.MKL and positions >= _BLOCK

    def filled(self, positions: int) -> Bands:
        """Lengths that may share such a batch: all that are summed up at a time."""
        step = 8 if self is Routines.MKL_512 else 1
        return Bands(range(_BLOCK + 1, positions + 1), least=_VECTOR, step=step)


def equal_only(env: Mapping[str, str]) -> bool:
    """Whether only equal lengths are to share a batch, whatever computes."""
    return env.get(EXACT, "") not in ("", "0")


def found(types: Collection[str], cpuinfo: Path = _CPUINFO) -> Routines:
    """Those that CTranslate2 uses here.

    Args:
        types: what it can compute in on a CPU: 16-bit integers with MKL alone.
        cpuinfo: what the system says of its processors. Where it says nothing, the least is assumed.
    """
    if "int16" not in types:
        return Routines.ONEDNN
    try:
        with cpuinfo.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(_FIRST_PROCESSOR).splitlines()
    except OSError:  # not Linux
        return Routines.MKL
    facts = {
        name.strip(): value.split() for name, _, value in (line.partition(":") for line in reversed(lines))
    }
    wide = _WIDE.issubset(facts.get("flags", ()))
    return Routines.MKL_512 if wide and facts.get("vendor_id") == ["GenuineIntel"] else Routines.MKL


def widen(routines: Routines) -> None:
    """Let CTranslate2's own loops use registers of 512 bits as its matrix routines do: before its first work.

    It leaves that to who runs it, since older processors lower their clock for them; where MKL uses them
    they do so anyway. A job is 8 to 10 % faster.
    """
    if routines is Routines.MKL_512:
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")
