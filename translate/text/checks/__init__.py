"""What machine translation gets wrong, found by comparing a sentence with its translation.

`check` tells, `repair` mends what is safe to mend. Both know French as the source, English and Chinese as
targets, and load nothing heavy. `docs/checks.md` lists every code with what it was measured to catch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from translate.domain import Finding, Lang, Severity
from translate.text.addresses import addresses, hidden
from translate.text.checks import (
    again,
    kept,
    marks,
    minus,
    money,
    names,
    negation,
    numbers,
    shape,
    spelling,
    twins,
    wording,
)
from translate.text.checks.kept import repair
from translate.text.checks.omissions import omissions

__all__ = ["CODES", "check", "omissions", "repair"]

CODES: Final = (
    "numbers",
    "percentages",
    "currencies",
    "dates",
    "times",
    "names",
    "addresses",
    "negation",
    "untranslated",
    "language",
    "words",
    "quotes",
    "unbalanced",
    "punctuation",
    "repetition",
    "length-ratio",
    "truncation",
    "empty",
)
"""Every code that `check` may give; `repair` gives `repaired`, `omissions` gives `omission`."""

_CHECKS: Final[tuple[Callable[[str, str, Lang], Iterator[Finding]], ...]] = (
    numbers.check,
    minus.check,
    money.check,
    names.check,
    negation.check,
    wording.check,
    spelling.check,
    marks.check,
    shape.check,
    again.check,
    twins.check,
)


def check(source: str, target: str, lang: Lang) -> tuple[Finding, ...]:
    """What looks wrong in `target` as a translation of the French `source`; nothing of it is certain."""
    if not target.strip():
        return (Finding("empty", Severity.ERROR, "there is no translation"),) if source.strip() else ()
    if lang is Lang.FR:
        return ()
    known = addresses(source)
    told = kept.check(target, known)
    if known:
        source, target = hidden(source), hidden(target, known)
    return (*told, *(finding for each in _CHECKS for finding in each(source, target, lang)))
