"""A job's progress in one line of plain text, for a terminal, a notebook or a log file."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

from translate.batch.report import Tally

_EVERY_S = 0.2
_LOGGED_EVERY_S = 60.0


@dataclass(slots=True)
class ProgressLine:
    """Shows how a job goes on. `stream`: standard error if absent.

    `redraw`: write the line over the one before, as on a terminal; otherwise there is a new line every
    minute, as a log wants it.
    """

    stream: TextIO | None = None
    redraw: bool = True
    _shown_at: float = 0.0
    _width: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def changed(self, tally: Tally) -> None:
        now = time.monotonic()
        if now - (self._shown_at or self._begun) >= (_EVERY_S if self.redraw else _LOGGED_EVERY_S):
            self._shown_at = now
            self._write(line(tally))

    def close(self) -> None:
        """Take the line away."""
        if self.redraw and self._width:
            self._write("")
            self._width = 0

    def _write(self, text: str) -> None:
        stream = self.stream or sys.stderr
        if stream is None:
            return
        # Spaces instead of an escape code: a notebook knows only the carriage return.
        stream.write(f"\r{text.ljust(self._width)}\r{text}" if self.redraw else f"{text}\n")
        stream.flush()
        self._width = len(text)


def line(tally: Tally) -> str:
    """`120 of 4,000 documents · 2.1/s · 840 words/s · 31 min left · 2 failed`."""
    elapsed = max(tally.elapsed_s, 1e-9)
    of = f" of {tally.total:,}" if tally.total is not None else ""
    parts = [f"{tally.documents:,}{of} documents"]
    if worked := tally.done + tally.failed:
        parts += [f"{worked / elapsed:.1f}/s", f"{tally.words / elapsed:,.0f} words/s"]
    elif tally.sentences:
        parts.append(f"{tally.sentences:,} sentences, {tally.sentences / elapsed:,.0f}/s")
    if (left := tally.remaining_s) is not None:
        parts.append(f"{duration(left)} left")
    if tally.failed:
        parts.append(f"{tally.failed:,} failed")
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """`40 s`, `31 min`, `5 h 10 min`, `3 d 4 h`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if minutes < 120:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} d {hours % 24} h"
