"""The office of a counterpart, where a translation made one up: `le maire et son homologue`, 外长.

Chinese likes to say what somebody's counterpart is, and nearly all counterparts in dispatches are foreign
ministers. Where the French names another office, and that one nowhere, it is 同行, which is all it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change

_COUNTERPART: Final = re.compile(r"\bhomologues?\b")
_OFFICE: Final = re.compile(
    r"\bministres? (?:\w+ )?(?:de|du|des|d['’]|chargée? )|\b[ée]tat-major\b|\bg[ée]n[ée]ral\b"
    r"|\b(?:maire|gouverneur|procureure?|commissaire|directrice|directeur|ambassadeur|ambassadrice|entra[iî]neur"
    r"|juge|secr[ée]taire|inspecteur|commandant|patronn?e?)s?\b"
)
# What Chinese calls an office, and French that may be called so.
_FOREIGN: Final = (
    r"affaires? [ée]trang[èe]re|\bM?AE\b|diplomat|relations ext[ée]rieures|quai d['’]orsay"
    r"|secr[ée]taire d['’][ée]tat"
)
_PRESIDENT: Final = (
    r"pr[ée]siden|chefs? d['’e]\s?(?:l['’])?[ée]tats?\b(?!-)|maison[- ]blanche|[ée]lys[ée]e|kremlin"
)
_PREMIER: Final = (
    r"premi(?:er|[èe]re)s?[- ]ministre|chanceli|\bPM\b|matignon|downing"
    r"|chef(?:fe)?s? d[ue]s? (?:gouvernement|l['’]ex[ée]cutif)|pr[ée]sidente?s? du (?:conseil|gouvernement)"
)
_OFFICES: Final = tuple(
    (re.compile(chinese), re.compile(french, re.IGNORECASE))
    for chinese, french in (
        ("外长|外交部长|外相|外交大臣", _FOREIGN),
        ("总统", _PRESIDENT),
        ("总理|首相", _PREMIER),
    )
)


def unnamed(source: str, target: str) -> Iterator[Change]:
    """The offices of the Chinese that no word of the French can mean."""
    if not _COUNTERPART.search(source) or not _OFFICE.search(source):
        return
    for chinese, french in _OFFICES:
        if not french.search(source):
            yield from ((match.start(), match.end(), "同行") for match in chinese.finditer(target))
