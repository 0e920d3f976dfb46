"""Bytes of any origin -> clean Unicode text, or an `InputError` that says what is wrong and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from translate.errors import InputError
from translate.text.encodings import decode

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Kept: tab and newline (layout), U+200C and U+200D (they join letters and emoji).
# Removed: other controls, zero-width signs, soft hyphens, and every mark that reorders or hides what is read.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class TextLimits:
    """How much one text may hold. Generous for a dispatch, finite for everything else.

    `max_paragraphs` counts lines that are not blank.
    """

    max_bytes: int = 4 * 1024 * 1024
    max_characters: int = 1_000_000
    max_paragraphs: int = 10_000
    max_line_characters: int = 200_000


@dataclass(frozen=True, slots=True)
class RawText:
    """Decoded, normalised text (NFC, `\\n` line ends) and what reading it had to assume or remove."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def read_text(data: bytes, name: str = "-", limits: TextLimits | None = None) -> RawText:
    """The text in `data`, whatever its encoding, without controls and direction tricks.

    Args:
        data: the whole file as bytes.
        name: shown in messages; `-` is standard input.
        limits: what to accept; the defaults of `TextLimits` if absent.

    Raises:
        InputError: empty, binary, not plain text, or over a limit.
    """
    limits = limits or TextLimits()
    where = "standard input" if name == "-" else name
    _check_size(len(data), limits.max_bytes, "bytes", "max_bytes", where)
    if not data.strip(b"\x00 \t\r\n\f\v\xef\xbb\xbf\xff\xfe"):
        raise _empty(where)
    decoded = decode(data, where)
    text = unicodedata.normalize("NFC", _LINE_END.sub("\n", decoded.text))
    text, removed = _without_invisible(text)
    if not text.strip():
        raise _empty(where)
    _check_text(text, limits, where)
    return RawText(text, decoded.encoding, (*decoded.notices, *removed))


def _empty(where: str) -> InputError:
    return InputError("there is no text in it", path=where, hint="give a file with a French dispatch")


def _without_invisible(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without invisible signs, and one notice with their number and the first place."""
    first = _INVISIBLE.search(text)
    if first is None:
        return text, ()
    clean, count = _INVISIBLE.subn("", text)
    line = text.count("\n", 0, first.start()) + 1
    sign = f"U+{ord(first.group()):04X}"
    what = "1 invisible or control character" if count == 1 else f"{count} invisible or control characters"
    return unicodedata.normalize("NFC", clean), (f"removed {what} (first: {sign} in line {line})",)


def _check_text(text: str, limits: TextLimits, where: str) -> None:
    _check_size(len(text), limits.max_characters, "characters", "max_characters", where)
    for paragraphs, (number, length) in enumerate(_line_lengths(text), start=1):
        _check_size(length, limits.max_line_characters, "characters", "max_line_characters", where, number)
        _check_size(paragraphs, limits.max_paragraphs, "paragraphs", "max_paragraphs", where, number)


def _line_lengths(text: str) -> Iterator[tuple[int, int]]:
    """Number and length of each line that is not blank."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, len(line)


def _check_size(size: int, limit: int, unit: str, setting: str, where: str, line: int | None = None) -> None:
    if size <= limit:
        return
    found = f"{size:,} {unit} in one line" if setting == "max_line_characters" else f"{size:,} {unit}"
    if setting == "max_paragraphs":
        found = f"more than {limit:,} paragraphs"
    raise InputError(
        f"{found}; the limit is {limit:,}",
        path=where,
        line=line,
        hint=f"split the text, or raise the limit {setting}",
    )
