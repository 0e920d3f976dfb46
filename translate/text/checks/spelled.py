"""Number words of French and English: `deux cent cinquante mille`, `twenty-three`, `une trentaine`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from translate.domain import Lang
from translate.text.checks.figures import Figure, Trust, Word, hints, values
from translate.text.tables import rows

# What may stand between two words of one number, and after which roles only.
_JOIN = {Lang.FR: re.compile(r"-|[ \u00a0\u202f]|[ -]et[ -]"), Lang.EN: re.compile(r"-| |[ -]and[ -]")}
_AND = re.compile(r"[ -](?:et|and)[ -]")
_SCORE = 20  # quatre-vingts: the one ten that multiplies
# What makes a fraction of the word before it, and nothing that must be there.
_FRACTION = re.compile(r"[ -](?:tiers|quarts?|demi|thirds?|quarters?|half|halves|fifths?|tenths?|dixièmes)\b")
_HALF = re.compile(r"\s+(?:(?:\w+\s+)?et demie?|and a half)\b(?:\s(million|billion|trillion)\b)?")
_HALVES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}  # three and a half million
_SCALED = re.compile(r"\s+(?:de\s+|d['’])?(milliers|millions|milliards)\b")
_THOUSANDS = {"milliers": 10**3, "millions": 10**6, "milliards": 10**9}
# Where a number counts something else, or nothing: `neuf sur dix`, `pour cent`, `quinze jours`.
_OPENS = re.compile(r"(?:^|[.!?:«“\"(]|--?)\s*$")
_DECADE = re.compile(r"\bannées?\s$")
_BEFORE = re.compile(
    r"(?:pour|tout|remis[es]* à|flambant|quoi de|sur|out of|in|par|d'un|la)\s$", re.IGNORECASE
)
_AFTER = re.compile(r"\s(?:jours|mois|heures|d['’]années|fois)\b")
_SEVERAL = re.compile(r"\b(?:several|few|many|some)\s$", re.IGNORECASE)  # several hundred thousand
_FLOOR = re.compile(r"\s(?:étage|floor)\b")
_AFTER_ONLY = frozenset(
    (
        "huit",
        "quinze",
        "dix-huit",
        "vingt-quatre",
        "quarantaine",
        "cinquantaine",
        "soixantaine",
        "mille",
        "cent",
    )
)
_AFTER_SUR = re.compile(r"\b(?:sur|out of|in every)\s$")
_PART = re.compile(r" d(?:e |['’])")  # un dixième de degré
_PERCENT = re.compile(r"[ -](?:pour cent|percent|per cent)\b")
_HUNDREDS = frozenset(("cents", "vingts", "un cent"))  # alone they are coins, or nothing: 73 cents


@dataclass(frozen=True, slots=True)
class _Word:
    role: str
    value: float


_Part = tuple[_Word, Word]


@cache
def _words(lang: Lang) -> Mapping[str, _Word]:
    return {
        word: _Word(role, float(value))
        for code, role, value, words in rows("checks/numerals.tsv", columns=4)
        if code == lang and role not in ("hint", "span")
        for word in words.split()
    }


@cache
def _hints(lang: Lang) -> Mapping[str, tuple[float, ...]]:
    found: dict[str, tuple[float, ...]] = {}
    for code, role, value, words in rows("checks/numerals.tsv", columns=4):
        if code == lang and role == "hint":
            for word in words.split():
                found[word] = (*found.get(word, ()), float(value))
    return found


@cache
def _spans(lang: Lang) -> tuple[Mapping[str, tuple[float, ...]], re.Pattern[str]]:
    """What multiplies a number before it, and the pattern that finds it."""
    found: dict[str, tuple[float, ...]] = {}
    for code, role, value, words in rows("checks/numerals.tsv", columns=4):
        if code == lang and role == "span":
            for word in words.split():
                found[word] = (*found.get(word, ()), float(value))
    return found, re.compile(rf"[ \u00a0\u2009\u202f]({'|'.join(found)})\b")


def spans(text: str, end: int, lang: Lang) -> tuple[float, ...]:
    """What a number that ends at `end` may be multiplied by: 10 in `trois décennies`."""
    found, pattern = _spans(lang)
    match = pattern.match(text, end)
    return found[match[1]] if match else ()


def names_decade(text: str, start: int) -> bool:
    """True if a French number that begins at `start` is a decade's: `les années 90`."""
    return _DECADE.search(text[max(0, start - 8) : start]) is not None


@cache
def vocabulary(lang: Lang) -> frozenset[str]:
    """Every word of a language that counts or may stand for a number."""
    return frozenset((*_words(lang), *_hints(lang)))


def read(text: str, lang: Lang, written: Sequence[Word]) -> Iterator[Figure]:
    """The numbers among the words of `text`, in order, then what may stand for a number."""
    table, known = _words(lang), _hints(lang)
    parts = [(table[word.text], word) for word in written if word.text in table]
    first = 0
    for place in range(1, len(parts) + 1):
        if place == len(parts) or not _continues(text, parts[place - 1], parts[place], lang):
            yield _figure(text, parts[first:place], lang)
            first = place
    for word in written:
        if found := known.get(word.text):
            yield hints(word.start, word.end, found)


def _continues(text: str, one: _Part, other: _Part, lang: Lang) -> bool:
    """True if two number words are parts of one number: `vingt` + `deux`; not `deux` + `huit`."""
    word, after = one[0], other[0]
    between = text[one[1].end : other[1].start]
    if not _JOIN[lang].fullmatch(between):
        return False
    if _AND.fullmatch(between):
        joins = ("ten",) if lang is Lang.FR else ("hundred", "scale")
        return word.role in joins and after.role != "about" and (lang is Lang.EN or after.value in (1, 11))
    if after.role in ("hundred", "scale"):
        return word.role != "ordinal"
    if word.role in ("hundred", "scale"):
        return True
    if after.role == "ten":
        return after.value == _SCORE and word.value == 4
    return (
        word.role == "ten"
        or word.value == 1
        or (word.value == 10 and lang is Lang.FR and after.value in (7, 8, 9))
    )


def _figure(text: str, parts: Sequence[_Part], lang: Lang) -> Figure:
    words = [word for word, _ in parts]
    start, end = parts[0][1].start, parts[-1][1].end
    written = text[start:end]
    several = {_sum(words)}
    if half := _HALF.match(text, end):  # quatre et demi: the half may stand elsewhere in the translation
        scale = _HALVES.get(half[1], 1.0)
        several = {value * scale for value in several}
        last = max((word.value for word in words if word.role == "scale"), default=scale)
        several = {*several, *(value + last / 2 for value in several)}
        end = half.end() if words[-1].role == "scale" or half[1] else end
    elif words[-1].role == "about" and (more := _SCALED.match(text, end)):
        several, end = {value * _THOUSANDS[more[1]] for value in several}, more.end()
    elif times := spans(text, end, lang):
        several |= {value * each for value in several for each in times}
    if lang is Lang.FR and names_decade(text, start):  # années soixante
        several |= {1900 + value for value in several}
    if [word.role for word in words] == ["scale"]:  # un demi-million, half a million
        several |= {value / 2 for value in several}
    sure = min(several) > 2 and not _is_vague(text, start, end, written, words)
    percent = _PERCENT.match(text, end) is not None
    return Figure(start, end, values(*several), Trust.SPELLED if sure else Trust.HINT, percent=percent)


def _is_vague(text: str, start: int, end: int, written: str, words: list[_Word]) -> bool:
    """True for words that count nothing, or that other languages count otherwise."""
    lower, before = written.lower(), text[max(0, start - 14) : start]
    if len(words) == 1 and words[0].role in ("scale", "about"):
        return True
    if words[-1].role == "ordinal" and [word.value for word in words if word.value != 1] == [
        3
    ]:  # un troisième
        return True
    if _SEVERAL.search(before) and all(word.role in ("hundred", "scale") for word in words):
        return True
    if (words[-1].role == "about" and words[-1].value < 20) or _FLOOR.match(text, end):
        return True
    if words[-1].role == "ordinal" and words[-1].value >= 10 and _PART.match(text, end):
        return True
    is_joined = text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper()
    if written[0].isupper() and (is_joined or not _OPENS.search(before)):  # a name: Trois-Rivières
        return True
    last = lower.rsplit(" ", 1)[-1]
    if lower in _HUNDREDS or (last == "quarantaine" and not _PART.match(text, end)):  # illness, not forty
        return True
    if last in _AFTER_ONLY and _AFTER.match(text, end):
        return True
    if _AFTER_SUR.search(before) or _FRACTION.match(text, end):
        return True
    return last in ("cent", "neuf", "cinquantaine", "quarantaine") and bool(_BEFORE.search(before))


def _sum(words: list[_Word]) -> float:
    """The value of the words of one number."""
    total = current = 0.0
    if len(words) > 1 and words[0].value == 1 and words[1].role not in ("hundred", "scale"):
        words = words[1:]  # un septième mandat, une vingtaine
    for word in words:
        if word.role == "hundred":
            current = max(current, 1) * word.value
        elif word.role == "scale":
            if total and not current:  # mille milliards
                total *= word.value
            else:
                total, current = total + max(current, 1) * word.value, 0
        elif word.value == _SCORE and current % 100 == 4:
            current += 4 * _SCORE - 4
        else:
            current += word.value
    return total + current
