"""What else this machine is doing at the moment."""

from __future__ import annotations

import os
import time
from pathlib import Path

_LOAD = Path("/proc/loadavg")  # `0.20 0.18 0.12 3/380 11206`: of 380 threads 3 run or wait for a core
_MOMENT_S = 0.001  # others may just be ending: OpenMP's threads spin as long when they are done
_LOOKS = 3


def has_room(threads: int) -> bool:
    """Whether so many threads could have a core each now, beside what others do; True if nobody can tell.

    Takes no time if they could, else up to two milliseconds.
    """
    for look in range(_LOOKS):
        if look:
            time.sleep(_MOMENT_S)
        others = _others()
        if others is None or others + threads <= (os.cpu_count() or 1):
            return True
    return False


def _others() -> int | None:
    """Threads of the system that run or could, without the one that asks; None where it does not say."""
    try:
        return int(_LOAD.read_text("ascii").split()[3].partition("/")[0]) - 1
    except (OSError, ValueError, IndexError):  # not Linux
        return None
