"""A result as a table: tab-separated, one row per sentence, the languages side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from translate.domain import Lang, TranslatedBlock, TranslatedDispatch, TranslatedSegment

# What would end a cell or a row, the backslash that marks it, and other controls.
_SPECIAL = re.compile("[\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SHORT: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}

_Row = tuple[int, int, int, int]  # part, start, end, and which of several at the same place


def to_tsv(result: TranslatedDispatch) -> str:
    """A header and one row per sentence; a block without sentences has one row, so that none is lost."""
    rows = [_header(result), *_rows(result)]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _header(result: TranslatedDispatch) -> list[str]:
    wide = [f"{lang}_{column}" for lang in result.targets for column in ("origin", "score", "flags")]
    return ["dispatch", "block", "line", "kind", "part", "start", "end", Lang.FR, *result.targets, *wide]


def _rows(result: TranslatedDispatch) -> Iterator[list[str]]:
    for index, translated in enumerate(result.blocks):
        block = translated.block
        place = [result.dispatch.name, str(index), str(block.first_line)]
        by_lang = [_by_place(translated, lang) for lang in result.targets]
        for key in sorted({key for segments in by_lang for key in segments}):
            found = [segments.get(key) for segments in by_lang]
            source = next(segment.source for segment in found if segment)
            part, start, end, _ = key
            kind = block.parts[part].kind if 0 <= part < len(block.parts) else block.kind
            yield [
                *(*place, kind, str(part), str(start), str(end), source.text),
                *(segment.target if segment else "" for segment in found),
                *(value for segment in found for value in _how(segment)),
            ]
        if not any(by_lang):
            whole = (translated.translations.get(lang) for lang in result.targets)
            targets = [translation.text if translation else "" for translation in whole]
            yield [*place, block.kind, "", "", "", block.text, *targets, *[""] * 3 * len(targets)]


def _by_place(translated: TranslatedBlock, lang: Lang) -> dict[_Row, TranslatedSegment]:
    """The segments of one language by their place in the source, so that languages can be aligned."""
    translation = translated.translations.get(lang)
    places: dict[_Row, TranslatedSegment] = {}
    for segment in translation.segments if translation else ():
        part, start, end = segment.part, segment.source.start, segment.source.end
        again = sum(key[:3] == (part, start, end) for key in places)
        places[part, start, end, again] = segment
    return places


def _how(segment: TranslatedSegment | None) -> Sequence[str]:
    if segment is None:
        return "", "", ""
    score = "" if segment.score is None else f"{segment.score:.4f}"
    return segment.origin, score, " ".join(finding.code for finding in segment.findings)


def _cell(value: str) -> str:
    return _SPECIAL.sub(lambda match: _SHORT.get(match[0], f"\\u{ord(match[0]):04x}"), value)
