"""Sums of money: the currency of a sum must be its currency in the translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from translate.domain import Finding, Lang, Severity
from translate.text.checks.scales import SHORT
from translate.text.tables import folded, rows

_SPACE = r"[ \u00a0\u202f]"
_DIGIT = re.compile(r"\d")
_AMOUNT = (
    rf"\d(?:[\d.,]|{_SPACE})*(?:(?:milliers|millions?|milliards?|billions?){_SPACE}d(?:e{_SPACE}|['’])"
    rf"|{SHORT}(?:{_SPACE}d(?:e{_SPACE}|['’]))?)?"
)


@cache
def _forms() -> Mapping[str, Mapping[Lang, re.Pattern[str]]]:
    """By French word: what names the currency in each target."""
    found: dict[str, Mapping[Lang, re.Pattern[str]]] = {}
    for fr, en, zh in rows("checks/currencies.tsv", columns=3):
        english = re.compile("|".join(re.escape(form) for form in en.split("; ")))
        chinese = re.compile("|".join(zh.split("; ")))
        found |= {word: {Lang.EN: english, Lang.ZH: chinese} for word in fr.split("; ")}
    return found


@cache
def _sums() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_forms(), key=len, reverse=True))
    return re.compile(rf"{_AMOUNT}\s?({words})(?!\w)")


def named(text: str, end: int, lang: Lang) -> bool:
    """True if a currency is named right behind a number of `text` that ends at `end`."""
    return _behind(lang).match(text, end) is not None


@cache
def _behind(lang: Lang) -> re.Pattern[str]:
    columns = {Lang.FR: 0, Lang.EN: 1, Lang.ZH: 2}
    cells = (row[columns[lang]] for row in rows("checks/currencies.tsv", columns=3))
    forms = sorted((form for cell in cells for form in cell.split("; ")), key=len, reverse=True)
    if lang is Lang.ZH:
        return re.compile(rf"[多余]?{_SPACE}?(?:[\u3400-\u9fff]{{0,3}}(?:{'|'.join(forms)}))")
    words = "|".join(re.escape(form) for form in forms)
    if lang is Lang.EN:  # the head of a word: `krona` of `kron`
        return re.compile(rf"(?:{_SPACE}|-)(?:[A-Z]\w+ )?(?:{words})\w{{0,3}}(?!\w)")
    return re.compile(rf"{_SPACE}?(?:de{_SPACE}|d['’])?(?:{words})(?!\w)")


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Each currency of the source that the translation does not name, once."""
    if not _DIGIT.search(source):
        return
    told = folded(target) if lang is Lang.EN else target
    seen: set[re.Pattern[str]] = set()
    for match in _sums().finditer(source):
        form = _forms()[match[1]][lang]
        if form in seen or form.search(told):
            continue
        seen.add(form)
        message = f"“{match[1]}” is not in the translation"
        yield Finding("currencies", Severity.ERROR, message, source_span=(match.start(1), match.end(1)))
