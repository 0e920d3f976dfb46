"""A translation memory: what has been translated once need not be translated again."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from translate import __version__, directories
from translate.domain import Hypothesis, Lang
from translate.errors import InputError, RecallError
from translate.memory import exchange, fuzzy, pruning, rows
from translate.memory.database import connect, told
from translate.memory.values import Entry, Imported, Stats, Stored, Suggestion
from translate.text import tmx_writer
from translate.text.tmx import Reading

_AT_ONCE = 400  # texts in one query
_IN_ONE_GO = 2000  # pairs in one transaction: a few hundredths of a second, then others have their turn


def default_path(env: Mapping[str, str] = os.environ) -> Path:
    """Where the user's memory is: `$TRANSLATE_MEMORY_FILE`, or `memory.sqlite` in the data directory."""
    return directories.memory(env)


class Memory:
    """Translations by source sentence, target language and recipe, in an SQLite file or in working memory.

    Several processes may read and write one file at the same time, and several threads one object. Every
    method raises RecallError if the file is damaged, locked for too long, full or not to be written.

        with Memory.open(default_path()) as memory:
            known = memory.lookup(texts, Lang.EN, recipe)
            …
            memory.store(zip(missing, hypotheses), Lang.EN, recipe)
    """

    def __init__(self, db: sqlite3.Connection, path: Path | None, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self._db = db
        self._turn = threading.RLock()
        self._process = os.getpid()
        self._inherited: list[sqlite3.Connection] = []

    @classmethod
    def open(cls, path: Path | None, *, readonly: bool = False) -> Memory:
        """The memory at `path`, made if it is not there; a new one in working memory if `path` is None."""
        return cls(connect(path, readonly=readonly), path, readonly=readonly)

    def close(self) -> None:
        """Done with it. May be called twice."""
        with self._turn, told(self.path):
            self._db.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ── The same sentence ────────────────────────────────────────────────────────────────────────────

    def lookup(self, texts: Sequence[str], target: Lang, recipe: str) -> dict[str, Entry]:
        """The translation of each of `texts` that is known, by text.

        A human one comes first, whatever the recipe, and also hits where only typing differs (see
        `keys.fold`). A machine's is the answer to exactly this text under exactly this recipe, so that
        a run with the memory gives the bytes of a run without.
        """
        known: dict[str, Entry] = {}
        wanted = iter(dict.fromkeys(texts))
        with self._using() as db:
            while some := list(islice(wanted, _AT_ONCE)):
                known |= rows.find(db, some, target, recipe)
        return known

    def store(
        self,
        pairs: Iterable[tuple[str, str | Hypothesis]],
        target: Lang,
        recipe: str | None,
        *,
        human: bool = False,
        origin: str | None = None,
        created: datetime | None = None,
    ) -> Stored:
        """Remember (source, translation) pairs, some thousand at a time; a later one replaces an earlier.

        A `Hypothesis` is kept with its score and findings. Pairs with an empty side, and text that is no
        Unicode, are left out. Give the hypothesis as the engine gave it: repairs and checks are done again.

        Args:
            recipe: all that decides what a machine answers, glossary included; ignored for human ones.
            human: translated or approved by people. `origin`: the file they came from.
            created: when; now if absent.
        """
        if not human and not recipe:
            raise ValueError("a machine's translation needs a recipe")
        name = None if human else recipe
        when = int((created or datetime.now(UTC)).timestamp())
        todo, done = iter(pairs), Stored()
        while some := list(islice(todo, _IN_ONE_GO)):
            batch = [rows.Row(source, _as_hypothesis(said), origin, when) for source, said in some]
            with self._using(writing=True) as db:
                done += rows.put(db, batch, target, name)
        return done

    # ── A similar sentence ───────────────────────────────────────────────────────────────────────────

    def suggest(
        self, text: str, target: Lang, *, limit: int = 3, least: float = 70
    ) -> tuple[Suggestion, ...]:
        """Translations of sentences like `text`, the likest first, for people to look at.

        `least`: how like, from 0 to 100; 100 is the same text but for typing and letter case.
        """
        with self._using() as db:
            near = fuzzy.similar(db, text, target, limit=limit, least=least)
            return tuple(
                Suggestion(entry, score)
                for id, score in near
                if (entry := rows.best(db, id, target)) is not None
            )

    # ── TMX ──────────────────────────────────────────────────────────────────────────────────────────

    def import_tmx(self, path: Path, *, reading: Reading | None = None) -> Imported:
        """Remember the translations in a TMX file: people's, unless the file says that we made them.

        They go in as they are read, some thousand at a time: after an error those before it are in, and
        the same file may be imported again. `reading` is told bytes read and in all.

        Raises InputError with file and line: cannot be read, not XML, not TMX.
        """
        now, done = datetime.now(UTC), Counter[str]()
        stored = Stored()
        todo = exchange.pairs(path, now, reading)
        try:
            while some := list(islice(todo, _IN_ONE_GO)):
                found = [pair for unit in some for pair in unit]
                done["units"] += len(some)
                done["foreign"] += sum(not unit for unit in some)
                done["empty"] += sum(pair.row is None for pair in found)
                done["traditional"] += sum(pair.traditional for pair in found)
                stored += self._take(pair for pair in found if not pair.traditional)
        except InputError as err:
            if done["units"]:
                err.hint = (
                    err.hint or f"the first {done['units']:,} units are in; mend it and import it again"
                )
            raise
        return Imported(stored=stored, **done)

    def _take(self, pairs: Iterable[exchange.Pair]) -> Stored:
        groups: dict[tuple[Lang, str | None], list[rows.Row]] = {}
        for pair in pairs:
            if pair.row is not None:
                groups.setdefault((pair.lang, pair.recipe), []).append(pair.row)
        stored = Stored()
        for (lang, recipe), batch in groups.items():
            with self._using(writing=True) as db:
                stored += rows.put(db, batch, lang, recipe)
        return stored

    def export_tmx(
        self, where: Path | BinaryIO, *, target: Lang | None = None, human: bool | None = None
    ) -> int:
        """Write TMX 1.4b to a file, whole or not at all, or to a binary stream. The number of units.

        `target`: only that language. `human`: only people's (True) or only machines' (False) translations.
        Raises OutputError if it cannot be written.
        """
        number = count()
        exchange.save(where, self.tmx(target=target, human=human, number=number))
        return next(number)

    def tmx(
        self, *, target: Lang | None = None, human: bool | None = None, number: Iterator[int] | None = None
    ) -> Iterator[str]:
        """The text of what `export_tmx` writes, piece by piece; `number` is stepped for each unit."""
        numbered = zip(self.entries(target=target, human=human), number or count(), strict=False)
        units = (exchange.unit(entry) for entry, _ in numbered)
        return tmx_writer.pieces(units, source=Lang.FR, version=__version__)

    # ── House keeping ────────────────────────────────────────────────────────────────────────────────

    def entries(self, *, target: Lang | None = None, human: bool | None = None) -> Iterator[Entry]:
        """Every entry, in the order in which the sources came. Others may write meanwhile: not seen here."""
        with self._using() as db:
            yield from rows.every(db, target, human)

    def stats(self) -> Stats:
        """What it holds."""
        with self._using() as db:
            return rows.count(db, self.path)

    def prune(
        self,
        *,
        before: datetime | None = None,
        recipe: str | None = None,
        keep: int | None = None,
        human: bool = False,
        dry_run: bool = False,
    ) -> int:
        """Forget entries, and give their space back. The number of entries.

        Those to which all of this applies: stored `before`, made by `recipe`, not among the `keep` newest
        of these. People's translations are spared unless `human` is set. Without anything: every machine
        translation. `dry_run`: only count.
        """
        doomed = pruning.Doomed(before, recipe, keep, human)
        with self._using(writing=not dry_run) as db:
            return pruning.count(db, doomed) if dry_run else pruning.forget(db, doomed)

    @contextmanager
    def _using(self, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
        if writing and self.readonly:
            raise RecallError(f"{self.path}: opened for reading only")
        with self._turn, told(self.path):
            if self.path is not None and os.getpid() != self._process:
                # A forked process must not even close the connection of its parent.
                self._inherited.append(self._db)
                self._db = connect(self.path, readonly=self.readonly)
                self._process = os.getpid()
            yield self._db


def _as_hypothesis(said: str | Hypothesis) -> Hypothesis:
    return said if isinstance(said, Hypothesis) else Hypothesis(said)
