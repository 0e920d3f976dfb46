"""Spaces and marks as English and Chinese write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change

HAN: Final = r"\u3400-\u9fff"
_SIGN: Final = rf"{HAN}，。；：？！、“”《》（）"
SPACE: Final = r"[ \u00a0\u202f]"

_HALF_WIDTH = re.compile(rf"(?<=[{_SIGN}])\s?(?:([,;:?!])\s?(?=[{_SIGN}])|([,;:?!.])\s*$)")
_WIDE = str.maketrans(",;:?!.", "，；：？！。")
_HAN_SPACE = re.compile(rf"(?<=[{_SIGN}]) +(?=[{_SIGN}])")
_FIGURE_SPACE = re.compile(rf"(?<=[{HAN}]) (?=\d)|(?<=\d) (?=[{_SIGN}])")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_INSIDE = re.compile(rf"(?<=[(（\[《“]){SPACE}+(?=\S)|(?<=\S){SPACE}+(?=[)）\]》”])")
_DOTS = re.compile(r"(?<=\w)\.\.(?!\.)|\.{4,}")
_ELLIPSIS = re.compile(
    rf"(?:(?<=[{HAN}，。；：？！、”》）])|(?= *(?:…|\.\.)[ .…]*[{HAN}，。；：？！、“《]))"
    r" *(?:…|\.{2,})(?: *(?:…|\.{2,}))* *"
)
_SPACE_BEFORE = re.compile(rf"(?<=[\w)”\"%]){SPACE}+(?=[,;:?!](?:\s|$)|\.(?:\s|$))")
_LOOSE_START = re.compile(r"\s*[,;:，；：、。]+\s*")


def full_width(source: str, target: str) -> Iterator[Change]:
    """Half-width marks between ideographs."""
    for match in _HALF_WIDTH.finditer(target):
        mark = match[1] or match[2]
        if mark == "." and target[: match.start()].endswith("."):
            continue
        yield match.start(), match.end(), mark.translate(_WIDE)


def no_space(source: str, target: str) -> Iterator[Change]:
    """Spaces between ideographs and figures, but for headlines, where they part two statements."""
    if source.rstrip()[-1:] not in '.!?…;:,»”"':
        return
    for match in _HAN_SPACE.finditer(target):
        before, after = target[match.start() - 1], target[match.end()]
        if before in "电，。；：？！、" and after not in "，。；：？！、":
            continue  # 新华社北京4月4日电 据报道
        yield match.start(), match.end(), ""
    for match in _FIGURE_SPACE.finditer(target):
        yield match.start(), match.end(), ""


def spaces(source: str, target: str) -> Iterator[Change]:
    """Several spaces in a row."""
    for match in _SPACES.finditer(target) if "  " in target else ():
        yield match.start(), match.end(), " "


def inner_spaces(source: str, target: str) -> Iterator[Change]:
    """Spaces behind a mark that opens and before one that closes, unless the source has such, too."""
    found = list(_INSIDE.finditer(target))
    if found and not _INSIDE.search(source):
        for match in found:
            yield match.start(), match.end(), ""


def dots(source: str, target: str) -> Iterator[Change]:
    """Two dots, and more than three, are three where the source has three, else one."""
    found = list(_DOTS.finditer(target)) if ".." in target else []
    others = target.count("...") - sum("..." in match[0] for match in found)
    for match in found:
        if match[0] != ".." or not others:
            yield match.start(), match.end(), "..." if "..." in source or "…" in source else "."


def chinese_dots(source: str, target: str) -> Iterator[Change]:
    """Three dots are six in Chinese; others that the source does not have go."""
    has_dots = "..." in source or "…" in source
    for match in _ELLIPSIS.finditer(target) if "…" in target or ".." in target else ():
        is_said = target[match.start() - 1 : match.start()] in ("。", "！", "？")
        needed = "" if is_said else "……" if has_dots else "。" if match.end() == len(target) else ""
        if has_dots or match[0] != "……":  # people put six where French has none: 轮胎、冰箱……
            yield *match.span(), needed


def french_spaces(source: str, target: str) -> Iterator[Change]:
    """Spaces before marks, as French has them."""
    for match in _SPACE_BEFORE.finditer(target):
        yield match.start(), match.end(), ""


def loose_start(source: str, target: str) -> Iterator[Change]:
    """A mark that can only follow something, at the very start: `, the king came`."""
    match = _LOOSE_START.match(target)
    if match and match.end() < len(target) and not _LOOSE_START.match(source):
        yield 0, match.end(), ""
