"""The check `invented`: does a translation name places or people that the source does not?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from translate.domain import Finding, Lang, Severity
from translate.terms.mentions import Forms, Mention
from translate.terms.term import Term, TermMatch
from translate.text.lexicon import given_with
from translate.text.tables import folded

_WORD = re.compile(r"[^\W\d_]+")
_AGAINST = re.compile(r"^(?:anti|pro)(?=\w{4})")
_PRONOUN = re.compile(r"[\W\d]*(?:il|elle)s?\b")  # people may say who that is
_ADDED = "*"
_STEM = 4  # letters that a land and its people have in common: `Fran-ce`, `fran-çais`


def invented(
    source: str, target: str, lang: Lang, matches: Sequence[TermMatch], forms: Forms
) -> tuple[Finding, ...]:
    """One finding for each name in `target` that nothing in the French `source` stands for.

    Only names of the glossary are seen: places and people (`forms`, of language `lang`).
    It is the source's if a term of it may be said so (`matches` are those), if a word of it begins like the
    name (`français`, `France`), if it stands there as it is, if `kindred.tsv` says so, or if the dictionary
    gives it for words of the source (`le Mucem`, 地中海 in Chinese).
    """
    told: dict[str, Finding] = {}
    said = {form for match in matches for form in match.term.forms.get(lang, ())}
    text = folded(source)
    for mention in forms.find(target):
        if mention.form in told or _is_founded(mention, text, said):
            continue
        if not any(mention.form in brought for brought in given_with(source, lang)[1]):
            span = mention.start, mention.end
            message = f"“{mention.form}” ({mention.terms[0].french}) is not in the source"
            told[mention.form] = Finding("invented", Severity.ERROR, message, target_span=span)
    return tuple(told.values())


def _is_founded(mention: Mention, text: str, said: Iterable[str]) -> bool:
    """True if a name is the source's: `text` folded, and `said` in the other language by its terms."""
    if any(mention.form in form or form in mention.form for form in said):
        return True
    if _PRONOUN.match(text) or folded(mention.form) in text:
        return True
    return any(_is_meant(term, text) or _is_in_english(term, text) for term in mention.terms)


def _is_meant(term: Term, text: str) -> bool:
    """True if the folded French `text` has a word for the term, or may leave it out."""
    kindred = _kindred().get(folded(term.french), ())
    if _ADDED in kindred or any(re.search(rf"\b{re.escape(word)}", text) for word in kindred):
        return True
    words = {_AGAINST.sub("", word) for word in _WORD.findall(text)}
    stems = {word[:_STEM] for word in words if len(word) > _STEM}
    own = {folded(word) for word in _WORD.findall(term.french) if word[0].isupper()}
    return any(word in words or (len(word) >= _STEM and word[:_STEM] in stems) for word in own)


def _is_in_english(term: Term, text: str) -> bool:
    """True if the folded `text` has the English name, as titles of films and firms do."""
    return any(folded(form) in text for form in term.forms.get(Lang.EN, ()) if len(form) >= _STEM)


@cache
def _kindred() -> Mapping[str, tuple[str, ...]]:
    text = files(__package__).joinpath("kindred.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {folded(name): tuple(word.strip() for word in words.split(";")) for name, words in rows}
