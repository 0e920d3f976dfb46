"""The command `translate`: `--version`, and how it starts and ends; `commands` has the rest."""

from __future__ import annotations

import os
import sys
import threading
from typing import Annotated

import typer

from translate import __version__, collector
from translate.cli import boundary
from translate.cli.commands import Root

app = typer.Typer(
    name="translate",
    cls=Root,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # errors are told by the boundary
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Every option also reads a variable: TRANSLATE_TO='en zh' is --to en --to zh. "
    "Exit codes: 0 done, 2 usage, 3 bad input, 4 model, 5 engine or device, 6 some documents of a batch "
    "failed, 130 interrupted, 1 other.",
)


def _print_version(value: bool) -> None:
    if value:
        print(f"translate {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and stop.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """French news dispatches into aligned English and Chinese, with summaries."""


def main() -> None:
    """Entry point: run, then make sure that what was written has really gone out."""
    collector.relax()
    if sys.stdout is not None and sys.stdout.isatty():
        # a terminal that cannot show Chinese gets question marks, not a crash
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except SystemExit as end:
        _leave(boundary.flushed(end.code))
    except KeyboardInterrupt:  # before or after the boundary's own watch
        boundary.say_interrupted()
        _leave(boundary.INTERRUPTED)


def _leave(code: str | int | None) -> None:
    """End the process. Taking an engine apart, or waiting until one is loaded that nobody needs any more,
    can take longer than a short translation: neither is done.
    """
    heavy = threading.active_count() > 1 or not {"torch", "ctranslate2"}.isdisjoint(sys.modules)
    if heavy and isinstance(code, int):
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
