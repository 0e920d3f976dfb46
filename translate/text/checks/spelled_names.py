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
from translate.text.lexicon import meanings, name
from translate.text.tables import folded

_NAME: Final = re.compile(r"(?<![\w@#/.'’-])[A-ZÀ-Þ][a-zß-ÿœ]+(?:-[A-ZÀ-Þ][a-zß-ÿœ]+)*(?![\w@/-])")
_TOWN: Final = re.compile(r"(?<![\w@#/.'’-])[A-ZÀ-Þ][a-zß-ÿœ]{2,}(?:-[\w'’]{2,}){2,}(?![\w@/-])")
# Peoples and lands have English forms: Ephésiens, Ephesians; Kirvanie, Kirvania.
_TRANSLATED: Final = re.compile(r"(?:[ée]ens?|iens?|ains?|ais|ois|istes?|ie)$")
_UMLAUT: Final = re.compile(r"([aou])e")
_LEAST, _LONG = 5, 7  # letters of a name that is looked at; of one in which two letters may be wrong


def respelled(source: str, target: str) -> Iterator[Change]:
    """Names of an English translation as the source spells them, where the model made a slip.

    What English has, what may be a transliteration, and what two names of the source may have become stays.
    """
    yield from _respelled(source, target)
    yield from _in_parts(source, target)


def _in_parts(source: str, target: str) -> Iterator[Change]:
    """Towns with hyphens that begin as one of the source and have as many parts: Vaison-la-Roma."""
    towns = [match[0] for match in _TOWN.finditer(source)]
    for match in _TOWN.finditer(target) if towns else ():
        shape = (match[0].partition("-")[0], match[0].count("-"))
        near = [town for town in towns if (town.partition("-")[0], town.count("-")) == shape]
        is_said = folded(match[0]) in map(folded, towns)
        if len(near) == 1 and not is_said and near[0] not in target:
            yield *match.span(), near[0]


def _respelled(source: str, target: str) -> Iterator[Change]:
    wrong = [match for match in _NAME.finditer(target) if _is_nothing(match[0], source)]
    if not wrong:
        return
    said = folded(target)
    names = {folded(match[0]): match[0] for match in _NAME.finditer(source) if _is_copied(source, match)}
    missing = {plain: written for plain, written in names.items() if plain not in said}
    for match in wrong:
        if written := _meant(folded(match[0]), missing):
            yield match.start(), match.end(), written


def slip_of(word: str, source: str, names: Mapping[str, str]) -> str:
    """The one name that a word with a capital is a slip of; nothing where it may be a word or name itself.

    `names`: of the source, by what they are without accents, in small letters.
    """
    return _meant(folded(word), names) if word[0].isupper() and _is_nothing(word, source) else ""


def renamed(source: str, target: str) -> Iterator[Change]:
    """Given names as the source has them, before a family's name that the translation has: Edward Philippe.

    Not where they are transliterated; nor a title, of which nothing says that the given name was meant.
    """
    for match in _NAME.finditer(source):
        family = _NAME.match(source, match.end() + 1)
        if family is None or not is_followed_by_name(source, match.end()) or not _is_given_name(match[0]):
            continue
        if re.search(rf"\b{re.escape(match[0])}\b", target):
            continue
        for said in re.finditer(rf"\b([A-Z]\w{{3,}}) {re.escape(family[0])}\b", target):
            if not has(source, folded(said[1])) and _is_for(match[0], said[1]):
                yield *said.span(1), match[0]
                break


def _is_given_name(word: str) -> bool:
    """True for a name that the dictionary knows, if it is no common word, or a given name as well."""
    return given_name(word) is not None or (name(word, Lang.ZH) != "" and not meanings(word.lower(), Lang.EN))


def _is_for(given: str, said: str) -> bool:
    """True if a word before the family's name must be for a given name, in whose place it stands.

    It is what that is as a place or as a word (Victory, of `Victoire`), or a slip; a real name only if the
    given name is known to be taken for others.
    """
    known = (*meanings(given, Lang.EN), *meanings(given.lower(), Lang.EN))
    if said.lower() in map(str.lower, known):
        return given_name(given) is not None
    word, right = folded(said), folded(given)
    is_spelled = heard(word) == heard(right) or _UMLAUT.sub(r"\1", word) == right
    if is_spelled or word[0] != right[0] or is_english(word):
        return False
    return given_name(given) is not None or not is_name(said)


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
        for plain, written in names.items()
        if plain[0] == word[0]
        and 0 < distance(plain, word) <= 1 + (len(plain) >= _LONG)
        and heard(plain) != heard(word)
    ]
    return near[0] if len(near) == 1 else ""
