"""Tests; a package, so that they can share fixtures and small models."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Models here are tiny: threads only wait for each other. Set before torch is imported, and inherited.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Models fetched and converted while testing stay out of the user's own store and cache.
# A test's own subprocess may import this package too, and then keeps the store it was given.
if "TRANSLATE_TEST_RUN" not in os.environ:
    _HOME = tempfile.mkdtemp(prefix="translate-tests-")
    atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
    os.environ |= {"TRANSLATE_HOME": _HOME, "TRANSLATE_TEST_RUN": "1"}
