"""Does a summary say anything that its source does not? Numbers, names and quotations are checked.

The check errs on the strict side: a name or number that the source writes in another way (`64` for
`une soixantaine`) counts as invented, and the sentence is replaced by one of the source's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from translate.domain import Lang
from translate.summaries.traits import same_text
from translate.summaries.words import Words, words_of

_FIGURES = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]\w*(?:-\w+)*")
_QUOTATION = re.compile(r'"([^"]+)"|«([^»]+)»|“([^”]+)”')
_SENTENCE_START = re.compile(r'(?:^|[.!?…:]["»”]?\s+)["«“\s]*$')
_TITLES = frozenset({"mm", "mme", "mmes", "mlle", "mr", "mrs", "ms", "dr", "pr", "mgr"})
_SCORE = 20  # quatre-vingt: the one numeral that multiplies


@dataclass(frozen=True)
class Source:
    """A text that summaries are checked against, read once."""

    text: str
    lang: Lang

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every word, and every part of a hyphenated one, without case or accents."""
        whole = [_plain(token) for token in _WORD.findall(self.text)]
        return frozenset(whole) | {part for token in whole for part in token.split("-")}

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(_plain(stem) for stem in self._words.stems(self.text))

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(value for _, value in _numbers(self.text, self._words))

    @cached_property
    def speech(self) -> str:
        return f" {same_text(self.text)} "

    @property
    def _words(self) -> Words:
        return words_of(self.lang)

    def inventions(self, summary: str) -> tuple[str, ...]:
        """What `summary` says and the source does not: numbers, then names, then quotations, each once."""
        numbers = (shown for shown, value in _numbers(summary, self._words) if value not in self.numbers)
        names = (name for name, opens in _names(summary) if not self._knows(name, opens=opens))
        quotes = (quote for quote in _quotations(summary) if f" {same_text(quote)} " not in self.speech)
        return tuple(dict.fromkeys([*numbers, *names, *quotes]))

    def _knows(self, name: str, *, opens: bool) -> bool:
        """True if the source has the name, or if it only looks like one because it opens a sentence."""
        plain = _plain(name)
        if plain in self.tokens or set(plain.split("-")) <= self.tokens:
            return True
        if not opens:
            return False
        stems = {_plain(stem) for stem in self._words.stems(name)}
        return stems <= self.stems or self._words.openers.match(name) is not None


def _plain(token: str) -> str:
    """Without case and accents: `État` and `Etat` are one name."""
    spread = unicodedata.normalize("NFD", token.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """Each capitalised word or acronym, and whether it opens a sentence."""
    for match in _WORD.finditer(text):
        token = match.group()
        if token[0].isupper() and len(token) > 1 and token.casefold() not in _TITLES:
            yield token, _SENTENCE_START.search(text[: match.start()]) is not None


def _numbers(text: str, words: Words) -> Iterator[tuple[str, str]]:
    """Each number as it is written and as a value: figures, number words, and words such as `million`."""
    for figures in _FIGURES.findall(text):
        yield figures, _value(figures)
    for token in _WORD.findall(text):
        if (value := _spelled(token.lower(), words)) is not None:
            yield token, value


def _value(figures: str) -> str:
    """`3.800`, `3 800` and `3,800` are one number; a decimal comma is a decimal point; `08` is 8."""
    grouped = re.sub(r"[.,\s](?=\d{3}(?!\d))", "", figures)
    return grouped.replace(",", ".").lstrip("0") or "0"


def _spelled(token: str, words: Words) -> str | None:
    """The value of a number word, hyphens added up (`vingt-trois`: 23), or `None`."""
    values = words.numbers
    if token in values:
        return values[token]
    parts = [part for part in token.split("-") if part not in ("et", "and")]
    if len(parts) < 2 or not all(values.get(part, "").isdecimal() for part in parts):
        return None
    numbers = [int(values[part]) for part in parts]
    if numbers[:2] == [4, _SCORE]:
        numbers[:2] = [4 * _SCORE]
    return str(sum(numbers))


def _quotations(text: str) -> Iterator[str]:
    """Each quoted run of three words or more; fewer are a name or a distance taken from a word."""
    for groups in _QUOTATION.findall(text):
        quote = "".join(groups).strip()
        if len(same_text(quote).split()) >= 3:
            yield quote
