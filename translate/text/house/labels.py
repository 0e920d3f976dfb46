"""Labels in English and Chinese: `PROFILE - …`, `人物：…`."""

from __future__ import annotations

from translate.domain import Lang
from translate.text.anatomy.labels import as_label

_ABBREVIATED = 2  # letters: `Q`, `NB` are capitals without shouting


def label(text: str, target: Lang) -> str | None:
    """A label in the target language, its signs as that has them; None if `text` is no label."""
    read = as_label(text)
    if read is None:
        return None
    if target is Lang.ZH:
        opening, closing = ("（", "）") if read.opening == "(" else ("", "")
        sign = "：" if read.sign or read.closing not in ("", ")") else ""
        if read.sign == "." and not read.words.isupper():
            sign = "。"  # the last word of a paragraph
        return f"{opening}{read.name.zh}{closing}{sign}"
    words = read.name.en.upper() if read.words.isupper() and len(read.words) > _ABBREVIATED else read.name.en
    opening, closing = _spaced(read.opening, "{} "), _spaced(read.closing, " {}")
    return f"{opening}{words}{closing}{read.sign if read.sign in ':.' else f' {read.sign}'}"


def _spaced(sign: str, pattern: str) -> str:
    return sign if sign in "()" else pattern.format(sign)
