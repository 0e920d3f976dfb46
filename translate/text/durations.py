"""How long something took, as French writes it in figures: `en 2h05`, `1h45 de match`, `2h08'32`, `3'50''07`.

Of `2h05` a model makes `2:05 a.m.`, as nearly all that it has read are hours of a day, and of the marks of
minutes and seconds quotation marks. So it is given them as it can read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from translate.domain import Lang

_ABOUT: Final = r"(?:seulement|à peine|près de|environ|quelque|plus de|moins de)\s"
_LASTS: Final = (
    r"dur(?:e|é|a|er|ait|aient|ent|era)|durée de|long(?:ue)? de|prolongée? de|m(?:is|et|ettra|ettait)"
)
_BEFORE: Final = rf"\b(?:en|{_LASTS}|pendant|durant|au bout de)\s(?:{_ABOUT})?"
_TAKEN: Final = (
    "attente|audience|audition|avion|bateau|cérémonie|combat|concert|course|débats?|discours|discussions?|échanges"
    "|effort|entretiens?|film|jeu|marche|match|réunion|retard|route|spectacle|suspense|train|trajet|travail|traversée"
    "|voiture|vol"
)
_NO_NUMBER: Final = r"(?<![\w.,:'’])"
_MINUTES: Final = r"['’′]"
_SECONDS: Final = r"(?:\"|”|''|’’|″)"
_DURATION: Final = re.compile(
    rf"(?P<before>{_BEFORE})?{_NO_NUMBER}(?P<hours>\d{{1,2}})\s?[hH]\s?(?P<minutes>[0-5]\d)"
    rf"(?![\d:'’\"]|[.,]\d|\s?(?:min|mn|m|s)\b)(?P<behind>\sd(?:e\s|['’])(?:{_TAKEN})\b)?"
)
WITH_SECONDS: Final = re.compile(
    rf"{_NO_NUMBER}(\d{{1,2}})\s?h\s?([0-5]\d)\s?(?:{_MINUTES}|:|min|mn)\s?([0-5]\d)(?:\s?{_SECONDS}|\s?s(?:ec)?\b)?"
    r"(?![\d.,:]\d|\d)"
)
"""Hours, minutes and seconds: `2h08'32`, `2 h 08 min 32 s`."""
WITH_HUNDREDTHS: Final = re.compile(
    rf"{_NO_NUMBER}(\d{{1,2}})(?:{_MINUTES}|:|\s?(?:min|mn)\s)\s?([0-5]\d)(?:{_SECONDS}|[.,]|\s?s(?:ec)?\s)(\d{{2,3}})"
    r"(?:/100\d?)?(?![\d:'’])"
)
"""Minutes, seconds and hundredths: `3'50''07`, `1:42.35`, `1 min 54 sec 06/100`."""
_WITH_UNITS: Final = re.compile(
    rf"{_NO_NUMBER}(\d{{1,2}})\s?(?:min|mn)\s([0-5]?\d)\s?(?:sec|s)\b(?!\s?\d)(?!\.\d)"
)
_WITH_MARKS: Final = re.compile(rf"{_NO_NUMBER}(\d{{1,2}}){_MINUTES}([0-5]\d){_SECONDS}(?!\d)")
_AHEAD: Final = re.compile(rf"{_NO_NUMBER}(\d{{1,2}}){_MINUTES}([0-5]\d)(?=\sd['’]avance|\sde retard)")
_LIKELY: Final = re.compile(r"\d\s?(?:[hH]|min|mn|['’′:])\s?\d")


def in_full(sentence: str, target: Lang) -> str:
    """A French sentence with its durations as a model is to read them; hours of a day stay as they are."""
    if not _LIKELY.search(sentence):
        return sentence
    if target is Lang.ZH:
        sentence = WITH_HUNDREDTHS.sub(r"\1 min \2 sec \3", WITH_SECONDS.sub(r"\1 h \2 min \3 s", sentence))
        sentence = _AHEAD.sub(r"\1 min \2 s", _marks(sentence, r"\1 min \2 s"))
    else:
        sentence = WITH_HUNDREDTHS.sub(r"\1:\2.\3", WITH_SECONDS.sub(r"\1:\2:\3", sentence))
        sentence = _WITH_UNITS.sub(
            r"\1 minutes and \2 seconds", _marks(sentence, r"\1 minutes and \2 seconds")
        )
        sentence = _AHEAD.sub(r"\1:\2", sentence)
    return _DURATION.sub(_CHINESE if target is Lang.ZH else _ENGLISH, sentence)


def _marks(sentence: str, said: str) -> str:
    """`4'12"` said otherwise, unless its last mark closes a quotation: then the others come in pairs."""
    told = _WITH_MARKS.sub(said, sentence)
    return told if told.count('"') % 2 == 0 and told.count("”") == told.count("“") else sentence


def _said(units: tuple[str, str], between: str) -> Callable[[re.Match[str]], str]:
    def told(match: re.Match[str]) -> str:
        before, behind = match["before"] or "", match["behind"] or ""
        if not before and not behind:
            return match[0]  # an hour of the day
        counted = zip((int(match["hours"]), int(match["minutes"])), units, strict=True)
        parts = [unit.format(number, "s" * (number != 1)) for number, unit in counted if number]
        return before + between.join(parts) + behind if parts else match[0]

    return told


_ENGLISH: Final = _said(("{} hour{}", "{} minute{}"), " and ")
_CHINESE: Final = _said(("{}小时", "{}分钟"), "")
