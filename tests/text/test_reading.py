"""Bytes of any origin become clean text, or an error that says what is wrong and where."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import InputError
from translate.text.reading import TextLimits, read_text

FRENCH = "L'été à « Œuvre » coûte 3 €.\nDeuxième ligne : où ça ?\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode(), "utf-8"),
        (FRENCH.encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + FRENCH.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + FRENCH.encode("utf-32-le"), "utf-32-le"),
        (b"Je pars.", "utf-8"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32", "ascii"],
)
def test_known_encodings_need_no_notice(data: bytes, encoding: str) -> None:
    raw = read_text(data)
    assert raw.text == (FRENCH if "€" in raw.text else "Je pars.")
    assert (raw.encoding, raw.notices) == (encoding, ())


@pytest.mark.parametrize(
    ("data", "encoding", "notice"),
    [
        (FRENCH.encode("cp1252"), "cp1252", "Windows-1252"),
        ("Été à Pékin\x81".encode("latin-1"), "latin-1", "Latin-1"),
        (FRENCH.encode("utf-16-le"), "utf-16-le", "no byte order mark"),
        (FRENCH.encode("utf-16-be"), "utf-16-be", "no byte order mark"),
        (FRENCH.encode() + b"coup\xc3", "utf-8", "line 3"),
        (FRENCH.encode() + "été à Œ".encode() + b" \xe9", "utf-8", "1 broken character"),
        (b"\xff\xfe" + FRENCH.encode("utf-16-le") + b"\x00", "utf-16-le", "1 broken character"),
    ],
    ids=["cp1252", "latin-1", "utf-16-le", "utf-16-be", "cut utf-8", "one bad byte", "cut utf-16"],
)
def test_a_guess_comes_with_a_notice(data: bytes, encoding: str, notice: str) -> None:
    raw = read_text(data)
    assert raw.encoding == encoding
    assert notice in raw.notices[0]


def test_windows_signs_are_right() -> None:
    assert read_text(FRENCH.encode("cp1252")).text == FRENCH


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no text"),
        (b"  \n\t\r\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"\xff\xfe", "no text"),
        ("\u200b\u202e\n".encode(), "no text"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04abc", "ZIP archive or an office document"),
        (b"{\\rtf1\\ansi Bonjour}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"<!DOCTYPE html>\n<html><body>Bonjour", "HTML"),
        (b"<?xml version='1.0'?><html>", "HTML"),
        (bytes(range(256)) * 8, "binary"),
        (b"Bonjour\x00\x00\x00\x00\x00\x00", "binary"),
        (b"\xff\xfe" + b"\x00\xd8" * 50, "not UTF-16"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_text(data, "depeche.txt")
    assert str(caught.value).startswith("depeche.txt")
    assert caught.value.hint
    assert caught.value.exit_code == 3


def test_standard_input_is_named() -> None:
    with pytest.raises(InputError, match=r"^standard input: "):
        read_text(b"")


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (TextLimits(max_bytes=10), r"^a\.txt: 31 bytes; the limit is 10"),
        (TextLimits(max_characters=20), r"^a\.txt: 31 characters; the limit is 20"),
        (TextLimits(max_line_characters=8), r"^a\.txt:3: 9 characters in one line; the limit is 8"),
        (TextLimits(max_paragraphs=2), r"^a\.txt:5: more than 2 paragraphs"),
    ],
)
def test_limits_say_how_much_and_where(limits: TextLimits, message: str) -> None:
    text = "Un deux\n\nTroisieme\n\nquatre\ncinq"
    with pytest.raises(InputError, match=message) as caught:
        read_text(text.encode(), "a.txt", limits)
    assert "max_" in str(caught.value.hint)


def test_limits_are_finite_by_default() -> None:
    with pytest.raises(InputError, match="bytes; the limit is"):
        read_text(b"x" * 5_000_000)
    with pytest.raises(InputError, match="in one line"):
        read_text(b"x" * 300_000)


def test_what_is_within_the_limits_passes() -> None:
    text = "Un deux\nTrois"
    limits = TextLimits(max_bytes=13, max_characters=13, max_paragraphs=2, max_line_characters=7)
    assert read_text(text.encode(), limits=limits).text == text


def test_invisible_signs_are_removed_with_a_notice() -> None:
    raw = read_text("Un\n\u202edeux\u202c\x07 tr\u00adois\u200b\ufeff".encode())
    assert raw.text == "Un\ndeux trois"
    assert raw.notices == ("removed 6 invisible or control characters (first: U+202E in line 2)",)


def test_text_is_composed_and_line_ends_are_one() -> None:
    raw = read_text("e\u0301te\u0301\r\ndeux\rtrois\u2028quatre".encode())
    assert raw.text == "été\ndeux\ntrois\nquatre"
    assert raw.notices == ()


def test_french_spaces_and_emoji_stay() -> None:
    text = "«\u00a0Oui\u00a0»\u202f! 👩\u200d🚒\tfin"
    assert read_text(text.encode()).text == text


def test_wire_control_bytes_do_not_make_it_binary() -> None:
    raw = read_text(b"\x01\x02" + FRENCH.encode() * 3 + b"\x03")
    assert raw.text == FRENCH * 3
    assert len(raw.notices) == 1


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_an_input_error(data: bytes) -> None:
    try:
        raw = read_text(data)
    except InputError:
        return
    assert unicodedata.is_normalized("NFC", raw.text)
    assert not {"\x00", "\r", "\u202e", "\ufeff"} & set(raw.text)
    assert raw.text.strip()


PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), min_size=1
)


@given(PRINTABLE.filter(lambda text: bool(text.strip())))
def test_printable_utf8_comes_back_composed(text: str) -> None:
    try:
        raw = read_text(text.encode("utf-8"))
    except InputError:
        assert (
            text[:2] in ("MZ", "PK", "BZ", "%P", "{\\")
            or "<" in text
            or text.startswith(("GIF", "ID3", "OggS"))
        )
        return
    assert raw.text == unicodedata.normalize("NFC", text)
