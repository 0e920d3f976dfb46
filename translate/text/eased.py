"""French as a model reads it best: what wires shorten is written out, and letters have their ligatures.

Only a model is given it. Of `37,8 M EUR` it made 37.8米, of `oeuvre` 执行; it lost the minus of `-2 degrés`,
and took `de 0,7% à 14.890 dollars` for a range, unless a comma parts it.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = "[ \u00a0\u202f]"
_LIGATURE: Final = re.compile(
    r"\b(?P<before>(?:dés|man|ch|con[st]|ranc|éc|contrec|b|c|s|n|v|m|f)?)(?P<sign>[Oo]e|OE)"
    r"(?=uvr|urs?\b|ura|ure|uré|uf|ud|ux?\b|tus\b|il\b|ill[eèé]|sophag|cum[ée]n|nolog|dème|strog)",
    re.IGNORECASE,
)
_NUMBER: Final = r"(?<![\w,.])(?P<number>\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
_SUM: Final = re.compile(
    rf"{_NUMBER}{_BLANK}?(?P<scale>M|Mds?|Mrds?){_BLANK}?(?:d['’e]{_BLANK}?)?"
    r"(?P<money>€|\$|£|EUR|USD|GBP|CHF|FCFA|euros|dollars)(?!\w)"
)
_SCALED: Final = re.compile(rf"{_NUMBER}{_BLANK}?(?P<scale>Mds?|Mrds?)\b(?!{_BLANK}?[A-Z€$£])")
_MONEY: Final = {
    "€": "d'euros",
    "EUR": "d'euros",
    "euros": "d'euros",
    "$": "de dollars",
    "USD": "de dollars",
    "dollars": "de dollars",
    "£": "de livres sterling",
    "GBP": "de livres sterling",
    "CHF": "de francs suisses",
    "FCFA": "de francs CFA",
}
_MINUS: Final = re.compile(
    rf"(?:^|(?<=[\s(:]))[-–−](?=\d{{1,2}}(?:,\d+)?{_BLANK}?(?:à{_BLANK}[-–−]?\d{{1,2}}{_BLANK}?)?(?:degrés?\b|°))"
)
_UNIT: Final = r"(?:dollars|euros|points|yens?|yuans?|livres|cents|centimes|milliards|millions|[€$£](?!\w))"
_BY: Final = re.compile(
    rf"(?P<by>\bd[e']{_BLANK}?\d+(?:,\d+)?{_BLANK}?%)(?={_BLANK}à{_BLANK}\d[\d.,\u00a0\u202f ]*{_UNIT})"
)
_LIKELY: Final = re.compile(r"oe|OE|Oe|\dM|\d.?M[dr€$£E]|\d M|[-–−]\d|% à|%.à")


def eased(sentence: str) -> str:
    """A French sentence, spelled for a model."""
    if not _LIKELY.search(sentence):
        return sentence
    sentence = _SCALED.sub(_written, _SUM.sub(_written, ligatures(sentence)))
    return _MINUS.sub("moins ", _BY.sub(r"\g<by>,", sentence))


def ligatures(text: str) -> str:
    """`œuvre` for `oeuvre`, in the words that are written so: `coefficient` is none, nor is a name."""
    return _LIGATURE.sub(lambda match: match["before"] + ("œ" if match["sign"] == "oe" else "Œ"), text)


def _written(match: re.Match[str]) -> str:
    """`37,8 M EUR` in words: the plural from two on."""
    found = match.groupdict()
    several = "s" if float(re.sub(r"[.\u00a0\u202f ]", "", found["number"]).replace(",", ".")) >= 2 else ""
    scale = "million" if found["scale"] == "M" else "milliard"
    money = f" {_MONEY[found['money']]}" if found.get("money") else ""
    return f"{found['number']} {scale}{several}{money}"
