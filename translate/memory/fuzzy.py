"""Sentences that are nearly the same: found by their words, then compared letter by letter."""

from __future__ import annotations

import re
import sqlite3

from translate.memory.keys import fold

_WORD = re.compile(r"[^\W_]+")
_WORDS = 12  # the longest of the sentence: in French, the ones that tell it from others
_CANDIDATES = 200


def similar(
    db: sqlite3.Connection, text: str, lang: str, *, limit: int, least: float
) -> list[tuple[int, float]]:
    """Ids of the sources with a translation into `lang` that are at least so like `text`, best first."""
    from rapidfuzz import fuzz, process

    wanted = _bare(text)
    found = _candidates(db, text, lang)
    scored = process.extract(
        wanted,
        {id: _bare(source) for id, source in found},
        scorer=fuzz.ratio,
        processor=None,
        limit=limit,
        score_cutoff=least,
    )
    return [(id, score) for _, score, id in scored]


def _bare(text: str) -> str:
    return fold(text).casefold()


def _candidates(db: sqlite3.Connection, text: str, lang: str) -> list[tuple[int, str]]:
    words = sorted(dict.fromkeys(word.lower() for word in _WORD.findall(text)), key=len, reverse=True)
    if not words:
        return []
    query = " OR ".join(f'"{word}"' for word in words[:_WORDS])
    return db.execute(
        "SELECT s.id, s.text FROM words JOIN sources s ON s.id = words.rowid WHERE words MATCH ?"
        " AND EXISTS (SELECT 1 FROM entries e WHERE e.source = s.id AND e.lang = ?)"
        " ORDER BY words.rank LIMIT ?",
        (query, lang, _CANDIDATES),
    ).fetchall()
