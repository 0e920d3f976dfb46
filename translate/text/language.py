"""Is it French? Counts small words of nine languages and letters of other scripts. No model, no network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from translate.errors import InputError
from translate.text.tables import rows

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*['’]?")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]$")
_FRENCH_LETTERS = frozenset("çéèêëîïôùûœ")
_SAMPLE_CHARACTERS = 20_000  # more text does not change the answer

# Small words (or as much other evidence) needed, and the share of French below which a text is refused.
# Related languages share many words with French, so a short text is only refused when it is clear.
_REFUSED = ((8.0, 0.4), (3.5, 0.2))

_QUOTED = re.compile(r'«[^«»]{0,2000}»|“[^“”]{0,2000}”|"[^"\n]{0,2000}"')


@dataclass(frozen=True, slots=True)
class _Evidence:
    french: float
    other: Mapping[str, float]
    scripts: Mapping[str, int]  # letters of other scripts

    @property
    def total(self) -> float:
        return self.french + sum(self.other.values()) + sum(self.scripts.values()) / 2

    @property
    def share(self) -> float:
        return self.french / self.total if self.total else 1.0

    @property
    def best_guess(self) -> str:
        candidates = {**self.other, **{script: count / 2 for script, count in self.scripts.items()}}
        if {"HIRAGANA", "KATAKANA"} & set(self.scripts):
            return "Japanese"  # which has more Chinese signs than its own
        name = max(candidates, key=lambda key: candidates[key], default="")
        return _NAMES.get(name, name)


_NAMES = {
    "en": "English",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "de": "German",
    "nl": "Dutch",
    "ro": "Romanian",
    "ca": "Catalan",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "Russian or another language in Cyrillic script",
    "ARABIC": "Arabic or another language in Arabic script",
    "GREEK": "Greek",
    "HEBREW": "Hebrew",
    "THAI": "Thai",
    "DEVANAGARI": "Hindi or another language in Devanagari script",
}


def french_share(text: str) -> float:
    """How much of the evidence in `text` is French, from 0 to 1. Without any evidence: 1."""
    return _evidence(text).share


def require_french(text: str, name: str, force: bool = False) -> None:
    """Returns if `text` may be French; a text too short to tell passes, and so does any with `force`.

    Raises:
        InputError: there is enough evidence, and most of it is not French.
    """
    if force:
        return
    evidence = _evidence(text)
    if not any(evidence.total >= enough and evidence.share < share for enough, share in _REFUSED):
        return
    raise InputError(
        f"this does not look like French (it looks like {evidence.best_guess})",
        path="standard input" if name == "-" else name,
        hint="the source must be French; use --force to translate it all the same",
    )


def _evidence(text: str) -> _Evidence:
    """Evidence outside quotation marks, where a French dispatch may speak English; else all of it."""
    sample = unicodedata.normalize("NFC", _sample(text)).casefold().replace("’", "'")
    narrated = _count(_QUOTED.sub(" ", sample))
    return narrated if narrated.total >= _REFUSED[-1][0] else _count(sample)


def _count(sample: str) -> _Evidence:
    scripts: dict[str, int] = {}
    for char in sample:
        if char > "\u036f" and char.isalpha() and (script := _script(char)):
            scripts[script] = scripts.get(script, 0) + 1
    french, other = 0.0, dict.fromkeys(_languages(), 0.0)
    known = _small_words()
    for word in _words(sample):
        languages = known.get(word)
        if languages is None:
            if not _FRENCH_LETTERS.isdisjoint(word) and len(word) > 3:
                french += 0.25  # é and è stand in other languages too
            continue
        for language in languages:
            if language == "fr":
                french += 1 / len(languages)
            else:
                other[language] += 1 / len(languages)
    return _Evidence(french, _strongest(other), scripts)


def _strongest(other: dict[str, float]) -> dict[str, float]:
    """Only the best other language counts: related ones share words, and would outvote French together."""
    best = max(other, key=lambda language: other[language])
    return {best: other[best]} if other[best] else {}


def _sample(text: str) -> str:
    """The text, or its beginning and its middle if it is long: menus and credits stand at the ends."""
    if len(text) <= _SAMPLE_CHARACTERS:
        return text
    half, middle = _SAMPLE_CHARACTERS // 2, len(text) // 2
    return text[:half] + "\n" + text[middle : middle + half]


def _words(sample: str) -> list[str]:
    """Words in lower case; `l'`, `qu'`… are words of their own, `aujourd'` and `rock'` lose the sign."""
    found = (match.group() for match in _WORD.finditer(sample))
    return [word if _ELISION.match(word) else word.rstrip("'") for word in found]


def _script(char: str) -> str | None:
    """The script of a letter by its Unicode name; None for Latin."""
    script = unicodedata.name(char, "").partition(" ")[0]
    return script if script in _NAMES else None


@cache
def small_words(language: str) -> frozenset[str]:
    """The words that show a language, by its code: `la`, `d'`."""
    (words,) = (words for code, words in rows("stopwords.tsv", columns=2) if code == language)
    return frozenset(words.split())


@cache
def _small_words() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, words in rows("stopwords.tsv", columns=2):
        for word in words.split():
            table[word] = (*table.get(word, ()), language)
    return table


@cache
def _languages() -> tuple[str, ...]:
    return tuple(language for language, _ in rows("stopwords.tsv", columns=2) if language != "fr")
