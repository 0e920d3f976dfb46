"""`translate batch`: many dispatches into one folder, to be left running and gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import voice
from translate.cli.batch_options import Crowd, Task
from translate.cli.dispatch import NoSummary
from translate.cli.grouping import grouped
from translate.cli.opening import check, opened
from translate.cli.options import Conduct, Machine, Work
from translate.cli.progress import bar
from translate.errors import BatchError

if TYPE_CHECKING:
    from translate.batch import Crew, Plan, ProgressLine, Report
    from translate.cluster import Cluster
    from translate.registry import Registry
    from translate.settings import Options

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…|-", help="Files, folders, globs, tables (jsonl, csv, parquet); - for rows on stdin."
    ),
]


@grouped
def batch(
    paths: Paths,
    task: Task,
    work: Work,
    machine: Machine,
    crowd: Crowd,
    conduct: Conduct,
    no_summary: NoSummary = False,
) -> None:
    """Translate many dispatches into a folder. Run again, it goes on where it stopped.

    What is done with the same content and the same recipe is skipped. A bad document is reported and set
    aside in DIR/quarantine, and the others are done; the exit code is then 6.

    \b
    Examples:
      translate batch wire/ -o out
      translate batch 'wire/2024-*/*.txt' -o out --format json --format txt
      translate batch news.csv --text-column corps --id-column ref -o out --jsonl all.jsonl
      translate batch wire/ -o out --parquet all.parquet
      translate batch wire/ -o out --shard 3/8
      translate batch wire/ -o out --cluster 10.0.0.1:6379 --processes 1:64
    """
    from translate.batch import run_batch

    formats, combined, shard, aside = task.formats, task.combined, task.part, task.aside
    check(work, machine)
    crowd.check(work)
    with (
        _crew(work, machine, crowd, conduct, summary=not no_summary) as crew,
        _shown(conduct) as line,
    ):
        report = run_batch(
            paths,
            task.output,
            crew,
            formats=formats,
            combined=combined,
            text_column=task.text_column,
            id_column=task.id_column,
            shard=shard,
            watcher=line,
            quarantine=aside,
        )
    _tell(report, conduct)
    if report.failed:
        raise BatchError(
            f"{report.failed:,} of {report.documents:,} documents failed",
            hint=f"{task.output / shard.named(Path('report.json'))} says which and why{_set_aside(report)}",
        )


@contextmanager
def _crew(work: Work, machine: Machine, crowd: Crowd, conduct: Conduct, *, summary: bool) -> Iterator[Crew]:
    """Who does the work, models loaded."""
    from translate.batch import Alone, Processes, seats
    from translate.registry import Registry
    from translate.settings import Options

    registry, number = Registry.load(work.models), crowd.number
    for message in registry.notices:
        voice.notice(message, quiet=conduct.quiet)
    options = Options(
        sentences=work.sentences, force=work.force, revision=work.revision, limits=work.text_limits
    )
    with ExitStack() as open_until_the_end:
        enter = open_until_the_end.enter_context
        with bar("loading the models", quiet=conduct.quiet):
            crew: Crew
            if crowd.cluster:
                crew = enter(_cluster(_plan(work, machine, crowd, registry, options, summary=summary), crowd))
            elif len(places := seats(machine.device, number and number[1])) > 1:
                plan = _plan(work, machine, crowd, registry, options, summary=summary)
                crew = enter(Processes(plan, places))
            else:
                crew = Alone(enter(opened(work, machine, conduct, registry, options, summary=summary))())
        yield crew


def _plan(
    work: Work, machine: Machine, crowd: Crowd, registry: Registry, options: Options, *, summary: bool
) -> Plan:
    from translate.batch import Plan
    from translate.loading import BEST
    from translate.memory import default_path

    remembered = work.memory or (work.memory is None and default_path().exists())
    return Plan.of(
        work.targets,
        model=work.model,
        summarizer=(work.summarizer or BEST) if summary else None,
        engine=machine.chosen_engine,
        device=machine.device,
        beam=work.beam,
        models=registry,
        options=options,
        glossary=work.glossaries,
        memory=default_path() if remembered and not crowd.cluster else None,
        fetch=crowd.fetch,
    )


def _cluster(plan: Plan, crowd: Crowd) -> Cluster:
    from translate.cluster import Cluster

    assert crowd.cluster
    return Cluster(
        crowd.cluster, plan, processes=crowd.number, cpus_each=crowd.cpus_each, gpus_each=crowd.gpus_each
    )


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


def _set_aside(report: Report) -> str:
    return f"; they are in {report.quarantine}" if report.quarantine else ""


def _tell(report: Report, conduct: Conduct) -> None:
    for text in report.lines():
        voice.say(text, quiet=conduct.quiet)
