"""`translate dispatch` and `translate summary`: one dispatch in, one result out."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from translate.cli import voice, writing
from translate.cli.grouping import grouped
from translate.cli.opening import check, opened
from translate.cli.options import Conduct, Machine, Source, View, Work, flag
from translate.cli.progress import bar

if TYPE_CHECKING:
    from translate.domain import TranslatedDispatch

NoSummary = Annotated[bool, flag("--no-summary", help="No summary and no gists.")]
Strict = Annotated[bool, flag("--strict", help="Exit with 6 if a check finds an error in a translation.")]


@grouped
def dispatch(
    file: Source,
    work: Work,
    view: View,
    machine: Machine,
    conduct: Conduct,
    no_summary: NoSummary = False,
    strict: Strict = False,
) -> None:
    """Translate one dispatch: French, English and Chinese side by side, with a summary.

    On a terminal the aligned view is shown; into a pipe goes plain text.

    \b
    Examples:
      translate dispatch brief.txt
      translate dispatch brief.txt --to zh --no-summary
      curl -s https://example.org/brief.txt | translate dispatch - --format json
      translate dispatch brief.txt --format md --format tsv --output results/
    """
    places = writing.sinks(file, view.output, view.format)
    result = _translated(file, work, machine, conduct, summary=not no_summary, explain=view.explain)
    _write(result, places, view, conduct)
    if strict:
        _require_no_errors(result)


@grouped
def summary(file: Source, work: Work, view: View, machine: Machine, conduct: Conduct) -> None:
    """Summarise one dispatch: a few sentences for the whole, one line per paragraph.

    Everything is given in French and in each target language, and points to its paragraph.

    \b
    Examples:
      translate summary brief.txt
      translate summary brief.txt --to en --sentences 1
      translate summary - --format jsonl < brief.txt
    """
    places = writing.sinks(file, view.output, view.format)
    result = _translated(file, work, machine, conduct, text=False, explain=view.explain)
    _write(result, places, view, conduct, only_summary=True)


def _translated(
    file: Path,
    work: Work,
    machine: Machine,
    conduct: Conduct,
    *,
    text: bool = True,
    summary: bool = True,
    explain: bool = False,
) -> TranslatedDispatch:
    """The whole work, with progress. The text is read while models are loading: bad input is told at once."""
    from translate.registry import Registry
    from translate.settings import Options

    check(work, machine)
    limits = work.text_limits
    registry = Registry.load(work.models)
    options = Options(
        text=text,
        sentences=work.sentences,
        force=work.force,
        revision=work.revision,
        suggest=explain,
        limits=limits,
    )
    soon: Future[Sequence[str]] | None = Future() if text else None
    with opened(work, machine, conduct, registry, options, summary=summary, soon=soon) as loaded:
        from translate.sheet import Sheet
        from translate.sources import STDIN, read_dispatch

        if file == STDIN and voice.is_typed():
            voice.notice("reading from the terminal; end with Ctrl-D", quiet=conduct.quiet)
        dispatch = read_dispatch(file, force=work.force, limits=limits)
        for message in (*registry.notices, *dispatch.notices):
            voice.notice(message, quiet=conduct.quiet)
        if soon:
            soon.set_result(Sheet.of(dispatch).asked)
        with bar("loading the models", quiet=conduct.quiet) as shown:
            return loaded().run(dispatch, shown)


def _require_no_errors(result: TranslatedDispatch) -> None:
    """Raises CheckError if a finding is an error. The result has been written by then."""
    from translate.domain import Severity
    from translate.errors import CheckError

    errors = [finding for _, _, finding in result.findings if finding.severity is Severity.ERROR]
    if errors:
        first = f"{errors[0].message} [{errors[0].code}]"
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise CheckError(f"the checks found an error: {first}{more}", hint="the findings are in the result")


def _write(
    result: TranslatedDispatch,
    places: tuple[writing.Sink, ...],
    view: View,
    conduct: Conduct,
    *,
    only_summary: bool = False,
) -> None:
    """Every format is made before the first is written, so that a failure leaves nothing half done."""
    from translate.outputs import render

    if places[0].format is None:
        _show(result, view, only_summary=only_summary)
        return
    texts = [render(result, sink.format) for sink in places if sink.format]
    for sink, text in zip(places, texts, strict=True):
        sink.write(text)
        if sink.path:
            voice.notice(f"wrote {sink.path}", quiet=conduct.quiet)


def _show(result: TranslatedDispatch, view: View, *, only_summary: bool) -> None:
    """The terminal view."""
    from rich.console import Console

    from translate.outputs import terminal

    console = Console(width=view.width, highlight=False)
    if only_summary:
        console.print(terminal.summary_view(result, width=console.width))
    else:
        shown = terminal.view(result, width=console.width, explain=view.explain, furniture=view.furniture)
        console.print(shown)
