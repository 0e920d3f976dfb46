"""What is said to people, on standard error. Data never passes here."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

from translate.errors import TranslateError

if TYPE_CHECKING:
    from rich.console import Console

# Control, format (bidi overrides among them) and surrogate code points: never sent to a terminal as they are.
_INVISIBLE = {"Cc", "Cf", "Cs"}


def visible(text: str) -> str:
    """`text` in one line, with every control or bidi character written out, `\\x1b` for example."""
    return "".join(
        char.encode("unicode_escape").decode() if unicodedata.category(char) in _INVISIBLE else char
        for char in " ".join(text.splitlines())
    )


def console() -> Console:
    """The console for messages; honours NO_COLOR, and draws nothing fancy where nobody watches."""
    from rich.console import Console  # here, so that a prompt waiting for completion does not wait for it

    return Console(stderr=True, highlight=False, soft_wrap=True)


def notice(message: str, *, quiet: bool = False) -> None:
    """Say something worth knowing, in one line."""
    if not quiet:
        _print("note: ", "cyan", message)


def say(message: str, *, quiet: bool = False) -> None:
    """Say how something went, in one line."""
    if not quiet:
        _print("", "", message)


def complain(error: TranslateError) -> None:
    """Say what is wrong, in one line, and the hint, if there is one, in another."""
    _print("error: ", "bold red", str(error))
    if error.hint:
        _print(" hint: ", "dim", error.hint)


def _print(label: str, style: str, message: str) -> None:
    from rich.text import Text

    console().print(Text.assemble((label, style), visible(message)))  # a Text: nothing in it is markup


def is_watched() -> bool:
    """True if a person sees standard error as it is written."""
    return sys.stderr is not None and sys.stderr.isatty()


def is_typed() -> bool:
    """True if standard input is a person's keyboard."""
    return sys.stdin is not None and sys.stdin.isatty()
