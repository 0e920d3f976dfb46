"""Text -> `Dispatch`: every line classified, in order, none dropped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from translate.domain import PROSE_KINDS, Block, Dispatch, Kind, Part
from translate.text.anatomy.context import classify, is_fixed, own_kind
from translate.text.anatomy.labels import turns
from translate.text.anatomy.lines import Line, read_lines
from translate.text.anatomy.parts import cut

# A whole article in one line, with no sign left of its paragraphs, is parted at the ends of sentences.
_ONE_LINE = 1_200
_PIECE = 400
_SENTENCE_BREAK = re.compile(r"(?<=[a-zà-ÿ0-9%»”\")]{3}[.!?…])[»”\"]?\s+(?=[A-ZÀ-Þ«\"“])")


def parse(text: str, name: str = "-", notices: tuple[str, ...] = ()) -> Dispatch:
    """The dispatch in `text`. Every character that is not white space is in exactly one block, in order.

    Args:
        text: as `read_text` gives it; raw text works too and is normalised to NFC.
        name: what messages call it.
        notices: what reading had to assume; kept, and added to.
    """
    lines = read_lines(unicodedata.normalize("NFC", text), is_fixed)
    lines, more = _with_breaks(lines)
    texts = [line.text for line in lines]
    said = turns(texts)
    kinds = classify(texts, [line.gap for line in lines], said)
    blocks = tuple(
        _block(line, kind, i in said) for i, (line, kind) in enumerate(zip(lines, kinds, strict=True))
    )
    return Dispatch(blocks, name, (*notices, *more))


def _block(line: Line, kind: Kind, turn: bool) -> Block:
    parts = cut(kind, line.text, turn)
    return Block(_block_kind(kind, parts), line.text, parts, line.first, line.last)


def _block_kind(kind: Kind, parts: Sequence[Part]) -> Kind:
    """The line's kind, or that of its parts where the line turned out to be nothing but these."""
    if any(part.kind is kind for part in parts) and kind is not Kind.FURNITURE:
        return kind
    others = [part.kind for part in parts if part.kind not in (Kind.FURNITURE, Kind.LABEL)]
    prose = [other for other in others if other in PROSE_KINDS]
    return next(iter(prose or others), kind)


def _with_breaks(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines; if one raw line holds the whole article, its long pieces are parted, with a notice."""
    prose = [line for line in lines if len(line.text) > 80 and own_kind(line.text) is None]
    if len({line.first for line in prose}) != 1 or max(len(line.text) for line in prose) < _ONE_LINE:
        return lines, ()
    parted: list[Line] = []
    for line in lines:
        pieces = _pieces(line.text) if len(line.text) >= _ONE_LINE else [line.text]
        parted += [replace(line, text=piece, gap=line.gap and i == 0) for i, piece in enumerate(pieces)]
    notice = (
        f"line {prose[0].first} holds a whole article: long paragraphs were parted at the ends of sentences"
    )
    return parted, (notice,) if len(parted) > len(lines) else ()


def _pieces(text: str) -> list[str]:
    """Runs of whole sentences of about `_PIECE` characters."""
    pieces, start = [], 0
    for match in _SENTENCE_BREAK.finditer(text):
        long_enough = match.end() - start >= _PIECE and len(text) - match.end() >= _PIECE / 4
        if long_enough and not _is_quoting(text[start : match.end()]):
            pieces.append(text[start : match.end()].strip())
            start = match.end()
    return [*pieces, text[start:].strip()]


def _is_quoting(text: str) -> bool:
    """True if a quotation is open at the end of `text`: no paragraph ends there."""
    return text.count("«") > text.count("»") or text.count("“") > text.count("”") or text.count('"') % 2 == 1
