"""A minus before a number, which a translation must say: `-2 degrés`, `DAX : -0,41%`.

Only where a blank, a bracket or the head of the text is before it and what it counts behind, so that it is no
hyphen and no dash. A share or a sum may fall by any word, wherever it stands in the sentence; degrees are
below zero in few ways. Of the 143 lines of the newsroom with such a number none is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.domain import Finding, Lang, Severity
from translate.text.checks.french import NUMBER
from translate.text.checks.numbers import read

_SPACE: Final = r"[ \u00a0\u202f]"
_DEGREES: Final = rf"{_SPACE}?°|{_SPACE}degrés?\b"
_SUMS: Final = rf"{_SPACE}?%|{_SPACE}(?:points?|millions?|milliards?)\b"
_MINUS: Final = re.compile(
    rf"(?P<head>^)?(?:(?<![^\s(:])[-−–]|(?P<word>(?<!\b[aod]u )\bmoins{_SPACE}))(?P<number>{NUMBER})"
    rf"(?=(?:{_SPACE}(?:à|et|ou){_SPACE}[-−–+]?{NUMBER})?(?:(?P<degrees>{_DEGREES})|{_SUMS}))"
)
_MAY_BE: Final = re.compile(r"[-−–]\d|moins\s\d")
_SIGN: Final = r"[-−–－‒](?=\s?[$€£¥]?\d)"
_BELOW: Final = {
    Lang.EN: re.compile(rf"{_SIGN}|\b(?:minus|below|sub-?zero|negative)\b", re.IGNORECASE),
    Lang.ZH: re.compile(rf"{_SIGN}|零下|负|冰点"),
}
_DOWN: Final = {
    Lang.EN: re.compile(
        rf"{_SIGN}|\b(?:minus|below|negative|down|under|lower|less|off|red|behind|worst|worse|smaller|fewer|deficit"
        r"|fall|fell|drop|declin|decreas|los[est]|slid|slip|shed|shrink|shrank|shrunk|contract|cut|reduc|retreat|plung"
        r"|plummet|tumbl|eas(?:e|ing)|sank|sink|sunk|dip|weak|slump|short|discount|drag|recession|gave|giv|collaps"
        r"|crash|erod|trim|sag|skid|div[ei]|dove|pull|ced|slow|retre|wip|subtract|penal)",
        re.IGNORECASE,
    ),
    Lang.ZH: re.compile(rf"{_SIGN}|[跌降负减低缩少亏落损挫弱衰]|下[滑行调探]|回吐|赤字|零下"),
}


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """The first number with a minus that the translation has without one."""
    for match in _MINUS.finditer(source) if _MAY_BE.search(source) else ():
        is_cold = match["degrees"] is not None
        if not is_cold and (match["word"] or match["head"] is not None):
            continue  # `au moins 5 %`; what stands at the head may be a dash
        said = (_BELOW if is_cold else _DOWN)[lang]
        if said.search(target) or not _is_there(match, target, lang):
            continue
        message = f"“{match[0]}” has lost its minus"
        yield Finding("numbers", Severity.ERROR, message, source_span=match.span())
        return


def _is_there(match: re.Match[str], target: str, lang: Lang) -> bool:
    """True if the translation has the number itself; one without is told as missing anyway."""
    at, told = match.start("number"), read(target, lang).values
    figures = read(match.string, Lang.FR).figures
    return any(figure.start <= at < figure.end and figure.values & told for figure in figures)
