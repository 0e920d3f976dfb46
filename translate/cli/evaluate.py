"""`translate evaluate`: scores with signatures, system comparison, quality floors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import voice, writing
from translate.cli.evaluate_options import Gate, Measure, Sets, Systems, check_usage
from translate.cli.grouping import grouped
from translate.cli.listing import as_json as as_json_text
from translate.cli.options import TARGETS, Conduct, Machine, flag
from translate.cli.progress import bar

if TYPE_CHECKING:
    from translate.cli.evaluate_run import Bench, Outcome

Source = Annotated[
    Path | None,
    typer.Argument(metavar="SOURCE", help="French, one segment a line; or a TSV or TMX file with both."),
]
Reference = Annotated[Path | None, typer.Argument(metavar="REFERENCE", help="Its translation, line by line.")]
Output = Annotated[
    Path | None,
    # No variable: TRANSLATE_OUTPUT says where translated dispatches go.
    typer.Option("--output", "-o", metavar="FILE", help="Write the translations there, one a line."),
]
Json = Annotated[bool, flag("--json", help="Print JSON, for programs.")]


@grouped
def evaluate(
    systems: Systems,
    sets: Sets,
    measure: Measure,
    gate: Gate,
    machine: Machine,
    conduct: Conduct,
    source: Source = None,
    reference: Reference = None,
    output: Output = None,
    as_json: Json = False,
) -> None:
    """Score a model, or ready translations, with sacrebleu; compare two; hold quality floors.

    \b
    Examples:
      translate evaluate news.fr news.en
      translate evaluate dev.tsv --columns 1,3 --to zh --model opus-mt-fr-zh
      translate evaluate news.fr news.en --model embedded --versus opus-mt-fr-en
      translate evaluate news.fr news.en --hypotheses other-system.en
      translate evaluate --floors benchmarks/floors.json --sets dev-sets/
    """
    check_usage(source, systems, sets, measure, gate, output)
    with bar("scoring", quiet=conduct.quiet) as shown:
        from translate.cli.evaluate_run import Bench
        from translate.registry import Registry

        registry = Registry.load(systems.models)
        bench = Bench(registry, systems, sets, measure, machine, shown)
        outcome = _run(bench, source, reference, gate)
    if output:
        writing.to_file(output, _lines(outcome))
    _show(outcome, measure, as_json=as_json)
    _conclude(outcome, gate, conduct)


def _run(bench: Bench, source: Path | None, reference: Path | None, gate: Gate) -> Outcome:
    from translate.evaluate import read_floors

    if source:
        return bench.one(source, reference)
    if gate.floors and not gate.record:
        return bench.gate(read_floors(gate.floors))
    return bench.suite()


def _lines(outcome: Outcome) -> bytes:
    """The translations of the first system, one a line whatever they hold."""
    return "".join(" ".join(text.split("\n")) + "\n" for text in outcome.reports[0].hypotheses).encode()


def _show(outcome: Outcome, measure: Measure, *, as_json: bool) -> None:
    from translate.cli.evaluate_view import show
    from translate.evaluate import read_published

    if measure.published:
        shown = {report.target for report in outcome.reports} or set(TARGETS)
        rows = tuple(row for row in read_published() if row.target in shown)
        outcome = replace(outcome, published=rows)
    if as_json:
        writing.to_stdout(as_json_text(outcome.to_json()))
    else:
        show(outcome)


def _conclude(outcome: Outcome, gate: Gate, conduct: Conduct) -> None:
    """Record, or say how the floors stand. Raises FloorError."""
    from translate.evaluate import Status, read_floors, record_floors, write_floors

    if gate.floors and gate.record:
        known = read_floors(gate.floors) if gate.floors.exists() else ()
        floors = record_floors(
            known, outcome.reports, noise=gate.noise, allow_regression=gate.allow_regression
        )
        write_floors(gate.floors, floors)
        voice.notice(f"{gate.floors}: {len(floors)} floors", quiet=conduct.quiet)
    elif gate.floors:
        outcome.require_floors()
        counts = {status: sum(check.status is status for check in outcome.checks) for status in Status}
        voice.notice(
            f"floors: {counts[Status.HELD]} held, {counts[Status.SKIPPED]} skipped", quiet=conduct.quiet
        )
