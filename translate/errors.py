"""Every error the user can meet, in one tree. Each has an exit code and may carry a hint.

TranslateError            1  unexpected (the base; never raised by itself)
├── InputError            3  a file or text that cannot be used as it is
├── ModelError            4  registry, weights, downloads
│   ├── RegistryError     4  models.yaml: unknown key, unknown model, bad value
│   ├── WeightsError      4  missing, corrupt or changed model files
│   └── FetchError        4  a download that failed or is not allowed (offline)
├── EngineError           5  engine or device: cannot load, cannot run
├── RecallError           1  the translation memory: corrupt, locked, not ours, no space, no permission
├── OutputError           1  a result that cannot be written: full disk, no permission
├── BatchError            6  some documents of a job failed; the rest are written
├── CheckError            6  the checks found an error in a translation (`--strict`); it is written
└── FloorError            1  a score is below its recorded floor (`translate evaluate --floors`)

Exit code 2 (usage) belongs to Typer, 130 to Ctrl-C.
"""

from __future__ import annotations

from pathlib import Path


class TranslateError(Exception):
    """Base of all errors with a message for people: what, where, which choices."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class InputError(TranslateError):
    """A file or text that cannot be used; `path` and `line` say where."""

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        hint: str | None = None,
    ) -> None:
        where = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(f"{where}: {message}" if where else message, hint=hint)


class ModelError(TranslateError):
    """Something about a model: its entry, its files or its download."""

    exit_code = 4


class RegistryError(ModelError):
    """`models.yaml` is wrong, or a model name is unknown."""


class WeightsError(ModelError):
    """Model files are missing, corrupt, changed since they were fetched, or fail the self-check."""


class FetchError(ModelError):
    """A download failed, or is not allowed because the user works offline."""


class EngineError(TranslateError):
    """An engine or device cannot be loaded or cannot run."""

    exit_code = 5


class RecallError(TranslateError):
    """The translation memory cannot be read or written; the work can go on without it, if the caller likes.

    Shares exit code 1 with the base.
    """


class OutputError(TranslateError):
    """A result cannot be written; what was there before is untouched. Shares exit code 1 with the base."""


class BatchError(TranslateError):
    """Some documents of a job failed; the others are written."""

    exit_code = 6


class CheckError(TranslateError):
    """The checks found an error in a translation, and the user asked to be told by the exit code."""

    exit_code = 6


class FloorError(TranslateError):
    """A score fell below its floor, or recording one would lower it. The scores were all computed."""
