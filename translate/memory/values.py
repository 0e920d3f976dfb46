"""What a translation memory gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from translate.domain import Finding, Hypothesis, Lang, Origin, TermUse


@dataclass(frozen=True, slots=True)
class Entry:
    """One remembered translation. `recipe` says how a machine made it; a human one has none.

    `score`, `findings` and `terms` are those of the hypothesis that was stored, to the last bit: with
    `hypothesis` a run goes on exactly as if a model had just given it. `origin`: the file that a human
    translation was imported from, if it was.
    """

    source: str
    target: str
    lang: Lang
    human: bool
    recipe: str | None
    created: datetime
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    terms: tuple[TermUse, ...] = ()
    origin: str | None = None

    @property
    def hypothesis(self) -> Hypothesis:
        """The translation as a model would give it; a human one says that it comes from the memory."""
        origin = Origin.MEMORY if self.human else Origin.MODEL
        return Hypothesis(self.target, self.score, self.findings, self.terms, origin)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of a similar sentence, for a person to look at. `score`: likeness, 0 to 100."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Holding:
    """How many translations into `lang` there are by `recipe`, or by people if it is None."""

    lang: Lang
    recipe: str | None
    entries: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds. `path` is None for one that is not on disk."""

    path: Path | None
    size_bytes: int
    sources: int
    human: int
    machine: int
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing did: new entries, changed ones, and those that were there already."""

    added: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Stored) -> Stored:
        return Stored(self.added + other.added, self.changed + other.changed, self.same + other.same)

    @property
    def written(self) -> int:
        return self.added + self.changed


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: units read, what came of their translations, and what was left out.

    `foreign`: units without French and one of the targets. `empty`: translations with an empty side.
    `traditional`: Chinese ones in traditional characters.
    """

    units: int = 0
    stored: Stored = Stored()
    foreign: int = 0
    empty: int = 0
    traditional: int = 0
