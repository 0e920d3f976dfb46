"""Who made it: photo and agency credits, bylines, desk initials. Whole lines, and tails of paragraphs."""

from __future__ import annotations

import re

from translate.text.names import is_agency

_MAX_CHARACTERS = 140
_LABEL = (
    r"(?:Photos?|Crédits?(?:\s+photos?)?|Source|Sources|Image|Images|Illustration|Vidéo|Copyright|Document)"
)
_LABELLED = re.compile(rf"\(?\s*{_LABEL}\s*[:/©]\s*[^()]{{1,80}}\)?", re.IGNORECASE)
_PHOTO_OF = re.compile(r"\(?\s*Photos?\s+(?:d['’]archives?\s+)?(?P<who>[A-ZÀ-Þ][^()]{1,40})\)?")
_COPYRIGHT = re.compile(r"\(?\s*(?:©|\(c\)\s|Copyright\b).{0,100}", re.IGNORECASE)
_SIGNED = re.compile(r"\(?(?P<who>[^\W\d_][^()/]{1,40}?)(?:\s*/\s*[^\W\d_][^()/]{1,40}){0,4}\)?")
_WITH = re.compile(r"\(?(?:avec|d['’]après|sources?\s*:)\s+(?P<who>[^()]{2,60})\)?", re.IGNORECASE)

_TAIL_BRACKET = re.compile(r"\((?:[^()\n]{2,80})\)\s*[.]?$")
_TAIL_OPEN = re.compile(
    r"(?<=\s)(?:(?P<sign>(?:/\s*)?©\s?[^()]{2,80})|Source\s*:\s*[^().]{2,60}"
    r"|(?P<who>[A-Z][A-Za-z]{1,12})\s*/\s*[^()/.,;:]{3,50})$"
)

_NAME = r"(?:[A-ZÀ-Þ][\w'’.-]*|d[aeiou]s?|du|van|von|der|den|el|al|ben|bin|le|la)"
_NAMES = rf"{_NAME}(?:(?:\s+|\s*,\s*|\s+et\s+|\s+avec\s+|\s*&\s*){_NAME}){{0,11}}"
_BYLINES = (
    re.compile(rf"[Pp]ar\s*:?\s+{_NAMES}(?:\s*[-–—,|(].{{0,60}})?"),
    re.compile(r"[Pp]ar\s*:\s*\S.{0,60}"),
    re.compile(r"(?:De|Par) (?:notre|nos|l['’]un de nos) (?:correspondant|envoyé|bureau|journaliste).{0,80}"),
    re.compile(r"La rédaction(?: (?:de|du|d['’]).{1,40})?"),
    re.compile(
        r"\(?\s*(?:Rédact(?:eur|rice)s?|Journalistes?|Auteure?s?|Édité par|Edité par)\s*:?\s*\S.{1,80}\)?"
    ),
    re.compile(
        rf"\(?(?:Propos recueillis|Reportage|Traduction|Texte)s?\s?(?:par|de|d['’]|:)\s*{_NAMES}.{{0,40}}"
    ),
    re.compile(rf"{_NAME}(?:\s+{_NAME}){{1,3}}\s*/\s*(?:Agences?|[A-Z]{{2,6}})"),
)

_DESK = r"[a-z]{2,4}(?:[-,][a-z]{2,4}){0,5}(?:/[a-z]{1,4}(?:[-,][a-z]{2,4}){0,3}){1,4}"
_AUTHOR = r"(?:[A-ZÀ-Þ][a-zà-ÿ]?\.\s?-?){2,3}"
_INITIALS = re.compile(
    rf"\(?{_DESK}\)?\.?|{_AUTHOR}(?:\s*(?:,|et|avec)\s*{_AUTHOR})*|[A-ZÀ-Þ]\.[A-ZÀ-Þ][a-z]{{1,2}}"
    r"|(?=[A-Z0-9]*\d)(?=\d*[A-Z])[A-Z0-9]{6,9}"
)
_TAIL_INITIALS = re.compile(rf"(?<=[.!?…»”\"])\s+(?P<who>{_DESK}|{_AUTHOR})$")
_UNITS = re.compile(r"km/h|et/ou|m/s")


def is_credit(line: str) -> bool:
    """True if the whole line is a credit: `(Xinhua/Liu Bin)`, `© 2019 AFP`, `Source: Xinhua`, `AFP`."""
    if len(line) > _MAX_CHARACTERS:
        return False
    if _COPYRIGHT.fullmatch(line) or (_LABELLED.fullmatch(line) and not line.rstrip(")").endswith(".")):
        return True
    if (match := _SIGNED.fullmatch(line)) and _begins_with_agency(match["who"]):
        return "/" in line or is_agency(match["who"]) or line.startswith("(")
    if (match := _PHOTO_OF.fullmatch(line)) and _begins_with_agency(match["who"].split("/")[0]):
        return True
    match = _WITH.fullmatch(line)
    return match is not None and _begins_with_agency(match["who"])


def is_photo_credit(line: str) -> bool:
    """True for a credit that can only belong to a picture: the line before it is its caption."""
    return is_credit(line) and line.lstrip("( ").casefold().startswith(("©", "photo", "crédit", "image"))


def _begins_with_agency(words: str) -> bool:
    words = words.strip()
    return is_agency(words) or is_agency(re.split(r"[\s,-]", words)[0])


def credit_start(text: str) -> int | None:
    """Where a credit begins that ends `text`: `… à Hué. (Xinhua/Tang Ruolin)`, `… AFP / Nikos Pappas`."""
    base = max(0, len(text) - _MAX_CHARACTERS)
    tail = text[base:]
    if match := _TAIL_BRACKET.search(tail):
        return base + match.start() if is_credit(match.group().rstrip(".")) else None
    match = _TAIL_OPEN.search(tail)
    if match is None or not (before := tail[: match.start()].rstrip()):
        return None
    if match["sign"] is None and before[-1] not in '.!?…»”")':
        return None
    return base + match.start() if match["who"] is None or is_agency(match["who"]) else None


def is_signed_picture(credit: str) -> bool:
    """True if a credit at the end of a text makes it a caption: it names a photographer, or says photo.

    `(afp/nxp)`, desk initials in small letters, ends an article.
    """
    inner = credit.strip("(). /")
    if inner.casefold().startswith(("photo", "©", "crédit", "image")):
        return True
    signed = inner.partition("/")[2].strip()
    return signed[:1].isupper() and len(signed) > 3


def is_byline(line: str) -> bool:
    """True if the whole line says who wrote it: `Par Moussa Abdou`, `(Rédacteurs : Liu, Wei)`."""
    return len(line) <= _MAX_CHARACTERS and any(pattern.fullmatch(line) for pattern in _BYLINES)


def is_initials(line: str) -> bool:
    """True if the whole line is desk initials or a desk code: `bur-ash/phz/ial`, `B. M.`, `33CN7GP`."""
    return len(line) <= 40 and bool(_INITIALS.fullmatch(line)) and not _UNITS.fullmatch(line)


def initials_start(text: str) -> int | None:
    """Where initials begin that end `text`: `… Maurice Dahan. A. F.`"""
    base = max(0, len(text) - 60)
    match = _TAIL_INITIALS.search(text[base:])
    return None if match is None or _UNITS.fullmatch(match["who"]) else base + match.start("who")
