"""Each plain format as its golden file has it, and unharmed by whatever the text holds.

To accept a change: `python -m tests.outputs.test_outputs_formats` writes the golden files again.
"""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from rich.console import Console, RenderableType

from tests.outputs.samples import DATA, FEW, HOSTILE, flagged, of_texts, results, samples
from translate.domain import Kind, Lang, TranslatedDispatch
from translate.outputs import Format, render
from translate.outputs.cells import cell_width, visible
from translate.outputs.markdown import escape
from translate.outputs.terminal import summary_view, view

# A terminal, a mail and a spreadsheet must never meet these.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _page(renderable: RenderableType, width: int) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(renderable)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _eubee() -> TranslatedDispatch:
    return flagged(samples()["eubee"])


def _summary_only() -> TranslatedDispatch:
    """As `translate summary` makes it: the title alone is translated."""
    result = samples()["perou"]
    blocks = (result.blocks[0], *(replace(block, translations={}) for block in result.blocks[1:]))
    return replace(result, blocks=blocks)


GOLDEN: Mapping[str, Callable[[], str]] = {
    "eubee.txt": lambda: render(_eubee(), Format.TXT),
    "eubee.md": lambda: render(_eubee(), Format.MD),
    "eubee.tsv": lambda: render(_eubee(), Format.TSV),
    "eubee.json": lambda: render(_eubee(), Format.JSON),
    "eubee-80.page": lambda: _page(view(_eubee()), 80),
    "eubee-120.page": lambda: _page(view(_eubee()), 120),
    "perou-summary.txt": lambda: render(_summary_only(), Format.TXT),
    "perou-summary.md": lambda: render(_summary_only(), Format.MD),
    "perou-summary-120.page": lambda: _page(summary_view(_summary_only()), 120),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name: str) -> None:
    assert GOLDEN[name]() == (DATA / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("format", Format)
@FEW
@given(result=results())
def test_every_format_takes_every_result(format: Format, result: TranslatedDispatch) -> None:
    text = render(result, format)
    assert render(result, format) == text
    assert text.endswith("\n")
    assert "\r" not in text
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x1b" not in text


@pytest.mark.parametrize("format", [Format.MD, Format.TXT])
@FEW
@given(result=results())
def test_nothing_for_readers_holds_a_control_character(format: Format, result: TranslatedDispatch) -> None:
    assert not FORBIDDEN.search(render(result, format))


def test_rendering_loads_no_terminal_and_no_torch() -> None:
    code = (
        "import sys, translate.outputs as o; before = set(sys.modules);"
        "assert not any(m.startswith('translate.outputs.') for m in before), before;"
        "r = o.read_json(sys.stdin.read()); [o.render(r, f) for f in o.Format];"
        "print(*{m.split('.')[0] for m in sys.modules})"
    )
    text = render(samples()["perou"], Format.JSON)
    run = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "rich"} & set(run.stdout.split())


# Markdown


def plain_of(markdown: str) -> str:
    """The letters that a reader of the rendered Markdown sees."""
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return re.sub(r"\s", "", html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", rendered)))


@FEW
@given(HOSTILE)
def test_markdown_shows_text_letter_by_letter(text: str) -> None:
    expected = re.sub(r"\s", "", visible(text))
    assert plain_of(f"# {escape(text)}") == expected
    assert plain_of(f"- {escape(text)}") in (expected, f"-{expected}")  # the mark stays if no item is made
    assert plain_of(f"|a|b|\n|-|-|\n|{escape(text)}|x|") == f"ab{expected}x"


MARKDOWN = r"""
# a
- a
+ a
1. a
1) a
---
===
> a
    a
<b>a</b>
<!-- a -->
[a](b)
![a](b)
[x]: y
a | b
\|
&lt;
`a`
**a**
_a_
~~a~~
\*a
$a$
"""


@pytest.mark.parametrize("text", MARKDOWN.strip().splitlines())
def test_markdown_has_no_meaning_in_the_text(text: str) -> None:
    for template in ("# {}", "- {}", "**x** {}"):
        shown = plain_of(template.format(escape(text)))
        assert shown.endswith(re.sub(r"\s", "", text))


def test_a_row_of_the_table_is_a_row_whatever_the_text() -> None:
    result = of_texts([{Lang.FR: "a | b \\| c", Lang.EN: "x\n| y", Lang.ZH: "`|`"}])
    tokens = MarkdownIt("commonmark").enable("table").parse(render(result, Format.MD))
    assert sum(token.type == "tr_open" for token in tokens) == 2
    assert sum(token.type == "td_open" for token in tokens) == 4


def test_summary_links_meet_their_paragraphs() -> None:
    text = render(samples()["eubee"], Format.MD)
    links = set(re.findall(r"\(#(p\d+)\)", text))
    assert links == {"p1", "p2", "p6"}
    assert links <= set(re.findall(r'<a id="(p\d+)">', text))


# TSV


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def unescaped(cell: str) -> str:
    short = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
    pattern = r"\\u([0-9a-f]{4})|\\[\\tnr]"
    return re.sub(pattern, lambda match: chr(int(match[1], 16)) if match[1] else short[match[0]], cell)


@FEW
@given(HOSTILE, HOSTILE, HOSTILE)
def test_cells_come_back_as_they_were(french: str, english: str, chinese: str) -> None:
    result = of_texts([{Lang.FR: french, Lang.EN: english, Lang.ZH: chinese}])
    text = render(result, Format.TSV)
    assert len(text.splitlines()) == 2
    (row,) = rows_of(text)
    assert [unescaped(row[lang]) for lang in Lang] == [french, english, chinese]


@FEW
@given(results())
def test_every_row_has_every_column(result: TranslatedDispatch) -> None:
    lines = render(result, Format.TSV).splitlines()
    assert {line.count("\t") for line in lines} == {7 + 4 * len(result.targets)}
    assert {row["block"] for row in rows_of("\n".join(lines))} == {str(i) for i in range(len(result.blocks))}


def test_every_segment_has_a_row_and_sentences_stand_side_by_side() -> None:
    rows = rows_of(render(samples()["perou"], Format.TSV))
    quake = [row for row in rows if row["fr"].startswith("Aucune alerte")]
    assert [(row["en"], row["zh"]) for row in quake] == [
        ("No tsunami alert was issued.", "当局未发布海啸警报。")
    ]
    assert [row["kind"] for row in rows if row["block"] == "7"] == ["paragraph", "end_mark"]


def test_segments_at_one_place_do_not_hide_each_other() -> None:
    result = of_texts([{Lang.FR: "Oui.", Lang.EN: "Yes."}])
    translation = result.blocks[0].translations[Lang.EN]
    twice = replace(translation, segments=translation.segments * 2)
    blocks = (replace(result.blocks[0], translations={Lang.EN: twice}),)
    assert len(rows_of(render(replace(result, blocks=blocks), Format.TSV))) == 2


# Text


@FEW
@given(results())
def test_text_fits_a_mail_unless_a_word_does_not(result: TranslatedDispatch) -> None:
    for line in render(result, Format.TXT).splitlines():
        assert cell_width(line) <= 76 or not re.search(r"\S\s+\S", line[9:])


def test_a_web_address_stays_whole_in_text() -> None:
    address = "https://example.org/" + "chemin/" * 20
    text = render(of_texts([dict.fromkeys(Lang, f"Voir {address} ici.")]), Format.TXT)
    assert address in text


def test_furniture_is_left_out_and_counted() -> None:
    result = replace(of_texts([{Lang.FR: "Menu", Lang.EN: ""}], Kind.FURNITURE), summary=())
    for format in (Format.MD, Format.TXT):
        assert "Menu" not in render(result, format)
        assert "1 line of page furniture left out" in render(result, format)


if __name__ == "__main__":
    for file, make in GOLDEN.items():
        (DATA / file).write_text(make(), encoding="utf-8")
        print(DATA / file)
