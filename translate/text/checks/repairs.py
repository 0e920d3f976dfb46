"""Repairs that cannot make a translation worse; one finding, `repaired`, tells all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from translate.domain import Finding, Lang
from translate.text.checks import ages, clock, units
from translate.text.checks.changes import Change, changed
from translate.text.checks.copied_names import copied
from translate.text.checks.latin import spelled_out
from translate.text.checks.levels import from_to, which_way, which_way_in_chinese
from translate.text.checks.repaired import note
from translate.text.checks.small_words import (
    article,
    capital,
    doubled,
    doubled_name,
    doubled_word,
    possessive,
    title,
    two_articles,
)
from translate.text.checks.spelled_names import renamed, respelled
from translate.text.checks.stutter import stuttered

_HAN: Final = r"\u3400-\u9fff"
_SIGN: Final = rf"{_HAN}，。；：？！、“”《》（）"
_SPACE: Final = r"[ \u00a0\u202f]"

# A French number: with a decimal comma, or with its thousands set apart by points or spaces. Chinese of the
# United Nations sets them apart by spaces, too.
_FRENCH_NUMBER = re.compile(
    rf"(?<![\w.,])(?:\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?"
    r"|\d+,(?:\d{1,2}|\d{4,}))(?![\d.,]*\d)",
    re.ASCII,
)
_GROUPED = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:(?:\.|{_SPACE})\d{{3}})+(?!\d)", re.ASCII)
_APART = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)", re.ASCII)
_PARAGRAPH = re.compile(rf"(?:(?<=[。！？”])|(?<=[.!?\"] )|^)(\d{{1,3}})\. (?=[A-Z“\"{_HAN}\d])")
_HALF_WIDTH = re.compile(rf"(?<=[{_SIGN}])\s?(?:([,;:?!])\s?(?=[{_SIGN}])|([,;:?!.])\s*$)")
_WIDE = str.maketrans(",;:?!.", "，；：？！。")
_HAN_SPACE = re.compile(rf"(?<=[{_SIGN}]) +(?=[{_SIGN}])")
_FIGURE_SPACE = re.compile(rf"(?<=[{_HAN}]) (?=\d)|(?<=\d) (?=[{_HAN}])")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_INSIDE = re.compile(rf"(?<=[(（\[《“]){_SPACE}+(?=\S)|(?<=\S){_SPACE}+(?=[)）\]》”])")
_DOTS = re.compile(r"(?<=\w)\.\.(?!\.)|\.{4,}")
_ELLIPSIS = re.compile(
    rf"(?:(?<=[{_HAN}，。；：？！、”》）])|(?= *(?:…|\.\.)[ .…]*[{_HAN}，。；：？！、“《]))"
    r" *(?:…|\.{2,})(?: *(?:…|\.{2,}))* *"
)
_SPACE_BEFORE = re.compile(rf"(?<=[\w)”\"%]){_SPACE}+(?=[,;:?!](?:\s|$)|\.(?:\s|$))")
_BRACKETS = re.compile(r"[()\[\]（）《》【】]")
_CAPITALS = re.compile(r"[(（]\s?[A-ZÀ-Ý]")
_QUOTES = re.compile(r'[«»“”„"<>]')
_COURTESY = re.compile(rf"(?<![A-Za-z])(?:Mrs?|Ms|Miss)\.?\s*(?=[{_HAN}])")

_COVID = re.compile(rf"(?<=新冠)(?P<what>[{_HAN}]{{0,4}})-19(?!\d)")
_LOOSE_START = re.compile(r"\s*[,;:，；：、。]+\s*")
_SCALE = re.compile(r"\s?(?:thousand|million|billion|trillion)\b|\s?[十百千万亿]")
_SECTION = re.compile(r"(?:\bart(?:icles?)?|\bsections?|\bversions?|§)\.?\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"[\d(]|[.,]\d")  # what makes a longer number, or an article of a law
_MOST_ROUNDS: Final = 4

Step = Callable[[str, str], Iterator[Change]]
"""Gives the changes to the target; they do not overlap."""


def repair(source: str, target: str, lang: Lang) -> tuple[str, tuple[Finding, ...]]:
    """`target` with what is safe to mend mended, and one note that tells every change.

    What stands in the source as it does in the target is taken as the source's: only that is written anew.
    Mending what is mended changes nothing.
    """
    if not target.strip() or lang is Lang.FR:
        return target, ()
    text = target
    for _ in range(_MOST_ROUNDS):
        before = text
        for step in _STEPS[lang]:
            text = changed(text, step(source, text))
        if text == before:  # what one step mends may show the next one something
            break
    return text, () if text == target else (note(target, text),)


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


def _english_numbers(source: str, target: str) -> Iterator[Change]:
    return _numbers(source, target, Lang.EN)


def _chinese_numbers(source: str, target: str) -> Iterator[Change]:
    return _numbers(source, target, Lang.ZH)


def _joined_figures(source: str, target: str) -> Iterator[Change]:
    """Thousands that a Chinese number sets apart by spaces, where the source has the number: 4 730."""
    found = list(_APART.finditer(target))
    known = {_digits(match[0]) for match in _GROUPED.finditer(source)} if found else set()
    for match in found:
        if _digits(match[0]) in known:
            yield *match.span(), _digits(match[0])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _paragraph_numbers(source: str, target: str) -> Iterator[Change]:
    """Numbers of paragraphs of documents (`41. `) at the head of a sentence, which the source has not."""
    for match in _PARAGRAPH.finditer(target) if ". " in target else ():
        if not _stands_in(match[1], source):
            yield match.start(1), match.end(), ""


def _full_width(source: str, target: str) -> Iterator[Change]:
    """Half-width marks between ideographs."""
    for match in _HALF_WIDTH.finditer(target):
        mark = match[1] or match[2]
        if mark == "." and target[: match.start()].endswith("."):
            continue
        yield match.start(), match.end(), mark.translate(_WIDE)


def _no_space(source: str, target: str) -> Iterator[Change]:
    """Spaces between ideographs and figures, but for headlines, where they part two statements."""
    if source.rstrip()[-1:] not in '.!?…;:,»”"':
        return
    for match in _HAN_SPACE.finditer(target):
        before, after = target[match.start() - 1], target[match.end()]
        if before in "电，。；：？！、" and after not in "，。；：？！、":
            continue  # 新华社北京4月4日电 据报道
        yield match.start(), match.end(), ""
    for match in _FIGURE_SPACE.finditer(target):
        yield match.start(), match.end(), ""


def _spaces(source: str, target: str) -> Iterator[Change]:
    """Several spaces in a row."""
    for match in _SPACES.finditer(target) if "  " in target else ():
        yield match.start(), match.end(), " "


def _inner_spaces(source: str, target: str) -> Iterator[Change]:
    """Spaces behind a mark that opens and before one that closes, unless the source has such, too."""
    found = list(_INSIDE.finditer(target))
    if found and not _INSIDE.search(source):
        for match in found:
            yield match.start(), match.end(), ""


def _dots(source: str, target: str) -> Iterator[Change]:
    """Two dots, and more than three, are three where the source has three, else one."""
    found = list(_DOTS.finditer(target)) if ".." in target else []
    others = target.count("...") - sum("..." in match[0] for match in found)
    for match in found:
        if match[0] != ".." or not others:
            yield match.start(), match.end(), "..." if "..." in source or "…" in source else "."


def _chinese_dots(source: str, target: str) -> Iterator[Change]:
    """Three dots are six in Chinese; others that the source does not have go."""
    has_dots = "..." in source or "…" in source
    for match in _ELLIPSIS.finditer(target) if "…" in target or ".." in target else ():
        is_end = match.end() == len(target) and target[match.start() - 1] not in "。！？"
        if has_dots or match[0] != "……":  # people put six where French has none: 轮胎、冰箱……
            yield *match.span(), "……" if has_dots else "。" if is_end else ""


def _french_spaces(source: str, target: str) -> Iterator[Change]:
    """Spaces before marks, as French has them."""
    for match in _SPACE_BEFORE.finditer(target):
        yield match.start(), match.end(), ""


def _loose_start(source: str, target: str) -> Iterator[Change]:
    """A mark that can only follow something, at the very start: `, the king came`."""
    match = _LOOSE_START.match(target)
    if match and match.end() < len(target) and not _LOOSE_START.match(source):
        yield 0, match.end(), ""


def _courtesy(source: str, target: str) -> Iterator[Change]:
    """`Mr` before an ideograph: Chinese leaves it out."""
    for match in _COURTESY.finditer(target):
        if match[0].strip() not in source:
            yield match.start(), match.end(), ""


def _covid(source: str, target: str) -> Iterator[Change]:
    """The number of `Covid-19`, which no Chinese name of it has."""
    for match in _COVID.finditer(target):
        yield match.end("what"), match.end(), ""


def _omissions(source: str, target: str) -> Iterator[Change]:
    """What a quotation leaves out is marked as in the source."""
    if "[…]" not in source:
        return iter(())
    from translate.text.checks.brackets import omissions

    return omissions(target)


def _acronyms(source: str, target: str) -> Iterator[Change]:
    """An acronym in brackets that is nearly the right one, or the French one."""
    if not _CAPITALS.search(source) or not _CAPITALS.search(target):
        return
    from translate.text.checks.acronyms import restored, translated

    yield from restored(source, target)
    yield from translated(source, target)


def _asides(source: str, target: str) -> Iterator[Change]:
    """What was added in brackets."""
    if "(" not in target and "（" not in target:
        return iter(())
    from translate.text.checks.asides import made_up

    return made_up(source, target)


def _scores(source: str, target: str) -> Iterator[Change]:
    """A score the wrong way round."""
    if "比" not in target:
        return iter(())
    from translate.text.checks.scores import turned

    return turned(source, target)


def _english_marks(source: str, target: str) -> Iterator[Change]:
    return _marks(source, target, Lang.EN)


def _chinese_marks(source: str, target: str) -> Iterator[Change]:
    return _marks(source, target, Lang.ZH)


def _marks(source: str, target: str, lang: Lang) -> Iterator[Change]:
    """Quotation marks and brackets, where there are any."""
    text = target
    if _BRACKETS.search(text):
        from translate.text.checks import brackets

        text = brackets.mended(source, text, lang)
    if _QUOTES.search(source) or _QUOTES.search(text):
        from translate.text.checks import quotes

        text = quotes.mended(source, text, lang)
    if text != target:
        yield 0, len(target), text


_STEPS: Final[dict[Lang, tuple[Step, ...]]] = {
    Lang.EN: (
        *(_omissions, _paragraph_numbers, _english_marks, _acronyms, _english_numbers, clock.untranslated),
        *(clock.after_noon, clock.hour, doubled, doubled_word, units.shape, units.miles),
        *(doubled_name, two_articles, renamed, respelled, _french_spaces, _spaces, _inner_spaces, _dots),
        *(_loose_start, article, possessive, capital, title, ages.in_english, from_to, which_way),
    ),
    Lang.ZH: (
        *(_omissions, _paragraph_numbers, _loose_start, _asides, stuttered, _chinese_marks, _acronyms),
        *(_courtesy, _covid, spelled_out, copied, _chinese_numbers, _joined_figures),
        *(
            clock.untranslated,
            _scores,
            ages.in_chinese,
            which_way_in_chinese,
            units.shape,
            units.miles,
            _chinese_dots,
            _full_width,
            _no_space,
            _spaces,
            _inner_spaces,
        ),
    ),
}
