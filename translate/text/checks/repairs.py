"""Repairs that cannot make a translation worse; one finding, `repaired`, tells all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from translate.domain import Finding, Lang
from translate.text.checks import ages, by_how_much, clock, figures_written, lasting, spacing, units
from translate.text.checks.american import american
from translate.text.checks.changes import Change, changed
from translate.text.checks.copied_names import copied
from translate.text.checks.counterparts import unnamed
from translate.text.checks.latin import spelled_out
from translate.text.checks.levels import from_to, which_way, which_way_in_chinese
from translate.text.checks.repaired import note
from translate.text.checks.small_words import (
    article,
    capital,
    doubled,
    doubled_name,
    doubled_phrase,
    doubled_word,
    possessive,
    title,
    two_articles,
)
from translate.text.checks.spacing import HAN
from translate.text.checks.spelled_names import renamed, respelled
from translate.text.checks.stutter import repeated, stuttered, thrice, twice_named

_BRACKETS = re.compile(r"[()\[\]（）《》【】]")
_CAPITALS = re.compile(r"[(（]\s?[A-ZÀ-Ý]")
_QUOTES = re.compile(r'[«»“”„"<>]')
_COURTESY = re.compile(rf"(?<![A-Za-z])(?:Mrs?|Ms|Miss)\.?\s*(?=[{HAN}])")
_COVID = re.compile(rf"(?<=新冠)(?P<what>[{HAN}]{{0,4}})-19(?!\d)")
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
    """An acronym in brackets that is nearly the right one, the French one, or the name in full once more."""
    if not _CAPITALS.search(source) or not _BRACKETS.search(target):
        return
    from translate.text.checks.acronyms import restated, restored, translated

    yield from restored(source, target)
    yield from translated(source, target)
    yield from restated(source, target)


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
        _omissions, figures_written.of_paragraphs, _english_marks, _acronyms, figures_written.in_english,
        clock.untranslated, clock.after_noon, clock.no_hour, clock.hour, clock.american, lasting.in_english,
        figures_written.of_aircraft, figures_written.ordinals, units.shape, units.lost, units.miles,
        doubled, doubled_word, doubled_phrase, doubled_name, two_articles, renamed, respelled,
        spacing.french_spaces, spacing.spaces, spacing.inner_spaces, spacing.dots, spacing.loose_start,
        american, article, possessive, capital, title, ages.in_english, by_how_much.in_english,
        from_to, which_way,
    ),
    Lang.ZH: (
        _omissions, figures_written.of_paragraphs, spacing.loose_start, _asides,
        repeated, twice_named, stuttered, thrice,
        _chinese_marks, _acronyms, _courtesy, _covid, spelled_out, copied, unnamed,
        figures_written.of_aircraft, figures_written.in_chinese, figures_written.joined,
        clock.untranslated, _scores, ages.in_chinese, by_how_much.in_chinese,
        which_way_in_chinese, units.shape, units.lost, units.miles,
        spacing.chinese_dots, spacing.full_width, spacing.no_space, spacing.spaces, spacing.inner_spaces,
    ),
}  # fmt: skip
