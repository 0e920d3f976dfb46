"""Repairs that cannot make a translation worse. Each is told by a finding with the code `repaired`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from translate.domain import Finding, Lang, Severity

_HAN: Final = r"\u3400-\u9fff"
_SIGN: Final = rf"{_HAN}，。；：？！、“”《》（）"
_SPACE: Final = r"[ \u00a0\u202f]"

# A French number: with a decimal comma, or with its thousands set apart by points or spaces.
_FRENCH_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?"
    r"|\d+,(?:\d{1,2}|\d{4,}))(?![\d.,]*\d)",
    re.ASCII,
)
_FRENCH_HOUR = re.compile(r"(?<![\w.,])([01]?\d|2[0-4])\s?h\s?([0-5]\d)(?!\w)", re.ASCII)
_HALF_WIDTH = re.compile(rf"(?<=[{_SIGN}])\s?([,;:?!])\s?(?=[{_SIGN}])|(?<=[{_SIGN}])\s?([,;:?!.])\s*$")
_WIDE = str.maketrans(",;:?!.", "，；：？！。")
_HAN_SPACE = re.compile(rf"(?<=[{_SIGN}]) +(?=[{_SIGN}])")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACE_BEFORE = re.compile(rf"(?<=[\w)”\"%]){_SPACE}+(?=[,;:?!](?:\s|$)|\.(?:\s|$))")
_DOUBLED = re.compile(
    r"\b(the|a|an|of|to|in|and|for|on|at|by|with|from|is|are|was|were|its|their)(\s+\1)+\b", re.IGNORECASE
)

_LOOSE_START = re.compile(r"\s*[,;:，；：、。]+\s*")
_FIRST_WORD = re.compile(r"[\s\"'“”‘’«»(]*([^\W\d_]+)")
# Heads of words that sound as vowels, whatever follows; not `eu`, `u`, `o`: a euro, a unit, a one. No short
# words and no capital: Group A is in Paris.
_ARTICLE = re.compile(r"\ba(?= (?:[ai][a-z]|e[a-tv-z])[a-z]{2})")

Step = Callable[[str, str], Iterator[tuple[int, int, str, str]]]
"""Gives each change to the target as (start, end, new text, what was done), in order, not overlapping."""


def repair(source: str, target: str, lang: Lang) -> tuple[str, tuple[Finding, ...]]:
    """`target` with what is safe to mend mended, and a note for each change, with its place in the new text.

    What stands in the source as it does in the target is taken as the source's: only that is written anew.
    """
    if not target.strip() or lang is Lang.FR:
        return target, ()
    findings: list[Finding] = []
    for step in _STEPS[lang]:
        target, findings = _apply(target, list(step(source, target)), findings)
    return target, tuple(findings)


def _apply(
    target: str, changes: list[tuple[int, int, str, str]], before: list[Finding]
) -> tuple[str, list[Finding]]:
    """The text with the changes made, and all notes with their places in it."""
    if not changes:
        return target, before
    text, last = "", 0
    found = []
    for start, end, new, message in changes:
        text += target[last:start]
        found.append(
            Finding("repaired", Severity.NOTE, message, target_span=(len(text), len(text) + len(new)))
        )
        text, last = text + new, end
    moved = [_moved(finding, changes) for finding in before]
    return text + target[last:], [*moved, *found]


def _moved(finding: Finding, changes: list[tuple[int, int, str, str]]) -> Finding:
    """The note with its place after the changes."""
    assert finding.target_span is not None
    start, end = (
        place + sum(len(new) - (last - first) for first, last, new, _ in changes if last <= place)
        for place in finding.target_span
    )
    return Finding(finding.code, finding.severity, finding.message, target_span=(start, max(start, end)))


def _numbers(source: str, target: str, lang: Lang) -> Iterator[tuple[int, int, str, str]]:
    """Numbers that stand in the target exactly as in the source, in French form."""
    for match in _FRENCH_NUMBER.finditer(target):
        if not _stands_in(match[0], source):
            continue
        new = _number(match[0], lang)
        if new != match[0]:
            yield match.start(), match.end(), new, f"“{match[0]}” was written in the French way"


def _stands_in(number: str, source: str) -> bool:
    """True if the source has the number and not a longer one that holds it."""
    return re.search(rf"(?<![\w.,]){re.escape(number)}(?![\d]|[.,]\d)", source) is not None


def _number(french: str, lang: Lang) -> str:
    whole, _, decimals = french.partition(",")
    digits = re.sub(r"\D", "", whole)
    grouped = len(digits) != len(whole)
    text = f"{int(digits):,}" if grouped and lang is Lang.EN else digits
    return f"{text}.{decimals}" if decimals else text


def _english_numbers(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    return _numbers(source, target, Lang.EN)


def _chinese_numbers(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    return _numbers(source, target, Lang.ZH)


def _hours(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """Hours that stand in the target as in the source: `17h46`."""
    for match in _FRENCH_HOUR.finditer(target):
        if match[0] in source:
            new = f"{match[1]}:{match[2]}"
            yield match.start(), match.end(), new, f"“{match[0]}” was written in the French way"


def _full_width(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """Half-width marks between ideographs."""
    for match in _HALF_WIDTH.finditer(target):
        mark = match[1] or match[2]
        if mark == "." and target[: match.start()].endswith("."):
            continue
        yield match.start(), match.end(), mark.translate(_WIDE), f"“{mark}” was half-width"


def _no_space(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """Spaces between ideographs."""
    for match in _HAN_SPACE.finditer(target):
        before, after = target[match.start() - 1], target[match.end()]
        if before in "电，。；：？！、" and after not in "，。；：？！、":
            continue  # 新华社北京4月4日电 据报道
        yield match.start(), match.end(), "", "a space stood between ideographs"


def _spaces(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """Several spaces in a row."""
    for match in _SPACES.finditer(target):
        yield match.start(), match.end(), " ", "there were several spaces"


def _french_spaces(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """Spaces before marks, as French has them."""
    for match in _SPACE_BEFORE.finditer(target):
        yield match.start(), match.end(), "", "a space stood before a mark"


def _doubled(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """Small words twice in a row."""
    for match in _DOUBLED.finditer(target):
        yield match.start(), match.end(), match[1], f"“{match[1]}” stood twice"


def _loose_start(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """A mark that can only follow something, at the very start: `, the king came`."""
    match = _LOOSE_START.match(target)
    if match and match.end() < len(target) and not _LOOSE_START.match(source):
        yield 0, match.end(), "", f"it began with “{match[0].strip()}”"


def _capital(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """A small letter at the head of a sentence whose source begins with a capital: `iPhone` stays."""
    first, head = _FIRST_WORD.match(source), _FIRST_WORD.match(target)
    if first and head and first[1][0].isupper() and head[1].islower() and source.rstrip()[-1:] in '.!?…»”"':
        at = head.start(1)
        yield at, at + 1, target[at].upper(), "the sentence began with a small letter"


def _article(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """`a` before a word that surely begins with the sound of a vowel."""
    for match in _ARTICLE.finditer(target):
        yield match.start(), match.end(), match[0] + "n", f"“{match[0]}” stood before a vowel"


def _last_quote(source: str, target: str) -> Iterator[tuple[int, int, str, str]]:
    """A quotation that is open at the end, where the source closes it."""
    text = target.rstrip()
    stop = text[-1] in ".。" and source.rstrip()[-1:] not in '"»”'
    at = len(text) - 1 if stop else len(text)
    for opening, closing in (("“", "”"), ("「", "」"), ("«", "»")):
        if text.count(opening) == text.count(closing) + 1 and text.rfind(opening) > text.rfind(closing):
            if _closes_at_end(source):
                yield at, at, closing, f"“{closing}” was missing"
            return
    if text.count('"') % 2 and _closes_at_end(source):
        opens = text.rfind('"')
        if opens == 0 or text[opens - 1] in " (—-":
            yield at, at, '"', "a closing quotation mark was missing"


def _closes_at_end(source: str) -> bool:
    """True if the source ends with its last quotation, and every quotation of it closes."""
    text = source.rstrip(" .!?…\u00a0\u202f")
    balanced = (
        text.count("«") == text.count("»") and text.count("“") == text.count("”") and text.count('"') % 2 == 0
    )
    return balanced and text.endswith(("»", "”", '"'))


_STEPS: Final[dict[Lang, tuple[Step, ...]]] = {
    Lang.EN: (
        *(_english_numbers, _hours, _doubled, _french_spaces, _spaces),
        *(_loose_start, _article, _capital, _last_quote),
    ),
    Lang.ZH: (_loose_start, *(_chinese_numbers, _hours, _full_width, _no_space, _spaces, _last_quote)),
}
