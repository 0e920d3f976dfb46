"""What a job makes of its documents and where it puts it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from translate.batch.desk import Wanted
from translate.batch.pool import WINDOW_SENTENCES
from translate.batch.shard import Shard
from translate.outputs import Format


@dataclass(frozen=True, slots=True)
class Settings:
    """What a job makes of its documents and where it puts it.

    `formats`: a file of each for every document. `combined`: files with all documents, a line or a row for
    each, written when the job is at its end; Parquet if they end so, else JSON Lines. `quarantine`: where
    documents that fail are set aside, if they are.
    """

    output: Path
    formats: tuple[Format, ...] = (Format.JSON,)
    combined: tuple[Path, ...] = ()
    shard: Shard = field(default_factory=Shard)
    window_sentences: int = WINDOW_SENTENCES
    quarantine: Path | None = None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.formats, bool(self.combined), self.window_sentences)

    @property
    def report(self) -> Path:
        return self.output / self.shard.named(Path("report.json"))

    @property
    def wholes(self) -> tuple[Path, ...]:
        """The combined files of this shard."""
        return tuple(map(self.shard.named, self.combined))

    @property
    def own_files(self) -> tuple[Path, ...]:
        return (self.report, *self.wholes)
