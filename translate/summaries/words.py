"""Word knowledge of one language, read from `words.<lang>.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from translate.domain import Lang

WORD = re.compile(r"\w+")
# Inflected forms share their first letters: election, élections, électoral stay apart or meet by six.
_STEM_LETTERS = 6
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns and word sets of one language; those of an unknown language match nothing."""

    openers: re.Pattern[str]
    first_person: re.Pattern[str]
    days: re.Pattern[str]
    stopwords: frozenset[str]
    numbers: Mapping[str, str]  # number word -> value, or the name of a magnitude

    def stems(self, text: str) -> tuple[str, ...]:
        """The content words of `text`, lower-cased and cut to their first letters, in order."""
        return tuple(
            word[:_STEM_LETTERS]
            for word in WORD.findall(text.lower())
            if word not in self.stopwords and (len(word) > 1 or word.isdecimal())
        )


@cache
def words_of(lang: Lang) -> Words:
    """The word knowledge of `lang`."""
    sections = _sections(lang)
    return Words(
        openers=_openers(sections.get("openers", ()), sections.get("free openers", ())),
        first_person=_any_word(sections.get("first person", ())),
        days=_any_word(sections.get("days", ())),
        stopwords=frozenset(sections.get("stopwords", ())),
        numbers=dict(_pair(entry) for entry in sections.get("numbers", ())),
    )


def _sections(lang: Lang) -> dict[str, tuple[str, ...]]:
    file = resources.files("translate.summaries") / f"words.{lang}.txt"
    if not file.is_file():
        return {}
    sections: dict[str, list[str]] = {}
    name = ""
    for line in _entries(file.read_text(encoding="utf-8")):
        if line.startswith("["):
            name = line.strip("[]")
        else:
            sections.setdefault(name, []).append(line)
    return {name: tuple(entries) for name, entries in sections.items()}


def _entries(text: str) -> Iterator[str]:
    lines = (line.strip() for line in text.splitlines())
    return (line for line in lines if line and not line.startswith("#"))


def _pair(entry: str) -> tuple[str, str]:
    word, _, value = entry.partition("=")
    return word.strip(), value.strip()


def _openers(openers: Iterable[str], free: Iterable[str]) -> re.Pattern[str]:
    wanted = _alternatives(openers)
    if not wanted:
        return _NEVER
    not_free = f"(?!{_alternatives(free)})" if _alternatives(free) else ""
    return re.compile(rf'["«“”\s]*{not_free}{wanted}')


def _any_word(entries: Iterable[str]) -> re.Pattern[str]:
    wanted = _alternatives(entries)
    return re.compile(rf"\b{wanted}", re.IGNORECASE) if wanted else _NEVER


def _alternatives(entries: Iterable[str]) -> str:
    """A group that matches any entry as a whole word; `'` stands for both apostrophes.

    What may not follow a word is said once for all of them: it takes far less time to compile.
    """
    ordered = sorted(entries, key=len, reverse=True)
    words = "|".join(_written(entry) for entry in ordered if not entry.endswith("'"))
    elided = "|".join(_written(entry) for entry in ordered if entry.endswith("'"))
    parts = ([rf"(?:{words})(?![\w-])"] if words else []) + ([elided] if elided else [])
    return f"(?:{'|'.join(parts)})" if parts else ""


def _written(entry: str) -> str:
    return re.escape(entry).replace("'", "['’]").replace(r"\ ", r"\s")
