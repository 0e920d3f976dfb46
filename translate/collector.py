"""Python's garbage collector in processes of our own."""

from __future__ import annotations

import gc

# New objects after which it looks for rings among them. Modules, patterns and glossaries are many objects and
# stay: to look through them again and again while they are made takes a twentieth of a start, and while
# answers are read a hundredth of a job.
_YOUNG = 100_000


def relax() -> None:
    """Let the collector look for rings more seldom. Not for a process that belongs to somebody else."""
    gc.set_threshold(_YOUNG)
