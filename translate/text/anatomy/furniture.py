"""Web furniture: menus, links, cookie and paywall lines. The words stand in `furniture.tsv`."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from translate.text.tables import folded, rows

_MAX_CHARACTERS = 320  # a cookie notice may be long; a longer line is an article
_EDGES = " \t:|•·*-–—»>«<()[]"  # not the point: `Santé.` ends a sentence, `Santé` is a menu
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|fr|cn|org|net|be|ch|ca|info|eu)(?:/\S*)?",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|mp4|mp3|pdf)", re.IGNORECASE)
_COUNTER = re.compile(
    r"\d{1,5}\s+(?:commentaires?|réactions?|partages?|vues?|likes?|j['’]aime)", re.IGNORECASE
)
_PATH = re.compile(r"[^.!?]{1,60}?\s*(?:>>|»»)\s*[^!?]{0,80}|(?:[^.!?/]{2,40}/){3,}[^.!?/]{0,40}")
_FRACTION = re.compile(r"\d\s?/\s?\d")  # Bruxelles: 8/13 - Genève: 5/14: no path
_VIDEO = re.compile(
    r".{10,140}\s(?:par|sur) (?:BFMTV|franceinfo|6MEDIAS|7LTV|euronews|Auto Plus|LCI|CNEWS|Europe1"
    r"|Dailymotion|YouTube)"
    r"(?: \([^()]*\))?",
)
_MENU = re.compile(r"[^\W\d_a-zà-ÿ][\w'’-]*(?: [^\W\d_a-zà-ÿ][\w'’-]*){3,}")  # Accueil Actu Monde France
_SHORTCODE = re.compile(r"\[[a-z_]+(?:\s[^\]]*)?\]")


class Reach(StrEnum):
    """How far a furniture line speaks for the lines after it."""

    LINE = "line"
    RELATED = "related"
    PAGE = "page"


def furniture(line: str) -> Reach | None:
    """How far `line` reaches if it is furniture; None if it is not."""
    if len(line) > _MAX_CHARACTERS:
        return None
    for pattern in (_ADDRESS, _FILE, _COUNTER, _PATH, _VIDEO, _SHORTCODE):
        if pattern.fullmatch(line) and not (pattern is _PATH and _FRACTION.search(line)):
            return Reach.LINE
    key = folded(line)
    bare = key.strip(_EDGES)
    table = _table()
    if _MENU.fullmatch(line) and sum(word in table["is"] for word in key.split()) >= 2:
        return Reach.LINE
    if bare in table["is"]:
        return table["is"][bare]
    if key.startswith(_openings()) or bare.startswith(_openings()):  # few lines do
        for words, reach in table["starts"].items():
            if _starts(key, words) or _starts(bare, words):
                return reach
    return next((reach for words, reach in table["ends"].items() if bare.endswith(words)), None)


def _starts(line: str, words: str) -> bool:
    """True if `line` begins with these whole words."""
    after = line[len(words) : len(words) + 1]
    return line.startswith(words) and not (after.isalnum() and words[-1].isalnum())


@cache
def _openings() -> tuple[str, ...]:
    return tuple(_table()["starts"])


@cache
def _table() -> dict[str, dict[str, Reach]]:
    table: dict[str, dict[str, Reach]] = {"is": {}, "starts": {}, "ends": {}}
    for where, reach, words in rows("anatomy/furniture.tsv", columns=3):
        table[where][words] = Reach(reach)
    return table
