"""What an engine is asked to lead its model to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """`form` is to stand in the translation of `sentence`; `said` is a translation that lacks it."""

    sentence: str
    said: str
    form: str
