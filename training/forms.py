"""The forms of French words, as the spelling dictionary of Dicollecte has them.

Debian's package `hunspell-fr-classical` (MPL 2.0) puts it below /usr/share/hunspell: `fr.dic` names words,
their parts of speech and the groups of endings that they take, `fr.aff` those endings with what each means.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_NO_WORD = "()"  # the flag of an entry that is a form only with an ending


@dataclass(frozen=True, slots=True)
class Form:
    """`features`: what the dictionary says of it (`po:iimp`, `po:3sg`, `is:fem`, `is:pl`)."""

    text: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A headword with all its forms. `features`: part of speech (`po:nom`, `po:v1_it___zz`), gender."""

    text: str
    features: tuple[str, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class _Ending:
    """What is taken off a word that fits, and what is put there instead."""

    off: str
    on: str
    fits: re.Pattern[str]
    features: tuple[str, ...]

    def of(self, word: str) -> Form | None:
        if not word.endswith(self.off) or not self.fits.search(word):
            return None
        return Form(word[: len(word) - len(self.off)] + self.on, self.features)


def words(base: Path) -> Iterator[Word]:
    """Every entry of `base`.dic. Elided forms (`l'`, `qu'`) are left out: the article is another word."""
    endings = _endings(base.with_suffix(".aff"))
    for line in base.with_suffix(".dic").read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split()
        if not cells:
            continue
        text, _, joined = cells[0].partition("/")
        flags = [joined[at : at + 2] for at in range(0, len(joined), 2)]
        forms = [] if _NO_WORD in flags else [Form(text, tuple(cells[1:]))]
        forms += [form for flag in flags for ending in endings.get(flag, ()) if (form := ending.of(text))]
        yield Word(text, tuple(cells[1:]), tuple(forms))


def _endings(file: Path) -> dict[str, Sequence[_Ending]]:
    """By their flags, of two letters each."""
    found: dict[str, list[_Ending]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if cells[:1] != ["SFX"] or len(cells) < 5:  # the head of a group has four cells
            continue
        off, on = (part.partition("/")[0].replace("0", "") for part in cells[2:4])
        fits = re.compile("" if cells[4] == "." else f"{cells[4]}$")
        found[cells[1]].append(_Ending(off, on, fits, tuple(cells[5:])))
    return dict(found)
