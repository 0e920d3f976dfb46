"""Progress for people who wait, on standard error; nothing where nobody watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.cli import voice

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from translate.registry import FetchProgress


@dataclass(frozen=True, slots=True)
class Bar:
    """A progress bar; as a `Watcher` it counts translated sentences. Without a `shown` one nobody watches."""

    shown: tuple[Progress, TaskID] | None = None

    def say(self, doing: str) -> None:
        """Change what is said to be going on; the bar swings until a total is known."""
        self._update(doing, None)

    def expect(self, sentences: int) -> None:
        self._update("translating", sentences)

    def finished(self, done: int) -> None:
        if self.shown:
            progress, task = self.shown
            progress.advance(task, done)

    def _update(self, doing: str, total: int | None) -> None:
        if self.shown:
            progress, task = self.shown
            progress.update(task, description=doing, total=total, completed=0)


@contextmanager
def bar(doing: str, *, quiet: bool = False) -> Iterator[Bar]:
    """A bar that is gone when the work is done, so that only the result stays on the screen."""
    if quiet or not voice.is_watched():
        yield Bar()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        console=voice.console(),
        transient=True,
    )
    with progress:
        yield Bar((progress, progress.add_task(doing, total=None)))


@contextmanager
def downloads(*, quiet: bool = False) -> Iterator[FetchProgress]:
    """One bar per file; call the result with file, bytes done and bytes in all."""
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
        console=voice.console(),
        disable=quiet or not voice.is_watched(),
    )
    tasks: dict[str, TaskID] = {}

    def report(file: str, done: int, total: int | None) -> None:
        if file not in tasks:
            tasks[file] = progress.add_task(voice.visible(file), total=total)
        progress.update(tasks[file], completed=done, total=total)

    with progress:
        yield report
