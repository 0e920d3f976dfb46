"""CTranslate2, imported so that its threads do not spin for long while they wait for each other.

GNU's OpenMP, which comes with it on Linux, reads its environment once, as it is loaded. Left to itself it
lets a thread that waits spin 300,000 times before it sleeps (GOMP_SPINCOUNT in the manual of libgomp). Where
other processes had the cores, one sentence took up to 45 s so. Told to spin less it took three times as long
as on an idle machine, and there as long as before (`docs/engines.md`).
"""

from __future__ import annotations

import os
from types import ModuleType

_SPINS = {"GOMP_SPINCOUNT": "100000"}  # some 300 us: longer than it takes to wake a thread
_TOLD = ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY")  # who sets these knows better


def _imported() -> ModuleType:
    """The library; only files that are reached through a lazy loader may ask for it.

    What else there is of OpenMP in this process, torch's, does not see what it was told.
    """
    told = {} if any(name in os.environ for name in _TOLD) else _SPINS
    os.environ.update(told)
    try:
        import ctranslate2

        return ctranslate2  # type: ignore[no-any-return]
    finally:
        for name in told:
            os.environ.pop(name, None)


ctranslate2 = _imported()
