"""Names and acronyms of a sentence against those of its translation.

Names change on the way: `Londres` becomes London, `OTAN` NATO or 北约, `Loukachenko` Lukashenko. So a name
is only missed if nothing in the translation looks like it, like what it is known as, or like its kin
(`la Chine`: Chinese). In Chinese, where names are transliterated, only those that are known are checked,
and those that are kept in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from translate.domain import Finding, Lang, Severity
from translate.text.checks import likeness
from translate.text.checks.equivalents import (
    forms,
    has_signs,
    heads,
    is_listed,
    is_mission,
    is_unchecked,
    kin,
    known_place,
    parts,
    stands_for,
    strangers,
)
from translate.text.checks.mentions import WORD, Mention, bare_word, is_acronym, mentions, unelided
from translate.text.checks.rendered import is_rendered
from translate.text.names import Name
from translate.text.tables import folded

_LATIN = re.compile(r"[A-Za-z][\w.+-]*", re.ASCII)
_IMPLIED = frozenset(("中国", "法国", "美国"))  # 法国经济部 for Bercy, 美国航天局 for NASA
_NEXT_CAPITAL = re.compile(r"\s(?:d[eu]\s|d['’])?([A-ZÀ-Ý][\w-]+)")
# A company or the like whose proper name is kept while the rest is put into Chinese.
_COMPANY = re.compile(
    r"[\w.]+\s?[\u3400-\u9fff（(]{0,8}?(?:公司|集团|银行|大学|学院|研究所|研究院|基金会|协会|杂志|机场|酒店|奖)"
)
# Chinese says whose a company or party is that readers may not know: 巴西航空工业公司 for Embraer.
_INSTITUTION = r"[\u4e00-\u9fff]{0,10}?(?:公司|集团|银行|铁路|航空|党|武装力量|[管监]\w?局)"
_GOES_ON = rf"(?:{_INSTITUTION}|[\u4e00-\u9fff]{{0,2}}·)"  # names begin like lands: 巴西鲁·迪奥马耶·法耶
_THE_COUNTRY = re.compile(r"\b(?:the|our|his|her|their|this) country\b|[我该其贵]国")
_WORDS_BEFORE = 12  # that an acronym in brackets may be short for
_TITLES = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "dr",
        "president",
        "minister",
        "secretary",
        "general",
        "chancellor",
        "king",
        "queen",
        "pope",
    )
)


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """The names of the source that the translation does not have."""
    named = mentions(source)
    if not named:
        return
    known = Target.of(target, lang)
    new_acronyms = known.acronyms - {mention.text for mention in named if mention.is_acronym}
    if lang is Lang.ZH:
        yield from _half_kept(source, named, known)
        yield from _made_up(source, named, known)
    for mention, after in zip(named, [*named[1:], None], strict=True):
        if known.has(mention, lang):
            if _is_doubtful(mention, known, source, lang):
                yield _missing(mention.text, mention.start, mention.end, Severity.WARNING)
            continue
        if is_rendered(mention.text, target, lang):
            continue
        if lang is Lang.ZH and mention.is_acronym and _is_spelled_out(mention, source):
            continue
        if (
            after
            and after.start == mention.end + 1
            and known.has(after, lang)
            and _may_go(after, target, named)
        ):
            continue
        if lang is Lang.EN and _is_shortened(mention, source, target, new_acronyms):
            continue
        if mention.is_acronym and forms(mention.text, lang) is None and (new_acronyms or lang is Lang.ZH):
            continue  # an acronym that nobody listed may have another form in the translation
        severity = Severity.ERROR if mention.is_acronym else Severity.WARNING
        yield _missing(mention.text, mention.start, mention.end, severity)


def _half_kept(source: str, named: Sequence[Mention], known: Target) -> Iterator[Finding]:
    """Names of several words of which Chinese keeps some in Latin letters and has no other Latin ones."""
    for one, other in pairwise(named):
        if one.is_acronym or other.is_acronym or source[one.end : other.start] != " ":
            continue
        kept, lost = (one, other) if one.text in known.text else (other, one)
        if kept.text not in known.text or lost.text in known.text or known_place(lost.text):
            continue
        if _COMPANY.search(known.text, known.text.index(kept.text)) or any(map(str.isdigit, kept.text)):
            continue  # UHDE公司, 空客A321
        if not any(likeness.alike(folded(lost.text), word) for word in known.names):
            yield _missing(lost.text, lost.start, lost.end, Severity.WARNING)


def _made_up(source: str, named: Sequence[Mention], known: Target) -> Iterator[Finding]:
    """A land that the source does not name, where a name of the source cannot be looked up in Chinese."""
    if all(each.is_acronym or known_place(each.text) or known.has_word(each.text) for each in named):
        return
    lands = (each for each in strangers(known.text, source, Lang.ZH) if each not in _IMPLIED)
    land = next((each for each in lands if not re.search(each + _GOES_ON, known.text)), None)
    if land is not None:
        at = known.text.index(land)
        message = f"“{land}” is not in the source"
        yield Finding("names", Severity.WARNING, message, target_span=(at, at + len(land)))


def _missing(text: str, start: int, end: int, severity: Severity) -> Finding:
    return Finding("names", severity, f"“{text}” is not in the translation", source_span=(start, end))


def _may_go(family: Mention, target: str, named: Sequence[Mention]) -> bool:
    """True if a first name before `family` is left out (Mr. Obama), and no other one stands there."""
    match = re.search(rf"([^\W\d_][\w-]+)\s{re.escape(family.text)}\b", target)
    if match is None or not match[1][0].isupper() or folded(match[1]) in _TITLES:
        return True
    return any(likeness.alike(folded(match[1]), folded(other.text)) for other in named)


def _is_shortened(mention: Mention, source: str, target: str, new_acronyms: frozenset[str]) -> bool:
    """True if the translation has the initial of a first name, an acronym (`BNUB`) for several words of the
    source, or the last one of them (`the Office`)."""
    if mention.is_acronym:
        return False
    after = _NEXT_CAPITAL.match(source, mention.end)
    if after and re.search(rf"\b{mention.text[0]}\.\s(?:[a-z]+\s)?[A-ZÀ-Ý]", target):
        return True
    if after and re.search(rf"\b[Tt]he {re.escape(after[1])}\b", target):
        return True
    initials = "".join(word[0] for word in map(unelided, WORD.findall(source)) if word[:1].isupper())
    return any(
        acronym in initials and mention.text[0] in acronym for acronym in new_acronyms if len(acronym) > 2
    )


def _is_doubtful(mention: Mention, known: Target, source: str, lang: Lang) -> bool:
    """True if the translation has less of a name than it should: a long form without its acronym; a sign."""
    if not mention.is_acronym:
        return known.has_stranger(mention, source, lang)
    if lang is Lang.ZH:
        return False
    return _is_bracketed(mention, source) and not known.has_short(mention)


def _is_bracketed(mention: Mention, source: str) -> bool:
    return source[mention.start - 1 : mention.start] == "(" and source[mention.end : mention.end + 1] == ")"


def _is_spelled_out(acronym: Mention, source: str) -> bool:
    """True for one in brackets behind what it is short for, which Chinese may do without."""
    words = map(unelided, WORD.findall(source[: acronym.start])[-_WORDS_BEFORE:])
    initials = iter("".join(word[0] for word in words).upper())
    return _is_bracketed(acronym, source) and all(letter in initials for letter in acronym.text.upper())


@lru_cache(maxsize=16384)
def _parts(word: str) -> tuple[str, ...]:
    """A word and the parts of it that hyphens and apostrophes join, folded."""
    plain = folded(word)
    return (plain, *re.split(r"[-'’]", plain)) if "-" in plain or "'" in plain else (plain,)


@dataclass(frozen=True, slots=True)
class Target:
    """A translation as names are looked up in it."""

    text: str
    words: frozenset[str]  # folded, with the parts of hyphenated ones
    names: frozenset[str]  # those with a capital
    acronyms: frozenset[str]

    @classmethod
    def of(cls, text: str, lang: Lang) -> Target:
        tokens = (_LATIN if lang is Lang.ZH else WORD).findall(text)
        bare = {bare_word(token.removesuffix("'s").removesuffix("’s").replace("`", "")) for token in tokens}
        words = {part for token in bare for part in _parts(token)}
        capital = {part for token in bare if not token.islower() for part in _parts(token)}
        acronyms = frozenset(
            each for token in bare for each in (token, token.removesuffix("s")) if is_acronym(each)
        )
        return cls(text, frozenset(words), frozenset(capital), acronyms)

    def has_word(self, name: str) -> bool:
        """True if the name stands there as it is."""
        return name in self.text or folded(name) in self.words

    def has(self, mention: Mention, lang: Lang) -> bool:
        """True if the name is there, or need not be."""
        word = folded(mention.text)
        if mention.is_acronym:
            return self._has_acronym(mention.text, lang)
        if word in self.words:
            return True
        if (name := known_place(mention.text)) is not None and not (lang is Lang.ZH and mention.is_family):
            return self._has_place(name, lang)
        pieces = parts(mention.text)
        if lang is Lang.ZH:
            return not _is_kept(mention.text) or (len(pieces) > 1 and any(map(_is_known, pieces)))
        if len(pieces) == 2 and is_listed(pieces[0]):  # ONU-Eau: the other part is no name
            return self._has_acronym(pieces[0], lang)
        return all(self._has_part(part, lang) for part in pieces if len(part) > 2)

    def _has_part(self, part: str, lang: Lang) -> bool:
        """True if a word of a compound is there, or no name."""
        if is_listed(part):
            return self._has_acronym(part, lang)
        if (name := known_place(part)) is not None:
            return self._has_place(name, lang)
        return is_unchecked(part) or part.islower() or self._has_like(folded(part))

    def initials(self) -> str:
        """The first letters of the words with a capital: the Federal Emergency Management Agency is FEMA."""
        return "".join(word[0] for word in WORD.findall(self.text) if word[0].isupper())

    def has_short(self, mention: Mention) -> bool:
        """True if any acronym of the translation can be that one; its long form alone is not enough."""
        known = forms(mention.text, Lang.EN)
        if any(f"{folded(form)}{end}" in self.words for form in known or () for end in ("", "s")):
            return True
        if not self.acronyms:
            return False
        short = [form for form in known or () if is_acronym(form.rstrip("s"))]
        return not short or mention.text in self.acronyms or any(folded(form) in self.words for form in short)

    def has_stranger(self, mention: Mention, source: str, lang: Lang) -> bool:
        """True if the place is only told by its kin, and a land is named that the source has not."""
        name = known_place(mention.text)
        if name is None or (mention.is_family and lang is Lang.ZH) or name.to(lang) in self.text:
            return False
        if lang is Lang.EN and self._has_like(folded(name.en)):
            return False
        return any(each not in _IMPLIED for each in strangers(self.text, source, lang))

    def _has_acronym(self, acronym: str, lang: Lang) -> bool:
        if acronym in self.acronyms or folded(acronym) in self.words or f"{folded(acronym)}s" in self.words:
            return True
        known = forms(acronym, lang)
        if any(head in self.text for head in heads(acronym, lang)):
            return True
        if known is None:
            if len(acronym) > 2 and lang is Lang.EN and acronym in self.initials():
                return True
            if len(acronym) > 3 and any(likeness.alike(folded(acronym), word) for word in self.names):
                return True
            return any(sorted(acronym) == sorted(other) for other in self.acronyms)
        if lang is Lang.ZH:
            return any(has_signs(form, self.text) for form in known)
        return any(self._has_form(folded(form)) for form in known)

    def _has_form(self, form: str) -> bool:
        """True if the English form is there, one of few letters as a word: no UN in `unanimous`."""
        if form in self.words or f"{form}s" in self.words:
            return True
        return (len(form) > 3 or not form.isalpha()) and form in folded(self.text)

    def _has_place(self, name: Name, lang: Lang) -> bool:
        others = kin(name)
        if lang is Lang.ZH:
            is_told = name.zh[:2] in self.text or any(stands_for(each, self.text) for each in others.zh)
            return is_told or is_mission(name, self.text) or _THE_COUNTRY.search(self.text) is not None
        stems = [part for part in re.split(r"[\s-]", folded(name.en)) if len(part) > 2]
        if any(self._has_like(stem) for stem in stems):
            return True
        text = folded(self.text)
        is_told = any(re.search(rf"\b{re.escape(each)}", text) for each in others.en)
        return is_told or _THE_COUNTRY.search(self.text) is not None

    def _has_like(self, name: str) -> bool:
        return name in self.words or any(likeness.alike(name, word) for word in self.names if len(word) > 1)


def _is_known(part: str) -> bool:
    """True for a part of a compound that has a Chinese name: `ONUHabitat`, `MoyenOrient`."""
    return is_listed(part) or is_unchecked(part) or known_place(part) is not None


def _is_kept(name: str) -> bool:
    """True for names that Chinese writes in Latin letters: `TikTok`, `iPhone`; capitals inside tell them."""
    capitals = sum(letter.isupper() for letter in name)
    return capitals > 1 and name.isascii() and name.isalpha() and not name.startswith(("Mc", "Mac"))
