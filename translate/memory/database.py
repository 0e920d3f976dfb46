"""The SQLite file of a memory: opened, brought up to date, its errors told in one way.

Write-ahead log: readers never wait for a writer, nor it for them. Writers wait for each other, a while.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from translate.errors import RecallError
from translate.memory.keys import key

WAIT_S = 10.0
"""How long to wait for another process that is writing."""

_OURS = 0x54724D65  # `application_id`: "TrMe"

# Append only. The number of migrations done is the file's `user_version`; each runs in its own transaction.
# `fold_key(text)` is `keys.key`: when `keys.fold` changes, append `UPDATE sources SET key = fold_key(text)`.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE sources (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, text TEXT NOT NULL)",
        "CREATE INDEX sources_by_key ON sources (key)",
        "CREATE TABLE recipes (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        # recipe 0: by people. `score` has no type, so that what is no number (NaN) can be kept as text.
        """CREATE TABLE entries (
          source INTEGER NOT NULL, lang TEXT NOT NULL, recipe INTEGER NOT NULL, target TEXT NOT NULL,
          score, findings TEXT, terms TEXT, origin TEXT, created INTEGER NOT NULL,
          PRIMARY KEY (source, lang, recipe)
        ) WITHOUT ROWID""",
        # Only words and where they stand not: the text itself is in `sources`.
        """CREATE VIRTUAL TABLE words USING fts5(
          text, content = 'sources', content_rowid = 'id', detail = 'none',
          tokenize = 'unicode61 remove_diacritics 2'
        )""",
        """CREATE TRIGGER sources_added AFTER INSERT ON sources BEGIN
          INSERT INTO words (rowid, text) VALUES (new.id, new.text);
        END""",
        """CREATE TRIGGER sources_removed AFTER DELETE ON sources BEGIN
          INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
        END""",
        f"PRAGMA application_id = {_OURS}",
    ),
)


def connect(path: Path | None, *, readonly: bool = False) -> sqlite3.Connection:
    """A connection to the memory at `path` (None: a new one in working memory), brought up to date.

    Raises RecallError: cannot be opened, not a memory, made by a later version, damaged, locked.
    """
    with told(path):
        if path is not None and not readonly:
            path.parent.mkdir(parents=True, exist_ok=True)
        db = _open(path, readonly)
        try:
            db.create_function("fold_key", 1, key, deterministic=True)
            _prepare(db, path, readonly)
        except BaseException:
            db.close()
            raise
    return db


def _open(path: Path | None, readonly: bool) -> sqlite3.Connection:
    name = ":memory:" if path is None else _uri(path, "ro" if readonly else "rwc")
    if path is not None and readonly and not path.exists():
        raise RecallError(f"{path}: there is no translation memory", hint="translate memory import makes one")
    db = _connection(name)
    if path is None or not readonly:
        return db
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as err:
        db.close()
        # On a medium that cannot be written to, SQLite must be told that nobody else will.
        if err.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) and _is_at_rest(path):
            return _connection(_uri(path, "ro") + "&immutable=1")
        raise
    return db


def _connection(name: str) -> sqlite3.Connection:
    # Threads may share it: `Memory` lets one at a time through.
    return sqlite3.connect(name, timeout=WAIT_S, isolation_level=None, check_same_thread=False, uri=True)


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def _is_at_rest(path: Path) -> bool:
    """True if nothing waits in the write-ahead log to be moved into the file."""
    log = path.with_name(f"{path.name}-wal")
    return not log.exists() or log.stat().st_size == 0


def _prepare(db: sqlite3.Connection, path: Path | None, readonly: bool) -> None:
    db.execute("BEGIN")  # one moment of the file, while others may be making it
    try:
        version = _version(db, path)
    finally:
        db.execute("COMMIT")
    if readonly:
        if version < len(MIGRATIONS):
            raise RecallError(
                f"{path}: made by an earlier version of translate, and opened for reading only",
                hint="translate with it, or import into it: that brings it up to date",
            )
        return
    if path is not None:
        _use_log(db)
    # A commit survives the end of this process at once, and a power cut after the next checkpoint.
    db.execute("PRAGMA synchronous = NORMAL")
    while version < len(MIGRATIONS):
        with transaction(db):
            version = _version(db, path)  # another process may have been faster
            for statement in MIGRATIONS[version] if version < len(MIGRATIONS) else ():
                db.execute(statement)
            version = min(version + 1, len(MIGRATIONS))
            db.execute(f"PRAGMA user_version = {version}")


def _version(db: sqlite3.Connection, path: Path | None) -> int:
    """How many migrations the file has seen. Raises RecallError if it is not ours or from the future."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    owner: int = db.execute("PRAGMA application_id").fetchone()[0]
    tables: int = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if owner != _OURS and (tables or owner or version):
        raise RecallError(f"{path}: a database of another program, not a translation memory")
    if version > len(MIGRATIONS):
        raise RecallError(
            f"{path}: made by a later version of translate (format {version}, this one knows "
            f"{len(MIGRATIONS)})",
            hint="update translate, or choose another file",
        )
    return version


def _use_log(db: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait for other processes here, so we do."""
    give_up = time.monotonic() + WAIT_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as err:
            if not _is_busy(err) or time.monotonic() >= give_up:
                raise
            time.sleep(0.02)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside, or nothing of it. Takes its turn as a writer at once."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk may have ended it already
            db.execute("ROLLBACK")
        raise


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Errors of SQLite and of the system as a RecallError."""
    try:
        yield
    except sqlite3.Error as err:
        message, hint = _explained(err)
        raise RecallError(f"{path or 'translation memory'}: {message}", hint=hint) from err
    except OSError as err:
        raise RecallError(f"{path}: {err.strerror or type(err).__name__}") from err


def _is_busy(err: sqlite3.Error) -> bool:
    return getattr(err, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _explained(err: sqlite3.Error) -> tuple[str, str | None]:
    name = getattr(err, "sqlite_errorname", "")
    for start, message, hint in _EXPLAINED:
        if name.startswith(start):
            return message, hint
    return f"the translation memory cannot be used: {err}", None


_DAMAGED = "move it away: a new one is made; import your TMX files again"
_EXPLAINED = (
    ("SQLITE_BUSY", "another program is writing to it", "try again when it has finished"),
    ("SQLITE_LOCKED", "another program is writing to it", "try again when it has finished"),
    ("SQLITE_FULL", "no space left", "free some space, or translate memory prune"),
    ("SQLITE_READONLY", "no permission to write it", None),
    ("SQLITE_CANTOPEN", "cannot be opened", "check that it is a file in a folder you may write to"),
    ("SQLITE_PERM", "no permission", None),
    ("SQLITE_NOTADB", "not a translation memory", "choose another file"),
    ("SQLITE_CORRUPT", "the translation memory is damaged", _DAMAGED),
    ("SQLITE_IOERR", "reading or writing failed", "check the disk, and that there is space on it"),
)
