"""Where results go: standard output, or files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from translate.cli.suggest import choose
from translate.errors import OutputError
from translate.outputs import Format

STDOUT = Path("-")


@dataclass(frozen=True, slots=True)
class Sink:
    """One place for one result: `path` (None: standard output) in `format` (None: the terminal view)."""

    path: Path | None
    format: Format | None

    def write(self, text: str) -> None:
        """All of `text`, as UTF-8 with `\\n` line ends, or an OutputError and nothing."""
        if self.path is None:
            to_stdout(text)
        else:
            to_file(self.path, text.encode())


def sinks(source: Path, output: Path | None, names: Sequence[str]) -> tuple[Sink, ...]:
    """Where to write, checked before the work begins.

    Without `output`: standard output, as the terminal view where a person looks, else as txt. With
    several formats `output` is a folder or the stem of the files. Raises typer.BadParameter.
    """
    formats = tuple(dict.fromkeys(Format(choose(name, list(Format), "--format")) for name in names))
    if output is None or output == STDOUT:
        if len(formats) > 1:
            raise typer.BadParameter(
                "several formats need --output, a folder or a stem", param_hint="--format"
            )
        looked_at = output is None and sys.stdout is not None and sys.stdout.isatty()
        return (Sink(None, formats[0] if formats else None if looked_at else Format.TXT),)
    paths = tuple(Sink(path, form) for path, form in _files(source, output, formats))
    for sink in paths:
        assert sink.path is not None
        _check(sink.path, source)
    return paths


def _files(source: Path, output: Path, formats: tuple[Format, ...]) -> Iterator[tuple[Path, Format]]:
    named = output.suffix.lower().removeprefix(".")
    if output.is_dir():
        stem = source.name.removesuffix(source.suffix) if source != STDOUT else "dispatch"
        for form in formats or (Format.TXT,):
            yield output / f"{stem}.{form}", form
    elif len(formats) > 1:
        stem = output.stem if named in list(Format) else output.name
        for form in formats:
            yield output.with_name(f"{stem}.{form}"), form
    elif formats:
        yield output, formats[0]
    elif named in list(Format):
        yield output, Format(named)
    elif _is_special(output):
        yield output, Format.TXT
    else:
        raise typer.BadParameter(
            f"no format ends like {output}; use {', '.join(f'.{form}' for form in Format)} or --format",
            param_hint="--output",
        )


def _check(path: Path, source: Path) -> None:
    if path.exists() and source.exists() and path.samefile(source):
        raise typer.BadParameter(f"{path} is the input; it would be overwritten", param_hint="--output")
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder", param_hint="--output")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}", param_hint="--output")
    if not os.access(path if _is_special(path) else path.resolve().parent, os.W_OK):
        raise typer.BadParameter(f"no permission to write {path}", param_hint="--output")


def to_stdout(text: str) -> None:
    """All of `text` on standard output. Raises BrokenPipeError if the reader went away."""
    with _output_errors("standard output"):
        if sys.stdout is None:
            raise OutputError("standard output is closed")
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # the same bytes whatever the locale
        sys.stdout.buffer.flush()


def to_file(path: Path, data: bytes) -> None:
    """`data` in `path`, or `path` as it was: written beside it, flushed to the disk, then renamed."""
    with _output_errors(str(path)):
        if _is_special(path):  # a device or a named pipe: renaming would destroy it
            path.write_bytes(data)
            return
        path = path.resolve()  # a link stays a link
        partial = path.with_name(f".translate-{os.urandom(6).hex()}.partial")
        try:
            with partial.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                partial.chmod(stat.S_IMODE(path.stat().st_mode))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _output_errors(where: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # not an error of ours: the reader has seen enough
    except OSError as err:
        full = err.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = "no space left" if full else err.strerror or type(err).__name__
        hint = "free some space, or choose another place with --output" if full else None
        raise OutputError(f"{where}: {reason}", hint=hint) from err
