"""A source sentence with terms given in it: written in the target language, for the model to copy.

Marian models copy what they cannot translate, and the embedded one is trained on such sentences
(`training/terms.py`; Song et al., "Code-Switching for Enhancing NMT with Pre-Specified Translation", 2019).
"""

from __future__ import annotations

from collections.abc import Iterable

from translate.domain import Lang
from translate.terms import TermMatch


def with_terms(source: str, matches: Iterable[TermMatch], target: Lang) -> str:
    """`source` with each of `matches` replaced by its preferred form in `target`. They do not overlap."""
    pieces: list[str] = []
    done = 0
    for match in sorted(matches, key=lambda match: match.start):
        form = match.preferred(target)
        if form is not None:
            pieces += [source[done : match.start], form]
            done = match.end
    return "".join([*pieces, source[done:]])
