"""Single marks that a translation has in the place of double ones: `'yellow vests'`, `pasta'.`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change

_DOUBLE: Final = re.compile(r'[«»“”„"]|<<|>>')
_OPENS: Final = re.compile(r"(?<![\w'’])(?P<opens>'(?!')(?=\S))")
_CLOSES: Final = re.compile(r"(?<=[^\s'])(?P<closes>'(?![\w']))")
_EITHER: Final = re.compile(f"{_OPENS.pattern}|{_CLOSES.pattern}")
_IS_SENTENCE: Final = re.compile(r'[.!?…:;,][\s»”"]*$')
_MARKS: Final = {Lang.EN: '""', Lang.ZH: "“”"}
_LAST: Final = re.compile(r"[\s.!?。！？]*")
_ENDS: Final = re.compile(r'[»”"][\s.!?…]*$')
_BEGUN: Final = re.compile(r'[«“][^»”]*$|^\W*"[^"]*$|:\s*"[^"]*$')


def as_double(source: str, target: str, lang: Lang) -> Iterator[Change]:
    """Single marks as double ones, where the source has such, and neither text both kinds.

    Either every quotation is opened and closed, or one mark stands at an end where the source has one too,
    the rest of the quotation being in another sentence. Headlines of English agencies have single ones.
    """
    is_sentence = lang is Lang.ZH or _IS_SENTENCE.search(source) is not None
    if not is_sentence or not _DOUBLE.search(source) or _DOUBLE.search(target) or _OPENS.search(source):
        return
    found = list(_EITHER.finditer(target))
    kinds = [match.lastgroup for match in found]
    in_turn = [kind for kind, _ in zip(cycle(("opens", "closes")), kinds, strict=False)]
    in_pairs = kinds == in_turn and len(kinds) % 2 == 0
    if in_pairs or _goes_on(source, target, found):
        for match in found:
            yield *match.span(), _MARKS[lang][match.lastgroup == "closes"]


def _goes_on(source: str, target: str, found: list[re.Match[str]]) -> bool:
    """True for one mark whose counterpart is in another sentence, as the source's is."""
    if len(found) != 1 or len(_DOUBLE.findall(source)) != 1:
        return False
    (match,) = found
    if match.lastgroup == "closes":
        return bool(_LAST.fullmatch(target, match.end()) and _ENDS.search(source))
    return _BEGUN.search(source) is not None
