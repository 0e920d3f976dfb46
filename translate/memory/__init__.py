"""A translation memory: exact hits, human translations first; similar sentences as suggestions.

with Memory.open(default_path()) as memory:
    known = memory.lookup(texts, Lang.EN, recipe)
"""

from __future__ import annotations

from translate.memory.lenient import Lenient
from translate.memory.memory import Memory, default_path
from translate.memory.values import Entry, Holding, Imported, Stats, Stored, Suggestion

__all__ = [
    "Entry",
    "Holding",
    "Imported",
    "Lenient",
    "Memory",
    "Stats",
    "Stored",
    "Suggestion",
    "default_path",
]
