"""Entries forgotten: those too old, of one recipe, or too many."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from translate.memory.database import transaction
from translate.memory.rows import BY_PEOPLE, recipe_number

_IN_ONE_GO = 5000  # entries in one transaction, so that others have their turn between


@dataclass(frozen=True, slots=True)
class Doomed:
    """Which entries are to be forgotten: those to which all of this applies.

    `before`: stored before this moment. `recipe`: made by it. `keep`: of what is left to forget, spare
    that many, the newest. `human`: people's translations too, which are spared without it.
    """

    before: datetime | None = None
    recipe: str | None = None
    keep: int | None = None
    human: bool = False


def count(db: sqlite3.Connection, doomed: Doomed) -> int:
    """How many entries `forget` would take away."""
    query, values = _chosen(db, doomed)
    number: int = db.execute(f"SELECT count(*) FROM ({query})", values).fetchone()[0]
    return number


def forget(db: sqlite3.Connection, doomed: Doomed) -> int:
    """Take the entries away, and give their space back. The number of entries that are gone."""
    query, values = _chosen(db, doomed)
    db.execute("DROP TABLE IF EXISTS temp.doomed")
    db.execute(f"CREATE TEMP TABLE doomed AS {query}", values)
    last: int = db.execute("SELECT coalesce(max(rowid), 0) FROM temp.doomed").fetchone()[0]
    gone = 0
    for first in range(1, last + 1, _IN_ONE_GO):
        part = (first, first + _IN_ONE_GO - 1)
        with transaction(db):
            gone += db.execute(
                "DELETE FROM entries WHERE (source, lang, recipe) IN"
                " (SELECT source, lang, recipe FROM temp.doomed WHERE rowid BETWEEN ? AND ?)",
                part,
            ).rowcount
            db.execute(
                "DELETE FROM sources WHERE id IN (SELECT source FROM temp.doomed WHERE rowid BETWEEN ? AND ?)"
                " AND NOT EXISTS (SELECT 1 FROM entries WHERE source = sources.id)",
                part,
            )
    db.execute("DROP TABLE temp.doomed")
    if gone:
        _tidy(db)
    return gone


def _tidy(db: sqlite3.Connection) -> None:
    """Recipes without entries go, the word index is merged, the file shrinks."""
    with transaction(db):
        db.execute("DELETE FROM recipes WHERE id NOT IN (SELECT recipe FROM entries)")
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
    # While others use the file, or on a full disk, it cannot shrink: its free pages are used again.
    with contextlib.suppress(sqlite3.OperationalError):
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _chosen(db: sqlite3.Connection, doomed: Doomed) -> tuple[str, dict[str, int]]:
    """A query for the keys of the entries, and its values."""
    values: dict[str, int] = {}
    terms = [] if doomed.human else [f"recipe <> {BY_PEOPLE}"]
    if doomed.before is not None:
        terms.append("created < :before")
        values["before"] = int(doomed.before.timestamp())
    if doomed.recipe is not None:
        number = recipe_number(db, doomed.recipe)
        terms.append("recipe = :recipe")
        values["recipe"] = -1 if number is None else number
    where = f" WHERE {' AND '.join(terms)}" if terms else ""
    values["keep"] = doomed.keep or 0
    query = f"SELECT source, lang, recipe FROM entries{where}"
    return f"{query} ORDER BY created DESC, source DESC, lang, recipe LIMIT -1 OFFSET :keep", values
