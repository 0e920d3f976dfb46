"""Short fixed signs of the trade: end marks, corrections, kickers, dashed subheads, bullets, list marks."""

from __future__ import annotations

import re

_END = re.compile(
    r"[(\[]?\s*(?:fin|à suivre|a suivre|suite et fin|fin de la dépêche)\s*[)\]]?\.?"
    r"|-\s?(?:30|0|fin)\s?-|#{2,}|/fin",
    re.IGNORECASE,
)
_TAIL_END = re.compile(
    r"(?<=[.!?…»”\")])\s*"
    r"(?P<mark>(?:Fin|FIN)\.?|[(\[](?:[àaÀA] suivre|[Ff]in|FIN)[)\]]\.?|#{2,3}|-(?:30|0)-)$"
)
_CORRECTION = re.compile(
    r"\(?(?:CORRECTION|CORRECTIF|RECTIFICATIF|ERRATUM|PR[ÉE]CISION|ATTENTION|AVIS(?: AUX [A-ZÉ]+)?"
    r"|NOTE(?: AUX [A-ZÉ]+| [AÀ] LA R[EÉ]DACTION)?"
    r"|(?:SOUS )?EMBARGO|R[ÉE]P[ÉE]TITION|ANNULATION|ANNULE ET REMPLACE|MISE AU POINT|BIEN LIRE|BIEN|NDLR"
    r"|Correction|Correctif|Rectificatif|Erratum|Précision|Avis aux \w+|Note aux \w+|Sous embargo|Embargo"
    r"|Mise au point"
    r"|Répétition|Bien lire)\b(?:[^:—–\n]{0,40}?)\s*(?::|[—–]|-{1,2}\s|/{2,})|/{2,}\s*\S"
)
_KICKER = re.compile(
    r"(?:URGENT|ALERTE|FLASH|EXCLUSIF|EN DIRECT|DIRECT|DOCUMENT|DOSSIER|PAPIER GENERAL|SYNTH[ÈE]SE"
    r"|LEAD|AVANT-PAPIER|ENCADR[ÉE]"
    r"|REPORTAGE|PORTRAIT|ENTRETIEN|INTERVIEW|ANALYSE|CHRONOLOGIE|REP[ÈE]RES|FICHE|D[ÉE]P[ÊE]CHE)"
    r"(?:\s+\d{1,2})?(?:\s*/{2,})?"
    r"|[A-ZÀ-Þ][\wà-ÿ]+(?:-[a-zà-ÿ]{3,}){2,6}"
)
_HEAD_KICKER = re.compile(
    r"(?P<kicker>(?:[A-ZÀ-Þ][A-ZÀ-Þ'’]+\s){0,4}[A-ZÀ-Þ][A-ZÀ-Þ'’]{4,})(?P<mark>\s[-–—]{1,2}|\.)\s+(?=[A-ZÀ-Þ«\"“0-9])"
)
_DASHED = re.compile(r"(?P<open>[-–—]{1,2}\s*)(?P<text>\S(?:.{0,110}?\S)?)(?P<close>\s*[-–—]{1,2})")
_SIGNED = re.compile(  # = Ce que l'on sait =; a sentence between stars is a note
    r"(?P<open>(?P<sign>=|\*){1,3}\s*)(?P<text>[^\s=*](?:[^=*]{0,110}?[^\s=*.;:,])?)(?P<close>\s*(?P=sign){1,3})"
)
_HALF_DASHED = re.compile(r"(?P<open>[-–—]{1,2}\s+)(?P<text>[A-ZÀ-Þ«\"“].{2,70}?[^.;:,\s])(?P<close>)")
_BULLET = re.compile(r"[•●▪■◆‣⁃►▶→–—*·-]\s*(?=[^\W_]|[«\"“(])")
_LIST_MARK = re.compile(
    r"(?:\((?:\d{1,2}|[a-z]|\*{1,3})\)|\[\d{1,2}\]|\d{1,2}\s?[°º]?\)|[a-z]\)|\d{1,2}\s?/(?=\s)|\*{2,3}(?=\s)|[¹²³](?=\s))"
    r"\s*(?=[^\W_]|[«\"“(])"
)
_SEPARATOR = re.compile(r"[^\w«»\"“”#@]+")


def is_end_mark(line: str) -> bool:
    return len(line) < 30 and _END.fullmatch(line) is not None


def end_mark_start(text: str) -> int | None:
    """Where an end mark begins that ends `text`: `… par la population. Fin`."""
    base = max(0, len(text) - 40)
    match = _TAIL_END.search(text[base:])
    return None if match is None else base + match.start("mark")


def is_correction(line: str) -> bool:
    """True for a line to the desks or readers: `RECTIFICATIF : …`, `(BIEN: …)`, `EMBARGO jusqu'à 18h -`."""
    return _CORRECTION.match(line) is not None


def is_kicker(line: str) -> bool:
    """True for a line above the title: `URGENT`, `France-politique-budget`."""
    return len(line) <= 60 and _KICKER.fullmatch(line) is not None


def head_kicker(text: str) -> tuple[int, int] | None:
    """End of a kicker at the head of `text`, and of the sign after it: `REPORTAGE - …`, `VIDÉO. …`."""
    match = _HEAD_KICKER.match(text[:80])
    return None if match is None else (match.end("kicker"), match.end("mark"))


def dashed(line: str) -> tuple[int, int] | None:
    """Start and end of the words of a subhead between dashes, equals signs or stars: `- Grosse perte -`."""
    if len(line) > 120:
        return None
    match = _DASHED.fullmatch(line) or _SIGNED.fullmatch(line)
    return None if match is None or not any(map(str.isalpha, match["text"])) else match.span("text")


def half_dashed(line: str) -> tuple[int, int] | None:
    """The same where the second dash is missing: `- "Facteur chance"`. Only context tells it from a list."""
    match = _HALF_DASHED.fullmatch(line) if len(line) < 80 else None
    return None if match is None else match.span("text")


def bullet_end(text: str) -> int:
    """Length of the bullet or list mark (and white space) that `text` begins with: `• `, `1) `; 0 if none."""
    match = _BULLET.match(text[:8]) or _LIST_MARK.match(text[:8])
    return match.end() if match else 0


def is_separator(line: str) -> bool:
    """True for a line of signs alone: `***`, `|`, `• • •`."""
    return _SEPARATOR.fullmatch(line) is not None
