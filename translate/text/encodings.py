"""Which encoding is it? Bytes -> text, with a notice whenever something had to be guessed or replaced."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from translate.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)

_FORMATS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (docx, odt…)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3\x03", "a sound file"),
    (b"OggS\x00", "a sound file"),
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_AS_TEXT = "save it as plain text (UTF-8) and try again"
_MULTIBYTE = re.compile(rb"[\xc3\xc2\xc5\xe2][\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of its encoding, and notices."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(data: bytes, where: str) -> Decoded:
    """The text in `data`.

    In this order: byte order mark, UTF-16 by its zero bytes, UTF-8, UTF-8 with a few broken bytes,
    Windows-1252, Latin-1.

    Raises:
        InputError: the bytes are no text, or are a document in another format.
    """
    _refuse_formats(data, where)
    for mark, encoding, family in _BOMS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding, family, where)
    if wide := _wide_encoding(data):
        return _with_mark(data, wide, "utf-16", where, f"no byte order mark: read as {wide.upper()}")
    if _is_binary(data):
        raise InputError("this is binary data, not text", path=where, hint=_AS_TEXT)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as err:
        return _broken_utf8(data, err) or _one_byte(data)


def _refuse_formats(data: bytes, where: str) -> None:
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not plain text", path=where, hint=_AS_TEXT)
    if _HTML.match(data[:500].removeprefix(codecs.BOM_UTF8)):
        raise InputError("this is an HTML page, not plain text", path=where, hint=_AS_TEXT)


def _with_mark(data: bytes, encoding: str, family: str, where: str, notice: str | None = None) -> Decoded:
    notices = (notice,) if notice else ()
    try:
        return Decoded(data.decode(encoding), encoding, notices)
    except UnicodeDecodeError as err:
        text = data.decode(encoding, errors="replace")
        if text.count("\ufffd") * 20 > len(text):
            raise InputError(f"this is not {family.upper()} text", path=where, hint=_AS_TEXT) from err
        return Decoded(text, encoding, (*notices, _replaced(text, family.upper())))


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in French text nearly every second byte is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _is_binary(data: bytes) -> bool:
    """More than a few control bytes. Wire copy has some (SOH, STX, ETX); pictures have thousands."""
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return (controls > 4 and controls > 0.04 * len(sample)) or sample.count(0) > 0.02 * len(sample) + 1


def _broken_utf8(data: bytes, err: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 with a few broken bytes (a cut file, one bad copy), which Windows-1252 would turn to mojibake."""
    good = len(_MULTIBYTE.findall(data))
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    cut_at_end = err.end == len(data) and err.reason == "unexpected end of data" and good
    if not cut_at_end and good < 4 * bad:
        return None
    return Decoded(text, "utf-8", (_replaced(text, "UTF-8"),))


def _replaced(text: str, encoding: str) -> str:
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    count = text.count("\ufffd")
    what = "1 broken character" if count == 1 else f"{count} broken characters"
    return f"not quite {encoding}: {what} replaced by \ufffd (first in line {line})"


def _one_byte(data: bytes) -> Decoded:
    """Windows-1252, or Latin-1 where Windows-1252 has no sign for a byte."""
    try:
        text, encoding = data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        text, encoding = data.decode("latin-1"), "latin-1"
    label = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}[encoding]
    return Decoded(text, encoding, (f"not UTF-8: read as {label}; check the accents",))
