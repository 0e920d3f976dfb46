"""Turns of French that deny in form and that others say outright: `ne décolère pas`, is still fuming."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from translate.domain import Lang
from translate.text.tables import rows

_COLUMNS: Final[Mapping[Lang, int]] = {Lang.FR: 0, Lang.EN: 1, Lang.ZH: 2}
_TABLE: Final = "checks/outright.tsv"
_BREAK: Final = re.compile(r"  +")
_NE: Final = r"(?:ne\s|n['’])(?:[\w'’-]+[,\"”»]*\s[\"“«]*){0,4}?"


def count(source: str, target: str, lang: Lang) -> int:
    """How many such turns of the source the translation may say outright."""
    if not _any().search(source):
        return 0
    found = 0
    for row in rows(_TABLE, columns=3):
        ours, theirs = _compiled(row[0], Lang.FR), _compiled(row[_COLUMNS[lang]], lang)
        if told := len(ours.findall(source)):
            found += min(told, len(theirs.findall(target)))
    return found


@cache
def _any() -> re.Pattern[str]:
    """All turns in one pattern, `ne` written once: rows are compiled for what has one."""
    entries = [entry for row in rows(_TABLE, columns=3) for entry in _BREAK.split(row[0])]
    behind = "|".join(entry.removeprefix("NE ") for entry in entries if entry.startswith("NE "))
    return _joined(f"{_NE}(?:{behind})", *(entry for entry in entries if not entry.startswith("NE ")))


@cache
def _compiled(cell: str, lang: Lang) -> re.Pattern[str]:
    entries = _BREAK.split(cell)
    if lang is Lang.ZH:
        return re.compile("|".join(entries))
    return _joined(*(entry.replace("NE ", _NE) for entry in entries))


def _joined(*entries: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(entries)})\b", re.IGNORECASE)
