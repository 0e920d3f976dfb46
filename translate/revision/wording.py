"""English put in the place of words that are none: what the lexicon has for the French word behind them.

That is the word which the model left as it was, or which it looked at while it made one up. What stands
around the place stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from translate.domain import Lang
from translate.engines.alignment import Link
from translate.revision.looking import clearest, share
from translate.revision.restoring import Restored
from translate.revision.spans import Edit, Span, found_in
from translate.terms.english import plural_of
from translate.text.given_names import given_name
from translate.text.lexicon import WORD, meanings, name

_PART: Final = re.compile(r"[^\W\d_]+")
_ENDS: Final = ("ing", "ed", "ly", "s")  # what a made-up word has of the right one, if anything
_BEFORE_VERB: Final = re.compile(r"\b(?:to|will|would|can|could|may|might|must|should|not)\s$", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"\b([Aa])(n?)(\s)$")
_AS_VOWEL: Final = re.compile(
    r"(?!eu|uni(?!n|m)|unani|us[aeiu]|ut[eio]|one\b|once\b)[aeiou]|h(?:our|one|ono|eir)"
)


def worded(source: str, text: str, strange: Sequence[str], links: Sequence[Link]) -> list[Restored]:
    """What to write for the words of a translation that are no English, in their order.

    `strange`: those words. `links`: of the whole pair.
    """
    spans = sorted({span for word in strange for span in found_in(text, word)})
    return [one for span in spans if (one := _worded(source, text, span, links))]


def _worded(source: str, text: str, span: Span, links: Sequence[Link]) -> Restored | None:
    left = found_in(source, text[slice(*span)])  # in French, as it was
    for pattern in (WORD, _PART):  # a compound as it is, or its part
        seen = left[0] if left else _looked_at(source, span, links, pattern)
        known = _known(source, seen) if seen else ()
        found = [one for one in known if not found_in(text, one)]
        if seen and found:
            return Restored(seen, _edit(text, span, _form(found, text, span)))
    return None


def _known(source: str, seen: Span) -> tuple[str, ...]:
    """What a word of the source may be; of one that has its capital as a name only what it is as a name."""
    word, is_first = source[slice(*seen)], not WORD.search(source[: seen[0]])
    if word[0].isupper() and (not is_first or given_name(word)):
        return tuple(filter(None, (name(word, Lang.EN),)))
    return meanings(word, Lang.EN)


def _looked_at(source: str, place: Span, links: Sequence[Link], pattern: re.Pattern[str]) -> Span | None:
    """The word of the source that the model looked at while it wrote what stands at a place."""
    words = [match.span() for match in pattern.finditer(source)]
    shares = [share(links, word, place) for word in words]
    which = clearest(shares)
    return None if which is None else words[which]


def _form(found: Sequence[str], text: str, span: Span) -> str:
    """Of several meanings the first that is inflected as the place asks for, or the first."""
    there, before = text[slice(*span)], text[: span[0]]
    if _BEFORE_VERB.search(before):
        return _first(found, lambda one: not one.endswith(("ing", "ed")))
    if _ARTICLE.search(before):
        return _first(found, lambda one: not one.endswith("s") or one.endswith("ss"))
    end = next((end for end in _ENDS if there.endswith(end)), None)
    best = _first(found, lambda one: end is not None and one.endswith(end))
    return plural_of(best) if there.casefold() == f"{best}s" else best  # complexs


def _first(found: Sequence[str], suits: Callable[[str], bool]) -> str:
    return next(filter(suits, found), found[0])


def _edit(text: str, span: Span, new: str) -> Edit:
    """With its capital, and the article before it as it has to be."""
    if text[span[0]].isupper():
        new = new[0].upper() + new[1:]
    if match := _ARTICLE.search(text[: span[0]]):
        needed = "n" if _AS_VOWEL.match(new) else ""
        if needed != match[2]:
            return Edit(match.start(), span[1], f"{match[1]}{needed}{match[3]}{new}")
    return Edit(*span, new)
