"""What an engine is asked to lead its model to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from translate.domain import Hypothesis


def _always(said: Hypothesis) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of `forms` is to stand in the translation of `sentence`; `said` is a translation that lacks them.

    `suits`: what the caller thinks of an answer; the first that suits ends the search. `places`: how many
    places for a form are tried at most, the likeliest first.
    """

    sentence: str
    said: str
    forms: tuple[str, ...]
    places: int = 4
    suits: Callable[[Hypothesis], bool] = field(default=_always, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What a translation must not say. `words`: as the model wrote them."""

    sentence: str
    words: tuple[str, ...]
