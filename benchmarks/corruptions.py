"""Mistakes of machine translation, made on purpose in good translations. Seeded: the same every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from translate.domain import Lang
from translate.text.addresses import addresses, found
from translate.text.checks.equivalents import forms
from translate.text.checks.mentions import mentions
from translate.text.names import place
from translate.text.tables import folded, rows

_NUMBER = re.compile(r"(?<![A-Za-z\d.,-])\d+(?:[.,]\d+)*(?![\d.,]*[A-Za-z\d])")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EN_DATE = re.compile(
    rf"\b({'|'.join(_MONTHS)}|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.|Aug\.|Sept\.)(?=\s\d)|(?<=\d\s)({'|'.join(_MONTHS)})\b"
)
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_DAY = re.compile(rf"\b(?:{'|'.join(_EN_DAYS)})\b")
_ZH_DATE = re.compile(r"\d{1,2}(?=月)")
_ZH_DAY = re.compile(r"(?<=[周期])[一二三四五六日](?![个次名])")
_SCALES = {
    Lang.EN: {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"},
    Lang.ZH: {"万亿": "亿", "亿": "万", "万": "亿"},
}
_NOT = {
    Lang.EN: re.compile(
        r"\s(?:not|never)\b(?! only| just| least)|n['’]t\b|\bno longer |\bno (?!doubt|matter|less)(?=\w)"
    ),
    Lang.ZH: re.compile(
        "并非|从未|没有|不会|不能|不得(?!不)|(?<!得)不(?![仅只但断过同少久论管])|未(?!来)|没(?![收落])"
    ),
}
_PLACES = tuple(
    (fr, en, zh) for kind, fr, en, zh in rows("places.tsv", columns=4) if kind == "land" and " " not in en
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A source sentence and its translation."""

    source: str
    target: str
    lang: Lang


Corrupt = Callable[[Pair, random.Random], str | None]
"""Gives the translation with one mistake, or None where there is nothing to get wrong."""


def _numbers(pair: Pair) -> list[re.Match[str]]:
    """The numbers of the translation but for that of the paragraph."""
    skip = re.match(r"\s*\d+[.)]\s", pair.target)
    return [m for m in _NUMBER.finditer(pair.target) if not (skip and m.start() < skip.end())]


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def number_changed(pair: Pair, chance: random.Random) -> str | None:
    found = _numbers(pair)
    if not found:
        return None
    match = chance.choice(found)
    places = [place for place, sign in enumerate(match[0]) if sign.isdigit()]
    at = chance.choice(places)
    digit = chance.choice([sign for sign in "123456789" if sign != match[0][at]])
    return _replaced(pair.target, match, match[0][:at] + digit + match[0][at + 1 :])


def digit_dropped(pair: Pair, chance: random.Random) -> str | None:
    found = [
        m for m in _numbers(pair) if len(m[0]) > 1 and float(m[0].replace(",", "").replace(".", "0")) > 9
    ]
    if not found:
        return None
    match = chance.choice(found)
    at = chance.choice([place for place, sign in enumerate(match[0]) if sign.isdigit()])
    new = (match[0][:at] + match[0][at + 1 :]).strip(".,").replace("..", ".").replace(",,", ",")
    return _replaced(pair.target, match, new) if new and not new.startswith("0") else None


def scale_wrong(pair: Pair, chance: random.Random) -> str | None:
    scales = _SCALES[pair.lang]
    before = r"(?<=\d )" if pair.lang is Lang.EN else r"(?<=\d)"
    found = list(re.finditer(rf"{before}(?:{'|'.join(scales)})", pair.target))
    if not found:
        return None
    match = chance.choice(found)
    return _replaced(pair.target, match, scales[match[0]])


def date_changed(pair: Pair, chance: random.Random) -> str | None:
    """Another month or another day of the week."""
    if pair.lang is Lang.EN:
        found = [*_EN_DATE.finditer(pair.target), *_EN_DAY.finditer(pair.target)]
    else:
        found = [*_ZH_DATE.finditer(pair.target), *_ZH_DAY.finditer(pair.target)]
    if not found:
        return None
    match = chance.choice(found)
    if match[0].isdigit():
        choices = [str(month) for month in range(1, 13)]
    elif pair.lang is Lang.ZH:
        choices = list("一二三四五六日")
    else:
        choices = list(_EN_DAYS if match[0] in _EN_DAYS else _MONTHS)
    others = [each for each in choices if each[:3] != match[0][:3]]
    return _replaced(pair.target, match, chance.choice(others))


def negation_dropped(pair: Pair, chance: random.Random) -> str | None:
    """Every negation of a sentence that has one goes."""
    if not re.search(r"\b(?:ne|n['’])", pair.source) or not re.search(
        r"\b(?:pas|jamais|plus(?! qu)|aucune?)\b(?! (?:seulement|moins|que))", pair.source
    ):
        return None
    found = list(_NOT[pair.lang].finditer(pair.target))
    return _replaced(pair.target, found[0], "") if len(found) == 1 else None


def _named(pair: Pair) -> list[re.Match[str]]:
    """The names of the translation that the source has, too."""
    mentioned = [mention.text for mention in mentions(pair.source) if not mention.is_acronym]
    if pair.lang is Lang.EN:
        wanted = {folded(text) for text in mentioned}
        wanted |= {folded(known.en) for text in mentioned if (known := place(text, land=True))}
        return [
            m
            for m in _WORD.finditer(pair.target)
            if m[0][0].isupper() and folded(m[0].removesuffix("'s")) in wanted
        ]
    places = [known.zh for text in mentioned if (known := place(text, land=True))]
    kept = [text for text in mentioned if text.isascii() and text in pair.target]
    return [m for text in (*places, *kept) for m in re.finditer(re.escape(text), pair.target)][:3]


def name_swapped(pair: Pair, chance: random.Random) -> str | None:
    """One name becomes another one, wherever it stands."""
    found = _named(pair)
    if not found:
        return None
    match = chance.choice(found)
    others = [each for each in _PLACES if each[0] not in pair.source and each[1] not in pair.target]
    _, en, zh = chance.choice(others)
    word = match[0].removesuffix("'s")
    return pair.target.replace(word, en if pair.lang is Lang.EN else zh)


def acronym_dropped(pair: Pair, chance: random.Random) -> str | None:
    """An acronym of the source goes, with its brackets and whatever stands for it in the translation."""
    told = {
        mention.text: _told(mention.text, pair) for mention in mentions(pair.source) if mention.is_acronym
    }
    choices = [forms for forms in told.values() if forms]
    if not choices:
        return None
    text = pair.target
    for form in chance.choice(choices):
        text = re.sub(rf"\s?[(（]?{form}[)）]?", "", text)
    return text if text else None


def _told(acronym: str, pair: Pair) -> tuple[str, ...]:
    """Patterns of the forms of a French acronym that the translation has, the longest first."""
    known = {acronym, *(forms(acronym, pair.lang) or ())}
    border = r"\b" if pair.lang is Lang.EN else ""
    every = (f"{border}{re.escape(form)}{border}" for form in sorted(known, key=len, reverse=True))
    return tuple(form for form in every if re.search(form, pair.target))


def sentence_cut(pair: Pair, chance: random.Random) -> str | None:
    """The last third or more is missing."""
    if not re.search(r"[.!?]$", pair.source) or len(pair.target) < 20:
        return None
    at = int(len(pair.target) * chance.uniform(0.35, 0.65))
    if pair.lang is Lang.EN:
        at = pair.target.rfind(" ", 0, at)
    return pair.target[:at].rstrip(" ,，") if at > 5 else None


def phrase_repeated(pair: Pair, chance: random.Random) -> str | None:
    if pair.lang is Lang.EN:
        words = pair.target.split(" ")
        if len(words) < 10:
            return None
        start, size = chance.randrange(2, len(words) - 6), chance.randint(3, 6)
        return " ".join([*words[: start + size], *words[start:]])
    runs = list(re.finditer(r"[\u3400-\u9fff]{8,}", pair.target))
    if not runs:
        return None
    run = chance.choice(runs)
    size = chance.randint(5, 8)
    return pair.target[: run.start() + size] + pair.target[run.start() :]


def french_left(pair: Pair, chance: random.Random) -> str | None:
    """A few words of the source stand in place of a part of the translation."""
    words = pair.source.split(" ")
    if len(words) < 12:
        return None
    size = chance.randint(4, 6)
    start = chance.randrange(1, len(words) - size)
    left = " ".join(words[start : start + size])
    at = len(pair.target) // 3
    if pair.lang is Lang.EN:
        at = pair.target.find(" ", at) + 1
    end = min(len(pair.target) - 1, at + (len(left) if pair.lang is Lang.EN else len(left) // 3))
    if pair.lang is Lang.EN:
        end = pair.target.find(" ", end)
        left = f"{left}"
    return pair.target[:at] + left + pair.target[end:] if 0 < at < end else None


def address_garbled(pair: Pair, chance: random.Random) -> str | None:
    """An address of the source that stands in the translation loses a letter."""
    there = found(pair.target, addresses(pair.source))
    if not there:
        return None
    address = chance.choice(there)
    at = address.start + chance.choice([place for place, sign in enumerate(address.text) if sign.isalnum()])
    return pair.target[:at] + pair.target[at + 1 :]


CORRUPTIONS: Mapping[str, tuple[Corrupt, frozenset[str]]] = {
    "number changed": (number_changed, frozenset({"numbers", "dates", "percentages", "times"})),
    "digit dropped": (digit_dropped, frozenset({"numbers", "dates", "percentages", "times"})),
    "scale word wrong": (scale_wrong, frozenset({"numbers"})),
    "date changed": (date_changed, frozenset({"dates"})),
    "name swapped": (name_swapped, frozenset({"names"})),
    "acronym dropped": (acronym_dropped, frozenset({"names"})),
    "address garbled": (address_garbled, frozenset({"addresses"})),
    "negation dropped": (negation_dropped, frozenset({"negation"})),
    "sentence cut": (sentence_cut, frozenset({"truncation", "length-ratio"})),
    "phrase repeated": (phrase_repeated, frozenset({"repetition"})),
    "French left in": (french_left, frozenset({"untranslated"})),
}
"""By name: how it is made, and the codes that tell it."""
