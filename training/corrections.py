"""What the lexicon has wrong, put right: `croissants` in `besoins croissants` are no bread.

    python -m training.corrections -o translate/text

`training.lexicon` takes what stood for a word in the training text, and now and then that is half of a word,
another sense, or English that is French too. `training/glosses/lexicon.tsv` names forms, and what each is in
English and Chinese: `=` leaves it, `-` takes it out, so that the dictionary may have the form. Doing it twice
changes nothing; a lexicon that is made anew needs it anew. Words whose English a model misreads are no longer
rare (`training.misread`).
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from training import packed
from training.command import guarded
from training.dictionary import misread
from training.packed import Cell
from translate.domain import Lang
from translate.errors import InputError
from translate.terms.entries import TARGETS
from translate.text.lexicon import KNOWN, RARE, name_of

FILE: Final = Path(__file__).parent / "glosses" / "lexicon.tsv"
KEPT, GONE = "=", "-"


def read(file: Path = FILE) -> Mapping[Lang, Mapping[str, str]]:
    """What each form is to be, by target. Raises InputError for a line that is none."""
    found: dict[Lang, dict[str, str]] = {target: {} for target in TARGETS}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        form, *meanings = line.split("\t")
        if len(meanings) != len(TARGETS) or not all((form, *meanings)):
            raise InputError(f"{file}, line {number}: not a form, its English and its Chinese")
        for target, meaning in zip(TARGETS, meanings, strict=True):
            if meaning != KEPT:
                found[target][form] = meaning
    return found


def corrected(
    cells: Iterator[Cell], right: Mapping[str, str], unread: Collection[str] = ()
) -> Iterator[Cell]:
    """The cells of a lexicon, with those of `right` as they are there, or gone.

    `unread`: meanings that are known, but no longer given.
    """
    those = [cell for cell in cells if cell[0] not in right]
    those += [(form, RARE + meaning) for form, meaning in right.items() if meaning != GONE]
    for form, said in those:
        is_misread = said[:1] == RARE and said[1:].partition("|")[0] in unread
        yield form, KNOWN + said[1:] if is_misread else said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder that has the lexicon")
    folder = parser.parse_args().out
    for target, right in read().items():
        file = folder / name_of(target)
        about, lines = packed.read(file)
        before = list(packed.parted(lines))
        after = sorted(corrected(iter(before), right, misread() if target is Lang.EN else ()))
        packed.write(file, about, packed.lines(after))
        print(f"{file.name}: {len(before)} words, now {len(after)}")
    return 0


if __name__ == "__main__":
    guarded(main)
