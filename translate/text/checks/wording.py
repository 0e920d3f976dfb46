"""Words of a translation that are no words of its language: French left over, the other target's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from translate.domain import Finding, Lang, Severity
from translate.text.checks import latin
from translate.text.wordlists import read_wordlists

_WORD = re.compile(r"[A-Za-zÀ-ÿœŒ]+(?:['’-][A-Za-zÀ-ÿœŒ]+)*['’]?")
_ACCENTED = re.compile(r"[àâçéèêëîïôùûœ]")
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
_SMALL_LATIN = re.compile(r"(?<![\w./@-])(?:[a-z]{2,} [a-z]{2,}(?: [a-z]+)*|[a-z]{5,})(?![\w./@-])", re.ASCII)
_FRENCH_END = re.compile(
    r"(?:eux|euses?|aux|elles?|iques?|istes?|eurs?|aient|ait|oires?|ois|oises?|iennes?|iens?|ès|ées?|és?|eaux)$"
)
# What only French words end in, and the English words that end so.
_ONLY_FRENCH_END = re.compile(
    r"[a-z]{2}(?:ismes?|euses?|[a-z]{2}eux|aient|oires|iennes?|erait|eront|issent|issait)$"
)
_ENGLISH = frozenset(("milieux", "memoires", "repertoires", "masseuses", "chanteuses", "danseuses"))
_LEAST_IN_CHINESE = 5  # letters; shorter ones may be units or particles of names
_LATIN_WORD = re.compile(r"(?<![\w'’./@-])[A-Za-z][a-z]{3,}(?![\w'’@/-]|\.\w)", re.ASCII)
_SENTENCE_HEAD = re.compile(r"(?:^|[.!?:。！？：]\s*|[\"“«—-]\s?)$")
_CAPITAL_NEXT = re.compile(r"\s([A-ZÀ-Ý][\w’'-]*)")
_CAPITAL_BEFORE = re.compile(r"(?:^|\s)([A-ZÀ-Ý][\w’'-]*)\s(?:des\s|de\s|du\s)?$")
_TITLE_BEFORE = re.compile(r"\b(?:Mrs?|Ms|Miss|Dr|M|Mme)\.?\s$")
_NAME_IN_FRENCH = re.compile(r"[dlDL]['’][A-ZÀ-Ý]")  # the monts d'Arrée
_QUOTES = re.compile(r"[\"“”«»]|''")
_QUOTATION = re.compile(r"[\"“«]\s?([^\"“”«»]{3,80}?)\s?[\"”»]")  # one that stays whole is a title's
_RUN_LEAST = 3  # words of French in a row that are no longer a name
_RUN_MOST = 100  # words that are told of a run: each word more is a look at all of them


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
def _words() -> frozenset[str]:
    """Words of French that are no words of English."""
    return frozenset(read_wordlists("checks/words.fr.txt")["words"])


@cache
def _borrowed() -> frozenset[str]:
    """French words that English uses."""
    return frozenset(read_wordlists("checks/leftovers.fr.txt")["borrowed"])


def _untranslated(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """The longest run of French words in the translation, if it is no name."""
    run = _longest_run(source, target, lang) or _lone_word(source, target, lang)
    if run is None:
        return
    start, end = run
    message = f"“{target[start:end]}” is still French"
    yield Finding("untranslated", Severity.ERROR, message, target_span=(start, end))


def _other_language(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Chinese in English; English words in Chinese, two in a row or a long one. The source's may stay.

    In a Chinese sentence, whatever is spelled with small letters, and not in the source.
    """
    known = source.casefold()
    for match in (_IDEOGRAPHS if lang is Lang.EN else _SMALL_LATIN).finditer(target):
        if match[0].casefold() not in known:
            yield _not_of(lang, match)
            return
    if lang is Lang.ZH and _IDEOGRAPHS.search(target):
        for match in latin.strange(source, target):
            yield _not_of(lang, match)
            return


def _not_of(lang: Lang, match: re.Match[str]) -> Finding:
    message = f"“{match[0]}” is not {_TARGETS[lang].capitalize()}"
    return Finding("language", Severity.ERROR, message, target_span=match.span())


def _longest_run(source: str, target: str, lang: Lang) -> tuple[int, int] | None:
    """Where the translation repeats words of the source that only French has, at most `_RUN_MOST` of them."""
    shared = set(source.split()).intersection(target.split())
    if lang is Lang.EN:
        shared = {word for word in shared if word[0].islower()}
    if len(shared) < 2 and not _ACCENTED.search(target):
        return None  # hardly a word is shared: the usual case, told cheaply
    known = set(_WORD.findall(source))
    titles = [each.span() for each in _QUOTATION.finditer(target) if each[1] in source]
    best: list[re.Match[str]] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(target):
        is_left = match[0] in known and not any(start <= match.start() < end for start, end in titles)
        run = [*run, match] if is_left else []
        if (
            len(run) > len(best)
            and _is_french([word[0] for word in run])
            and not _is_title(target, run, lang)
        ):
            best = run
        if len(best) == _RUN_MOST:
            break
        if len(run) == _RUN_MOST:
            run = []
    if not best:
        return None
    return best[0].start(), best[-1].end()


def _lone_word(source: str, target: str, lang: Lang) -> tuple[int, int] | None:
    """Where one word of the source stands in the translation though only French has it: `Demain`."""
    kept = _latin_words(source).intersection(_LATIN_WORD.findall(target))
    if not kept or not any(_is_left(word, lang) for word in kept):
        return None  # the usual case
    for match in _WORD.finditer(target):
        word = match[0]
        if word not in kept or not _is_left(word, lang):
            continue
        if not word.islower() and not _SENTENCE_HEAD.search(target, 0, match.start()):
            continue
        if not _is_quoted(target, *match.span()) and not _is_in_name(source, target, match):
            return match.span()
    return None


@lru_cache(maxsize=64)  # a sentence is read once for all its targets
def _latin_words(source: str) -> frozenset[str]:
    return frozenset(_LATIN_WORD.findall(source))


@lru_cache(maxsize=16384)
def _is_left(word: str, lang: Lang) -> bool:
    """True for a word that no translation keeps; Chinese has no small Latin words of its own."""
    if lang is Lang.ZH and word.islower() and len(word) >= _LEAST_IN_CHINESE:
        return True
    word = word.lower()
    if word in _borrowed():
        return False
    return word in _words() or (word not in _ENGLISH and _ONLY_FRENCH_END.search(word) is not None)


def _is_in_name(source: str, target: str, match: re.Match[str]) -> bool:
    """True for a word behind a title (`Mr. Petit`), or beside one of the source with a capital, a name with
    it: `Banque populaire`."""
    if not match[0].islower() and _TITLE_BEFORE.search(target, 0, match.start()):
        return True
    beside = [_CAPITAL_NEXT.match(target, match.end())]
    if match[0].islower():
        beside.append(_CAPITAL_BEFORE.search(target, 0, match.start()))
    return any(each is not None and each[1] in source for each in beside)


def _is_title(target: str, run: list[re.Match[str]], lang: Lang) -> bool:
    """True for what a translation may quote: in quotation marks, or joined to a name (`rue de la Loi`)."""
    start, end = run[0].start(), run[-1].end()
    small = [word[0] for word in run if word[0][0].islower()]
    is_named = len(small) <= 2 and len(small) < len(run) and lang is Lang.EN
    if is_named and not any(_ACCENTED.search(word) for word in small):
        return True
    return _is_quoted(target, start, end)


def _is_quoted(target: str, start: int, end: int) -> bool:
    """True for what stands at the edge of a quotation."""
    before, after = target[max(0, start - 2) : start], target[end : end + 2]
    inside = len(_QUOTES.findall(target, 0, start)) % 2 == 1 and _QUOTES.search(target, end) is not None
    return bool(_QUOTES.search(before) or _QUOTES.search(after)) and inside


def _is_french(words: list[str]) -> bool:
    """True for words in a row that no translation keeps: French small words, or lower case with accents."""
    lower = [word for word in words if word[0].islower() and not _NAME_IN_FRENCH.match(word)]
    if any(_ACCENTED.search(word) and word not in _borrowed() and len(word) > 3 for word in lower):
        return len(words) >= 2 or all(word not in _borrowed() for word in lower)
    if len(words) < _RUN_LEAST or len(lower) < 2:
        return False
    if any(word in _french() for word in lower):
        return any(word not in _french() and word not in _borrowed() for word in lower)
    return any(_FRENCH_END.search(word) and word not in _borrowed() for word in lower)
