"""Cuts the text of a block into parts: what is prose, and what stands before and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from translate.domain import PROSE_KINDS, Kind, Part
from translate.text.anatomy import credits, signals
from translate.text.anatomy.datelines import read_dateline
from translate.text.anatomy.days import read_days
from translate.text.anatomy.embargo import read_embargo
from translate.text.anatomy.labels import label_start, read_label
from translate.text.anatomy.stamps import is_stamp, read_stamp

_MAX_MARKS = 4  # at the end of one paragraph: more of them are something else
_BRACKET_STAMP = re.compile(r"\[[^\[\]]{6,40}\]")
_EDGE_BAR = re.compile(r"\s*(?:\||(?<=\s)/{2,})\s*$")
_ANSWER = re.compile(r"(?<=[.!?…»”\"])\s+(?=(?:R|R[EÉ]PONSE|Réponse)\s?:\s)")  # in the line of its question
_KEYWORDS = re.compile(r"\s*\|\s*(?=Mots[ -]cl[ée]s\s*:)", re.IGNORECASE)
_TAIL_STAMP = re.compile(r"(?:Dernière mise|Mise?|Publiée?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Span:
    kind: Kind
    start: int
    end: int


def cut(kind: Kind, text: str, turn: bool = False) -> tuple[Part, ...]:
    """The parts of a block of that kind. They cover `text`, with nothing but white space between them.

    `turn`: the block is a question or an answer of an interview.
    """
    if kind is Kind.SUBHEAD:
        spans = _subhead(text)
    elif kind in PROSE_KINDS:
        spans = _prose(kind, text, turn)
    else:
        spans = _fixed(kind, text)
    return tuple(_part(text, span) for span in spans)


def without_tail(text: str) -> str:
    """`text` without the end marks, credits and initials at its end."""
    tail = _tail(text, 0)
    return text[: tail[0].start].rstrip() if tail else text


def _part(text: str, span: _Span) -> Part:
    """The span as a part, without the white space at its ends."""
    raw = text[span.start : span.end]
    start = span.start + len(raw) - len(raw.lstrip())
    words = raw.strip()
    return Part(span.kind, words, start, start + len(words))


def _subhead(text: str) -> list[_Span]:
    """The dashes around a subhead are no words: kept as furniture, so that no model ever sees them."""
    inner = signals.dashed(text) or signals.half_dashed(text)
    if inner is None:
        return _labelled(Kind.SUBHEAD, text, 0, len(text))
    start, end = inner
    close = [_Span(Kind.FURNITURE, end, len(text))] if text[end:].strip() else []
    return [_Span(Kind.FURNITURE, 0, start), *_labelled(Kind.SUBHEAD, text, start, end), *close]


def _labelled(kind: Kind, text: str, start: int, end: int, turn: bool = False) -> list[_Span]:
    """The words there, the label at their head apart."""
    start = _skip_space(text, start)
    label = _label_end(text[start:end].rstrip(), turn)
    after = _skip_space(text, start + label) if label else start
    head = [_Span(Kind.LABEL, start, after)] if label else []
    if turn and label and (answer := _ANSWER.search(text, after, end)):
        return [*head, _Span(kind, after, answer.start()), *_labelled(kind, text, answer.end(), end)]
    return [*head, _Span(kind, after, end)] if text[after:end].strip() else head


def _fixed(kind: Kind, text: str) -> list[_Span]:
    if kind is Kind.BYLINE and (match := _KEYWORDS.search(text)):
        return [_Span(kind, 0, match.start()), _Span(Kind.FURNITURE, match.start(), len(text))]
    if kind is Kind.FURNITURE:
        for match in _TAIL_STAMP.finditer(text):  # Français>>EconomieMise à jour 16.07.2010 13h05
            if match.start() and read_stamp(text[match.start() :]):
                return [_Span(kind, 0, match.start()), _Span(Kind.STAMP, match.start(), len(text))]
    return [_Span(kind, 0, len(text))]


def _label_end(text: str, turn: bool) -> int:
    """Length of the label, days or embargo that `text` begins with; 0 if there is none."""
    found = read_label(text, turn) or read_days(text) or read_embargo(text)
    return found.end if found else 0


def _prose(kind: Kind, text: str, turn: bool) -> list[_Span]:
    """Head, prose and tail. A block with nothing but head or tail has no prose part."""
    head = _head(kind, text, turn)
    start = head[-1].end if head else 0
    tail = _tail(text, start)
    end = tail[0].start if tail else len(text)
    middle = _labelled(kind, text, start, end, turn) if text[start:end].strip() else []
    return [*head, *middle, *tail]


def _head(kind: Kind, text: str, turn: bool) -> list[_Span]:
    """Stamp, dateline, kicker and bullet at the head, in this order; labels stand behind them."""
    spans: list[_Span] = []
    position = 0
    if (match := _BRACKET_STAMP.match(text)) and is_stamp(match.group()):
        spans.append(_Span(Kind.STAMP, 0, match.end()))
        position = _skip_space(text, match.end())
    if kind in (Kind.PARAGRAPH, Kind.QUOTE) and (dateline := read_dateline(text[position:])):
        spans.append(_Span(Kind.DATELINE, position, position + dateline.end))
        position = _skip_space(text, position + dateline.end)
    if _label_end(text[position:], turn):
        return spans
    if kind is Kind.PARAGRAPH and not spans and (kicker := signals.head_kicker(text)):
        return [_Span(Kind.KICKER, 0, kicker[0]), _Span(Kind.FURNITURE, *kicker)]
    if kind is Kind.PARAGRAPH and (bullet := signals.bullet_end(text[position:])):
        spans.append(_Span(Kind.FURNITURE, position, position + bullet))
    return spans


def _skip_space(text: str, position: int) -> int:
    return position + len(text[position:]) - len(text[position:].lstrip())


def _tail(text: str, start: int) -> list[_Span]:
    """End mark, credit, initials, a label and a stray bar at the end, in any order."""
    spans: list[_Span] = []
    end = len(text)
    while len(spans) < _MAX_MARKS and (found := _last(text[:end], start)):
        spans.insert(0, _Span(found.kind, found.start, end))
        end = len(text[: found.start].rstrip())
    return spans


def _last(text: str, start: int) -> _Span | None:
    """The one mark that ends `text`, if there is one behind `start`."""
    if (bar := _EDGE_BAR.search(text, max(start, len(text) - 10))) and text[start : bar.start()].strip():
        return _Span(Kind.FURNITURE, bar.start(), len(text))
    candidates = (
        (Kind.END_MARK, signals.end_mark_start(text)),
        (Kind.CREDIT, credits.credit_start(text)),
        (Kind.INITIALS, credits.initials_start(text)),
        (Kind.LABEL, label_start(text)),
    )
    for kind, position in candidates:
        if position is not None and position > start and text[start:position].strip():
            return _Span(kind, position, len(text))
    return None
