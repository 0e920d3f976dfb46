"""Offsets that stay true when a text is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from translate.domain import Finding, Hypothesis, Severity

Span = tuple[int, int]

_LATIN = r"[0-9A-Za-z\u00c0-\u024f]"


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` instead of what stands from `start` to `end`."""

    start: int
    end: int
    text: str

    def of(self, old: str) -> str:
        """`old`, edited."""
        return old[: self.start] + self.text + old[self.end :]


def overlap(one: Span, other: Span) -> bool:
    """True if they have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def found_in(text: str, form: str) -> list[Span]:
    """Where `form` stands in `text`, letter by letter; a word that it is only a part of does not count."""
    return [match.span() for match in _whole(form).finditer(text)]


@lru_cache(maxsize=4096)
def _whole(form: str) -> re.Pattern[str]:
    """Between letters and figures of its own kind; ideographs make no other word of what they touch."""
    before = f"(?<!{_LATIN})" if re.match(_LATIN, form) else ""
    after = f"(?!{_LATIN})" if re.match(_LATIN, form[-1:]) else ""
    return re.compile(f"{before}{re.escape(form)}{after}")


def moved(span: Span | None, edit: Edit) -> Span | None:
    """Where `span` is after the edit; one that overlaps the edited place covers all of the new text."""
    if span is None or span[1] <= edit.start:
        return span
    change = len(edit.text) - (edit.end - edit.start)
    if span[0] >= edit.end:
        return span[0] + change, span[1] + change
    return min(span[0], edit.start), max(span[1], edit.end) + change


def with_edit(said: Hypothesis, edit: Edit, why: str, source_span: Span | None = None) -> Hypothesis:
    """`said` edited, all places in it as they are then; a note (`consistency`) at the new text tells why."""
    span = edit.start, edit.start + len(edit.text)
    findings = [replace(each, target_span=moved(each.target_span, edit)) for each in said.findings]
    return replace(
        said,
        text=edit.of(said.text),
        terms=tuple(replace(each, target_span=moved(each.target_span, edit)) for each in said.terms),
        findings=(*findings, Finding("consistency", Severity.NOTE, why, source_span, span)),
    )
