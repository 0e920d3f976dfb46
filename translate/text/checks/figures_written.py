"""Numbers that a translation writes as French does: 1,4 for 1.4, thousands set apart by points or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.spacing import HAN, SPACE
from translate.text.house.plain import ordinal

# A French number: with a decimal comma, or with its thousands set apart by points or spaces.
_FRENCH_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:{SPACE}\d{{3}})+(?:,\d+)?"
    r"|\d+,(?:\d{1,2}|\d{4,}))(?![\d.,]*\d)",
    re.ASCII,
)
_GROUPED = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:(?:\.|{SPACE})\d{{3}})+(?!\d)", re.ASCII)
_APART = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:(?:{SPACE}| , )\d{{3}})+(?!\d)", re.ASCII)
_PARAGRAPH = re.compile(rf"(?:(?<=[。！？”])|(?<=[.!?\"] )|^)(\d{{1,3}})\. (?=[A-Z“\"{HAN}\d])")
# Types of aircraft: 747-400F, A320-200.
_AIRCRAFT = re.compile(
    r"\b(?:Boeing|Airbus|ATR|CRJ|Embraer|Antonov|Tupolev|Soukhoï|MD|ERJ)[ -]?[A-Z]{0,3}-?(\d+)-(\d+)"
)
_RANGE = re.compile(r"\d(?:至|到| to )\d")
_SCALE = re.compile(r"\s?(?:thousand|million|billion|trillion)\b|\s?[十百千万亿]")
_SECTION = re.compile(r"(?:\bart(?:icles?)?|\bsections?|\bversions?|§)\.?\s*$", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<![\w.,])(?P<number>\d{1,4})(?P<end>st|nd|rd|th)\b", re.ASCII)
_GOES_ON = re.compile(r"[\d(]|[.,]\d")  # what makes a longer number, or an article of a law


def in_english(source: str, target: str) -> Iterator[Change]:
    """English numbers that stand in the target exactly as in the source, in French form."""
    return _numbers(source, target, Lang.EN)


def in_chinese(source: str, target: str) -> Iterator[Change]:
    """Chinese ones with a decimal comma, or with points."""
    return _numbers(source, target, Lang.ZH)


def ordinals(source: str, target: str) -> Iterator[Change]:
    """The right ending of an English ordinal: 13rd is 13th, 21th is 21st."""
    for match in _ORDINAL.finditer(target):
        right = ordinal(int(match["number"]))[len(match["number"]) :]
        if match["end"] != right:
            yield match.start("end"), match.end("end"), right


def of_aircraft(source: str, target: str) -> Iterator[Change]:
    """The hyphen of a type of aircraft that became a range: 波音747至400F, `Boeing 737 to 800`."""
    for one, other in _AIRCRAFT.findall(source) if _RANGE.search(target) else ():
        for match in re.finditer(rf"(?<!\d){one}(至|到| to ){other}(?!\d)", target):
            yield *match.span(1), "-"


def joined(source: str, target: str) -> Iterator[Change]:
    """Thousands that a Chinese number sets apart by spaces, where the source has the number: 4 730, 3 , 600.

    Documents of the United Nations write so, wires do not.
    """
    found = list(_APART.finditer(target))
    known = {_digits(match[0]) for match in _GROUPED.finditer(source)} if found else set()
    for match in found:
        if _digits(match[0]) in known:
            yield *match.span(), _digits(match[0])


def of_paragraphs(source: str, target: str) -> Iterator[Change]:
    """Numbers of paragraphs of documents (`41. `) at the head of a sentence, which the source has not."""
    for match in _PARAGRAPH.finditer(target) if ". " in target else ():
        if not _stands_in(match[1], source):
            yield match.start(1), match.end(), ""


def _numbers(source: str, target: str, lang: Lang) -> Iterator[Change]:
    """Numbers that stand in the target exactly as in the source, in French form."""
    for match in _FRENCH_NUMBER.finditer(target):
        if not _stands_in(match[0], source) or _is_its_own(match, lang):
            continue
        new = _number(match[0], lang)
        if new != match[0]:
            yield match.start(), match.end(), new


def _stands_in(number: str, source: str) -> bool:
    """True if the source has the number and not a longer one that holds it, nor an article of a law."""
    at = source.find(number)
    while at >= 0:
        before = source[max(0, at - 1) : at]
        if not (before.isalnum() or before in ("_", ".", ",")) and not _GOES_ON.match(
            source, at + len(number)
        ):
            return not _SECTION.search(source, 0, at)
        at = source.find(number, at + 1)
    return False


def _is_its_own(match: re.Match[str], lang: Lang) -> bool:
    """True if the number may be right as it stands: `51.133 trillion`, where French has 51.133 milliards."""
    if "," in match[0]:
        return False
    if lang is Lang.ZH and "." not in match[0]:
        return True
    return "." in match[0] and _SCALE.match(match.string, match.end()) is not None


def _number(french: str, lang: Lang) -> str:
    whole, _, decimals = french.partition(",")
    digits = _digits(whole)
    grouped = len(digits) != len(whole)
    text = f"{int(digits):,}" if grouped and lang is Lang.EN else digits
    return f"{text}.{decimals}" if decimals else text


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
