"""Tests; a package, so that they can share fixtures and small models."""

from __future__ import annotations

import os

# Models here are tiny: threads only wait for each other. Set before torch is imported, and inherited.
os.environ.setdefault("OMP_NUM_THREADS", "1")
