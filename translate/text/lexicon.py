"""French words and what they are in the target language; and the rare ones, which a model is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from translate.domain import Lang
from translate.text.wordlists import HEAD, read_packed

KNOWN, RARE = ":", "!"
"""What stands between a word and its meanings."""
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def name_of(target: Lang) -> str:
    """The file of a target: words by their heads, each with its meanings; `training.lexicon` makes it."""
    return f"lexicon.{target}.txt.gz"


def meanings(word: str, target: Lang) -> tuple[str, ...]:
    """Words and phrases that stand for a French word, as it is inflected, the likeliest first.

    None for one that is not known, or that has nothing that stands for it often enough.
    """
    forms = dict.fromkeys((word, word.lower()))
    return next(filter(None, (_found(form, target, kind) for form in forms for kind in (KNOWN, RARE))), ())


def given(sentence: str, target: Lang) -> str:
    """A French sentence with its rare words in the target language, for a model that was taught to copy them.

    A word with a capital is looked up as it is, a name; the first one in small letters too.
    """
    head = WORD.search(sentence)

    def instead(match: re.Match[str]) -> str:
        word = match[0]
        first = _rare(word, target)
        if not first and head and match.start() == head.start() and word[1:].islower():
            first = _rare(word.lower(), target)
            first = first[:1].upper() + first[1:]
        return first or word

    return WORD.sub(instead, sentence)


def words(target: Lang, kind: str) -> Iterator[str]:
    """All French words that are known: the common ones (`KNOWN`), or the `RARE`."""
    for head, line in _lines(target).items():
        for cell in line.split("\t")[1:]:
            rest, sign, _ = cell.partition(kind)
            if sign and KNOWN not in rest and RARE not in rest:
                yield head + rest


@lru_cache(maxsize=65536)
def _rare(word: str, target: Lang) -> str:
    return next(iter(_found(word, target, RARE)), "")


def _found(word: str, target: Lang, kind: str) -> tuple[str, ...]:
    line, start = _lines(target).get(word[:HEAD], ""), f"\t{word[HEAD:]}{kind}"
    place = line.find(start)
    if place < 0:
        return ()
    return tuple(line[place + len(start) :].partition("\t")[0].split("|"))


def _lines(target: Lang) -> Mapping[str, str]:
    return read_packed(name_of(target))
