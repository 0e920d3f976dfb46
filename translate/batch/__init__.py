"""Many dispatches: a resumable job from folders and tables into a folder, or an iterator of results.

from pathlib import Path
import translate

report = translate.batch.run_batch(["wire/"], Path("out"), translate.load(), progress=True)
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from translate.batch.crew import Alone, Crew
from translate.batch.discover import Inputs
from translate.batch.job import Job
from translate.batch.plan import Plan
from translate.batch.pool import WINDOW_SENTENCES
from translate.batch.processes import Processes, Seat
from translate.batch.progress import ProgressLine
from translate.batch.quarantine import NAME as QUARANTINE
from translate.batch.report import Failure, Report, Tally, Watcher
from translate.batch.results import Outcome, Results, results
from translate.batch.seats import seats
from translate.batch.settings import Settings
from translate.batch.shard import Shard
from translate.outputs import Format
from translate.pipeline import Pipeline

__all__ = [
    "Alone",
    "Crew",
    "Failure",
    "Outcome",
    "Plan",
    "Processes",
    "ProgressLine",
    "Report",
    "Results",
    "Seat",
    "Shard",
    "Tally",
    "Watcher",
    "results",
    "run_batch",
    "seats",
]


def run_batch(
    paths: Sequence[str | Path],
    output: str | Path,
    pipeline: Pipeline | Crew,
    *,
    formats: Sequence[str | Format] = (Format.JSON,),
    combined: Sequence[str | Path] = (),
    text_column: str | None = None,
    id_column: str | None = None,
    shard: Shard | None = None,
    progress: bool = False,
    watcher: Watcher | None = None,
    window_sentences: int = WINDOW_SENTENCES,
    quarantine: str | Path | bool = True,
) -> Report:
    """The report of a job that is at its end. Run again, it goes on where it stopped.

    Args:
        paths: files, folders, globs, tables (`.jsonl`, `.csv`, `.tsv`, `.parquet`), `-` for standard input.
        output: the folder for results, journal and `report.json`.
        pipeline: made by `translate.load`; or several: `Processes`, `translate.cluster.Cluster`.
        formats: one file of each for every document; none is allowed with `combined`.
        combined: files with a line or row for every document, written at the end; `.parquet` or `.jsonl`.
        text_column: the column of a table with the text; `text`.
        id_column: the column with the id; `id` if there is one, else the row's number.
        shard: the part of the documents to do.
        progress: show on standard error how it goes on, in one line; works in a notebook.
        watcher: told how it goes on, instead.
        window_sentences: how many sentences share batches.
        quarantine: the folder where documents that fail are set aside; `quarantine` in the output folder.

    Raises:
        InputError: a path that leads nowhere, no document at all, two files with one output.
        OutputError: a full disk, no permission, another process at work in the folder.
        EngineError: the device is lost. Whatever is raised, what was done stays done.
    """
    folder = Path(output)
    chosen = tuple(dict.fromkeys(Format(form) for form in formats))
    crew = Alone(pipeline) if isinstance(pipeline, Pipeline) else pipeline
    limits = crew.conditions.options.limits
    aside = folder / QUARANTINE if quarantine is True else Path(quarantine) if quarantine else None
    skip = (folder, aside) if aside else (folder,)
    inputs = Inputs(tuple(map(str, paths)), text_column, id_column, skip, limits)
    wholes = tuple(map(Path, combined))
    settings = Settings(folder, chosen, wholes, shard or Shard(), window_sentences, aside)
    line = ProgressLine() if progress and watcher is None else None
    try:
        return Job(inputs, crew, settings, watcher or line).run()
    finally:
        if line:
            line.close()
