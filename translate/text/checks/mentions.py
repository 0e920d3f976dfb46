"""The names and acronyms of a French sentence that can be looked for in a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from translate.text.checks.equivalents import is_common, is_listed, is_unchecked, known_place
from translate.text.checks.scales import CODES

WORD: Final = re.compile(r"[^\W\d_][\w]*(?:[-.&/+'’`](?=[^\W_])\w+)*")
_ROMAN = re.compile(r"[IVXLC]+(?:e|er|ère|ème)?")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|aujourd)['’]", re.IGNORECASE)
# Also after the number or letter of a paragraph or note: `4.5 Fourniture`, `b Dont`, `::Exploiter`.
_OPENS = re.compile(
    r"(?:^|[.!?…:][\s»”\")]+|::|[«“\"(\[]|(?:^|\s)»|--?\s|–\s|<<\s?|^\W*(?:\d+(?:\.\d+)*|[a-z])[.)]?\s+)\s*$"
)
_FIRST_NAME = re.compile(r"(?:\bM\.|\bMmes?|\bMM\.|\bMe|\bDr)\s$|([A-ZÀ-Ý][\w'’-]+)\s$")
_DOLLARS = re.compile(r"\bdollars? (?:des? |\()$", re.IGNORECASE)
# la Réunion d'experts, Réunion internationale: no island
_OF = re.compile(r"\s(?:d['’]|de\s|du\s|des\s|[a-zà-ÿ-]{5,})")
_CAPITALS_AFTER, _CAPITALS_BEFORE = re.compile(r"\s[A-ZÀ-Ý]{2,}\b"), re.compile(r"\b[A-ZÀ-Ý]{2,}\s$")
# A capital after an article is often a common noun: `l'Opération`, `le Recueil`.
_ARTICLE = re.compile(
    r"(?:\b(?:les?|la|du|des|aux?|une?|cette?|ce|ces|son|sa|ses|notre|de|à|en|dans|par)\s|[ld]['’])$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:tion|sion|ments?|eurs?|tés?|ence|ance|iques?|ure|ade|age|iste|rice|eil|ête|iel|iens?|oire|isme|ès|aire"
    r"|ifs?|ives?|ées?)$"
)
# What an office is for is no name: `ministre de l'Asile`. Compiled, like the next two, when it is needed.
_OFFICES = ("inist", "tat ", "ommissaire")
_OFFICE = (
    r"\b(?:[Mm]inist(?:re|ère)s?|[Ss]ecrétaires? d['’][EÉ]tat|[Ss]ecrétariats? d['’][EÉ]tat|[Cc]ommissaires?)"
    r"(?:\s[a-zà-ÿ-]+)?\s(?:chargée?s?\s)?"
    r"(?:(?:de la|du|des|de l['’]|à la|à l['’]|aux?)\s?[\w-]+(?:\s[a-zà-ÿ-]+)?(?:,|\set)\s)*"
    r"(?:de la\s|du\s|des\s|de l['’]|à la\s|à l['’]|aux?\s)$"
)
# Things that have the name of a place and are called otherwise elsewhere: marigolds, guinea pigs, India ink.
_THING = (
    r"\b(?:œillets?|cochons?|marron(?:nier)?s?|roses?|papier) d['’]$"
    r"|\b(?:encre|eau|choux?|bleu|ombres?) de $|\bpoivre du $"
)
_FIRST_NAMES = frozenset(("Maurice", "Florence", "Constance", "Valence", "Nancy"))
_WHERE = r"\b(?:à|de|d['’]|depuis|pour|vers|et|ou|entre|île)\s?$|,\s$"

_FAR = 40  # characters
_LONGEST_PLAIN = 5  # letters
_SMALL_ARTICLE = re.compile(r"\b(?:la|le|du|de l['’]|à l['’]|au)\s?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a French sentence."""

    text: str
    start: int
    end: int
    is_acronym: bool = False
    is_family: bool = False  # behind a first name or a title


@lru_cache(maxsize=1024)  # a sentence is read once for all its targets
def mentions(source: str) -> tuple[Mention, ...]:
    """The names and acronyms of a French sentence that can be checked, in order."""
    return tuple(_mentions(source))


def _mentions(source: str) -> Iterator[Mention]:
    if source.upper() == source or _is_headline(source):
        return
    for match in WORD.finditer(source):
        if match[0].islower():
            continue
        elided = _ELIDED.match(match[0])
        start = match.start() + (elided.end() if elided else 0)
        word = source[start : match.end()]
        if not word or not word[0].isupper() or word in CODES or _ROMAN.fullmatch(word):
            continue
        before, bare = _before(source, start), bare_word(word)
        if len(bare) > 1 and is_acronym(bare):
            if is_listed(bare) or _is_said(bare, source, match.end(), before, elided is not None):
                yield Mention(bare, start, start + len(bare), is_acronym=True)
        elif is_unchecked(word) and _OF.match(source, match.end()):
            continue
        elif len(word) > 3 and word == bare and _is_name(word, before, elided is not None):
            yield Mention(word, start, match.end(), is_family=is_family(before) or _is_first(word, before))


def unelided(word: str) -> str:
    """`OTAN` of `l'OTAN`."""
    elided = _ELIDED.match(word)
    return word[elided.end() :] if elided else word


def _is_said(acronym: str, source: str, end: int, before: str, is_elided: bool) -> bool:
    """False for what may be no acronym: two letters, one of several in capitals (`FOREST EUROPE`), a long
    word (PRECISION) but for what has an article: `l'UNICRI`."""
    if _CAPITALS_BEFORE.search(before) or _CAPITALS_AFTER.match(source, end):
        return False
    has_article = is_elided or _SMALL_ARTICLE.search(before) is not None
    return len(acronym) > 2 and (len(acronym) <= _LONGEST_PLAIN or has_article)


def _before(source: str, start: int) -> str:
    """The text before a word, as far as anything looks back."""
    return source[:start] if start <= _FAR else f"x{source[start - _FAR : start]}"


def _is_name(word: str, before: str, is_elided: bool) -> bool:
    """False for what has its capital from opening a sentence, and for common nouns."""
    if known_place(word):
        return not (_DOLLARS.search(before) or re.search(_THING, before))
    if any(sign in before for sign in _OFFICES) and re.search(_OFFICE, before):
        return False
    if is_common(word):
        return is_family(before) and not is_elided
    if is_unchecked(word) or (not is_elided and _OPENS.search(before)):
        return False
    return not (_NOUN.search(word) and _ARTICLE.search(before))


def _is_first(word: str, before: str) -> bool:
    """True for a place's name that is somebody's here: `le coq Maurice`, not `l'île Maurice`."""
    return word in _FIRST_NAMES and not re.search(_WHERE, before)


def is_family(before: str) -> bool:
    """True if a first name or a title ends `before`: what follows is somebody's name."""
    match = _FIRST_NAME.search(before)
    if match is None or match[1] is None:
        return match is not None
    first = match[1]
    return not (
        first.isupper()
        or is_unchecked(first)
        or known_place(first)
        or _OPENS.search(before, 0, match.start(1))
    )


@lru_cache(maxsize=8192)
def is_acronym(word: str) -> bool:
    """True for `OTAN`, `PCC`, `ZLECAf`; not for `McDonald`, `Saint-Denis`."""
    bare = word.replace("-", "").replace(".", "").replace("&", "")
    return bare.isalpha() and (is_listed(word) or (len(bare) <= 10 and bare.isupper()))


@lru_cache(maxsize=8192)
def bare_word(word: str) -> str:
    """The letters of a code: `CSO` of `CSO-3`."""
    return word.rstrip("0123456789").rstrip("-+.") or word


def _is_headline(source: str) -> bool:
    """True where capitals tell nothing: most words have one."""
    words = WORD.findall(source)
    return len(words) > 5 and sum(word[0].isupper() for word in words) > 0.8 * len(words)
