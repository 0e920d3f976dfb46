"""Sentences that are nearly the same: found by the rare words they share, then compared letter by letter.

So the time for one sentence depends on how common its words are and hardly on how much is remembered.
"""

from __future__ import annotations

import heapq
import math
import re
import sqlite3
from collections import defaultdict

from translate.memory.keys import fold

_WORD = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ſ]+")
_WORDS = 16  # the longest of the sentence: in French, the ones that tell it from others
_ROWS = 2000  # of one word, the newest; a word that is more common tells little anyway
_CANDIDATES = 100  # to compare letter by letter


def similar(
    db: sqlite3.Connection, text: str, lang: str, *, limit: int, least: float
) -> list[tuple[int, float]]:
    """Ids of the sources with a translation into `lang` that are at least so like `text`, best first."""
    from rapidfuzz import fuzz, process

    scored = process.extract(
        _bare(text), _candidates(db, text, lang), scorer=fuzz.ratio, limit=limit, score_cutoff=least
    )
    return [(id, score) for _, score, id in scored]


def _bare(text: str) -> str:
    return fold(text).casefold()


def _candidates(db: sqlite3.Connection, text: str, lang: str) -> dict[int, str]:
    """The sources that share the most and the rarest words with `text`, bare, by id."""
    worth = _shared(db, text)
    best = heapq.nlargest(_CANDIDATES, worth, key=worth.__getitem__)
    found = db.execute(
        f"SELECT id, text FROM sources WHERE id IN ({','.join('?' * len(best))})"
        " AND EXISTS (SELECT 1 FROM entries WHERE source = sources.id AND lang = ?)",
        (*best, lang),
    )
    return {id: _bare(source) for id, source in found}


def _shared(db: sqlite3.Connection, text: str) -> dict[int, float]:
    """For each source with words of `text`: what these are worth, a rare one more than a common one."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM sources").fetchone()
    words = sorted(dict.fromkeys(_WORD.findall(text.lower())), key=len, reverse=True)
    worth: defaultdict[int, float] = defaultdict(float)
    for word in words[:_WORDS]:
        query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
        found = db.execute(query, (f'"{word}"', _ROWS)).fetchall()
        rarity = math.log(1 + last / (len(found) or 1))
        for (id,) in found:
            worth[id] += rarity
    return worth
