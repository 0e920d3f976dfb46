"""The check `terminology`: are the terms of a sentence what the glossary says in its translation?"""

from __future__ import annotations

from collections.abc import Iterable

from translate.domain import Finding, Lang, Severity
from translate.terms.renderings import applied
from translate.terms.term import TermMatch


def terminology(source: str, target: str, lang: Lang, matches: Iterable[TermMatch]) -> tuple[Finding, ...]:
    """One finding for each term of `source` of which no accepted form is in `target`.

    `matches` are those of `source`. A term that is missing several times is told once, at its first place;
    one that has no fixed form in `lang` asks for nothing.
    """
    told: dict[str, Finding] = {}
    for match in matches:
        wanted = match.term.preferred(lang)
        if wanted is None or match.term.french in told or applied(match, target, lang):
            continue
        message = f"“{source[match.start : match.end]}” is not “{wanted}” in the translation"
        told[match.term.french] = Finding(
            "terminology", Severity.ERROR, message, source_span=(match.start, match.end)
        )
    return tuple(told.values())
