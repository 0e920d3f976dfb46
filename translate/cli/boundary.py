"""The one place where errors become exit codes and messages."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from translate.cli import voice
from translate.errors import OutputError, TranslateError

INTERRUPTED = 128 + signal.SIGINT  # 130, what a shell reports for a program stopped by Ctrl-C
BROKEN_PIPE = 128 + 13  # 141, what a shell reports for a program whose reader went away

DEBUG = "translate.debug"
"""Key of the context's `meta`: show tracebacks."""

# Typer exports only the leaf of its tree of usage errors.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


class ErrorBoundary(TyperGroup):
    """A command group that ends with an exit code and a line for people, never with a traceback."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        with _watched({}):
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        with _watched(ctx.meta):
            return super().invoke(ctx)


@contextmanager
def _watched(meta: Mapping[str, Any]) -> Iterator[None]:
    try:
        yield
    except (typer.Exit, typer.Abort, _UsageError):
        raise  # Typer's own: help, usage
    except KeyboardInterrupt as stop:
        say_interrupted()
        raise typer.Exit(INTERRUPTED) from stop
    except BrokenPipeError as err:
        silence_stdout()
        raise typer.Exit(BROKEN_PIPE) from err
    except Exception as err:
        if meta.get(DEBUG):
            traceback.print_exc(file=sys.stderr)
        known = as_translate_error(err)
        if isinstance(known, OutputError):
            silence_stdout()
        voice.complain(known)
        raise typer.Exit(known.exit_code) from err


def as_translate_error(error: Exception) -> TranslateError:
    """`error` itself if it is ours, else one of ours that says what happened."""
    if isinstance(error, TranslateError):
        return error
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError("no space left on the device", hint="free some space")
    if isinstance(error, MemoryError):
        return TranslateError("out of memory", hint="close other programs, or use a smaller model")
    kind = type(error).__name__
    return TranslateError(f"unexpected {kind}: {error}", hint="--debug shows where; please report it")


def say_interrupted() -> None:
    voice.console().print("interrupted")


def silence_stdout() -> None:
    """Throw away what is still to be written, so that closing down does not fail a second time."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
    except (OSError, ValueError, AttributeError):
        pass  # no real file behind stdout: nothing can fail there


def flushed(code: str | int | None) -> str | int | None:
    """The exit code `code`, or the one for output that could not be handed over in the end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        silence_stdout()
        return code or BROKEN_PIPE
    except OSError as err:
        silence_stdout()
        voice.complain(as_translate_error(err))
        return code or TranslateError.exit_code
