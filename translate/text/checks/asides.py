"""What a model puts in brackets behind a name of its own accord: the name again, or made-up letters.

Chinese often has foreign names in brackets (`希贝尔塔（Chiberta）`); a small model has learnt to add them,
but not to spell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from translate.text.checks.changes import Change
from translate.text.tables import folded

_ASIDE: Final = re.compile(r"\s?[(（]([^()（）]+)[)）]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_NAME: Final = re.compile(r"[\u3400-\u9fff·]{2,}")
_ALIKE: Final = 0.6


def made_up(source: str, target: str) -> Iterator[Change]:
    """Brackets of a Chinese translation, of a source that has none, taken out with what is in them.

    Those that hold Latin words which the source does not have, acronyms apart, and those that say the name
    before them again, or nearly so: `史密斯（斯密斯）`.
    """
    if "(" in source or "[" in source:
        return
    known = folded(source)
    for match in _ASIDE.finditer(target):
        if _is_spelled_anew(match[1], known) or _is_again(match[1], target[: match.start()]):
            yield match.start(), match.end(), ""


def _is_spelled_anew(aside: str, source: str) -> bool:
    """True if a word of it is of Latin letters, no acronym, and not the source's (`folded`)."""
    return any(not word.isupper() and folded(word) not in source for word in _LATIN.findall(aside))


def _is_again(aside: str, before: str) -> bool:
    """True if it is a name which is much like what stands right before it, or the very same."""
    if before.endswith(aside):
        return True
    there = before[-len(aside) :]
    if "·" not in aside or not _NAME.fullmatch(aside) or not _NAME.fullmatch(there):
        return False
    return SequenceMatcher(None, aside, there, autojunk=False).ratio() >= _ALIKE
