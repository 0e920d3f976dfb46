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

# One before it, that is no island, saint or other part of a place's name, nor what opens a sentence.
_NO_NAME: Final = (
    "Île|Ile|Îles|Iles|Saint|Sainte|Le|La|Les|En|A|À|Au|De|Du|Nouvelle|Grande?|Port|Fort|Mont|Santa|San|New|Nord|Sud"
    "|Est|Ouest|Ville|Aéroport|Université|République|Selon|Pour|Avec|Sans|Dans|Hier|Depuis|Chez|Mais|Et|Ou|Quand|Si"
    "|Comme|Vers|Entre|Sur|Sous|Contre|Malgré|Après|Avant|Pendant|Quant|Face|Même|Outre|Par|Puis|Donc|Car|Que|Qui"
)
_NAME_BEFORE: Final = re.compile(
    rf"(?<![\w'’-])(?!(?:{_NO_NAME})\b)[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ]+)?[ \u00a0]$"
)
_BEFORE: Final = 24  # letters in which such a name stands


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


def is_behind_name(sentence: str, start: int) -> bool:
    """True if another name stands right before the word that begins there: `Maurice` in `Théo Maurice`."""
    return _NAME_BEFORE.search(sentence, max(0, start - _BEFORE), start) is not None


@cache
def _given_names() -> Mapping[str, GivenName]:
    return {
        french: GivenName(chinese, kind == "place")
        for french, chinese, kind in rows("given_names.tsv", columns=3)
    }
