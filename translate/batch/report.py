"""How a job goes and how it went: counts while it runs, `report.json` at its end."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

SCHEMA = "translate-batch-report/1"
SHOWN_FAILURES = 20


@dataclass(slots=True)
class Tally:
    """Counts of a job that goes on. `total`: documents in all, if they could be counted.

    `words`: French words of the documents done in this run. `sentences`: translated in this run.
    """

    total: int | None = None
    done: int = 0
    skipped: int = 0
    failed: int = 0
    words: int = 0
    sentences: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)

    @property
    def documents(self) -> int:
        """How many have been dealt with, in one way or another."""
        return self.done + self.skipped + self.failed

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.started

    @property
    def remaining_s(self) -> float | None:
        """How long the rest will take at the pace so far; None while nobody can know.

        Skipped documents say nothing about the pace."""
        worked = self.done + self.failed
        if self.total is None or not worked:
            return None
        return self.elapsed_s / worked * max(0, self.total - self.documents)


class Watcher(Protocol):
    """Told how a job goes on; a progress line, for example."""

    def changed(self, tally: Tally) -> None:
        """Called often, one call at a time, from other threads too; `tally` is the same object every time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be done, and why."""

    id: str
    reason: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a job did. `done`, `skipped` and `failed` add up to its documents.

    `skipped`: were done before, with the same content and the same recipe. `findings`: by code, over all
    documents that are there now. `asked`, `translated`: sentences of the documents done, and those that a
    model was really asked for; the others were repeats. `failures`: the first of them; `report.json` has all.
    `quarantine`: the folder where they are, if they were set aside.
    """

    done: int
    skipped: int
    failed: int
    words: int
    asked: int
    translated: int
    elapsed_s: float
    findings: Mapping[str, int]
    recipes: Mapping[str, str]
    failures: tuple[Failure, ...] = ()
    quarantine: Path | None = None

    @property
    def documents(self) -> int:
        return self.done + self.skipped + self.failed

    @property
    def words_per_s(self) -> float:
        return self.words / self.elapsed_s if self.elapsed_s else 0.0

    def lines(self) -> Iterator[str]:
        """The report for people."""
        counts = f"{self.done:,} done, {self.skipped:,} skipped, {self.failed:,} failed"
        yield f"{self.documents:,} documents: {counts}"
        if self.done:
            reused = self.asked - self.translated
            share = f", {reused / self.asked:.0%} of the sentences were repeats" if reused else ""
            yield f"{self.words:,} words in {self.elapsed_s:,.1f} s: {self.words_per_s:,.0f} words/s{share}"
        if self.findings:
            codes = (f"{code} {count:,}" for code, count in sorted(self.findings.items()))
            yield f"findings: {', '.join(codes)}"
        for failure in self.failures[:SHOWN_FAILURES]:
            yield f"failed: {failure.reason}"
        if self.failed > SHOWN_FAILURES:
            yield f"… and {self.failed - SHOWN_FAILURES:,} more"


def to_json(report: Report, failures: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """`report.json` in pieces, with all failures: there may be more than memory holds."""
    head = {
        "schema": SCHEMA,
        "documents": report.documents,
        "done": report.done,
        "skipped": report.skipped,
        "failed": report.failed,
        "words": report.words,
        "words_per_s": round(report.words_per_s, 1),
        "elapsed_s": round(report.elapsed_s, 1),
        "sentences": {"asked": report.asked, "translated": report.translated},
        "findings": dict(sorted(report.findings.items())),
        "recipes": dict(report.recipes),
        "quarantine": str(report.quarantine) if report.quarantine else None,
    }
    text = json.dumps(head, ensure_ascii=False, indent=2)
    yield text.removesuffix("\n}").encode("utf-8", "backslashreplace") + b',\n  "failures": ['
    separator = "\n    "
    for failure in failures:
        yield (separator + json.dumps(failure, ensure_ascii=False)).encode("utf-8", "backslashreplace")
        separator = ",\n    "
    yield b"\n  ]\n}\n" if separator.startswith(",") else b"]\n}\n"
