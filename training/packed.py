"""Packed lists, as `translate.text.wordlists.read_packed` reads them: a line for each head, compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from translate.text.lexicon import KNOWN, RARE, WORD
from translate.text.wordlists import HEAD

Cell = tuple[str, str]
"""A word or phrase, and what is said of it, with its sign."""


def lines(cells: Iterable[Cell]) -> Iterator[str]:
    """A line for each head of words and phrases, each with what is said of it."""
    ordered = sorted((_head(text), text, said) for text, said in cells)
    for head, those in groupby(ordered, lambda cell: cell[0]):
        yield "\t".join((head, *(text[len(head) :] + said for _, text, said in those))) + "\n"


def parted(lines: Iterable[str]) -> Iterator[Cell]:
    """The words of a lexicon's lines, each with what is said of it: what `lines` was given."""
    for line in lines:
        head, *cells = line.rstrip("\n").split("\t")
        for cell in cells:
            at = min(place for sign in (KNOWN, RARE) if (place := cell.find(sign)) >= 0)
            yield head + cell[:at], cell[at:]


def write(path: Path, about: str, lines: Iterable[str]) -> None:
    """Comments and lines; the same bytes whenever they are the same."""
    path.write_bytes(gzip.compress((about + "".join(lines)).encode(), mtime=0))


def read(path: Path) -> tuple[str, list[str]]:
    """The comments at its head, and the lines."""
    both = gzip.decompress(path.read_bytes()).decode().splitlines(keepends=True)
    return "".join(line for line in both if line[0] == "#"), [line for line in both if line[0] != "#"]


def _head(text: str) -> str:
    """The first letters of the first word."""
    match = WORD.match(text)
    return match[0][:HEAD] if match else ""
