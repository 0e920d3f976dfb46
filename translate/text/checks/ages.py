"""A woman in her 60s, `la sexagénaire`, whom a model makes a man, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.text.checks.changes import Change

_AGED = re.compile(
    r"\b(?:(la|une|cette)|(le|un|ce|du|au))\s(?:trenten|quadragén|quinquagén|sexagén|septuagén|octogén|nonagén)aire\b",
    re.IGNORECASE,
)
_IN_THEIR = re.compile(
    r"\b(wo)?man(?= in (his|her|their) (?:[3-9]0s|(?:thir|for|fif|six|seven|eigh|nine)ties)\b)"
)
_OTHER = {"男子": "女子", "男性": "女性", "老翁": "老妇"}
_OTHER |= {woman: man for man, woman in _OTHER.items()}
_OF_YEARS = re.compile(
    r"(?:多岁的?|[三四五六七八九]旬)(?P<who>男子|男性|老翁|(?P<woman>女子|女性|老妇(?!人)))"
)


def in_english(source: str, target: str) -> Iterator[Change]:
    """A man in his 60s who is `la sexagénaire`, and the other way round."""
    found = list(_IN_THEIR.finditer(target)) if (is_woman := _is_woman(source)) is not None else []
    for match in found:
        if bool(match[1]) != is_woman:
            yield *match.span(), "woman" if is_woman else "man"
        yield *match.span(2), "her" if is_woman else "his"


def in_chinese(source: str, target: str) -> Iterator[Change]:
    """The same in Chinese: 三十多岁的男子."""
    found = list(_OF_YEARS.finditer(target)) if (is_woman := _is_woman(source)) is not None else []
    for match in found:
        if bool(match["woman"]) != is_woman:
            yield *match.span("who"), _OTHER[match["who"]]


def _is_woman(source: str) -> bool | None:
    """Whether those told by age (`la sexagénaire`) are women; None if there are none, or some are."""
    women = {bool(match[1]) for match in _AGED.finditer(source)} if "aire" in source else set()
    return women.pop() if len(women) == 1 else None
