"""The words that English has, for the check that tells which words of a translation it has not.

    python -m training.words --data DATA --lists american-english-large british-english-large -o OUT

The lists are one word a line, as Debian's `wamerican-large` and `wbritish-large` have them (SCOWL up to size
70, whose notice ships beside OUT). The training text adds words that are younger than the lists: those that
stand in it more than once, and all that stand in the part of it that was written for this project. Names are
those of the lists, and those that the French of the text has otherwise (Moscou, Moscow).
OUT is the same bytes whenever it is made of the same texts.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from training import packed
from training.command import guarded
from training.corpora import load_corpora, read_rows
from translate.domain import Lang
from translate.text.checks.spelling import LEAST, WORD, has, made_of
from translate.text.wordlists import HEAD

LEFT_OUT: Final = frozenset({"europarl", "acts", "regulations", "laws-en-zh", "manuals-fr-en"})
"""Debates, statutes and manuals are so large that slips stand in them more than once, and full of codes."""
LEAST_COUNT: Final = 2
"""A word that stands once in a text may be a slip, but not in our own."""
OURS: Final = frozenset({"agency"})
"""Sentences written for this project that lie with the data: our own, too."""
_NAME = re.compile(rf"[A-Z][a-z]{{{LEAST - 1},}}")
_NAMED = re.compile(rf"(?<=[\w,] )[A-Z][a-z]{{{LEAST - 1},}}(?![\w’'-])")
_LISTED = re.compile(r"[a-z]+|[A-Z][a-z]+(?:an|ic|ish|ese)")  # names' adjectives: Zambian, Islamic
_WORD = re.compile(r"(?<![\w'’.@/-])[a-z]+(?![\w'’])")
_ABOUT = """\
# English words in lower case, and names, by their first three letters, behind which the rest of each stands.
# Made by training.words; the notice of the lists it holds is in words.en.notice.txt.
"""


def listed(lists: Iterable[Path]) -> set[str]:
    """The words of the lists, and the adjectives of names, in lower case."""
    return {word.lower() for word in _entries(lists) if _LISTED.fullmatch(word)}


def written(recipe: Path, data: Path) -> set[str]:
    """What stands in the English of the training text, by itself and in lower case, oftener than once; where
    it was written for this project, every word that the check would ask for, parts of compounds too."""
    counts: Counter[str] = Counter()
    own: set[str] = set()
    for corpus in load_corpora(recipe):
        if Lang.EN not in corpus.languages or corpus.name in LEFT_OUT:
            continue
        column = corpus.languages.index(Lang.EN)
        for row in read_rows(corpus, data):
            counts.update(_WORD.findall(row[column]))
            if corpus.own or corpus.name in OURS:
                # A word of the French is none of English, and may stay in any case.
                own.update(word for word in WORD.findall(row[column]) if not has(row[0], word))
    return own | {word for word, count in counts.items() if count >= LEAST_COUNT}


def named(lists: Iterable[Path], recipe: Path, data: Path) -> set[str]:
    """Names of the lists, and those that stand in English and not in its French, oftener than once,
    unless the text was written for this project."""
    counts: Counter[str] = Counter()
    for corpus in load_corpora(recipe):
        if corpus.languages[:2] != (Lang.FR, Lang.EN) or corpus.name in LEFT_OUT:
            continue
        weight = LEAST_COUNT if corpus.own or corpus.name in OURS else 1
        for french, english, *_ in read_rows(corpus, data):
            for word in _NAMED.findall(english):
                if not has(french, word.lower()):
                    counts[word] += weight
    otherwise = {word for word, count in counts.items() if count >= LEAST_COUNT}
    return otherwise | {word for word in _entries(lists) if _NAME.fullmatch(word)}


def _entries(lists: Iterable[Path]) -> Iterator[str]:
    return (word for path in lists for word in path.read_text(encoding="utf-8").split())


def needed(words: Iterable[str]) -> set[str]:
    """Those that do not follow, by the rules of the check, from shorter or earlier ones."""
    kept: set[str] = set()
    for word in sorted((word for word in words if len(word) >= LEAST), key=lambda word: (len(word), word)):
        if not _follows(word, kept):
            kept.add(word)
    return kept


def _follows(word: str, kept: set[str]) -> bool:
    """True for a word that is among those, in lower case, or that is made of such."""
    small = word.lower()
    return small in kept or any(kept.issuperset(parts) for parts in made_of(small))


def lines(words: Iterable[str]) -> Iterator[str]:
    """A line for each head: `aba ck cus`… with a blank on both sides of every rest."""
    for head, those in groupby(sorted(words), lambda word: word[:HEAD]):
        yield " ".join((head, *(word[HEAD:] for word in those), "\n"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training text")
    parser.add_argument("--lists", type=Path, nargs="+", required=True, help="words, one a line")
    recipe = Path(__file__).parent / "corpora.yaml"
    parser.add_argument("--recipe", type=Path, default=recipe, help="which texts there are")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    general, ours = listed(options.lists), written(options.recipe, options.data)
    kept = needed(general | ours)
    names = {name for name in named(options.lists, options.recipe, options.data) if not _follows(name, kept)}
    packed.write(options.out, _ABOUT, lines(kept | names))
    print(
        f"{len(general)} words of the lists, {len(ours - general)} of the text; "
        f"{len(kept)} are kept, and {len(names)} names"
    )
    return 0


if __name__ == "__main__":
    guarded(main)
