"""When two French sentences are the same one, typed differently."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Signs that writers and programs set differently, though they mean the same; and some that nobody sees.
_SAME = {
    **dict.fromkeys("\u2019\u02bc\u2018\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u00ad\u200b\ufeff", ""),
    "\u2026": "...",
}
_VARIANTS = re.compile(f"[{''.join(_SAME)}]")
_BLANKS = re.compile(r"\s+")
_BEFORE = re.compile(r" (?=[:;?!»%])")
_AFTER = re.compile(r"(?<=«) ")


def fold(text: str) -> str:
    """`text` without what only typing changes: kinds of space and apostrophe, space before `: ; ? ! »`.

    Letters, their case and their accents stay: `Paris` and `PARIS` may want different translations.
    """
    text = _VARIANTS.sub(lambda match: _SAME[match[0]], unicodedata.normalize("NFC", text))
    text = _BLANKS.sub(" ", text).strip()
    return _AFTER.sub("", _BEFORE.sub("", text))


def key(text: str) -> int:
    """A number for the folded text that fits an SQLite integer. Different texts may share one, rarely."""
    data = fold(text).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)
