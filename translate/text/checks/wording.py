"""Words of a translation that are no words of its language: French left over, the other target's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from translate.domain import Finding, Lang, Severity
from translate.text.wordlists import read_wordlists

_WORD = re.compile(r"[A-Za-zÀ-ÿœŒ]+(?:['’-][A-Za-zÀ-ÿœŒ]+)*['’]?")
_ACCENTED = re.compile(r"[àâçéèêëîïôùûœ]")
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_SMALL_LATIN = re.compile(r"(?<![\w./@-])(?:[a-z]{2,} [a-z]{2,}(?: [a-z]+)*|[a-z]{5,})(?![\w./@-])", re.ASCII)
_RUN_LEAST = 3  # words of French in a row that are no longer a name


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """French that is left over, words of the other target."""
    yield from _untranslated(source, target, lang)
    yield from _other_language(source, target, lang)


_TARGETS: Mapping[Lang, str] = {Lang.EN: "english", Lang.ZH: "chinese"}


@cache
def _french() -> frozenset[str]:
    """Small words of French that are no words of English."""
    return frozenset(read_wordlists("checks/leftovers.fr.txt")["function"])


@cache
def _borrowed() -> frozenset[str]:
    """French words that English uses."""
    return frozenset(read_wordlists("checks/leftovers.fr.txt")["borrowed"])


def _untranslated(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """The longest run of French words in the translation, if it is no name."""
    run = _longest_run(source, target)
    if run is None:
        return
    start, end = run
    message = f"“{target[start:end]}” is still French"
    yield Finding("untranslated", Severity.ERROR, message, target_span=(start, end))


def _other_language(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Chinese in English; English words in Chinese, two in a row or a long one. The source's may stay."""
    known = source.casefold()
    for match in (_IDEOGRAPHS if lang is Lang.EN else _SMALL_LATIN).finditer(target):
        if match[0].casefold() not in known:
            message = f"“{match[0]}” is not {_TARGETS[lang].capitalize()}"
            yield Finding("language", Severity.ERROR, message, target_span=(match.start(), match.end()))
            return


def _longest_run(source: str, target: str) -> tuple[int, int] | None:
    """Where the translation repeats words of the source that only French has."""
    if len(set(source.split()) & set(target.split())) < 2 and not _ACCENTED.search(target):
        return None  # nothing is shared: the usual case, told cheaply
    known = {match[0] for match in _WORD.finditer(source)}
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(target):
        run = [*run, match] if match[0] in known else []
        if _is_french([word[0] for word in run]) and len(run) > len(best):
            best = run
    if not best:
        return None
    return best[0].start(), best[-1].end()


def _is_french(words: list[str]) -> bool:
    """True for words in a row that no translation keeps: French small words, or lower case with accents."""
    lower = [word for word in words if word[0].islower()]
    if any(_ACCENTED.search(word) and word not in _borrowed() and len(word) > 3 for word in lower):
        return len(words) >= 2 or all(word not in _borrowed() for word in lower)
    small = sum(word in _french() for word in lower)
    return len(words) >= _RUN_LEAST and (small >= 1 or len(lower) >= 3) and len(lower) >= 2
