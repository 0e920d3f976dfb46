"""Headlines in capitals as they are written otherwise: `LA BCE RELEVE SES TAUX`, `La BCE relève ses taux`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from translate.domain import Lang
from translate.text.language import small_words
from translate.text.lexicon import KNOWN, RARE, WORD, dictionary_of, name_of, words
from translate.text.tables import folded, rows

_LEAST = 8  # letters of a line that is taken for a headline; fewer may be an acronym and a number
_ACRONYM = 5  # letters at most of what may be one
_TARGETS: Final = (Lang.EN, Lang.ZH)
_TO: Final = frozenset({"a", "à"})
_HAVE: Final = frozenset({"a", "ont", "est", "sont", "été"})
_DONE = re.compile(r"ée?s?$")
_PARTICIPLE = re.compile(r"(?:ée?|i|u|is|it|ert|fait)s?$")


def is_in_capitals(sentence: str) -> bool:
    """True for two words or more in capitals, and none in small letters."""
    if not sentence.isupper():  # nearly all, and soon seen
        return False
    letters = [letter for letter in sentence if letter.isalpha()]
    if len(letters) < _LEAST or not all(letter.isupper() for letter in letters):
        return False
    return len(WORD.findall(sentence)) > 1


def in_small_letters(sentence: str) -> str:
    """The same in small letters, with the capitals and accents that its words have; unknown words are names.

    Where one letter has an accent, all have that should, and no other is put on.
    """
    has_accents = folded(sentence) != " ".join(sentence.lower().replace("’", "'").split())
    found = list(WORD.finditer(sentence))
    pieces, done, before = [], 0, ""
    for number, match in enumerate(found):
        behind = found[number + 1][0].lower() if number + 1 < len(found) else ""
        elided = sentence[match.end() : match.end() + 1] in ("'", "’")
        before = match[0].lower() if elided else _written(match[0], before, behind, has_accents)
        pieces += [sentence[done : match.start()], before]
        done = match.end()
    text = "".join([*pieces, sentence[done:]])
    first = found[0].start() if found else 0
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def _written(word: str, before: str, behind: str, has_accents: bool) -> str:
    small = word.lower()
    if small in _small() or (small in _TO and has_accents):
        return small
    if small in _TO:
        return "a" if _is_participle(behind) else "à"
    if place := _places().get(folded(word)):
        return place
    forms = _forms().get(folded(word), ())
    if has_accents:
        forms = tuple(form for form in forms if form.lower() == small)
    if before in _HAVE:
        forms = (*(form for form in forms if _DONE.search(form)), *forms)
    if forms:
        return forms[0]
    return word if len(word) <= _ACRONYM and "-" not in word else _titled(word)


def _is_participle(word: str) -> bool:
    """True for what may stand behind `a`, has; of a place or a name it is `à`."""
    forms = () if folded(word) in _places() else _forms().get(folded(word), ())
    return any(form.islower() and _PARTICIPLE.search(form) for form in forms)


def _titled(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


@cache
def _small() -> frozenset[str]:
    """Small words, but for those that are two."""
    return frozenset(word.rstrip("'") for word in small_words("fr")) - _TO


@cache
def _places() -> Mapping[str, str]:
    """Places of one word by their letters alone."""
    return {folded(fr): fr for _, fr, _, _ in rows("places.tsv", columns=4) if " " not in fr}


@cache
def _forms() -> Mapping[str, tuple[str, ...]]:
    """All words that are known by their letters alone: common ones first, participles last, names behind."""
    common = {target: set(words(name_of(target), KNOWN)) for target in _TARGETS}
    rare = [set(words(name(target), RARE)) for target in _TARGETS for name in (name_of, dictionary_of)]
    lists = [*common.values(), *rare]
    found: dict[str, list[str]] = {}
    for word in sorted(set().union(*lists)):
        found.setdefault(folded(word), []).append(word)

    def rank(word: str) -> tuple[bool, int, bool]:
        usual = sum(word in those for those in common.values())
        return word[0].isupper(), -usual, bool(_DONE.search(word))

    return {letters: tuple(sorted(forms, key=rank)) for letters, forms in found.items()}
