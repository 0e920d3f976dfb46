"""What every script of this folder does with errors: one line for people, an exit code for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

from translate.errors import TranslateError


def guarded(main: Callable[[], int]) -> NoReturn:
    """Runs a script and exits with its code, or with that of the error it met; Ctrl-C is 130."""
    try:
        sys.exit(main())
    except TranslateError as err:
        print(f"error: {err}", *([f" hint: {err.hint}"] if err.hint else []), sep="\n", file=sys.stderr)
        sys.exit(err.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
