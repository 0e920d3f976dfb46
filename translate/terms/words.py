"""The words of a French text as terms compare them: elision, hyphens and quotation marks do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

# A word, or a sign that is none. Apostrophes, hyphens and quotation marks only part words: `l'OIM`.
_TOKEN = re.compile(r"[^\W_]+|[^\w\s'’ʼ`´\"«»“”„\-‐‑‒–—]")
_JOIN = re.compile(r"(?:\s|[\"«»“”„])*(?:['’ʼ`´]\s?|[-‐‑‒–—](?!\s)|(?<!\s)[-‐‑‒–—]\s)?(?:\s|[\"«»“”„])*")
_CLOSING = re.compile(r"\s?[\"»”]")
_HYPHENS: Final = frozenset("-‐‑‒–")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})

ARTICLES: Final = frozenset({"le", "la", "les", "l"})
CONTRACTIONS: Final = frozenset({"du", "des", "au", "aux"})


class Word(NamedTuple):
    """A word of a text and its place; `key` is what all forms of the word have in common."""

    text: str
    start: int
    end: int
    key: str


def words(text: str) -> list[Word]:
    """The words and other signs of `text`, in order."""
    return [Word(m[0], m.start(), m.end(), key(m[0])) for m in _TOKEN.finditer(text)]


def first_word(text: str) -> str:
    """The first word or sign of `text` that is not an article before others; nothing if there is none."""
    found = _TOKEN.finditer(text)
    first = next(found, None)
    if first is None:
        return ""
    second = next(found, None) if first[0].lower() in ARTICLES else None
    return (second or first)[0]


def bare(text: str) -> str:
    """The words and signs of `text` without capitals, accents and hyphens: equal for equal names."""
    plain = folded(text)
    return plain if plain.isalnum() else " ".join(_TOKEN.findall(plain))


def is_joined(text: str, start: int, end: int) -> bool:
    """True if what is between two words can stand inside a term: a space, an apostrophe, a hyphen."""
    return _JOIN.fullmatch(text, start, end) is not None


def closed(text: str, start: int, end: int) -> int:
    """Where a term that ends at `end` does: behind a quotation mark that closes one inside it."""
    inside = text[start:end]
    if (
        inside.count('"') % 2
        or inside.count("«") > inside.count("»")
        or inside.count("“") > inside.count("”")
    ):
        closing = _CLOSING.match(text, end)
        return closing.end() if closing else end
    return end


def hangs_before(text: str, start: int) -> bool:
    """True if a hyphen ties what begins at `start` to a word before it."""
    return start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum()


def word_before(text: str, end: int) -> str:
    """The letters and digits right before `end`."""
    start = end
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:end]


def hangs_after(text: str, end: int) -> bool:
    """True if a hyphen ties what ends at `end` to a word after it."""
    return end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum()


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Lower case, without accents and ligatures."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.translate(_LIGATURES).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_ENDINGS = (  # what plural and feminine make of the end of a word, after its last e, s and x are gone
    (("tric", "teur", "teu"), "teu"),
    (("eur", "eu"), "eu"),
    (("eau", "el"), "el"),
    (("al", "au"), "al"),
    (("if", "iv"), "if"),
    (("f", "v"), "f"),
    (("qu", "ch", "c"), "c"),
)
_DOUBLES = ("ll", "nn", "tt")


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """What a word shares with its plural and its feminine; other words may share it too."""
    bare = folded(word)
    if len(bare) < 4 or not bare.isalpha():
        return bare
    bare = bare.rstrip("esx") or bare
    if bare.endswith(_DOUBLES):
        bare = bare[:-1]
    for endings, common in _ENDINGS:
        for ending in endings:
            if bare.endswith(ending):
                return bare.removesuffix(ending) + common
    return bare


@lru_cache(maxsize=65536)
def is_same(term: str, word: str) -> bool:
    """True if `word` is the term's word, in whatever case.

    An accent may be missing from a capital (`Etat`, `État`), and from names (`Erdogan`), not from a small
    letter: `péché` is no `pêche`. But `Crête` is not `Crète`, nor `Berné` `Berne`.
    """
    if folded(term) != folded(word):
        return False
    ours, theirs = term.translate(_LIGATURES), word.translate(_LIGATURES)
    if term[:1].isupper():
        return not _is_another(ours.lower(), theirs.lower())
    return all(
        a == b.lower() or a.isupper() or b.isupper() or b == a.lower()
        for a, b in zip(ours, theirs, strict=False)
    )


def _is_another(name: str, word: str) -> bool:
    """True if the word has another accent than the name, or is a participle where the name has a plain e."""
    letters = zip(name, word, strict=False)
    if any(a != b and folded(a) not in (a, b) for a, b in letters):
        return True
    return word.rstrip("s").endswith("é") and name.rstrip("s").endswith("e")


@lru_cache(maxsize=65536)
def is_inflected(term: str, word: str) -> bool:
    """True if `word` is the plural, the feminine, or another such form of the term's word."""
    if len(term) < 3 or term.isupper() or not term.isalpha():
        return False
    return any(is_same(form, word) for form in _forms(term))


def is_plural(term: str, word: str) -> bool:
    """True if `word`, a form of the term's word, is its plural."""
    return folded(word)[-1] in "sx" and folded(term)[-1] not in "sxz"


@lru_cache(maxsize=65536)
def _forms(word: str) -> frozenset[str]:
    """Every form of a noun or an adjective, made by rule; some that do not exist are among them."""
    bases = {word}
    if word[0].islower():  # `demandeurs d'asile` is found in the singular too; `Horizons` is a name
        bases |= _singulars(word)
        bases |= {base for plural in tuple(bases) for base in _masculines(plural)}
    single = bases | {form for base in bases for form in _feminines(base)}
    return frozenset(single | {form for one in single for form in _plurals(one)})


def _ended(word: str, *changes: tuple[str, str]) -> set[str]:
    return {
        word[: len(word) - len(old)] + new
        for old, new in changes
        if word.endswith(old) and len(word) > len(old) + 1
    }


def _plurals(word: str) -> set[str]:
    if word[-1] in "sxz":
        return {word}
    return {word + "s"} | _ended(word, ("al", "aux"), ("au", "aux"), ("eu", "eux"), ("ail", "aux"))


def _singulars(word: str) -> set[str]:
    return _ended(word, ("s", ""), ("aux", "al"), ("aux", "au"), ("eux", "eu"))


_GENDERS = (
    ("er", "ère"),
    ("eux", "euse"),
    ("eur", "euse"),
    ("teur", "trice"),
    ("if", "ive"),
    ("f", "ve"),
    ("en", "enne"),
    ("on", "onne"),
    ("el", "elle"),
    ("eau", "elle"),
    ("et", "ète"),
    ("et", "ette"),
    ("ec", "ecque"),
    ("c", "que"),
    ("c", "che"),
)


def _feminines(word: str) -> set[str]:
    plain = {word + "e"} if word[-1] != "e" else set()
    return plain | _ended(word, *_GENDERS)


def _masculines(word: str) -> set[str]:
    return _ended(word, ("e", ""), *((feminine, masculine) for masculine, feminine in _GENDERS))
