"""British spellings in American English, which is what the rest of a translation is written in.

Only words in small letters: a name is spelled as its owner spells it (`Labour`, `World Health Organisation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change

_STEMS: Final = (
    "apolog|author|capital|central|character|civil|colon|critic|crystall|demobil|democrat|digital"
    "|emphas|equal|extern|final|formal|general|global|harmon|hospital|ideal|industrial|internal"
    "|international|jeopard|legal|legitim|liberal|local|marginal|maxim|memor|militar|minim|mobil"
    "|modern|monopol|nation|national|natural|neutral|normal|optim|organ|patron|penal|polar|popular"
    "|priorit|privat|public|radical|random|rational|real|recogn|reorgan|revital|revolution|scrutin"
    "|special|stabil|standard|subsid|summar|symbol|sympath|tempor|terror|traumat|urban|util|victim"
    "|visual|vulgar"
)
_ISE: Final = re.compile(
    rf"\b(?P<stem>(?:de|re|un|dis|over)?(?:{_STEMS}))is(?P<end>e[drs]?|ers|ing|ations?|ational)\b"
)
_OUR: Final = re.compile(
    r"\b(?P<stem>(?:dis|un|mis|en)?(?:arm|behavi|col|endeav|fav|harb|hon|hum|neighb|rum|sav|splend|vap|vig|lab))our"
    r"(?P<end>s|ed|ing|able|ably|ite|ites|hood|hoods|ful|less)?\b"
)
_WORDS: Final = {
    **{f"analys{end}": f"analyz{end}" for end in ("e", "ed", "ing")},
    **{f"paralys{end}": f"paralyz{end}" for end in ("e", "ed", "ing")},
    **{
        f"{verb}l{end}": f"{verb}{end}"
        for verb in ("travel", "cancel", "label", "model", "fuel", "signal")
        for end in ("ed", "ing")
    },
    **{f"counsellor{end}": f"counselor{end}" for end in ("", "s")},
    **{f"councillor{end}": f"councilor{end}" for end in ("", "s")},
    **{"centre": "center", "centres": "centers", "theatre": "theater", "theatres": "theaters"},
    **{"defence": "defense", "offence": "offense", "offences": "offenses", "licence": "license"},
    **{"programme": "program", "programmes": "programs", "ageing": "aging", "grey": "gray"},
    **{"litres": "liters", "towards": "toward", "whilst": "while", "sceptical": "skeptical"},
    **{"per cent": "percent", "tyres": "tires", "cheques": "checks", "jewellery": "jewelry"},
}
_WORD: Final = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


def american(source: str, target: str) -> Iterator[Change]:
    """Each with the letters that American English has."""
    yield from (
        (match.start(), match.end(), f"{match['stem']}iz{match['end']}") for match in _ISE.finditer(target)
    )
    yield from (
        (match.start(), match.end(), f"{match['stem']}or{match['end'] or ''}")
        for match in _OUR.finditer(target)
    )
    yield from ((match.start(), match.end(), _WORDS[match[0]]) for match in _WORD.finditer(target))
