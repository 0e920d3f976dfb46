"""What a job makes of its documents and where, and what of that makes results differ."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from translate.batch.pool import WINDOW_SENTENCES
from translate.batch.shard import Shard
from translate.outputs import Format
from translate.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Settings:
    """What a job makes of its documents and where.

    `formats`: a file of each for every document. `jsonl`: one file with a line for every document, written
    when the job is at its end.
    """

    output: Path
    formats: tuple[Format, ...] = (Format.JSON,)
    jsonl: Path | None = None
    shard: Shard = field(default_factory=Shard)
    window_sentences: int = WINDOW_SENTENCES

    @property
    def report(self) -> Path:
        return self.output / self.shard.named(Path("report.json"))

    @property
    def lines(self) -> Path | None:
        """The JSONL file of this shard."""
        return self.shard.named(self.jsonl) if self.jsonl else None

    @property
    def own_files(self) -> tuple[Path, ...]:
        return (self.report, self.lines) if self.lines else (self.report,)


def recipe_digest(pipeline: Pipeline, settings: Settings) -> bytes:
    """What makes results differ apart from the text. Which of several like devices was used does not."""
    recipes = {
        lang: {**asdict(recipe), "device": re.sub(r":\d+$", "", recipe.device)}
        for lang, recipe in pipeline.recipes.items()
    }
    made = {
        "recipes": recipes,
        "summarizer": pipeline.summarizer.name if pipeline.summarizer else None,
        "options": asdict(pipeline.options),
        "formats": sorted(settings.formats),
        "line": settings.jsonl is not None,
    }
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).digest()
