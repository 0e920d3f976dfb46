"""The package's own tables of words: tab-separated text files beside the code, for people to extend."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files


@cache
def rows(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """The rows of a table in this folder, in order. Blank lines and lines that begin with `#` are left out.

    Raises:
        ValueError: a row has another number of columns; the message names the line.
    """
    found = []
    text = files("translate.text").joinpath(name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) != columns or not all(cells):
            raise ValueError(f"{name}:{number}: {len(cells)} columns, not {columns}: {line!r}")
        found.append(cells)
    return tuple(found)


def folded(text: str) -> str:
    """Lower case, without accents, `’` as `'`, single spaces: what table look-ups compare."""
    if text.isascii():  # the usual case, at a fraction of the cost
        return " ".join(text.lower().split())
    letters = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
