"""Acronyms in brackets: `World Meteorological Organization (OM)` or `(OMM)` where the source has `(OMM)`.

A small model knows the name of a body by heart, and its acronym only nearly. The table of acronyms does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change
from translate.text.checks.equivalents import forms
from translate.text.checks.spacing import HAN

_ACRONYM: Final = re.compile(r"[A-Z](?=[A-Za-z-]*[A-Z])[A-Za-z-]{1,9}")
_SAID: Final = re.compile(r"\(([A-ZÀ-Ý][\w-]{1,9})\)")
_TOLD: Final = re.compile(rf"[(（]\s?({_ACRONYM.pattern})\s?[)）]")
_AGAIN: Final = re.compile(
    rf"(?i)(?<![A-Za-z])(?P<name>[A-Za-z{HAN}][^()（）]{{2,60}}?)\s?[(（](?P<again>(?P=name))[)）]"
)
_ALIKE: Final = 0.5  # of the letters: 2 of the 3 of `ECB` make `CEB`; `GMT` is another thing


def restored(source: str, target: str) -> Iterator[Change]:
    """The acronym of the one bracket that is wrong, if one known acronym of the source is missing.

    In Chinese too it is the English one that stands in brackets.
    """
    odd = [match for match in _TOLD.finditer(target) if not _is_known(match[1], source)]
    if len(odd) != 1:
        return
    missing = [said for said in _SAID.findall(source) if not _is_told(said, target)]
    if len(missing) != 1:
        return
    (wrong,), (said,) = odd, missing
    right = _english(said)
    if right and max(_likeness(wrong[1], right), _likeness(wrong[1], said)) >= _ALIKE:
        yield wrong.start(1), wrong.end(1), right


def translated(source: str, target: str) -> Iterator[Change]:
    """French acronyms in brackets right behind the name in full that they stand for: the English ones."""
    for match in _TOLD.finditer(target):
        said = match[1]
        right = _english(said) if said in _SAID.findall(source) else None
        if right and right != said and not _stands(right, target):
            before = target[: match.start()].rstrip()
            if any(before.endswith(name) for lang in (Lang.EN, Lang.ZH) for name in forms(said, lang) or ()):
                yield match.start(1), match.end(1), right


def restated(source: str, target: str) -> Iterator[Change]:
    """`Malian Armed Forces (Malian Armed Forces)` of `Forces armées maliennes (FAMa)`: the one acronym of the
    source that is missing, the English one if there is one, in the place of the name that is said again."""
    match = _AGAIN.search(target)
    known = filter(_ACRONYM.fullmatch, _SAID.findall(source)) if match else ()
    missing = [said for said in known if not _is_told(said, target)]
    if match and len(missing) == 1:
        yield *match.span("again"), _english(missing[0]) or missing[0]


def _is_known(told: str, source: str) -> bool:
    """True for what stands in the source, and for an acronym, or its plural, of what it names."""
    one = told.removesuffix("s")
    return _stands(told, source) or any(one in (forms(said, Lang.EN) or ()) for said in _SAID.findall(source))


def _is_told(said: str, target: str) -> bool:
    """True if the translation has the acronym, its own or the source's; a name in full does not count."""
    return any(_stands(form, target) for form in (said, *_short(said)))


def _stands(acronym: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z]){re.escape(acronym)}(?![A-Za-z])", text) is not None


def _english(said: str) -> str | None:
    """The English acronym; None if there is none or more than one: BAD is of Africa or of Asia."""
    known = _short(said)
    return known[0] if len(known) == 1 else None


def _short(said: str) -> list[str]:
    """The English forms that are acronyms themselves."""
    return [form for form in forms(said, Lang.EN) or () if _ACRONYM.fullmatch(form)]


def _likeness(told: str, right: str) -> float:
    """The share of the letters of `told` that `right` has."""
    letters = Counter(told.upper())
    return (letters & Counter(right.upper())).total() / len(told)
