"""What people see of an evaluation: calm tables, on a terminal or in a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from translate.cli.evaluate_run import Outcome
from translate.cli.voice import visible
from translate.cli.writing import to_stdout
from translate.evaluate import Check, Comparison, Difference, Metric, Published, Report, Score, Status

_PIPE_WIDTH = 160
_COLOURS = {Status.HELD: "green", Status.MISSED: "bold red", Status.SKIPPED: "dim"}


def show(outcome: Outcome) -> None:
    """The outcome on standard output; into a pipe without escape codes and with room for long lines."""
    watched = sys.stdout is not None and sys.stdout.isatty()
    text = io.StringIO()
    console = Console(highlight=False) if watched else Console(file=text, width=_PIPE_WIDTH, highlight=False)
    for part in view(outcome):
        console.print(part)
    if not watched:
        to_stdout("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))


def view(outcome: Outcome) -> Iterator[RenderableType]:
    """The parts of the page, top to bottom."""
    if outcome.reports and not outcome.checks:
        yield _scores(outcome.reports)
        yield Text()
    for comparison in outcome.comparisons:
        yield from _comparison(comparison)
        yield Text()
    if outcome.checks:
        yield _checks(outcome.checks)
        yield Text()
    if outcome.comparisons:
        for comparison in outcome.comparisons:
            yield from _losses(comparison)
    else:
        for report in outcome.reports:
            yield from _worst(report)
    for absent in outcome.absent:
        yield Text.assemble(("skipped ", "dim"), f"{absent.set} fr→{absent.target}: {absent.reason}")
    if outcome.published:
        yield from _published(outcome.published)
    yield from _footnotes(outcome.reports)


def _table(*columns: str, numbers: Iterable[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    right = set(numbers)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", no_wrap=column in right)
    return table


def _scores(reports: Sequence[Report]) -> Table:
    metrics = [m for m in Metric if any(report.value(m) for report in reports)]
    labels = [metric.label for metric in metrics]
    table = _table(
        "set", "into", "segments", "system", *labels, "time", numbers=("segments", *labels, "time")
    )
    for report in reports:
        table.add_row(
            Text(report.set),
            report.target,
            str(report.segments),
            Text(report.system),
            *(_value(report.value(metric)) for metric in metrics),
            "–" if report.elapsed_s is None else f"{report.elapsed_s:.1f} s",
        )
    return table


def _value(score: Score | None) -> Text:
    if score is None:
        return Text("–", style="dim")
    return Text.assemble(f"{score.value:.2f}", (f" ±{(score.high - score.low) / 2:.1f}", "dim"))


def _comparison(comparison: Comparison) -> Iterator[RenderableType]:
    yield _heading(
        f"{comparison.set} fr→{comparison.target}: A is {comparison.a}, B is {comparison.b}; paired bootstrap"
    )
    table = _table("metric", "A", "B", "A−B", "95 % interval", "p", "verdict", numbers=("A", "B", "A−B", "p"))
    for difference in comparison.differences:
        table.add_row(
            difference.metric.label,
            f"{difference.a:.2f}",
            f"{difference.b:.2f}",
            f"{difference.delta:+.2f}",
            f"{difference.low:+.2f} to {difference.high:+.2f}",
            f"{difference.p:.3f}",
            _verdict(difference),
        )
    yield table


def _heading(text: str) -> Text:
    return Text(visible(text), style="bold")


def _verdict(difference: Difference) -> Text:
    if not difference.is_significant:
        return Text("no significant difference", style="dim")
    return Text(f"{'A' if difference.a_is_better else 'B'} is better", style="green")


def _checks(checks: Sequence[Check]) -> Table:
    table = _table("model", "set", "into", "metric", "score", "floor", "", numbers=("score", "floor"))
    for check in checks:
        floor = check.floor
        table.add_row(
            Text(floor.model),
            Text(floor.set),
            floor.target,
            floor.metric.label,
            "–" if check.value is None else f"{check.value:.2f}",
            f"{floor.score:.2f} ±{floor.noise:g}",
            Text(f"{check.status}: {check.reason}" if check.reason else check.status, _COLOURS[check.status]),
        )
    return table


def _worst(report: Report) -> Iterator[RenderableType]:
    if not report.worst:
        return
    yield _heading(f"Lowest chrF on {report.set} fr→{report.target}: {report.system}")
    for case in report.worst:
        texts = {"source": case.source, "reference": case.reference, "translation": case.hypothesis}
        yield from _segment(case.line, f"chrF {case.chrf:.1f}", texts)
    yield Text()


def _losses(comparison: Comparison) -> Iterator[RenderableType]:
    if not comparison.losses:
        return
    yield _heading(f"Where A loses most to B on {comparison.set} fr→{comparison.target}")
    for case in comparison.losses:
        texts = {"source": case.source, "reference": case.reference, "A": case.a, "B": case.b}
        yield from _segment(case.line, f"chrF {case.chrf_a:.1f} against {case.chrf_b:.1f}", texts)
    yield Text()


def _segment(line: int, figures: str, texts: Mapping[str, str | None]) -> Iterator[RenderableType]:
    yield Text.assemble(f"line {line}", (f"  {figures}", "dim"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    for label, text in texts.items():
        if text is not None:
            grid.add_row(Text(label, style="dim"), Text(visible(text) or "(empty)"))
    yield Padding(grid, (0, 0, 0, 2))


def _published(rows: Sequence[Published]) -> Iterator[RenderableType]:
    for key in dict.fromkeys((row.source, row.target, row.origin, row.caveat) for row in rows):
        source, target, origin, caveat = key
        yield _heading(f"Published {source}→{target}, not directly comparable: {caveat}")
        table = _table("set", "system", "BLEU", "chrF", "COMET", numbers=("BLEU", "chrF", "COMET"))
        for row in rows:
            if (row.source, row.target, row.origin, row.caveat) == key:
                figures = [_figure(row.bleu, 1), _figure(row.chrf, 1), _figure(row.comet, 3)]
                table.add_row(row.set, Text(row.system), *figures)
        yield table
        yield Text(f"origin: {origin}", style="dim")
        yield Text()


def _figure(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _footnotes(reports: Sequence[Report]) -> Iterator[Text]:
    """How it was scored, on what exactly, by what, and what needs a look."""
    notes = [
        *(f"signature  {score.signature}" for report in reports for score in report.scores),
        *(f"corpus     {r.set} fr→{r.target}  sha256:{r.corpus}" for r in reports),
        *(f"recipe     {report.recipe}" for report in reports if report.recipe),
        *(
            f"flagged    {name}: {_listed(report)}"
            for report in reports
            if (name := _name(report)) and _listed(report)
        ),
        *(f"note       {report.set}: {notice}" for report in reports for notice in report.notices),
    ]
    yield from (Text(visible(note), style="dim") for note in dict.fromkeys(notes))


def _name(report: Report) -> str:
    return f"{report.system}, {report.set} fr→{report.target}"


def _listed(report: Report) -> str:
    counts = dict(report.findings) | ({"no text": report.empty} if report.empty else {})
    return ", ".join(f"{count} {code}" for code, count in counts.items())
