"""What a translation leaves out and a model can be led to: numbers, days of the week, months and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from translate.domain import Finding, Lang
from translate.engines.alignment import Link
from translate.revision import dropped, dropped_days
from translate.revision.mended import lacks_number
from translate.revision.reviewed import Reviewed
from translate.text.checks.figures import Figure
from translate.text.checks.numbers import Gap


class Lost(Protocol):
    """All of a kind that one translation leaves out."""

    @property
    def forms(self) -> tuple[str, ...]:
        """How it may be written; none if that is not sure."""

    def understood(self, source: str, text: str, links: Sequence[Link]) -> tuple[Finding, ...]:
        """A note for each that `text` has; none at all if the model has not understood them."""


@dataclass(frozen=True, slots=True)
class LostNumbers:
    """`figures`: the numbers, and how each is written, if that is sure."""

    figures: Mapping[Figure, str | None]
    lang: Lang

    @classmethod
    def of(cls, each: Reviewed, lang: Lang) -> LostNumbers | None:
        """Those of a translation in which a number is surely missing."""
        if not lacks_number(each):
            return None
        return cls(dropped.dropped(each.source, each.hypothesis.text, lang), lang)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, self.figures.values())))

    def understood(self, source: str, text: str, links: Sequence[Link]) -> tuple[Finding, ...]:
        return dropped.understood(source, text, links, self.figures, self.lang)


@dataclass(frozen=True, slots=True)
class LostDays:
    """`days`: the days of the week, months and dates, and how each may be written."""

    days: Mapping[Gap, tuple[str, ...]]
    lang: Lang

    @classmethod
    def of(cls, each: Reviewed, lang: Lang) -> LostDays | None:
        """Those of a translation of whose dates something is told."""
        if not any(finding.code == "dates" for finding in each.hypothesis.findings):
            return None
        return cls(dropped_days.dropped(each.source, each.hypothesis.text, lang), lang)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form for forms in self.days.values() for form in forms))

    def understood(self, source: str, text: str, links: Sequence[Link]) -> tuple[Finding, ...]:
        return dropped_days.understood(source, text, links, tuple(self.days), self.lang)
