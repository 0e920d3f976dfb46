"""The package's own tables of words: tab-separated text files beside the code, for people to extend."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
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
    return _remembered(text) if len(text) <= _SENTENCE else _folded(text)


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return " ".join(letters.translate(_BARE).split())


_SENTENCE = 1000  # characters; a sentence is folded for each check of each of its translations
_remembered = lru_cache(maxsize=1024)(_folded)


class _Bare(dict[int, int | None]):
    """What `str.translate` makes of a code point: nothing of accents. Filled as it is asked."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_BARE = _Bare()
