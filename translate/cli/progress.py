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
    """A progress bar; as a `Watcher` it counts translated sentences."""

    progress: Progress
    task: TaskID

    def say(self, doing: str) -> None:
        """Change what is said to be going on; the bar swings until a total is known."""
        self.progress.update(self.task, description=doing, total=None, completed=0)

    def expect(self, sentences: int) -> None:
        self.progress.update(self.task, description="translating", total=sentences, completed=0)

    def finished(self, done: int) -> None:
        self.progress.advance(self.task, done)


@contextmanager
def bar(doing: str, *, quiet: bool = False) -> Iterator[Bar]:
    """A bar that is gone when the work is done, so that only the result stays on the screen."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        console=voice.console(),
        transient=True,
        disable=quiet or not voice.is_watched(),
    )
    with progress:
        yield Bar(progress, progress.add_task(doing, total=None))


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
