"""Brackets put right where source and translation alone show what is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.domain import Lang
from translate.text.checks.changes import Change, changed
from translate.text.checks.marks import unbalanced, would_join

_MOST_ROUNDS: Final = 8
_PAIRS: Final = {"(": ")", "（": "）", "[": "]", "《": "》", "【": "】"}
_OPENING: Final = {closing: opening for opening, closing in _PAIRS.items()}
_ROUND: Final = {"(": "（", ")": "）"}
_NARROW: Final = {wide: narrow for narrow, wide in _ROUND.items()}
_TO_NARROW: Final = str.maketrans(_NARROW)

# `(...)` as models come to write it: `（.....)`, `（.. ……）`; `[…]`: `[......)`, `[.... ”`.
_LEFT_OUT: Final = re.compile(r"[(（]\s*(?:[.…]\s*){2,}[)）]")
_WIDE: Final = re.compile("[（）]")
_HALF: Final = re.compile("[()]")
# A pair with an ideograph inside, and spaces around it.
_IN_CHINESE: Final = re.compile(r" ?\(([^()（）]*[\u3400-\u9fff][^()（）]*)\) ?")
_IN_SOURCE: Final = re.compile(r"\((?:\.{2,}|…)\)")
_OMISSION: Final = re.compile(
    r"\s*[\[(（]?\s*[.…。!！]+\s*[)）]?\]+|\s*\[\s*(?:\.\s*){2,}(?:[)）]+|(?=[,，\"”])|\s*$)"
)
_AT_THE_END: Final = re.compile(r"[)\]][\s.!?…»”\"]*")


def mended(source: str, target: str, lang: Lang) -> str:
    """`target` with its brackets put right; as it is where that is not certain."""
    text = target
    if _IN_SOURCE.search(source):
        text = _LEFT_OUT.sub("(...)" if lang is Lang.EN else "（……）", text)
    for _ in range(_MOST_ROUNDS):
        if _WIDE.search(text) and _HALF.search(text):
            text = _one_width(text, lang)
        if lang is Lang.ZH and "(" in text:
            text = _IN_CHINESE.sub(r"（\1）", text)
        alone = unbalanced(text)
        change = _next(source, text, alone) if alone and not unbalanced(source) else None
        if change is None:
            break
        text = changed(text, [change])
    return text


def omissions(target: str) -> Iterator[Change]:
    """`[…]` as the source has it: for `[..]`, `（...)]`, and what never closes, `[......)`, `[.....`."""
    for match in _OMISSION.finditer(target):
        start = match.start()
        is_apart = start > 0 and target[start - 1].isascii() and target[start - 1] not in "\"'([ "
        new = " […]" if is_apart else "[…]"
        if match[0] != new:
            yield start, match.end(), new


def _one_width(text: str, lang: Lang) -> str:
    """Both brackets of a pair as wide as the language's: `（200米)` is `（200米）`."""
    signs = list(text)
    is_open: list[int] = []
    for place, sign in enumerate(text):
        if sign in "(（":
            is_open.append(place)
        elif sign in ")）" and is_open:
            first = is_open.pop()
            if (text[first] == "(") != (sign == ")"):
                table = _ROUND if lang is Lang.ZH else _NARROW
                signs[first], signs[place] = table.get(text[first], text[first]), table.get(sign, sign)
    return "".join(signs)


def _next(source: str, text: str, alone: list[int]) -> Change | None:
    """The next bracket without counterpart to take out or to close; None if none can be."""
    for place in alone:
        sign = text[place]
        if sign in _PAIRS and text[place + 1 : place + 2] == sign:
            return place, place + 1, ""
        if sign in _OPENING and text[place - 1 : place] == sign:
            return place, place + 1, ""
        if sign in "(（" and len(alone) == 1 and _closes_last(source, text, place):
            at = len(text.rstrip(" .。"))
            return at, at, _PAIRS[sign]
        if sign in _OPENING and _is_surplus(source, text, place):
            return place, place + 1, ""
    return None


def _is_surplus(source: str, text: str, place: int) -> bool:
    """True for a second closing bracket of a kind that the source does not have: `《固执》杂志》`.

    And for the only bracket of its kind, which closes nothing: `秦刚）周一`.
    """
    closing = _NARROW.get(text[place], text[place])
    narrow = text.translate(_TO_NARROW)
    if would_join(text[place - 1], text[place + 1 : place + 2]):
        return False
    if _OPENING[closing] not in narrow:
        return place > 0 and narrow.count(closing) == 1
    before = narrow[:place]
    return closing not in source and 0 < before.count(_OPENING[closing]) == before.count(closing)


def _closes_last(source: str, text: str, place: int) -> bool:
    """True if the source ends with a bracket as well, and the translation has as many."""
    at = source.rfind(")")
    if at < 0 or not _AT_THE_END.fullmatch(source, at):
        return False
    opened = text.count("(") + text.count("（")
    body = text[place + 1 :]
    return opened == source.count("(") and any(sign.isalnum() for sign in body) and not _goes_on(body)


def _goes_on(body: str) -> bool:
    return any(sign in body.rstrip(" .。") for sign in '。！？“”"')
