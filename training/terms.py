"""Sentences whose terms stand in the target language already: they teach the model to keep a given term.

    python -m training.terms --data DATA --held-out EVAL/*.tsv --run runs/small

A term is asked of the model by writing its translation into the source in its place ("la réunion de
l'International Organization for Migration"). Marian learns to copy it from text made the same way:
Song et al., "Code-Switching for Enhancing NMT with Pre-Specified Translation", NAACL 2019. Terms come
from the glossary and the lexicons; a pair is used where its target has the term in that very form.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from training.command import guarded
from training.corpora import (
    Corpus,
    Pair,
    directions,
    normalise,
    read_pairs,
    read_rows,
)
from training.made import run_step, write_pairs
from translate.domain import Lang

_LEXICONS = ("glossary", "names-fr-en", "names-fr-zh", "words-fr-zh", "words-en-zh")
_MOST = 25_000  # pairs made from one file and direction
_LONGEST = 6  # words of a term
_KEPT = 0.4  # share of the terms that stay as they are: the model must go on translating them itself
_AT_MOST = 4  # terms switched in one sentence: more than any real use asks for
_WORD = re.compile(r"\w+")
_VARIANTS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]|\s*[;/；].*")

Terms = Mapping[tuple[str, ...], frozenset[str]]
"""Source words, lower-case and without a plural ending, and the forms of the target."""


def read_terms(corpora: Sequence[Corpus], data: Path, source: Lang, target: Lang) -> Terms:
    """The terms of all lexicons that have both languages. Single Chinese characters are too ambiguous."""
    terms: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for corpus in corpora:
        if corpus.name not in _LEXICONS or not {source, target} <= set(corpus.languages):
            continue
        columns = corpus.languages.index(source), corpus.languages.index(target)
        for row in read_rows(corpus, data):
            term, form = (
                _VARIANTS.sub("", normalise(row[column], corpus.languages[column])).strip()
                for column in columns
            )
            words = _words(term)
            if 0 < len(words) <= _LONGEST and len(term) > 2 and len(form) > 1 and term != form:
                terms[words].add(form)
    return {words: frozenset(forms) for words, forms in terms.items()}


def _words(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(text))


def _stem(word: str) -> str:
    word = word.lower()
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def switched(pair: Pair, terms: Terms, rng: random.Random) -> Pair | None:
    """The pair with terms of its source in the target's form; None if there is none to switch."""
    words = list(_WORD.finditer(pair.source))
    stems = [_stem(word.group()) for word in words]
    pieces: list[str] = []
    place = done = 0
    while place < len(words):
        room = min(_LONGEST, len(words) - place) if len(pieces) < 2 * _AT_MOST else 0
        for size in range(room, 0, -1):
            forms = terms.get(tuple(stems[place : place + size]))
            form = _form(pair.target, forms) if forms else None
            if form and rng.random() > _KEPT:
                start, end = words[place].start(), words[place + size - 1].end()
                pieces += [pair.source[done:start], form]
                done, place = end, place + size
                break
        else:
            place += 1
    if not pieces:
        return None
    return Pair("".join([*pieces, pair.source[done:]]), pair.target)


def _form(target: str, forms: frozenset[str]) -> str | None:
    """The longest of the forms that stands in `target`, spelled as it is there."""
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if form[0].isascii():
            found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", target, re.IGNORECASE)
            if found:
                return found.group()
        elif form in target:
            return form
    return None


def make(
    corpora: Sequence[Corpus], data: Path, held_out: frozenset[str]
) -> Iterator[tuple[Lang, Lang, list[Pair]]]:
    """All switched pairs, by direction."""
    rng = random.Random(1)
    for source, target in ((Lang.FR, Lang.EN), (Lang.FR, Lang.ZH), (Lang.EN, Lang.ZH)):
        terms = read_terms(corpora, data, source, target)
        made: list[Pair] = []
        for corpus in corpora:
            if corpus.name in _LEXICONS or corpus.base < 0.3:
                continue
            for columns in directions(corpus):
                if tuple(corpus.languages[column] for column in columns) == (source, target):
                    made += _some(read_pairs(corpus, columns, data, held_out, set()), terms, rng)
        yield source, target, made


def _some(pairs: Iterator[Pair], terms: Terms, rng: random.Random) -> list[Pair]:
    made: list[Pair] = []
    for pair in pairs:
        if len(made) == _MOST:
            break
        if found := switched(pair, terms, rng):
            made.append(found)
    return made


def write_tokens(run: Path, corpora: Sequence[Corpus], data: Path, held_out: frozenset[str]) -> None:
    """`tokens/terms.<source>-<target>.npz`, aligned."""
    write_pairs(run, "terms", make(corpora, data, held_out))


def main() -> int:
    return run_step(__doc__, write_tokens)


if __name__ == "__main__":
    guarded(main)
