"""Entries as rows of the database: found, put, counted."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from translate.domain import Hypothesis, Lang, Origin
from translate.memory import remarks
from translate.memory.database import transaction
from translate.memory.keys import fold, key
from translate.memory.values import Entry, Holding, Stats, Stored

BY_PEOPLE = 0
"""The recipe number of human translations."""

ENTRY = "s.text, e.target, e.lang, e.recipe, r.name, e.created, e.score, e.findings, e.terms, e.origin"
JOINED = "entries e JOIN sources s ON s.id = e.source LEFT JOIN recipes r ON r.id = e.recipe"


@dataclass(frozen=True, slots=True)
class Row:
    """A pair to be stored."""

    source: str
    said: Hypothesis
    origin: str | None
    created: int


def find(db: sqlite3.Connection, texts: Sequence[str], lang: Lang, recipe: str) -> dict[str, Entry]:
    """The entry of each of a few hundred texts, in one query."""
    keys = {text: key(text) for text in texts}
    marks = ",".join("?" * len(keys))
    number = recipe_number(db, recipe)
    found = db.execute(
        f"SELECT s.key, {ENTRY} FROM sources s JOIN entries e ON e.source = s.id"
        f" LEFT JOIN recipes r ON r.id = e.recipe"
        f" WHERE s.key IN ({marks}) AND e.lang = ? AND e.recipe IN ({BY_PEOPLE}, ?)",
        (*keys.values(), lang, -1 if number is None else number),
    )
    by_key: dict[int, list[Entry]] = {}
    for row in found:
        by_key.setdefault(row[0], []).append(entry(row[1:]))
    return {text: best for text in texts if (best := _fitting(text, by_key.get(keys[text], ())))}


def _fitting(text: str, entries: Iterable[Entry]) -> Entry | None:
    """A human translation of this very text, else the newest of it typed differently, else the machine's."""
    fitting = [
        each for each in entries if each.source == text or (each.human and fold(each.source) == fold(text))
    ]
    return max(fitting, key=lambda each: (each.human, each.source == text, each.created), default=None)


def best(db: sqlite3.Connection, source: int, lang: Lang) -> Entry | None:
    """The translation of source number `source` to suggest: a human one, else the newest."""
    row = db.execute(
        f"SELECT {ENTRY} FROM {JOINED} WHERE e.source = ? AND e.lang = ?"
        f" ORDER BY e.recipe = {BY_PEOPLE} DESC, e.created DESC LIMIT 1",
        (source, lang),
    ).fetchone()
    return entry(row) if row else None


def every(db: sqlite3.Connection, lang: Lang | None, human: bool | None) -> Iterator[Entry]:
    """Every entry, of one language or one kind if asked, in the order in which the sources came."""
    terms = ["e.lang = :lang"] if lang else []
    if human is not None:
        terms.append(f"e.recipe {'=' if human else '<>'} {BY_PEOPLE}")
    where = f" WHERE {' AND '.join(terms)}" if terms else ""
    query = f"SELECT {ENTRY} FROM {JOINED}{where} ORDER BY e.source, e.lang, r.name"
    return (entry(row) for row in db.execute(query, {"lang": lang} if lang else {}))


def put(db: sqlite3.Connection, batch: Iterable[Row], lang: Lang, recipe: str | None) -> Stored:
    """The pairs of `batch` remembered, in one transaction. Recipe None: by people."""
    rows = {row.source: row for row in batch if _is_kept(row, recipe)}
    if not rows:
        return Stored()
    with transaction(db):
        number = BY_PEOPLE if recipe is None else _number_for(db, recipe)
        ids = _sources(db, list(rows))
        old = {
            source: rest
            for source, *rest in db.execute(
                "SELECT source, target, score, findings, terms FROM entries"
                f" WHERE lang = ? AND recipe = ? AND source IN ({','.join('?' * len(ids))})",
                (lang, number, *ids.values()),
            )
        }
        new = {ids[text]: [row.said.text, *_judged(row.said)] for text, row in rows.items()}
        fresh = [
            (ids[text], lang, number, *new[ids[text]], row.origin, row.created)
            for text, row in rows.items()
            if old.get(ids[text]) != new[ids[text]]
        ]
        db.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", fresh)
    changed = sum(each[0] in old for each in fresh)
    return Stored(len(fresh) - changed, changed, len(rows) - len(fresh))


def _is_kept(row: Row, recipe: str | None) -> bool:
    """False for what is empty or no Unicode, and for people's work on its way back as a machine's."""
    if recipe is not None and row.said.origin is Origin.MEMORY:
        return False
    return bool(row.source.strip() and row.said.text.strip()) and _is_unicode(row.source + row.said.text)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _judged(said: Hypothesis) -> tuple[float | str | None, str | None, str | None]:
    """Score, findings and terms as they are kept. SQLite has no NaN: it would come back as nothing."""
    score = "nan" if said.score is not None and math.isnan(said.score) else said.score
    return score, remarks.to_text(said.findings), remarks.to_text(said.terms)


def _sources(db: sqlite3.Connection, texts: Sequence[str]) -> dict[str, int]:
    """The number of each text; those that are new are added."""
    keys = {text: key(text) for text in texts}
    query = f"SELECT text, id FROM sources WHERE key IN ({','.join('?' * len(keys))})"
    known = {text: id for text, id in db.execute(query, tuple(keys.values())) if text in keys}
    if missing := [text for text in texts if text not in known]:
        first = 1 + (db.execute("SELECT max(id) FROM sources").fetchone()[0] or 0)
        added = {text: first + place for place, text in enumerate(missing)}
        db.executemany(
            "INSERT INTO sources (id, key, text) VALUES (?, ?, ?)",
            ((id, keys[text], text) for text, id in added.items()),
        )
        known |= added
    return {text: known[text] for text in texts}


def recipe_number(db: sqlite3.Connection, recipe: str) -> int | None:
    """The number of a recipe, or None if nothing was ever made by it."""
    row = db.execute("SELECT id FROM recipes WHERE name = ?", (recipe,)).fetchone()
    return row[0] if row else None


def _number_for(db: sqlite3.Connection, recipe: str) -> int:
    db.execute("INSERT OR IGNORE INTO recipes (name) VALUES (?)", (recipe,))
    number = recipe_number(db, recipe)
    assert number is not None
    return number


def entry(row: Sequence[Any]) -> Entry:
    """The entry in a row of the columns `ENTRY`. Raises sqlite3.DatabaseError if it is damaged."""
    text, target, lang, number, recipe, created, score, found, used, origin = row
    try:
        return Entry(
            source=text,
            target=target,
            lang=Lang(lang),
            human=number == BY_PEOPLE,
            recipe=recipe,
            created=datetime.fromtimestamp(created, UTC),
            score=None if score is None else float(score),
            findings=remarks.findings(found),
            terms=remarks.terms(used),
            origin=origin,
        )
    except (*remarks.DAMAGES, OverflowError, OSError) as err:
        raise sqlite3.DatabaseError(f"an entry cannot be read ({err})") from err


def count(db: sqlite3.Connection, path: Path | None) -> Stats:
    """How much there is of what."""
    held = db.execute(
        "SELECT e.lang, e.recipe, r.name, count(*), min(e.created), max(e.created)"
        " FROM entries e LEFT JOIN recipes r ON r.id = e.recipe GROUP BY 1, 2"
        " ORDER BY e.recipe > 0, 1, 4 DESC, 3"
    ).fetchall()
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    human = sum(row[3] for row in held if row[1] == BY_PEOPLE)
    return Stats(
        path=path,
        size_bytes=pages * size,
        sources=db.execute("SELECT count(*) FROM sources").fetchone()[0],
        human=human,
        machine=sum(row[3] for row in held) - human,
        holdings=tuple(
            Holding(
                Lang(lang), name, entries, *(datetime.fromtimestamp(when, UTC) for when in (oldest, newest))
            )
            for lang, _, name, entries, oldest, newest in held
        ),
    )
