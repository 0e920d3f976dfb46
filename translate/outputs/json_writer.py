"""A result as JSON, schema `translate-dispatch/1` (`docs/schema/translated-dispatch.v1.json`). Lossless."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final, TypeVar

from translate.domain import (
    Finding,
    Lang,
    SummarySentence,
    TermUse,
    TranslatedBlock,
    TranslatedDispatch,
    TranslatedSegment,
)

SCHEMA: Final = "translate-dispatch/1"

T = TypeVar("T")
# Legal inside JSON strings, yet they end lines for some readers, or cannot be written as UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_json(result: TranslatedDispatch) -> str:
    """The result as one indented JSON object."""
    return _dump(_result(result), indent=2)


def to_json_line(result: TranslatedDispatch) -> str:
    """The result as one JSON object on one line."""
    return _dump(_result(result), indent=None)


def _dump(value: Mapping[str, Any], indent: int | None) -> str:
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _result(result: TranslatedDispatch) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "name": result.dispatch.name,
        "source": Lang.FR,
        "targets": list(result.targets),
        "recipes": {lang: asdict(recipe) for lang, recipe in _in_order(result.recipes, result.targets)},
        "summarizer": result.summarizer,
        "notices": list(result.dispatch.notices),
        "summary": [_sentence(sentence, result.targets) for sentence in result.summary],
        "blocks": [_block(index, block, result.targets) for index, block in enumerate(result.blocks)],
    }


def _block(index: int, translated: TranslatedBlock, targets: Iterable[Lang]) -> dict[str, Any]:
    block = translated.block
    return {
        "index": index,
        "kind": block.kind,
        "first_line": block.first_line,
        "last_line": block.last_line,
        "text": block.text,
        "parts": [
            {"kind": part.kind, "text": part.text, "start": part.start, "end": part.end}
            for part in block.parts
        ],
        "translations": {
            lang: {"text": translation.text, "segments": [_segment(each) for each in translation.segments]}
            for lang, translation in _in_order(translated.translations, targets)
        },
        "gist": _sentence(translated.gist, targets) if translated.gist else None,
    }


def _segment(segment: TranslatedSegment) -> dict[str, Any]:
    score = segment.score
    return {
        "part": segment.part,
        "start": segment.source.start,
        "end": segment.source.end,
        "source": segment.source.text,
        "target": segment.target,
        "origin": segment.origin,
        "score": score if score is not None and math.isfinite(score) else None,  # JSON knows no infinity
        "findings": [_finding(finding) for finding in segment.findings],
        **({"terms": [_term(use) for use in segment.terms]} if segment.terms else {}),
    }


def _term(use: TermUse) -> dict[str, Any]:
    return {
        "term": use.term,
        "form": use.form,
        "status": use.status,
        "source_span": list(use.source_span),
        "target_span": list(use.target_span) if use.target_span else None,
    }


def _sentence(sentence: SummarySentence, targets: Iterable[Lang]) -> dict[str, Any]:
    return {
        "texts": dict(_in_order(sentence.texts, targets)),
        "sources": list(sentence.sources),
        "findings": [_finding(finding) for finding in sentence.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    """Spans are left out where there are none, so that results without them stay as they were."""
    spans = {"source_span": finding.source_span, "target_span": finding.target_span}
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        **{key: list(span) for key, span in spans.items() if span is not None},
    }


def _in_order(values: Mapping[Lang, T], targets: Iterable[Lang]) -> list[tuple[Lang, T]]:
    """The items with French first, then the targets as asked, then any other: never as they were built."""
    order = dict.fromkeys((Lang.FR, *targets, *Lang))
    return [(lang, values[lang]) for lang in order if lang in values]
