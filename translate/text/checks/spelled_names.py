"""Names that a model gets wrong in English: Elkabach for `Elkabbach`, Mauritius for `Maurice`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.likeness import distance, heard
from translate.text.checks.spelling import has, is_english, is_name
from translate.text.given_names import given_name, is_followed_by_name
from translate.text.lexicon import meanings
from translate.text.tables import folded

_NAME: Final = re.compile(r"(?<![\w@#/.'’-])[A-ZÀ-Þ][a-zß-ÿœ]+(?:-[A-ZÀ-Þ][a-zß-ÿœ]+)*(?![\w@/-])")
# Peoples and lands have English forms: Ephésiens, Ephesians; Kirvanie, Kirvania.
_TRANSLATED: Final = re.compile(r"(?:[ée]ens?|iens?|ains?|ais|ois|istes?|ie)$")
_LEAST, _LONG = 5, 7  # letters of a name that is looked at; of one in which two letters may be wrong


def respelled(source: str, target: str) -> Iterator[Change]:
    """Names of an English translation as the source spells them, where the model made a slip.

    What English has, what may be a transliteration, and what two names of the source may have become stays.
    """
    wrong = [match for match in _NAME.finditer(target) if _is_nothing(match[0], source)]
    if not wrong:
        return
    said = folded(target)
    names = {folded(match[0]): match[0] for match in _NAME.finditer(source) if _is_copied(source, match)}
    missing = {name: written for name, written in names.items() if name not in said}
    for match in wrong:
        if written := _meant(folded(match[0]), missing):
            yield match.start(), match.end(), written


def renamed(source: str, target: str) -> Iterator[Change]:
    """Given names as the source has them, where the translation has the place instead: Mauritius Dahan."""
    for match in _NAME.finditer(source):
        name = given_name(match[0])
        if name is None or not name.is_place or not is_followed_by_name(source, match.end()):
            continue
        family = _NAME.match(source, match.end() + 1)
        for place in meanings(match[0], Lang.EN) if family else ():
            at = target.find(f"{place} {family[0]}") if family else -1
            if at >= 0 and folded(place) != folded(match[0]):
                yield at, at + len(place), match[0]
                break


def _is_nothing(word: str, source: str) -> bool:
    """True for what is no word or name of English, nor one of the source."""
    if len(word) < _LEAST - 1 or "-" in word or is_name(word) or is_english(word.lower()):
        return False
    return not has(source, folded(word))


def _is_copied(source: str, match: re.Match[str]) -> bool:
    """True for a name that has no other form in English; the first word is one if another name follows."""
    is_first = not source[: match.start()].strip(" «»“”\"'")
    if len(match[0]) < _LEAST or _TRANSLATED.search(match[0]) or meanings(match[0], Lang.EN):
        return False
    return not is_first or is_followed_by_name(source, match.end())


def _meant(word: str, names: Mapping[str, str]) -> str:
    """The one name of the source that a folded word is a slip of; nothing if none is, or several are."""
    near = [
        written
        for name, written in names.items()
        if name[0] == word[0]
        and 0 < distance(name, word) <= 1 + (len(name) >= _LONG)
        and heard(name) != heard(word)
    ]
    return near[0] if len(near) == 1 else ""
