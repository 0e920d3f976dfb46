"""Many dispatches: a resumable job from folders and tables into a folder, or an iterator of results.

from pathlib import Path
import translate
from translate.batch import run_batch

report = run_batch(["wire/"], Path("out"), translate.load())
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translate.batch.discover import Inputs
from translate.batch.job import Job
from translate.batch.pool import WINDOW_SENTENCES
from translate.batch.progress import ProgressLine
from translate.batch.report import Failure, Report, Tally, Watcher
from translate.batch.results import Outcome, Results, results
from translate.batch.settings import Settings
from translate.batch.shard import Shard
from translate.outputs import Format
from translate.pipeline import Pipeline

__all__ = [
    "Failure",
    "Outcome",
    "ProgressLine",
    "Report",
    "Results",
    "Shard",
    "Tally",
    "Watcher",
    "results",
    "run_batch",
]


def run_batch(
    paths: Sequence[str | Path],
    output: str | Path,
    pipeline: Pipeline,
    *,
    formats: Sequence[str | Format] = (Format.JSON,),
    jsonl: str | Path | None = None,
    text_column: str | None = None,
    id_column: str | None = None,
    shard: Shard | None = None,
    watcher: Watcher | None = None,
    window_sentences: int = WINDOW_SENTENCES,
) -> Report:
    """The report of a job that is at its end. Run again, it goes on where it stopped.

    Args:
        paths: files, folders, globs, tables (`.jsonl`, `.csv`, `.tsv`, `.parquet`), `-` for standard input.
        output: the folder for results, journal and `report.json`.
        pipeline: made by `translate.load`.
        formats: one file of each for every document; none is allowed with `jsonl`.
        jsonl: one file with a line for every document, written at the end.
        text_column: the column of a table with the text; `text`.
        id_column: the column with the id; `id` if there is one, else the row's number.
        shard: the part of the documents to do.
        watcher: told how it goes on, `ProgressLine()` for example.
        window_sentences: how many sentences share batches.

    Raises:
        InputError: a path that leads nowhere, no document at all, two files with one output.
        OutputError: a full disk, no permission, another process at work in the folder.
        EngineError: the device is lost. Whatever is raised, what was done stays done.
    """
    folder = Path(output)
    chosen = tuple(dict.fromkeys(Format(form) for form in formats))
    limits = pipeline.options.limits
    inputs = Inputs(tuple(map(str, paths)), text_column, id_column, skip=folder, limits=limits)
    lines = Path(jsonl) if jsonl is not None else None
    settings = Settings(folder, chosen, lines, shard or Shard(), window_sentences)
    return Job(inputs, pipeline, settings, watcher).run()
