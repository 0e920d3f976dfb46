"""Quotation marks, brackets and punctuation of a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from translate.domain import Finding, Lang, Severity
from translate.text.checks.spacing import HAN

_OPENING = {"(": ")", "[": "]", "{": "}", "（": "）", "【": "】", "《": "》", "〈": "〉"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_BRACKET = re.compile(r"[()\[\]{}（）【】《》〈〉]")
_SAME = str.maketrans("（）【】", "()[]")
_LIST_MARK = re.compile(r"(?:^|(?<=[\s:;]))[a-zA-Z\d]{1,3}(?:\)(?=\s)|）)")
_STRAIGHT = re.compile(r"\"|''")
_QUOTED = re.compile(r"«|“|\"|<<|„|「|『|‹|《|〈|‘|''")
_HALF_WIDTH = re.compile(rf"(?<=[{HAN}])(?:([,;:?!.])(?=[{HAN}])|([?!,;])\s*$)")
_FULL_WIDTH = re.compile(r"[，。；：？！、（）“”《》「」]")
_SPACED = re.compile(r"(?<=\w) +(?=[,.;:?!](?:\s|$))(?! \.\.\.)")
_GUILLEMETS = re.compile(r"[«»]")
_QUESTION = re.compile(r"[?？]")
_EXCLAIMED = re.compile(r"[!！]")
# Behind these a quotation is a name, which a translation may do without marks.
_CALLED = (
    r"\b(?:initiatives?|alliances?|coalition|programmes?|projets?|opérations?|campagnes?|exposition|forum"
    r"|coopération médiatique (?:de|sur))\s$"
)
_WIDE_IN_LATIN = re.compile(r"[，。；：？！、（）「」『』]")


def check(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Marks of the translation that are not balanced, missing or not its language's."""
    yield from _brackets(source, target)
    yield from _quotes(source, target, lang)
    yield from _question(source, target)
    yield from _foreign(target, lang)


def _finding(code: str, message: str, start: int, end: int) -> Finding:
    return Finding(code, Severity.WARNING, message, target_span=(start, end))


def _brackets(source: str, target: str) -> Iterator[Finding]:
    """Brackets that do not close or open, unless the source has as many."""
    odd = unbalanced(target)
    if odd and not unbalanced(source):
        place = odd[0]
        yield _finding("unbalanced", f"“{target[place]}” has no counterpart", place, place + 1)


def unbalanced(text: str) -> list[int]:
    """Where brackets stand that have no counterpart. List marks such as `a)` are none."""
    found = _BRACKET.findall(text)
    if not found:
        return []
    marks = {match.end() - 1 for match in _LIST_MARK.finditer(text)} if ")" in found or "）" in found else ()
    open_places: list[int] = []
    alone: list[int] = []
    for match in _BRACKET.finditer(text):
        place, sign = match.start(), match[0]
        if sign in _OPENING:
            open_places.append(place)
        elif sign in _CLOSING:
            wanted = sign.translate(_SAME)
            if open_places and _OPENING[text[open_places[-1]]].translate(_SAME) == wanted:
                open_places.pop()
            elif place not in marks:
                alone.append(place)
    return sorted([*alone, *open_places])


def would_join(before: str, after: str) -> bool:
    """True if two signs are of words that would become one without what stands between: not ideographs."""
    return all(
        (sign.isalnum() and not "\u3400" <= sign <= "\u9fff") or sign == "_" for sign in (before, after)
    )


def _surplus(text: str) -> int:
    """How many quotations are opened and not closed (negative: closed and not opened)."""
    opened = text.count("«") + text.count("“") + text.count("「") + text.count("<<")
    closed = text.count("»") + text.count("”") + text.count("」") + text.count(">>")
    return opened - closed + len(_STRAIGHT.findall(text)) % 2


def _quotes(source: str, target: str, lang: Lang) -> Iterator[Finding]:
    """Quotation marks that are not balanced although the source's are, or are gone."""
    if not _QUOTED.search(target):
        if _long_quotation(source):
            message = "the quotation marks of the source are gone"
            yield Finding("quotes", Severity.WARNING, message, source_span=_long_quotation(source))
        elif "”" in target and _surplus(source) == 0:
            place = target.index("”")
            yield _finding("quotes", "a quotation mark closes what none opens", place, place + 1)
        return
    if _surplus(source) == 0 and _surplus(target) != 0:
        places = [match.start() for match in _ANY_QUOTE.finditer(target)]
        place = places[-1] if _surplus(target) > 0 else places[0]
        yield _finding("quotes", "quotation marks are not balanced", place, place + 1)


_ANY_QUOTE = re.compile(r"[«»“”\"「」]|<<|>>|''")
_QUOTATION = re.compile(r'"([^"]+)"|«([^»]+)»|“([^”]+)”|<<([^>]+)>>')


def _long_quotation(source: str) -> tuple[int, int] | None:
    """Where a quotation of four words or more stands; fewer are a name or a distance from a word, and so are
    more behind what has a name: `l'initiative "la Ceinture et la Route"`."""
    for match in _QUOTATION.finditer(source):
        said = next(group for group in match.groups() if group)
        if len(said.split()) >= 4 and not re.search(
            _CALLED, source[max(0, match.start() - 30) : match.start()]
        ):
            return match.start(), match.end()
    return None


def _question(source: str, target: str) -> Iterator[Finding]:
    """A question that ends as a statement, or the other way round."""
    asks, asked = source.rstrip(' "»”)').endswith("?"), bool(_QUESTION.search(target))
    if asks and not asked:
        yield _finding("punctuation", "the question mark is gone", max(0, len(target) - 1), len(target))
    elif asked and "?" not in source:
        place = next(_QUESTION.finditer(target)).start()
        yield _finding("punctuation", "the source asks nothing", place, place + 1)


def _foreign(target: str, lang: Lang) -> Iterator[Finding]:
    """Marks of another language: half-width between ideographs, `«` or a space before a colon in English."""
    if lang is Lang.ZH:
        if match := _HALF_WIDTH.search(target):
            yield _finding("punctuation", f"“{match[0].strip()}” is half-width", match.start(), match.end())
        return
    if match := _WIDE_IN_LATIN.search(target):
        yield _finding("punctuation", f"“{match[0]}” is a Chinese mark", match.start(), match.end())
    if match := _GUILLEMETS.search(target):
        yield _finding("punctuation", f"“{match[0]}” is a French mark", match.start(), match.end())
    if match := _SPACED.search(target):
        yield _finding("punctuation", "a space stands before a mark", match.start(), match.end() + 1)
