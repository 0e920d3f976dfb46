"""When two French sentences are the same one, typed differently."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# Signs that writers and programs set differently, though they mean the same.
_SAME = str.maketrans(
    {
        "\u2019": "'", "\u02bc": "'", "\u2018": "'", "\u2032": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200b": None, "\ufeff": None,
        "\u2026": "...",
    }
)  # fmt: skip
_BLANKS = re.compile(r"\s+")
_BEFORE = re.compile(r" (?=[:;?!»%])")
_AFTER = re.compile(r"(?<=«) ")


def fold(text: str) -> str:
    """`text` without what only typing changes: kinds of space and apostrophe, space before `: ; ? ! »`.

    Letters, their case and their accents stay: `Paris` and `PARIS` may want different translations.
    """
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text).translate(_SAME)).strip()
    return _AFTER.sub("", _BEFORE.sub("", text))


def key(text: str) -> int:
    """A number for the folded text that fits an SQLite integer. Different texts may share one, rarely."""
    data = fold(text).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)
