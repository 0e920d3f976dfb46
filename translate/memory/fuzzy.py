"""Sentences that are nearly the same: found by the rare words they share, then compared letter by letter.

So the time for one sentence depends on how common its words are and hardly on how much is remembered.
"""

from __future__ import annotations

import heapq
import math
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

from translate.memory.keys import fold

_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ſ]+")
_WORDS = 8  # the longest of the sentence: in French, the ones that tell it from others
_SHORT = 12  # words; a sentence that has no more may have common ones only, so three together are asked for
_ROWS = 1500  # of what was asked for, the newest; what is more common tells little anyway
_CANDIDATES = 400  # those that share most, of which the ones of fitting length are compared
_MADE_BY_FOLDING = 20  # how much liker two sentences can become when kinds of space and quote do not count
_SPARE = 20


def similar(
    db: sqlite3.Connection, text: str, lang: str, *, limit: int, least: float
) -> list[tuple[int, float]]:
    """Ids of the sources with a translation into `lang` that are at least so like `text`, best first."""
    from rapidfuzz import fuzz, process

    # Folding is what takes long: only those are folded that come near as they are.
    near = process.extract(
        text.casefold(),
        {id: source.casefold() for id, source in _candidates(db, text, lang, least)},
        scorer=fuzz.ratio,
        limit=4 * limit + _SPARE,
        score_cutoff=least - _MADE_BY_FOLDING,
    )
    folded = {id: _bare(source) for source, _, id in near}
    scored = process.extract(_bare(text), folded, scorer=fuzz.ratio, limit=limit, score_cutoff=least)
    return [(id, score) for _, score, id in scored]


def _bare(text: str) -> str:
    return fold(text).casefold()


def _candidates(db: sqlite3.Connection, text: str, lang: str, least: float) -> list[tuple[int, str]]:
    """Id and text of the sources that share the most and the rarest words with `text`."""
    worth = _shared(db, text)
    best = heapq.nlargest(_CANDIDATES, worth, key=worth.__getitem__)
    # Texts of lengths a and b, a < b, score at most 200 a / (a + b). Folding may change a length a little.
    factor = max(least, 1) / (200 - min(least, 100))
    shortest, longest = int(len(text) * factor * 0.9) - 4, int(len(text) / factor * 1.1) + 4
    return db.execute(
        f"SELECT id, text FROM sources WHERE id IN ({','.join('?' * len(best))})"
        " AND length(text) BETWEEN ? AND ?"
        " AND EXISTS (SELECT 1 FROM entries WHERE source = sources.id AND lang = ?)",
        (*best, shortest, longest, lang),
    ).fetchall()


def _shared(db: sqlite3.Connection, text: str) -> dict[int, float]:
    """For each source with words of `text`: what these are worth, a rare one more than a common one."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM sources").fetchone()
    worth: defaultdict[int, float] = defaultdict(float)
    for query in _queries(text):
        rows = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
        found = db.execute(rows, (query, _ROWS)).fetchall()
        rarity = math.log(1 + last / (len(found) or 1))
        for (id,) in found:
            worth[id] += rarity
    return worth


def _queries(text: str) -> Iterator[str]:
    """The longest words; of a short sentence also each three that follow one another, every other time."""
    words = [f'"{word}"' for word in dict.fromkeys(_WORD.findall(text.lower()))]
    yield from sorted(words, key=len, reverse=True)[:_WORDS]
    if len(words) <= _SHORT:
        yield from (" AND ".join(words[place : place + 3]) for place in range(0, len(words) - 1, 2))
