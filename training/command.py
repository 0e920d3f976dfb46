"""What every script of this folder does with errors, and how its workers end."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import NoReturn

from translate.errors import TranslateError


def guarded(main: Callable[[], int]) -> NoReturn:
    """Runs a script and exits with its code, or with that of the error it met, in a line; Ctrl-C is 130."""
    try:
        sys.exit(main())
    except TranslateError as err:
        print(f"error: {err}", *([f" hint: {err.hint}"] if err.hint else []), sep="\n", file=sys.stderr)
        sys.exit(err.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


def end_with_parent() -> None:
    """Called in a worker process: ends it when the process that started it is gone, however that was killed.

    A worker left alone would go on with its share, and write over what a new run of the same folder makes.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
