"""Word lists kept beside the code: plain text, one heading per list, so that anyone can extend them.

Those of many thousand words are packed, and made by scripts.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

HEAD: Final = 3
"""Letters by which words of packed lists are looked up: few to be read fast, enough for short lines."""

_GZIP = 31  # of zlib; the module of that name takes longer to load
_HEADING = re.compile(r"\[([a-z-]+)\]")


@cache
def read_wordlists(filename: str) -> Mapping[str, tuple[str, ...]]:
    """Every list of a data file by its heading, entries in file order.

    A list begins with `[heading]`; entries are separated by two blanks, a tab or a line end, because
    an entry may hold single blanks (`p. ex.`). `#` at the start of a line begins a comment.
    """
    text = resources.files("translate.text").joinpath(filename).read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if match := _HEADING.fullmatch(line.strip()):
            heading = match[1]
            lists[heading] = []
        elif line.strip() and not line.startswith("#"):
            lists[heading].extend(re.split(r"\s{2,}|\t", line.strip()))
    return {name: tuple(entries) for name, entries in lists.items()}


@cache
def read_packed(filename: str) -> Mapping[str, str]:
    """The lines of a packed list by their heads, each without its head: a shorter one has a tab behind it.

    `#` begins a comment.
    """
    data = resources.files("translate.text").joinpath(filename).read_bytes()
    lines = zlib.decompress(data, wbits=_GZIP).decode().splitlines()
    heads = (line[:HEAD].partition("\t")[0] for line in lines)
    return {head: line[len(head) :] for head, line in zip(heads, lines, strict=True) if head[:1] != "#"}
