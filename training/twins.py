"""The signs that Chinese writes twice in a row, for the check of those that it does not.

    python -m training.twins --data DATA -o translate/text/checks/twins.zh.txt

They double a word (常常, 家家户户), or end one and begin the next (外交部|部长). OUT is the same bytes
whenever it is made of the same text.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from training.command import guarded
from training.corpora import load_corpora, read_rows
from training.recipe import SMALL
from translate.domain import Lang

LEAST_COUNT: Final = 2
"""Places in the text: a sign that stands twice in a row at one alone may be a slip."""
_TWICE = re.compile(r"([\u3400-\u9fff])\1")
_ABOUT = """\
# Signs that Chinese writes twice in a row, those that it does most often first. Made by training.twins.
[signs]
"""


def counted(texts: Iterable[str]) -> Counter[str]:
    """At how many places each sign stands twice in a row."""
    return Counter(match[1] for text in texts for match in _TWICE.finditer(text))


def chinese(recipe: Path, data: Path) -> Iterator[str]:
    """All Chinese of the training text."""
    for corpus in load_corpora(recipe):
        if Lang.ZH in corpus.languages:
            column = corpus.languages.index(Lang.ZH)
            yield from (row[column] for row in read_rows(corpus, data))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the training text")
    parser.add_argument("--recipe", type=Path, default=SMALL / "corpora.yaml", help="which texts there are")
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args()
    counts = counted(chinese(options.recipe, options.data))
    signs = sorted((sign for sign in counts if counts[sign] >= LEAST_COUNT), key=lambda s: (-counts[s], s))
    options.out.write_text(_ABOUT + textwrap.fill("".join(signs), 50) + "\n", encoding="utf-8")
    print(f"{len(signs)} of {len(counts)} signs that stand twice in a row at {counts.total()} places")
    return 0


if __name__ == "__main__":
    guarded(main)
