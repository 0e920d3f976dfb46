"""Lines break where a typesetter would break them, never stick out, and lose nothing."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.outputs.samples import HOSTILE
from translate.outputs.cells import cell_width, clusters, visible
from translate.outputs.wrap import wrap


def lines(text: str, width: int, *, cut_words: bool = True) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, cut_words=cut_words)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Le ministre a parlé hier.", 12, ["Le ministre", "a parlé", "hier."]),
        ("  deux   blancs  ", 30, ["deux   blancs"]),
        ("", 10, []),
        (" \n\t ", 10, []),
        # French marks keep the space before them, whether it is a no-break space or a plain one.
        ("Il a dit : « Oui ! »", 10, ["Il a dit :", "« Oui ! »"]),
        ("Il a dit\u00a0: «\u202fOui\u202f!\u202f»", 10, ["Il a dit\u00a0:", "«\u202fOui\u202f!\u202f»"]),
        ("un total de 20 000 morts", 14, ["un total de", "20 000 morts"]),
        # Chinese breaks anywhere, except before closing and after opening punctuation.
        ("希腊已向欧盟民防机制求助。", 8, ["希腊已向", "欧盟民防", "机制求", "助。"]),
        ("他说：“我们会在一起。”", 8, ["他说：", "“我们会", "在一", "起。”"]),
        ("中国（北京）代表团", 6, ["中国", "（北", "京）代", "表团"]),
        # Numbers stay with the character that counts, Latin names stay whole.
        ("发生在4月4日上午", 7, ["发生在", "4月4日", "上午"]),
        ("世卫组织OIM会议", 10, ["世卫组织", "OIM会议"]),
        # A hyphen between letters may end a line; one before a number may not.
        ("le vice-président", 9, ["le vice-", "président"]),
        ("avion A-320", 9, ["avion", "A-320"]),
        # What is too long is cut, between characters as readers count them.
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("🇫🇷🇨🇳", 3, ["🇫🇷", "🇨🇳"]),
    ],
)
def test_lines(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


def test_a_web_address_can_stay_whole() -> None:
    text = "voir https://example.org/une/longue/adresse ici"
    assert lines(text, 12, cut_words=False) == ["voir", "https://example.org/une/longue/adresse", "ici"]


@settings(deadline=None)
@given(HOSTILE, st.integers(2, 60))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    broken = lines(text, width)
    assert re.sub(r"\s", "", "".join(broken)) == re.sub(r"\s", "", text)
    assert all(cell_width(line) <= width for line in broken)
    assert all(broken)


@settings(deadline=None)
@given(st.text("中文。，“”（）、a1 ", max_size=60), st.integers(8, 30))
def test_no_line_begins_with_closing_punctuation(text: str, width: int) -> None:
    spans = wrap(text, width)
    for (_, before), (start, _) in pairwise(spans):
        runs_on = before == start  # no space between: our own break
        if runs_on and text[start] in "。，”）、":
            run = text[:start].split(" ")[-1] + text[start]
            assert cell_width(run) > width  # only what is too long for any line


def test_long_texts_take_linear_time() -> None:
    assert len(lines("x" * 40_000, 60)) == -(-40_000 // 60)
    assert len(lines("中" * 20_000, 60)) == -(-20_000 // 30)


@settings(deadline=None)
@given(HOSTILE)
def test_clusters_cover_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("été", 3),
        ("e\u0301", 1),
        ("中文", 4),
        ("。", 2),
        ("😀", 2),
        ("👩\u200d👩\u200d👧", 2),
        ("🇫🇷", 2),
        ("❤\ufe0f", 2),
        ("\u200b", 0),
        ("", 0),
        ("한글", 4),
        ("ｱ", 1),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\r\nc\u2028d", "a b  c d"),
        ("\x1b[31mrouge\x07", "␛[31mrouge␇"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("gpj.\u202efdp", "gpj.⟨U+202E⟩fdp"),
        ("\ud800", "⟨U+D800⟩"),
        ("« é 中 😀 »", "« é 中 😀 »"),
    ],
)
def test_controls_become_visible(text: str, shown: str) -> None:
    assert visible(text) == shown
