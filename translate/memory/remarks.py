"""Findings and terms as JSON text, and back: what is read equals what was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from translate.domain import Finding, Severity, TermStatus, TermUse

DAMAGES = (ValueError, TypeError, KeyError, AttributeError)
"""What reading raises where the text is not what was written."""


def to_text(remarks: Sequence[Finding | TermUse]) -> str | None:
    """The remarks as one line of JSON, or None if there are none."""
    return json.dumps([_plain(each) for each in remarks], separators=(",", ":")) if remarks else None


def findings(text: str | None) -> tuple[Finding, ...]:
    """The findings in a line of JSON. Raises one of `DAMAGES`."""
    return tuple(
        Finding(**_with_spans(each) | {"severity": Severity(each["severity"])}) for each in _read(text)
    )


def terms(text: str | None) -> tuple[TermUse, ...]:
    """The terms in a line of JSON. Raises one of `DAMAGES`."""
    return tuple(
        TermUse(**_with_spans(each) | {"status": TermStatus(each["status"])}) for each in _read(text)
    )


def _plain(remark: Finding | TermUse) -> dict[str, Any]:
    values = {field.name: getattr(remark, field.name) for field in fields(remark)}
    return {name: value for name, value in values.items() if value is not None}


def _read(text: str | None) -> list[dict[str, Any]]:
    return list(json.loads(text)) if text else []


def _with_spans(value: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(each) if isinstance(each, list) else each for name, each in value.items()}
