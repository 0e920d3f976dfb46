"""`translate batch`: many dispatches into one folder, to be left running and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import complete, voice
from translate.cli.dispatch import NoSummary
from translate.cli.grouping import grouped
from translate.cli.options import Conduct, Machine, Work, option
from translate.cli.progress import bar
from translate.cli.suggest import choose
from translate.errors import BatchError, InputError

if TYPE_CHECKING:
    from translate.batch import ProgressLine, Report, Shard
    from translate.outputs import Format
    from translate.pipeline import Pipeline

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…|-", help="Files, folders, globs, tables (jsonl, csv, parquet); - for rows on stdin."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Where the documents of a job are and where its results go."""

    output: Annotated[
        Path,
        option("--output", "-o", help="Folder for results, journal and report.json.", metavar="DIR"),
    ]
    format: Annotated[
        list[str],
        option(
            "--format",
            "-f",
            help="One file of this format for each document; repeat it for more. json, or none with --jsonl.",
            metavar="FORMAT",
            autocompletion=complete.formats,
        ),
    ] = field(default_factory=list)
    jsonl: Annotated[
        Path | None,
        option("--jsonl", help="One file with a line for each document, written at the end.", metavar="FILE"),
    ] = None
    text_column: Annotated[
        str | None, option("--text-column", help="Column of a table with the text: text.", metavar="NAME")
    ] = None
    id_column: Annotated[
        str | None,
        option("--id-column", help="Column with the id: id, or else the row's number.", metavar="NAME"),
    ] = None
    shard: Annotated[
        str | None,
        option("--shard", help="Only part I of N of the documents: 3/8.", metavar="I/N"),
    ] = None

    @property
    def formats(self) -> tuple[Format, ...]:
        from translate.outputs import Format

        named = dict.fromkeys(Format(choose(name, list(Format), "--format")) for name in self.format)
        return tuple(named) or (() if self.jsonl else (Format.JSON,))

    @property
    def part(self) -> Shard:
        from translate.batch import Shard

        try:
            return Shard.read(self.shard) if self.shard else Shard()
        except InputError as err:
            hint = f"; {err.hint}" if err.hint else ""
            raise typer.BadParameter(f"{err}{hint}", param_hint="--shard") from err


@grouped
def batch(
    paths: Paths, task: Task, work: Work, machine: Machine, conduct: Conduct, no_summary: NoSummary = False
) -> None:
    """Translate many dispatches into a folder. Run again, it goes on where it stopped.

    What is done with the same content and the same recipe is skipped. A bad document is reported, and the
    others are done; the exit code is then 6.

    \b
    Examples:
      translate batch wire/ -o out
      translate batch 'wire/2024-*/*.txt' -o out --format json --format txt
      translate batch news.csv --text-column corps --id-column ref -o out --jsonl all.jsonl
      translate batch wire/ -o out --shard 3/8
    """
    from translate.batch import run_batch

    formats, shard = task.formats, task.part
    pipeline = _loaded(work, machine, conduct, summary=not no_summary)
    with _shown(conduct) as line:
        report = run_batch(
            paths,
            task.output,
            pipeline,
            formats=formats,
            jsonl=task.jsonl,
            text_column=task.text_column,
            id_column=task.id_column,
            shard=shard,
            watcher=line,
        )
    _tell(report, conduct)
    if report.failed:
        raise BatchError(
            f"{report.failed:,} of {report.documents:,} documents failed",
            hint=f"{task.output / shard.named(Path('report.json'))} says which and why",
        )


def _loaded(work: Work, machine: Machine, conduct: Conduct, *, summary: bool) -> Pipeline:
    from translate.pipeline import Options
    from translate.registry import Registry

    targets, engine, limits = work.targets, machine.chosen_engine, work.text_limits
    registry = Registry.load(work.models)
    with bar("loading the models", quiet=conduct.quiet):
        from translate.loading import BEST, load

        pipeline = load(
            targets,
            model=work.model,
            summarizer=(work.summarizer or BEST) if summary else None,
            engine=engine,
            device=machine.device,
            beam=work.beam,
            models=registry,
            options=Options(sentences=work.sentences, force=work.force, limits=limits),
        )
    for message in (*registry.notices, *pipeline.notices):
        voice.notice(message, quiet=conduct.quiet)
    return pipeline


@contextmanager
def _shown(conduct: Conduct) -> Iterator[ProgressLine | None]:
    """The progress line, taken away at the end. Ctrl-C is told how to go on."""
    from translate.batch import ProgressLine

    line = None if conduct.quiet else ProgressLine(redraw=voice.is_watched())
    try:
        yield line
    except KeyboardInterrupt:
        if line:
            line.close()
        voice.notice("what is done stays done; the same command goes on from here", quiet=conduct.quiet)
        raise
    finally:
        if line:
            line.close()


def _tell(report: Report, conduct: Conduct) -> None:
    for text in report.lines():
        voice.say(text, quiet=conduct.quiet)
