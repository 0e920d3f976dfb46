"""English that a model reads as French where it is given it: pain is bread to it, and a car is because.

    python -m training.misread

Rare words stand in a sentence in English, for the model to copy. Where the English is a French word too, it
is often translated once more. Each meaning of lexicon and dictionary that has such a word is put into a few
plain sentences; those of which no answer says anything are listed in `training/glosses/misread.txt`, and are
no longer given (`training.dictionary`, `training.corrections`). To be done again for other weights.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import translate
from training.command import guarded
from training.dictionary import read
from training.forms import words
from translate.domain import Lang
from translate.engines import Engine, load
from translate.registry import Registry
from translate.text.lexicon import RARE, name_of
from translate.text.wordlists import read_packed

FILE: Final = Path(__file__).parent / "glosses" / "misread.txt"
_FRAMES: Final = {
    "n": ("Le rapport évoque aussi {}.", "Selon lui, {} reste un sujet de débat."),
    "v": ("Ils ont décidé de {} mardi.", "Le ministre a promis de {}."),
    "": ("Le rapport évoque aussi {}.", "Ils ont {} mardi.", "Selon lui, {} les habitants."),
}
_WORD: Final = re.compile(r"[A-Za-z]+")
_STEM: Final = 5  # letters: an answer may inflect a word
_SMALL: Final = frozenset({
    "a", "an", "the", "of", "for", "to", "in", "on", "at", "from", "with", "by", "and", "or", "as",
    "not", "no", "be", "is", "are", "up", "out", "off", "down", "over", "into", "about", "it", "its",
    "one", "s", "their",
})  # fmt: skip


def stems(text: str) -> set[str]:
    """The beginnings of the words that say something."""
    return {word.lower()[:_STEM] for word in _WORD.findall(text) if word.lower() not in _SMALL}


def misread(meanings: Iterable[tuple[str, str]], engine: Engine) -> Iterator[str]:
    """Of pairs of a meaning and its part of speech (`n`, `v` or none) the meanings that are in no answer."""
    asked = [(meaning, frame.format(meaning)) for meaning, part in meanings for frame in _FRAMES[part]]
    answers = engine.translate([sentence for _, sentence in asked], Lang.EN)
    said: dict[str, bool] = {}
    for (meaning, _), answer in zip(asked, answers, strict=True):
        said[meaning] = said.get(meaning, False) or not stems(meaning).isdisjoint(stems(answer.text))
    return (meaning for meaning, is_said in said.items() if not is_said)


def candidates(french: set[str]) -> Iterator[tuple[str, str]]:
    """The meanings in English of which a word is written like a French one, with their parts of speech."""
    found = {(entry.english, entry.part if entry.part in _FRAMES else "") for entry in read()}
    found |= {(meaning, "") for meaning in _of_lexicon()}
    for meaning, part in sorted(found):
        if meaning[:1].islower() and ({word.lower() for word in _WORD.findall(meaning)} - _SMALL) & french:
            yield meaning, part


def _of_lexicon() -> Iterator[str]:
    for line in read_packed(name_of(Lang.EN)).values():
        for cell in line.split("\t")[1:]:
            _, sign, said = cell.partition(RARE)
            if sign:
                yield said.partition("|")[0]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "--forms", type=Path, default=Path("/usr/share/hunspell/fr"), help="spelling dictionary"
    )
    a = parser.parse_args(argv)
    french = {form.text.lower() for word in words(a.forms) for form in word.forms}
    spec = Registry.load(None).get("embedded")
    directory = Path(translate.__file__).parent / "weights" / "embedded"
    engine = load(replace(spec, decode=replace(spec.decode, lexicon=False)), directory)
    asked = list(candidates(french))
    found = sorted(misread(asked, engine))
    FILE.write_text("".join(f"{meaning}\n" for meaning in found), encoding="utf-8")
    print(f"{len(found)} of {len(asked)} meanings are misread")
    return 0


if __name__ == "__main__":
    guarded(main)
