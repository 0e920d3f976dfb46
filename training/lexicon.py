"""What French words are in English and Chinese: the lexicon, for words that a model does not know.

    python -m training.lexicon --data DATA --held-out SETS… -o translate/text

Each French word keeps the words or phrases that stood for it most often in the training text
(`training.links`); into Chinese, which does not inflect, what stood for its other forms counts too. The files
are the same bytes whenever they are made of the same texts.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import simplemma

from training import packed
from training.command import guarded
from training.corpora import held_out_keys, load_corpora
from training.links import KINDS, Entry, Meaning, entries, read
from translate.domain import Lang
from translate.text.checks.spelling import is_english
from translate.text.language import small_words
from translate.text.lexicon import KNOWN, RARE, name_of
from translate.text.tables import folded

MOST: Final = 4
"""Meanings of a word that are kept."""

_LEAST_SHARE, _LARGE_SHARE = 0.1, 0.25  # of the links of a French word
_LEAST_LIKENESS, _SMALL_LIKENESS = 0.05, 0.02  # the less for a large share
_GIVEN = 0.3, 0.1  # share and likeness of a first meaning that a model is given
_GIVEN_NAME = 0.4, 0.3  # of a name: what stands beside it is often part of it
_SELDOM: Final = {Lang.EN: 100, Lang.ZH: 150}  # what the sentences of a rare word weigh at most, all together
_NAMES = 4  # times as much for names: each is another one
_NAME = re.compile(r"[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]+(?:-[A-ZÀ-Þ]?[^\W\d_A-ZÀ-Þ]+)*")
_LETTERS = re.compile(r"[^\W\d_]{3,}|[^\W\d_]+(?:-[^\W\d_]+)+")
_PHRASES: Final = {
    Lang.EN: re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*(?: [A-Za-z]+(?:-[A-Za-z]+)*)*"),
    Lang.ZH: re.compile(r"[\u4e00-\u9fff]{2,}"),
}
_ABOUT = """\
# French words by their first three letters, behind which the rest of each stands with what it is in the
# target language, the likeliest first; a ! before that if the word is rare. Made by training.lexicon of the
# text that the embedded model learned from; translate/weights/embedded/README.md names that and its licences.
"""


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A word of the lexicon. `is_rare`: seldom read, with a first meaning that is sure enough to be given."""

    word: str
    is_rare: bool
    meanings: tuple[str, ...]


def kept(found: Mapping[str, Entry], target: Lang) -> Iterator[Listed]:
    """The words and meanings that can be relied on: real words, in more than one sentence, and often."""
    totals: Counter[str] = Counter()
    for entry in found.values():
        totals.update({one.text: one.weight for one in entry.meanings})
    for word, entry in found.items():
        is_name = bool(_NAME.fullmatch(word))
        if (
            word in small_words("fr")
            or not _LETTERS.fullmatch(word)
            or (word != word.lower() and not is_name)
        ):
            continue
        own = sum(one.weight for one in entry.meanings)
        judged = [
            (one, one.weight / own, 2 * one.weight / (own + totals[one.text])) for one in entry.meanings
        ]
        good = sorted(
            (-share * likeness**0.5, one.text, share, likeness)
            for one, share, likeness in judged
            if _is_reliable(one, share, likeness, target)
            and not (is_name and folded(word) in folded(one.text).split())  # what needs no translation
        )
        if good:
            _, _, share, likeness = good[0]
            least_share, least_likeness = _GIVEN_NAME if is_name else _GIVEN
            is_sure = share >= least_share and likeness >= least_likeness
            is_rare = is_sure and entry.weight <= _SELDOM[target] * (_NAMES if is_name else 1)
            if is_rare or not is_name:
                yield Listed(word, is_rare, tuple(text for _, text, *_ in good[:MOST]))


def of_lemmas(found: Mapping[str, Entry], forms: Iterable[str], target: Lang) -> Iterator[Listed]:
    """The same for a target that does not inflect: a form without a meaning of its own has what its word has.

    `forms`: all that are asked for. Names are no forms of anything.
    """
    own = {one.word: one for one in kept(found, target)}
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word, entry in found.items():
        if word.islower():
            weights[_lemma(word)].update({one.text: one.weight for one in entry.meanings})
            counts[_lemma(word)].update({one.text: one.sentences for one in entry.meanings})
    together = {
        lemma: Entry(0, tuple(Meaning(text, texts[text], counts[lemma][text]) for text in sorted(texts)))
        for lemma, texts in weights.items()
    }
    words = {one.word: one for one in kept(together, target)}
    yield from own.values()
    for form in sorted({*forms} - own.keys() - small_words("fr")):
        if (one := words.get(_lemma(form))) and _LETTERS.fullmatch(form):
            is_seldom = form not in found or found[form].weight <= _SELDOM[target]
            yield Listed(form, one.is_rare and is_seldom, one.meanings)


@cache
def _lemma(word: str) -> str:
    return str(simplemma.lemmatize(word, lang="fr")).lower()


def _is_reliable(one: Meaning, share: float, likeness: float, target: Lang) -> bool:
    """`share` of the French word's links; `likeness`: of both words' links, those in common (Dice, 1945)."""
    least = _SMALL_LIKENESS if share >= _LARGE_SHARE else _LEAST_LIKENESS
    return (
        one.sentences > 1
        and share >= _LEAST_SHARE
        and likeness >= least
        and _is_written_well(one.text, target)
    )


def _is_written_well(phrase: str, target: Lang) -> bool:
    if not _PHRASES[target].fullmatch(phrase):
        return False
    return target is not Lang.EN or all(
        len(word) < 4 or word != word.lower() or is_english(word) for word in re.split("[ -]", phrase)
    )


def lines(those: Iterable[Listed]) -> Iterator[str]:
    """A line for each head."""
    cells = ((one.word, f"{RARE if one.is_rare else KNOWN}{'|'.join(one.meanings)}") for one in those)
    return packed.lines(cells)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training text")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="development sets to keep out")
    recipe = Path(__file__).parent / "corpora.yaml"
    parser.add_argument("--recipe", type=Path, default=recipe, help="which texts there are")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder to write into")
    a = parser.parse_args()
    forms: Counter[str] = Counter()
    for target in KINDS:
        sentences = list(read(load_corpora(a.recipe), a.data, held_out_keys(a.held_out), target))
        forms.update(word for one in sentences for word in one.french if word.islower())
        everything = entries(sentences, target)
        if target is Lang.ZH:
            often = [form for form, count in forms.items() if count > 1]
            found = list(of_lemmas(everything, often, target))
        else:
            found = list(kept(everything, target))
        packed.write(a.out / name_of(target), _ABOUT, lines(found))
        rare = sum(one.is_rare for one in found)
        print(f"{target}: {len(sentences)} pairs, {len(found)} words, of which {rare} rare")
    return 0


if __name__ == "__main__":
    guarded(main)
