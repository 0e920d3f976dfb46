"""How a block was read and translated, in small print below it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from translate.domain import Lang, Severity, TermStatus, TranslatedSegment
from translate.outputs.cells import visible
from translate.outputs.edition import Edition
from translate.outputs.terminal.highlights import TERM_STYLES
from translate.outputs.terminal.layout import RULE

_HOW: dict[TermStatus, str] = {
    TermStatus.MODEL: "",
    TermStatus.ENFORCED: " (given)",
    TermStatus.LED: " (led to)",
    TermStatus.REPAIRED: " (put in)",
    TermStatus.MISSING: " (missing)",
}


def explained(edition: Edition, index: int) -> dict[Lang, Text]:
    """What the block is and where it stands in the input; of each segment origin, score, terms and codes."""
    translated = edition.result.blocks[index]
    block = translated.block
    lines = f"line {block.first_line}"
    if block.last_line > block.first_line:
        lines = f"lines {block.first_line}–{block.last_line}"
    cells = {Lang.FR: Text(f"{block.kind.replace('_', ' ')}, {lines}", RULE)}
    for lang, translation in translated.translations.items():
        several = len(translation.segments) > 1
        rows = [
            Text(f"{number} " if several else "", RULE).append_text(_segment(segment))
            for number, segment in enumerate(translation.segments, start=1)
        ]
        cells[lang] = Text("\n").join(rows)
    return cells


def _segment(segment: TranslatedSegment) -> Text:
    """`model -0.53 · OIM → IOM · repaired`."""
    return Text(" · ", RULE).join(_details(segment))


def _details(segment: TranslatedSegment) -> Iterator[Text]:
    score = "" if segment.score is None else f" {segment.score:.2f}"
    yield Text(f"{segment.origin}{score}", RULE)
    for use in segment.terms:
        yield Text(visible(f"{use.term} → {use.form}{_HOW[use.status]}"), TERM_STYLES[use.status])
    for finding in segment.findings:
        yield Text(finding.code, RULE if finding.severity is Severity.NOTE else "magenta")
