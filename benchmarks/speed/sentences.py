"""What is translated: distinct sentences, as many as are asked for, and dispatches with their repeats."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from translate.sheet import Sheet
from translate.sources import read_dispatch
from translate.text.house_style import is_plain

HERE = Path(__file__).parent
_WRITTEN = HERE / "sentences.fr.txt"
_SEED = 11


@cache
def written() -> tuple[str, ...]:
    """News sentences written for this project, 60 to 400 characters; what they tell is invented."""
    return tuple(_WRITTEN.read_text(encoding="utf-8").splitlines())


def distinct(count: int, start: int = 0) -> list[str]:
    """`count` sentences, no two alike, from number `start` on of an endless row. The same in every run."""
    return list(itertools.islice(_endless(), start, start + count))


def _endless() -> Iterator[str]:
    """The written ones, then new ones: the head of one up to a comma, the rest of another."""
    given = set(written())
    yield from written()
    dice = random.Random(_SEED)
    parts = [sentence.split(", ", 1) for sentence in written() if ", " in sentence]
    while True:
        made = f"{dice.choice(parts)[0]}, {dice.choice(parts)[1]}"
        if made not in given and 60 <= len(made) <= 400:
            given.add(made)
            yield made


def of_dispatches(folder: Path, most: int) -> list[str]:
    """The sentences a model is asked for in the dispatches of a folder, in order, repeats included."""
    return _sentences((path.read_bytes() for path in sorted(folder.glob("*.txt"))), most)


def of_wire(folder: Path, most: int) -> list[str]:
    """The same of a wire made from them: some dispatches are updates or corrections of earlier ones."""
    from benchmarks.wire import Texts, recombined  # which imports a good deal

    return _sentences((text.encode() for text in recombined(Texts.read(folder), most)), most)


def _sentences(dispatches: Iterator[bytes], most: int) -> list[str]:
    """At most `most` sentences; of the last dispatch perhaps not all."""
    found: list[str] = []
    for data in dispatches:
        sheet = Sheet.of(read_dispatch(data, force=True))
        for number in range(len(sheet.dispatch.blocks)):
            found += [sentence for sentence in sheet.sentences(number) if not is_plain(sentence)]
        if len(found) >= most:
            break
    return found[:most]


def words(sentences: list[str]) -> int:
    """French words: what stands between spaces."""
    return sum(len(sentence.split()) for sentence in sentences)
