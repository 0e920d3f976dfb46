"""The pipeline that the options of a command ask for: models, glossaries and memory, opened and closed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from translate import directories
from translate.cli import voice
from translate.cli.options import Conduct, Machine, Work
from translate.errors import RecallError

if TYPE_CHECKING:
    from translate.memory import Lenient
    from translate.pipeline import Pipeline
    from translate.registry import Registry
    from translate.settings import Options


def check(work: Work, machine: Machine) -> None:
    """Raises typer.BadParameter for an option that no work can begin with, before anything is read."""
    _ = work.targets, work.text_limits, work.glossaries, machine.chosen_engine


@contextmanager
def opened(
    work: Work,
    machine: Machine,
    conduct: Conduct,
    registry: Registry,
    options: Options,
    *,
    summary: bool,
    soon: Future[Sequence[str]] | None = None,
) -> Iterator[Callable[[], Pipeline]]:
    """A pipeline that is being loaded, in a thread; to be called when there is nothing else left to do.

    `soon`: is given the sentences of the text when they are known, for the engine to begin with; without them
    it is cancelled here. What loading had to assume is said on leaving, when no progress is in the way.
    """
    from translate.loading import BEST, load

    memory = _memory(work, conduct)
    beside = ThreadPoolExecutor(1)
    try:
        loading = beside.submit(
            load,
            work.targets,
            model=work.model,
            summarizer=(work.summarizer or BEST) if summary else None,
            engine=machine.chosen_engine,
            device=machine.device,
            beam=work.beam,
            models=registry,
            glossary=work.glossaries,
            memory=memory,
            options=options,
            soon=soon.result if soon and not memory else None,  # what is remembered is not asked for
        )
        yield loading.result
    finally:
        if soon:
            soon.cancel()
        beside.shutdown(wait=False)  # bad input is told without waiting for the models
        if memory:
            memory.close()
    for message in (*loading.result().notices, *(memory.notices if memory else ())):
        voice.notice(message, quiet=conduct.quiet)


def _memory(work: Work, conduct: Conduct) -> Lenient | None:
    """The user's memory, if there is one or it is asked for: then a failure of it fails the command."""
    if work.memory is False:
        return None
    path = directories.memory(os.environ)
    if work.memory is None and not path.exists():
        return None
    from translate.memory import Lenient, Memory

    try:
        readonly = path.exists() and not os.access(path, os.W_OK)  # a memory that others keep is of use too
        return Lenient(Memory.open(path, readonly=readonly), required=bool(work.memory))
    except RecallError as err:
        if work.memory:
            raise
        voice.notice(f"going on without the translation memory: {err}", quiet=conduct.quiet)
        return None
