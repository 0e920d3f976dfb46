"""Given names that French has as common words or places, too: Olivier, Florence.

Who looks up a capital's word among words and places would make an olive tree of Olivier Martin, and a town of
Florence Martin. The name that follows tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from translate.text.tables import rows

# A name with small letters, so not `Léon XIV`; towns lend theirs to what is no person.
_NAME_FOLLOWS: Final = re.compile(
    r"[ \u00a0](?:(?:v[ao]n|ben|bin|al|el) )?"
    r"(?!(?:Airport|Falls|Harbou?r|International|Métropole|Morning|Opera|Park|University)\b)"
    r"(?:[dDlLN]['’])?[A-ZÀ-ÖØ-Ý][\w'’-]*[a-zà-öø-ÿ]"
)


@dataclass(frozen=True, slots=True)
class GivenName:
    """`chinese`: how Chinese writes it; `is_place`: a place has the same name, else a common word."""

    chinese: str
    is_place: bool


def given_name(word: str) -> GivenName | None:
    """A word with a capital as a given name; None if it is none, or nothing else."""
    return _given_names().get(word)


def is_followed_by_name(sentence: str, end: int) -> bool:
    """True if a name stands right behind the word that ends at `end`: `Olivier` in `Olivier Martin`."""
    return _NAME_FOLLOWS.match(sentence, end) is not None


@cache
def _given_names() -> Mapping[str, GivenName]:
    return {
        french: GivenName(chinese, kind == "place")
        for french, chinese, kind in rows("given_names.tsv", columns=3)
    }
