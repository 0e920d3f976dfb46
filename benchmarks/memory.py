"""How fast the translation memory stores, finds again and suggests, and what suggesting misses.

    python benchmarks/memory.py europarl.fr-en.tsv.xz --entries 100000

The files hold French in the first column (or alone), one sentence a line, and may be packed (`.xz`). Asked
for are sentences of the memory with some words replaced, left out or added, and sentences that are not in it.
"Missed": comparing with every sentence finds one of score 70 or more that is liker than the suggestion.
Processor time; rapidfuzz alone on every sentence, one core, is the other way to suggest.
"""

from __future__ import annotations

import argparse
import itertools
import lzma
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from translate.domain import Hypothesis, Lang
from translate.memory import Memory
from translate.memory.keys import fold

RECIPE = "m:benchmark@00000000|b:4"
LEAST = 70


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=300, help="sentences to have suggestions for")
    options = parser.parse_args()
    chance = random.Random(1)
    found = itertools.islice(sentences(options.files), options.entries + options.asked)
    known = list(found)
    chance.shuffle(known)
    unknown = [known.pop() for _ in range(options.asked // 10)]
    print(f"{len(known):,} sentences, {sum(map(len, known)) / len(known):.0f} characters each")
    with tempfile.TemporaryDirectory() as folder, Memory.open(Path(folder) / "memory.sqlite") as memory:
        exact(memory, known)
        words = [word for sentence in known[:2000] for word in sentence.split()]
        edited = [edit(sentence, words, chance) for sentence in known[: options.asked - len(unknown)]]
        suggestions(memory, known, edited + unknown)


def sentences(paths: Sequence[Path]) -> Iterator[str]:
    """The distinct sentences of the first column, of a sensible length."""
    seen: set[str] = set()
    for path in paths:
        with (
            lzma.open(path, "rt", encoding="utf-8")
            if path.suffix == ".xz"
            else path.open(encoding="utf-8") as file
        ):
            for line in file:
                text = line.rstrip("\n").split("\t")[0]
                if 20 <= len(text) <= 400 and text not in seen:
                    seen.add(text)
                    yield text


def edit(sentence: str, words: Sequence[str], chance: random.Random) -> str:
    """The sentence with one word in four to ten replaced, left out or added."""
    edited = sentence.split(" ")
    for _ in range(max(1, len(edited) // chance.randint(4, 10))):
        place = chance.randrange(len(edited))
        match chance.choice(["replace", "leave out", "add"]):
            case "replace":
                edited[place] = chance.choice(words)
            case "leave out" if len(edited) > 3:
                del edited[place]
            case _:
                edited.insert(place, chance.choice(words))
    return " ".join(edited)


def exact(memory: Memory, known: Sequence[str]) -> None:
    begun = time.process_time()
    memory.store(((text, Hypothesis(text.upper(), -0.5)) for text in known), Lang.EN, RECIPE)
    stored = time.process_time()
    assert len(memory.lookup(known[:20_000], Lang.EN, RECIPE)) == len(known[:20_000])
    looked = time.process_time()
    print(f"stored {len(known) / (stored - begun):,.0f}/s, {memory.stats().size_bytes / 1e6:.0f} MB")
    print(f"looked up {len(known[:20_000]) / (looked - stored):,.0f}/s")


def suggestions(memory: Memory, known: Sequence[str], asked: Sequence[str]) -> None:
    took, scores = [], []
    for text in asked:
        begun = time.process_time()
        near = memory.suggest(text, Lang.EN, limit=1, least=LEAST)
        took.append(time.process_time() - begun)
        scores.append(near[0].score if near else 0.0)
    bare = [fold(text).casefold() for text in known]
    begun = time.process_time()
    all_compared = [
        process.extractOne(fold(text).casefold(), bare, scorer=fuzz.ratio, score_cutoff=LEAST)
        for text in asked
    ]
    alone = (time.process_time() - begun) / len(asked)
    took.sort()
    middle, slow = took[len(took) // 2], took[len(took) * 95 // 100]
    print(
        f"suggested in {middle * 1e3:.1f} ms, 95 of 100 in {slow * 1e3:.1f} ms;"
        f" comparing all {alone * 1e3:.1f} ms"
    )
    best = [(each[1], score) for each, score in zip(all_compared, scores, strict=True) if each]
    missed = sum(score < likest - 1e-6 for likest, score in best)
    print(f"missed {missed} of {len(best)} that comparing all finds")


if __name__ == "__main__":
    main()
