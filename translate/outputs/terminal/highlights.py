"""What is coloured in the text: terms of the glossary and the places of findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.text import Text

from translate.domain import (
    Severity,
    TermStatus,
    TermUse,
    TranslatedBlock,
    TranslatedDispatch,
    TranslatedSegment,
)
from translate.outputs.cells import visible

TERM_STYLES: Final[Mapping[TermStatus, str]] = {
    TermStatus.MODEL: "cyan",
    TermStatus.ENFORCED: "green",
    TermStatus.LED: "green",
    TermStatus.REPAIRED: "yellow",
    TermStatus.MISSING: "bold red",
}
_FINDING_STYLES: Mapping[Severity, str] = {
    Severity.WARNING: "underline magenta",
    Severity.ERROR: "underline red",
}
_IN_WORDS: Mapping[TermStatus, str] = {
    TermStatus.MODEL: "said by the model",
    TermStatus.ENFORCED: "given to the model",
    TermStatus.LED: "led to",
    TermStatus.REPAIRED: "put in",
    TermStatus.MISSING: "missing",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a text in a style; half-open offsets in code points."""

    start: int
    end: int
    style: str


def of_target(segment: TranslatedSegment) -> tuple[Stretch, ...]:
    """What is coloured in a translation."""
    terms = (Stretch(*use.target_span, TERM_STYLES[use.status]) for use in segment.terms if use.target_span)
    return _apart((*_found(segment, "target_span"), *terms))


def of_source(block: TranslatedBlock, part: int) -> tuple[Stretch, ...]:
    """What is coloured in the French of a part, by the worst that any of its translations has there."""
    stretches: list[Stretch] = []
    for translation in block.translations.values():
        for segment in translation.segments:
            if segment.part == part:
                start = segment.source.start
                here = (*_found(segment, "source_span"), *_sources(segment.terms))
                stretches += (Stretch(start + each.start, start + each.end, each.style) for each in here)
    missing = TERM_STYLES[TermStatus.MISSING]
    return _apart(sorted(stretches, key=lambda each: each.style != missing))


def inked(text: str, stretches: Sequence[Stretch], style: str = "") -> Text:
    """`text` in `style`, its stretches in their own."""
    cell, position = Text(), 0
    for each in sorted(stretches, key=lambda each: each.start):
        cell.append(visible(text[position : each.start]), style)
        cell.append(visible(text[each.start : each.end]), each.style)
        position = each.end
    cell.append(visible(text[position:]), style)
    return cell


def legend(result: TranslatedDispatch) -> Text | None:
    """What the colours of terms mean, and how many terms there are of each; None if there is none."""
    counts = Counter(
        use.status
        for block in result.blocks
        for translation in block.translations.values()
        for segment in translation.segments
        for use in segment.terms
    )
    if not counts:
        return None
    parts = [
        Text.assemble((f"{counts[status]} {_IN_WORDS[status]}", style))
        for status, style in TERM_STYLES.items()
        if counts[status]
    ]
    return Text("Terms: ").append_text(Text(", ").join(parts))


def _sources(terms: Iterable[TermUse]) -> Iterator[Stretch]:
    for use in terms:
        known = use.status is not TermStatus.MISSING
        yield Stretch(*use.source_span, TERM_STYLES[TermStatus.MODEL if known else use.status])


def _found(segment: TranslatedSegment, side: str) -> Iterator[Stretch]:
    """The places of warnings and errors; what a mere note says is not worth colour."""
    for finding in segment.findings:
        span: tuple[int, int] | None = getattr(finding, side)
        if span and finding.severity in _FINDING_STYLES and finding.code != "terminology":
            yield Stretch(*span, _FINDING_STYLES[finding.severity])


def _apart(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Those that do not overlap an earlier one, and are not empty."""
    kept: list[Stretch] = []
    for each in stretches:
        if each.start < each.end and all(each.end <= one.start or each.start >= one.end for one in kept):
            kept.append(each)
    return tuple(kept)
