"""The kind of each line: first by what it says itself, then by what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from translate.domain import Kind
from translate.text.anatomy import credits, signals
from translate.text.anatomy.datelines import read_dateline
from translate.text.anatomy.days import read_days
from translate.text.anatomy.embargo import read_embargo
from translate.text.anatomy.furniture import Reach, furniture
from translate.text.anatomy.labels import is_alert, is_label
from translate.text.anatomy.parts import without_tail
from translate.text.anatomy.stamps import is_stamp, read_stamp

_SENTENCE = re.compile(r"[.…][\s»”\"')\]]*$|[»”\"][.!?]$")
_QUESTION = re.compile(r"[!?][\s»”\"')\]]*$")
_TRUNCATED = re.compile(r"\s(?:\.{3}|…)$")
_ABBREVIATED = re.compile(r"\b(?:etc|[A-ZÀ-Þ]|Jr|Cie)\.$")
_FIGURES = re.compile(r"\d\S*\s+[-–|]\s.*:\s?\d\S*$")  # Bruxelles: 8/13 - Genève: 5/14
_CAPTION_HEAD = re.compile(r"\(?(?:Photos?|Image|Illustration)\b(?!.*\b(?:montre|prouve)\b)", re.IGNORECASE)

_MENU_WORDS = 3  # a line of a menu has no more
_MENU_LINES = 4  # so many of them before the article make it a scraped page
_LONG_PROSE = 160  # a line of this length is an article, whatever its last sign
_PAGE_END_PROSE = 100  # prose of this length after a page's end shows that the article goes on
_MAX_TITLE = 200
_MAX_CAPTION = 500
_MAX_SUBHEAD = 90


def own_kind(line: str) -> Kind | None:
    """The kind of a line that shows it by itself; None for prose of every sort and for menus."""
    if signals.is_separator(line) or furniture(line):
        return Kind.FURNITURE
    checks = (
        (Kind.STAMP, is_stamp),
        (Kind.END_MARK, signals.is_end_mark),
        (Kind.CREDIT, credits.is_credit),
        (Kind.INITIALS, credits.is_initials),
        (Kind.BYLINE, credits.is_byline),
        (Kind.KICKER, signals.is_kicker),
        (Kind.CORRECTION, signals.is_correction),
        (Kind.CORRECTION, _is_embargo),
    )
    for kind, check in checks:
        if check(line):
            return kind
    return Kind.SUBHEAD if signals.dashed(line) else None


def _is_embargo(line: str) -> bool:
    return read_embargo(line) is not None


def is_fixed(line: str) -> bool:
    """True for a line that is never joined with its neighbours."""
    return own_kind(line) is not None


def classify(lines: Sequence[str], gaps: Sequence[bool], turns: Set[int] = frozenset()) -> list[Kind]:
    """One kind for each line, in order.

    Args:
        lines: the whole dispatch.
        gaps: whether a blank line stands before each.
        turns: numbers of the lines that are a question or an answer of an interview.
    """
    kinds = [Kind.PARAGRAPH if i in turns else own_kind(line) for i, line in enumerate(lines)]
    _mark_captions(lines, kinds)
    _mark_links(lines, kinds)
    start = _article_start(lines, kinds)
    _mark_head(lines, gaps, kinds, start)
    _mark_page_end(lines, kinds, start)
    _mark_repeated_title(lines, kinds)
    return [kind or _article_kind(lines, kinds, i) for i, kind in enumerate(kinds)]


def _words(line: str) -> int:
    return len(line.split())


def _is_sentence(line: str) -> bool:
    """True if the line ends as a sentence does, so that it is no title and no menu."""
    if _TRUNCATED.search(line) or _ABBREVIATED.search(line) or _words(line) < 4:
        return False
    return _SENTENCE.search(line) is not None or (len(line) >= _LONG_PROSE and bool(_QUESTION.search(line)))


def _is_article(line: str) -> bool:
    """True for a line that can only belong to the article itself."""
    if read_dateline(line):
        return True
    return _is_sentence(without_tail(line)) or len(line) >= _LONG_PROSE + 40


def _mark_captions(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """Captions: before a photo credit, or with a photographer's credit at their end."""
    for i, line in enumerate(lines):
        if kinds[i] is not None or len(line) > _MAX_CAPTION or read_dateline(line):
            continue
        next_is_photo = (
            i + 1 < len(lines) and credits.is_photo_credit(lines[i + 1]) and "© 20" not in lines[i + 1]
        )
        start = credits.credit_start(line)
        signed = start is not None and credits.is_signed_picture(line[start:])
        provided = (
            line.endswith(")") and re.search(r"\((?:Photos?|Image|Crédit)\b[^()]*\)$", line) is not None
        )
        if next_is_photo or signed or provided or _is_bare_caption(line):
            kinds[i] = Kind.CAPTION


def _is_bare_caption(line: str) -> bool:
    return (
        len(line) <= 200
        and re.match(r"\(?Photos? (?:d['’]illustration|diffusée|prise|fournie)\b", line) is not None
    )


def _mark_links(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """Links to other articles, from `A lire aussi` to the next stamp or sentence."""
    inside = False
    for i, line in enumerate(lines):
        reach = furniture(line)
        if reach is Reach.RELATED:
            inside = True
        elif inside and (
            kinds[i] in (Kind.STAMP, Kind.BYLINE, Kind.SUBHEAD, Kind.PARAGRAPH) or _is_article(line)
        ):
            inside = False
        elif inside and kinds[i] is None:
            kinds[i] = Kind.FURNITURE


def _article_start(lines: Sequence[str], kinds: Sequence[Kind | None]) -> int:
    """Index of the first line of the article; the number of lines if none looks like one."""
    found = (
        i
        for i, line in enumerate(lines)
        if kinds[i] is Kind.PARAGRAPH or (kinds[i] is None and _is_article(line))
    )
    return next(found, len(lines))


def _mark_head(lines: Sequence[str], gaps: Sequence[bool], kinds: list[Kind | None], start: int) -> None:
    """Title, kickers and menus before the article."""
    free = [i for i in range(start) if kinds[i] is None]
    if start == len(lines) and len(free) < 2:
        return  # one line alone is a paragraph: there is nothing it could be the title of
    menu = [i for i in range(start) if kinds[i] in (None, Kind.FURNITURE) and _words(lines[i]) <= _MENU_WORDS]
    if len(menu) >= _MENU_LINES and any(kinds[i] is Kind.FURNITURE for i in menu):
        title = next((i for i in reversed(free) if _words(lines[i]) > _MENU_WORDS), None)
        for i in free:
            kinds[i] = Kind.TITLE if i == title else Kind.FURNITURE
        for i in range(title or 0):  # dates of the links above it
            if kinds[i] is Kind.STAMP and not _has_verb(lines[i]):
                kinds[i] = Kind.FURNITURE
        return
    candidates = [i for i in free if len(lines[i]) <= _MAX_TITLE]
    if not candidates and start < len(lines):  # a photo without caption stands right below the title
        candidates = [i for i in range(start) if kinds[i] is Kind.CAPTION and _is_above_gap(lines, gaps, i)][
            :1
        ]
    title = _title(lines, candidates)
    for i in candidates:
        if title is not None and i < title:
            kinds[i] = Kind.KICKER
        elif i == title:
            kinds[i] = Kind.TITLE
        elif start < len(lines) and not signals.bullet_end(lines[i]):
            kinds[i] = Kind.SUBHEAD


def _title(lines: Sequence[str], candidates: Sequence[int]) -> int | None:
    """The first of these lines that is a title; of a label, days and an alert only if there is no other."""
    free = [i for i in candidates if not _is_aside(lines[i])] or candidates
    return next((i for i in free if _words(lines[i]) > 2), free[0] if free else None)


def _is_aside(line: str) -> bool:
    """True for a label, days or an alert, which stand above a title or below it."""
    days = read_days(line)
    return is_label(line) or is_alert(line) or (days is not None and days.end == len(line))


def _is_above_gap(lines: Sequence[str], gaps: Sequence[bool], i: int) -> bool:
    """True if a blank line and a photo credit follow line `i`: a caption stands close to its credit."""
    return i + 1 < len(lines) and gaps[i + 1] and credits.is_photo_credit(lines[i + 1])


def _has_verb(stamp: str) -> bool:
    """True for `publié le…`; a bare date may belong to a link."""
    read = read_stamp(stamp)
    return read is None or any(moment.verb for moment in read.moments)


def _mark_page_end(lines: Sequence[str], kinds: list[Kind | None], start: int) -> None:
    """The rest of a scraped page after the article: short lines that no sentence interrupts."""
    inside = False
    for i in range(start, len(lines)):
        if furniture(lines[i]) is Reach.PAGE:
            inside = True
        elif inside and _is_article(lines[i]) and len(lines[i]) >= _PAGE_END_PROSE:
            inside = False
        elif inside and kinds[i] in (None, Kind.CAPTION, Kind.SUBHEAD, Kind.INITIALS, Kind.KICKER):
            kinds[i] = Kind.FURNITURE


def _mark_repeated_title(lines: Sequence[str], kinds: list[Kind | None]) -> None:
    """The title said again below the article belongs to the page."""
    title = next((i for i, kind in enumerate(kinds) if kind is Kind.TITLE), len(lines))
    for i in range(title + 1, len(lines)):
        if kinds[i] is None and lines[i] == lines[title]:
            kinds[i] = Kind.FURNITURE


def _article_kind(lines: Sequence[str], kinds: Sequence[Kind | None], i: int) -> Kind:
    """Paragraph, quote or subhead."""
    line = without_tail(lines[i])
    if _is_quote(line) and (len(line) > _MAX_SUBHEAD or _is_sentence(line)):
        return Kind.QUOTE
    if read_dateline(line):
        return Kind.PARAGRAPH
    goes_on = any(kind in (None, Kind.PARAGRAPH) for kind in kinds[i + 1 :])
    if _FIGURES.search(line):
        return Kind.PARAGRAPH
    if not goes_on or len(line) > _MAX_SUBHEAD or _is_sentence(line) or line[-1] in ".:;,":
        return Kind.PARAGRAPH
    if signals.half_dashed(line):
        neighbours = [*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]]
        return Kind.PARAGRAPH if any(map(signals.bullet_end, neighbours)) else Kind.SUBHEAD
    if signals.bullet_end(line) or line[0].islower():
        return Kind.PARAGRAPH
    return Kind.SUBHEAD


def _is_quote(line: str) -> bool:
    """True if one pair of quotation marks encloses the whole line."""
    for opening, closing in ("«»", "“”"):
        if line.startswith(opening) and re.search(rf"{closing}[\s.]*$", line):
            depth = 0
            for position, char in enumerate(line):
                depth += (char == opening) - (char == closing)
                if depth == 0:
                    return not line[position + 1 :].strip(" .\u00a0\u202f")
    return line.startswith('"') and line.count('"') == 2 and line.rstrip(" .").endswith('"') and len(line) > 2
