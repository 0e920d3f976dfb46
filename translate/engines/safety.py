"""What can be wrong with a translation by its shape alone: empty, looping, too long, too short, cut off.

A model that goes wrong does so in a few known ways. Each is a `Finding`; `weight` turns findings into a
number, so that of several attempts the least bad one is kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from translate.domain import Finding, Lang, Severity
from translate.text.shape import length, repetition

_BROKEN = "\ufffd"
WEIGHTS = {Severity.NOTE: 0, Severity.WARNING: 10, Severity.ERROR: 100}


def judge(source: str, target: str, lang: Lang, *, cut: bool) -> tuple[Finding, ...]:
    """What is wrong with `target` as a translation of `source`; `cut`: the model did not end it itself."""
    if not _says(target) and (not target.strip() or _says(source)):
        return (Finding("empty", Severity.ERROR, "the model gave no translation"),)
    found = (
        _truncation(cut),
        _broken(source, target),
        repetition(source, target),
        length(source, target, lang),
    )
    return tuple(finding for finding in found if finding is not None)


def _says(text: str) -> bool:
    """True if there is a letter or a figure in it."""
    return any(letter.isalnum() for letter in text)


def weight(findings: Iterable[Finding]) -> int:
    """How bad findings are together. 0: nothing that a second attempt should try to mend."""
    return sum(WEIGHTS[finding.severity] for finding in findings)


def whole(source: str, target: str) -> str:
    """A translation without signs of which a model wrote some bytes only; one of the source stays."""
    return target if _BROKEN in source else target.replace(_BROKEN, "")


def _broken(source: str, target: str) -> Finding | None:
    """Bytes of a sign that the vocabulary has no piece for, and not all of them."""
    if whole(source, target) == target:
        return None
    return Finding("broken", Severity.ERROR, "the model began a sign that it did not end")


def _truncation(cut: bool) -> Finding | None:
    if not cut:
        return None
    return Finding("truncation", Severity.ERROR, "the translation was cut at the length limit")
