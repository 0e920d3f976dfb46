"""Names that a model was given in Chinese and copied with a slip: 爱斯坦, of Epstein, 爱泼斯坦."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.lexicon import WORD, name

Span = tuple[int, int]

_LEAST: Final = 4  # signs of a name: a slip of a shorter one may be another


def copied(source: str, target: str) -> Iterator[Change]:
    """Rare names of the source as the dictionary writes them, where the translation has all signs but one."""
    names = dict.fromkeys(match[0] for match in WORD.finditer(source) if match[0][0].isupper())
    forms = dict.fromkeys(form for each in names if (form := name(each, Lang.ZH)))
    found = {form: _places(form, target, forms) for form in forms if len(form) >= _LEAST}
    for form, places in found.items():
        others = [place for other in found.keys() - {form} for place in found[other]]
        if len(places) == 1 and not any(_touch(places[0], place) for place in others):
            yield *places[0], form


def _places(form: str, target: str, names: Collection[str]) -> list[Span]:
    """Where a name is written with a slip that is no other of the names."""
    others = target.replace(form, "\0" * len(form))  # a name that says a sign twice has its slip in it
    return [match.span() for match in _slips(form).finditer(others) if match[0] not in names]


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@lru_cache(maxsize=1024)
def _slips(form: str) -> re.Pattern[str]:
    """The name without one of its inner signs, or with a letter for the first.

    Another sign in its place is no slip for sure: names are transliterated in more than one way.
    """
    ways = [form[:place] + form[place + 1 :] for place in range(1, len(form) - 1)]
    return re.compile("|".join([f"[A-Z]{form[1:]}", *ways]))
