"""Findings as JSON text, and back: what is read equals what was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from translate.domain import Finding, Severity

_SPANS = ("source_span", "target_span")


def to_text(findings: Sequence[Finding]) -> str | None:
    """The findings as one line of JSON, or None if there are none."""
    return json.dumps([_plain(each) for each in findings], separators=(",", ":")) if findings else None


def from_text(text: str | None) -> tuple[Finding, ...]:
    """The findings in a line of JSON. Raises ValueError, TypeError or KeyError if that is no such line."""
    return tuple(_finding(each) for each in json.loads(text)) if text else ()


def _plain(finding: Finding) -> dict[str, Any]:
    spans = {name: span for name in _SPANS if (span := getattr(finding, name)) is not None}
    return {"code": finding.code, "severity": finding.severity, "message": finding.message, **spans}


def _finding(value: dict[str, Any]) -> Finding:
    source, target = (_span(value.get(name)) for name in _SPANS)
    return Finding(value["code"], Severity(value["severity"]), value["message"], source, target)


def _span(value: Sequence[int] | None) -> tuple[int, int] | None:
    if value is None:
        return None
    start, end = value
    return int(start), int(end)
