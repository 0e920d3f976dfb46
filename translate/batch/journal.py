"""What a job has done, in a SQLite database beside its outputs. It survives being killed at any moment.

A commit is on the medium before the next step begins (`synchronous=EXTRA`, rollback journal: unlike a
write-ahead log that also works on network folders). The order of one window is: flush the new files beside
their places, commit that these places are ours, rename, flush the folders, commit that the documents are
done. Killed before the last commit, the documents are done again and come out as the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from translate.batch.disk import Disk, told
from translate.batch.documents import Document
from translate.batch.lines import writable
from translate.errors import OutputError, TranslateError

SCHEMA = 1

_TABLES = """
CREATE TABLE documents (
  id BLOB PRIMARY KEY, key BLOB NOT NULL, sizes TEXT NOT NULL, words INTEGER NOT NULL, findings TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE lines (id BLOB PRIMARY KEY, line BLOB NOT NULL);
CREATE TABLE places (path BLOB PRIMARY KEY) WITHOUT ROWID;
"""
_ASIDE = """
CREATE TABLE IF NOT EXISTS aside (path BLOB PRIMARY KEY, kind TEXT, id BLOB, mark TEXT) WITHOUT ROWID;
"""
# Of this run only; SQLite keeps them in a file of its own when they grow.
_RUN_TABLES = """
CREATE TEMP TABLE seen (place BLOB PRIMARY KEY, origin BLOB, turn INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE made (turn INTEGER PRIMARY KEY, id BLOB);
CREATE TEMP TABLE failures (
  turn INTEGER PRIMARY KEY, name TEXT, kind TEXT, reason TEXT, hint TEXT,
  id BLOB, path BLOB, source BLOB, row BLOB
);
"""
_BAD = "SELECT id, name, kind, reason, hint, path, source, row FROM failures"

# Files in quarantine of which this run has made something: of a document, of rows of a table that are all
# good now, of a table that could not be read; and the list, if nothing is on it.
_ROWS_MADE = """EXISTS (SELECT 1 FROM made
    WHERE made.id > CAST(aside.id || '#' AS BLOB) AND made.id < CAST(aside.id || '$' AS BLOB))"""
_NO_MORE = f"""
SELECT path FROM aside WHERE CASE kind
  WHEN 'why' THEN NOT EXISTS (SELECT 1 FROM failures)
  WHEN 'rows' THEN NOT EXISTS (SELECT 1 FROM failures WHERE source = aside.id) AND {_ROWS_MADE}
  ELSE EXISTS (SELECT 1 FROM made WHERE made.id = aside.id) OR {_ROWS_MADE}
END LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that is done. `sizes`: bytes of each output file by its ending."""

    id: str
    key: bytes
    sizes: Mapping[str, int]
    words: int
    findings: Mapping[str, int]
    line: str | None = None


class Kind(StrEnum):
    """What a file in quarantine is: a document, rows of a table, the list of all."""

    DOCUMENT = "document"
    ROWS = "rows"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Aside:
    """A file in quarantine. `path`: below its folder. `id`: of its document or table. `mark`: what the file
    is known by."""

    path: str
    kind: Kind
    id: str
    mark: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A document that has failed. `path`: its file. `table`, `row`: where it stood, and all of it (JSON)."""

    id: str
    name: str
    kind: str
    reason: str
    hint: str | None
    path: str | None
    table: str | None
    row: str | None


class Journal:
    """The journal at `path`, which is made if it is not there. Only one process may use it at a time."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        with told(path):
            self._db = sqlite3.connect(path, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def _prepare(self) -> None:
        self._db.executescript("PRAGMA synchronous=EXTRA; PRAGMA cache_size=-16000;")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA):
            raise OutputError(f"{self._path}: made by another version of translate")
        if version == 0:
            self._db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version={SCHEMA}; COMMIT;")
        self._db.executescript(_ASIDE + _RUN_TABLES)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    # ── Of this run ──────────────────────────────────────────────────────────────────────────────────

    def claim(self, document: Document) -> str | None:
        """The origin of another document that has the same place already, if there is one."""
        place, origin = _bytes(document.place), _bytes(document.origin)
        self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, NULL)", (place, origin))
        holder: bytes = self._db.execute("SELECT origin FROM seen WHERE place = ?", (place,)).fetchone()[0]
        return None if holder == origin else _text(holder)

    def take_turn(self, document: Document, turn: int) -> bool:
        """False if this document had its turn already in this run: it was named twice."""
        done = self._db.execute(
            "UPDATE seen SET turn = ? WHERE place = ? AND turn IS NULL", (turn, _bytes(document.place))
        )
        return done.rowcount == 1

    def is_made(self, document: Document, turn: int) -> None:
        """The document is part of what this run ends with."""
        self._db.execute("INSERT INTO made VALUES (?, ?)", (turn, _bytes(document.id)))

    def has_failed(self, document: Document, turn: int, error: TranslateError) -> None:
        """Why the document is not part of it."""
        said = (turn, _readable(document.id), type(error).__name__, _readable(str(error)), error.hint)
        row = None
        if document.row is not None:
            row = zlib.compress(_bytes(json.dumps(dict(document.row), ensure_ascii=False, default=str)), 1)
        where = (document.id, str(document.path) if document.path else None, document.table)
        kept = (*(None if text is None else _bytes(text) for text in where), row)
        self._db.execute(f"INSERT INTO failures VALUES ({', '.join('?' * 9)})", (*said, *kept))

    def failures(self) -> Iterator[dict[str, Any]]:
        """Every failure of this run, in the order of the documents."""
        rows = self._db.execute("SELECT name, kind, reason, hint FROM failures ORDER BY turn")
        return (dict(zip(("id", "error", "reason", "hint"), row, strict=True)) for row in rows)

    def bad(self) -> Iterator[Bad]:
        """The documents that failed in this run, in their order, with what is there of them."""
        return map(_bad, self._db.execute(f"{_BAD} ORDER BY turn"))

    def bad_rows(self, table: str) -> Iterator[Bad]:
        """Those of them that stood in a table."""
        return map(_bad, self._db.execute(f"{_BAD} WHERE source = ? ORDER BY turn", (_bytes(table),)))

    def bad_tables(self) -> list[str]:
        """The tables in which they stood."""
        query = "SELECT DISTINCT source FROM failures WHERE source IS NOT NULL ORDER BY source"
        return [_text(row[0]) for row in self._db.execute(query)]

    # ── For ever ─────────────────────────────────────────────────────────────────────────────────────

    def entry(self, id: str) -> Entry | None:
        """What is known of a document that is done; without its line."""
        query = "SELECT key, sizes, words, findings FROM documents WHERE id = ?"
        row = self._db.execute(query, (_bytes(id),)).fetchone()
        return Entry(id, row[0], json.loads(row[1]), row[2], json.loads(row[3])) if row else None

    def owns(self, path: str) -> bool:
        """True if this job has written `path` or was about to."""
        return bool(self._db.execute("SELECT 1 FROM places WHERE path = ?", (_bytes(path),)).fetchone())

    def begin(self, paths: Iterable[str]) -> None:
        """These places are ours from now on, whatever happens next."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR IGNORE INTO places VALUES (?)", ((_bytes(path),) for path in paths))
        self._disk.commit(self._db)

    def finish(self, entries: Iterable[Entry]) -> None:
        """These documents are done, all at once."""
        entries = tuple(entries)
        rows = (
            (_bytes(entry.id), entry.key, json.dumps(entry.sizes), entry.words, json.dumps(entry.findings))
            for entry in entries
        )
        lines = ((_bytes(entry.id), zlib.compress(entry.line.encode(), 1)) for entry in entries if entry.line)
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR REPLACE INTO lines VALUES (?, ?)", lines)
        self._disk.commit(self._db)

    def set_aside(self, files: Iterable[Aside]) -> None:
        """These files will be in quarantine."""
        rows = ((_bytes(file.path), str(file.kind), _bytes(file.id), file.mark) for file in files)
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO aside VALUES (?, ?, ?, ?)", rows)
        self._disk.commit(self._db)

    def mark_of(self, path: str) -> str | None:
        """The mark of a file in quarantine, if it was put there."""
        row = self._db.execute("SELECT mark FROM aside WHERE path = ?", (_bytes(path),)).fetchone()
        return row[0] if row else None

    def aside_no_more(self, most: int) -> list[str]:
        """Files in quarantine, at most so many, of documents that this run has made or found done."""
        self._db.execute("CREATE INDEX IF NOT EXISTS temp.made_ids ON made (id)")
        return [_text(row[0]) for row in self._db.execute(_NO_MORE, (most,))]

    def forget_aside(self, paths: Iterable[str]) -> None:
        """These files are in quarantine no more."""
        self._db.execute("BEGIN")
        self._db.executemany("DELETE FROM aside WHERE path = ?", ((_bytes(path),) for path in paths))
        self._disk.commit(self._db)

    def lines(self) -> Iterator[bytes]:
        """The JSON line of every document that this run made or found done, in their order."""
        query = "SELECT line FROM made JOIN lines USING (id) ORDER BY made.turn"
        return (zlib.decompress(row[0]) for row in self._db.execute(query))


def _bytes(text: str) -> bytes:
    """The text as it is, even if it is a file name that is no Unicode."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _bad(row: Sequence[Any]) -> Bad:
    id, name, kind, reason, hint, path, table, kept = row
    return Bad(
        _text(id),
        name,
        kind,
        reason,
        hint,
        None if path is None else _text(path),
        None if table is None else _text(table),
        None if kept is None else writable(_text(zlib.decompress(kept))),
    )


def _readable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
